"""Whether a file holds payloads at all: the documents of a file to the reason for which it is skipped, or to none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from .detection import Resemblance
from .dialect import Dialect
from .document import Document
from .event_stream import CODE as EVENT_STREAM
from .rough_fields import rough_fields
from .skipped import Skipped
from .streams.event_documents import recognised_events

__all__ = ["recognise"]

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
            events = islice(recognised_events(document) or (), _MOST)
            is_payload = any(_is_payload(_value(event), dialect) for event in events)
            return None if is_payload else Skipped.EVENTS, chain(first, incoming)
        if _is_payload(_value(document), dialect):
            return None, chain(first, incoming)
        if len(first) == _MOST or size > _LARGEST:
            break
    reason = Skipped.EVENTS if any(one.event for one in first) else _reason(first)
    return reason, chain(first, incoming)


def _is_payload(value: object, dialect: Dialect) -> bool:
    """Whether a value resembles an artifact more than by chance."""
    resemblance = Resemblance(value, dialect)
    return bool(resemblance.candidates) and any(one.is_close for one in resemblance.likenesses)


def _value(document: Document) -> object:
    """What a document holds; of a broken one its outermost fields, as far as they can be made out."""
    return document.value if document.complete or document.source is None else rough_fields(document.source.text)


def _reason(documents: list[Document]) -> Skipped:
    if any(document.complete or _value(document) for document in documents):
        return Skipped.UNLIKE
    codes = {fault.code for document in documents for fault in document.faults}
    return Skipped.EMPTY if codes <= {"PAR009"} else Skipped.BROKEN
