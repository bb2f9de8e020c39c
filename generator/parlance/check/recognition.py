"""Whether a file holds payloads at all: the documents of a file to the reason for which it is skipped, or to none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from .detection import is_payload
from .dialect import Dialect
from .document import Document
from .document_reader import format_of
from .event_stream import CODE as EVENT_STREAM
from .first_documents import seen_among
from .rough_fields import rough_fields
from .skipped import Skipped

__all__ = ["recognise", "value_of"]

_MOST = 100
"""How many documents are kept until one resembles a payload; a log file has none after thousands."""

_LARGEST = 64 << 20
"""How many bytes of documents are kept."""


def recognise(documents: Iterable[Document], dialect: Dialect) -> tuple[Skipped | None, Iterator[Document]]:
    """Why a file is no payload, if it is none, and its documents; only the first ones of many are looked at."""
    incoming = iter(documents)
    first: list[Document] = []
    size = 0
    for document in incoming:
        first.append(document)
        size += document.size
        if any(fault.code == EVENT_STREAM for fault in document.faults):
            return None if _is_stream(document, dialect) else Skipped.EVENTS, chain(first, incoming)
        if is_payload(value_of(document), dialect):
            return None, chain(first, incoming)
        if len(first) == _MOST or size > _LARGEST:
            break
    reason = Skipped.EVENTS if any(one.event for one in first) else _reason(first)
    return reason, chain(first, incoming)


def _is_stream(document: Document, dialect: Dialect) -> bool:
    """Whether one of the first events of a text resembles a payload."""
    from .streams.event_documents import recognised_events

    events = recognised_events(document) or iter(())
    return seen_among(events, _MOST, lambda event: is_payload(value_of(event), dialect))[0]


def value_of(document: Document) -> object:
    """What a document holds; of a broken one its outermost fields, as far as they can be made out.

    Plain text and templates of YAML have lines that look like fields.
    """
    if document.complete or document.source is None:
        return document.value
    text = document.source.text
    is_json = text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[", "/", "`")
    return None if not is_json and (_is_text(document) or "{{" in text) else rough_fields(text)


def _is_text(document: Document) -> bool:
    return format_of(document.file) == "text"


def _reason(documents: list[Document]) -> Skipped:
    if not documents or any(document.complete or value_of(document) for document in documents):
        return Skipped.UNLIKE
    codes = {fault.code for document in documents for fault in document.faults}
    if any(document.source is not None and "{{" in document.source.text for document in documents):
        return Skipped.TEMPLATE
    return Skipped.EMPTY if codes <= {"PAR009"} else Skipped.BROKEN
