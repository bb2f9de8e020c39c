"""The documents of a file to the payloads in them, without a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..check.detection import detect
from ..finding.shape import is_object
from ..payloads.container_rows import Container
from ..payloads.inner_documents import location_of
from ..payloads.payload_finder import FoundPayload, PayloadFinder
from ..payloads.recording import RecordedStream

if TYPE_CHECKING:
    from ..check.dialect import Dialect
    from ..check.document import Document
    from ..finding import Span

__all__ = ["PayloadFacts", "payloads_of"]


class PayloadFacts(NamedTuple):
    """What is known of a payload that was found."""

    value: object
    artifact: str
    pointer: str
    span: Span | None
    container: str = ""


def payloads_of(documents: Iterable[Document], dialect: Dialect, rows: Sequence[Container]) -> Iterator[PayloadFacts]:
    """The payloads in a file; events that stand alone are those of one stream."""
    finder = PayloadFinder(dialect, rows)
    events: list[object] = []
    span = None
    for document in documents:
        if document.event is not None:
            span = span or location_of(document, "")
            events += [document.value] if document.complete else []
        elif finder.is_payload(document):
            yield _plain(document, dialect)
        else:
            for found in finder.found(document):
                if not found.is_other:
                    yield from _facts(found, dialect)
    if events:
        yield PayloadFacts(events, next(iter(dialect.streams), "stream"), "", span)


def _plain(document: Document, dialect: Dialect) -> PayloadFacts:
    return PayloadFacts(document.value, _name(document, dialect), "", location_of(document, ""))


def _name(document: Document, dialect: Dialect, artifact: str = "auto") -> str:
    found = detect(document.value, dialect, is_line=document.is_line) if artifact == "auto" else None
    return found.name if found else artifact


def _facts(found: FoundPayload, dialect: Dialect) -> Iterator[PayloadFacts]:
    stream = next(iter(dialect.streams), "stream")
    sides: list[tuple[Document | RecordedStream | None, str]]
    if found.recording is not None and found.recording.exchange is not None:
        exchange, form = found.recording.exchange, dialect.exchanges[found.artifact]
        sides = [(exchange.request, form.request), (exchange.answer, form.response)]
    else:
        sides = [(found.payload, found.artifact)]
    for side, artifact in sides:
        if isinstance(side, RecordedStream):
            chunks = [each.value for each in side.events if each.complete and each.value is not None]
            yield PayloadFacts(chunks, stream, found.pointer, location_of(found.outer, found.pointer), found.container)
        elif side is not None and side.complete:
            value: Any = side.value
            name = _name(side, dialect, artifact)
            if found.field and is_object(value):
                value, name = value[found.field], found.field
            yield PayloadFacts(value, name, found.pointer, location_of(side, "") or None, found.container)
