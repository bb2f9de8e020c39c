"""What stands at a place of a document to a document of its own: as it is, or as the text there says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..check.document import Document
from ..check.event_stream import event_stream
from ..finding.pointer import joined
from .encodings import unpacked
from .inner_documents import inner_document, stream_documents, text_document
from .pointer_patterns import matches
from .recording import RecordedStream

__all__ = ["ValuePlace", "opened", "places"]

_LEVELS = 3
"""How many texts may stand in one another on the way to a payload."""


class ValuePlace(NamedTuple):
    """Where something stands: a document, a pointer in it, and the pointer from the root of the file."""

    document: Document
    pointer: str
    value: object
    shown: str


def places(document: Document, pattern: str, shown: str = "", level: int = 0) -> Iterator[ValuePlace]:
    """The places that a pattern matches; it goes on inside texts that hold JSON."""
    for found in matches(document.value, pattern):
        here = f"{shown}{found.pointer}"
        if not found.rest:
            yield ValuePlace(document, found.pointer, found.value, here)
        elif level < _LEVELS and found.value.lstrip()[:1] in ("{", "["):
            inner = text_document(document, found.pointer, found.value)
            if inner.complete:
                yield from places(inner, joined(found.rest), here, level + 1)


def opened(
    place: ValuePlace, *, is_base64: bool = False, is_text_kept: bool = False
) -> Document | RecordedStream | None:
    """The document at a place; None for a text that holds none, unless it *is_text_kept*.

    Raises `UndecodableBody`.
    """
    value = unpacked(place.value, is_base64=is_base64)
    if not isinstance(value, str | bytes):
        return inner_document(place.document, place.pointer, value)
    if _is_event_text(value):
        return RecordedStream(stream_documents(place.document, place.pointer, value))
    start = value[:64].lstrip()[:1]
    if start in ("{", "[", b"{", b"[") or is_text_kept:
        return text_document(place.document, place.pointer, value)
    return None


def _is_event_text(text: str | bytes) -> bool:
    """Whether a text begins as an event stream."""
    start = text if isinstance(text, str) else text[: 1 << 16].decode(errors="replace")
    return event_stream(start) is not None
