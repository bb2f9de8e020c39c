"""Whether a file holds payloads at all: the documents of a file to the reason for which it is skipped, or to none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from ..finding.shape import is_object
from .detection import Resemblance
from .dialect import Dialect
from .document import Document
from .document_reader import format_of
from .event_stream import CODE as EVENT_STREAM
from .rough_fields import rough_fields
from .skipped import Skipped

__all__ = ["is_payload", "recognise", "seen_payload"]

_MOST = 100
"""How many documents are kept until one resembles a payload; a log file has none after thousands."""

_FEW = 5
"""How many documents are looked at of a file that is read in any case, as for what lines are."""

_LARGEST = 64 << 20
"""How many bytes of documents are kept."""


def seen_payload(documents: Iterable[Document], dialect: Dialect) -> tuple[Iterator[Document], bool]:
    """The documents of a file, and whether one of the first resembles a payload, or is an event of a stream."""
    incoming = iter(documents)
    first: list[Document] = []
    for document in islice(incoming, _FEW):
        first.append(document)
        value = _value(document)
        if document.event is not None or (is_payload(value, dialect) and not _is_doubtful(value, dialect)):
            return chain(first, incoming), True
    return chain(first, incoming), False


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
        if is_payload(_value(document), dialect):
            return None, chain(first, incoming)
        if len(first) == _MOST or size > _LARGEST:
            break
    reason = Skipped.EVENTS if any(one.event for one in first) else _reason(first)
    return reason, chain(first, incoming)


def is_payload(value: object, dialect: Dialect) -> bool:
    """Whether a value resembles an artifact more than by chance."""
    resemblance = Resemblance(value, dialect)
    return bool(resemblance.candidates) and any(one.is_close for one in resemblance.likenesses)


def _is_stream(document: Document, dialect: Dialect) -> bool:
    """Whether one of the first events of a text resembles a payload."""
    from .streams.event_documents import recognised_events

    events = recognised_events(document) or iter(())
    return any(is_payload(_value(event), dialect) for event in islice(events, _MOST))


def _is_doubtful(value: object, dialect: Dialect) -> bool:
    """Whether a value is not just what an artifact has: it may be a container with some of the fields at its root."""
    return is_object(value) and not any(
        one.required <= value.keys() <= one.fields for one in dialect.artifacts.values()
    )


def _value(document: Document) -> object:
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
    if not documents or any(document.complete or _value(document) for document in documents):
        return Skipped.UNLIKE
    codes = {fault.code for document in documents for fault in document.faults}
    if any(document.source is not None and "{{" in document.source.text for document in documents):
        return Skipped.TEMPLATE
    return Skipped.EMPTY if codes <= {"PAR009"} else Skipped.BROKEN
