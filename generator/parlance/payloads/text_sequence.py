"""JSON documents one after the other in one text, as exporters print them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from ..check.document import Document
from ..check.document_reader import json_document
from ..check.relaxed_text import moved
from ..check.text_source import InnerSource, TextSource

__all__ = ["pieces"]

_SPACE = re.compile(r"[ \t\r\n]*+")
_DECODE = json.JSONDecoder().raw_decode


def pieces(document: Document) -> Iterable[Document]:
    """The documents in the text of one that could not be read as one; none unless it is nothing but such documents."""
    source = document.source
    if source is None or not source.text.lstrip().startswith(("{", "[")):
        return []
    text, found = source.text, list[Document]()
    at = _after_space(text, 0)
    while at < len(text):
        try:
            _, end = _DECODE(text, at)
        except (ValueError, RecursionError):
            return []
        found.append(_piece(source, at, end))
        at = _after_space(text, end)
    return found if len(found) > 1 else []


def _piece(source: TextSource, start: int, end: int) -> Document:
    text = source.text[start:end]
    inner = InnerSource(source, text, range(start, end + 1))
    return moved(json_document(text, source.file), inner)


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at
