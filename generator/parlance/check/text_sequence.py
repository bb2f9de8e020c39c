"""JSON documents one after the other in one text: as exporters print them, or in lines that they do not keep to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from ..finding.text_fault import TextFault
from .document import Document
from .document_reader import json_document
from .relaxed_text import moved
from .text_source import InnerSource, TextSource

__all__ = ["SPREAD", "pieces", "spread_documents"]

SPREAD = "PAR015"
"""The code of a document of a file of lines that has several."""
_SPACE = re.compile(r"[ \t\r\n]*+")
_DECODE = json.JSONDecoder().raw_decode


def pieces(document: Document) -> Iterable[Document]:
    """The documents in the text of one that could not be read as one; none unless it is nothing but such documents."""
    source = document.source
    if source is None or not source.text.lstrip().startswith(("{", "[")):
        return []
    spans = _spans(source.text)
    return [_piece(source, *span) for span in spans] if len(spans) > 1 else []


def spread_documents(source: TextSource, before: int) -> Iterator[Document]:
    """The documents of a file of lines in which they go on over several lines, with one fault for all of them.

    There are none unless the text is nothing but documents; so many bytes stand *before* it.
    """
    text, spans = source.text, _spans(source.text)
    starts = [0, *(start for start, _ in spans[1:]), len(text)]
    for number, (start, end) in enumerate(spans):
        piece = _piece(source, start, end)
        size = len(text[starts[number] : starts[number + 1]].encode())
        fault = () if number else (_fault(text[start:end]),)
        yield piece._replace(faults=(*fault, *piece.faults), size=size + before, is_line=True)
        before = 0


def _fault(text: str) -> TextFault:
    lines, is_array = text.count("\n") + 1, text.startswith("[")
    message = f"this document has {lines:,} lines; in JSON Lines each document has one line"
    options = "-c '.[]'" if is_array else "-c ."
    return TextFault(SPREAD, message, 0, 1, f"write one document on each line, such as with jq {options}")


def _spans(text: str) -> list[tuple[int, int]]:
    """Where each document begins and ends; none where there is anything else."""
    found: list[tuple[int, int]] = []
    at = _after_space(text, 0)
    while at < len(text):
        try:
            _, end = _DECODE(text, at)
        except (ValueError, RecursionError):
            return []
        found.append((at, end))
        at = _after_space(text, end)
    return found


def _piece(source: TextSource, start: int, end: int) -> Document:
    text = source.text[start:end]
    inner = InnerSource(source, text, range(start, end + 1))
    inner.first_line = source.place(start)[0]
    return moved(json_document(text, source.file), inner)


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at
