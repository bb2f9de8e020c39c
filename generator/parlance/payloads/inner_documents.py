"""Documents and streams inside another document, which know where they stand in its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ..check.document import Document, JsonPlaces, Location
from ..check.document_reader import json_document
from ..check.faultless import FaultlessReader
from ..check.relaxed_text import moved
from ..check.streams.event_documents import EventDocuments
from ..check.streams.stream_event import EventKind, StreamEvent
from ..check.text_source import InnerSource, TextSource
from ..finding.pointer import with_ancestors

if TYPE_CHECKING:
    from ..finding import Span
    from ..finding.text_fault import TextFault

__all__ = [
    "FieldSource",
    "InnerPlaces",
    "chunk_documents",
    "faults_within",
    "inner_document",
    "is_within",
    "location_of",
    "stream_documents",
    "text_document",
]

_LINE_END = re.compile("\r\n|\n|\r")


def location_of(outer: Document, pointer: str) -> Span | None:
    """Where a value stands, or what it would stand in."""
    found = outer.locations(with_ancestors(pointer))
    return next((found[place].value for place in with_ancestors(pointer) if place in found), None)


def inner_document(outer: Document, pointer: str, value: object) -> Document:
    """The *value* that stands in *outer* as it is, with the faults of its text."""
    return Document(value, faults_within(outer, pointer), source=outer.source, places=InnerPlaces(outer, pointer))


def faults_within(outer: Document, pointer: str, at: str = "") -> tuple[TextFault, ...]:
    """The faults of a text that are in the value at *pointer*, as those of what stands *at* another one."""
    return tuple(
        one._replace(pointer=f"{at}{one.pointer[len(pointer) :]}")
        for one in outer.faults
        if is_within(one.pointer, pointer)
    )


def is_within(pointer: str, place: str) -> bool:
    """Whether a pointer leads to a place or into what stands there."""
    return pointer == place or pointer.startswith(f"{place}/")


def text_document(outer: Document, pointer: str, text: str | bytes, reader: FaultlessReader | None = None) -> Document:
    """The document of a JSON text that a string holds, or of bytes that it stands for.

    *reader* is tried first, where there are many such texts.
    """
    if reader is not None:
        try:
            value = reader.read(text if isinstance(text, bytes) else text.encode())
        except (ValueError, TypeError, RecursionError):
            pass  # what may be wrong is found below
        else:
            return _faultless(outer, pointer, text, value)
    found = json_document(text)
    if outer.source is None:
        return found._replace(source=None, places=None)
    source = FieldSource(outer, pointer, found.source.text if found.source else "", is_exact=isinstance(text, str))
    return moved(found, source)


def _faultless(outer: Document, pointer: str, text: str | bytes, value: object) -> Document:
    if outer.source is None:
        return Document(value)
    is_exact = isinstance(text, str)
    source = FieldSource(outer, pointer, text if isinstance(text, str) else text.decode(), is_exact=is_exact)
    return Document(value, source=source, places=JsonPlaces(source))


def stream_documents(outer: Document, pointer: str, text: str | bytes) -> Iterator[Document]:
    """The events of a stream that a string holds, or that bytes are which it stands for, and its end."""
    data = text if isinstance(text, bytes) else text.encode(errors="replace")
    whole = data.decode(errors="replace")
    field = FieldSource(outer, pointer, whole, is_exact=isinstance(text, str)) if outer.source else None
    events = EventDocuments(outer.file)
    yield from _relocated(events.feed(data), field)
    yield from _relocated(events.close(), field)


def _relocated(documents: Iterable[Document], field: FieldSource | None) -> Iterator[Document]:
    for document in documents:
        if field is None or document.source is None:
            yield document._replace(source=None, places=None)
        else:
            source = _RecordedEventSource(document.source, field)
            yield document._replace(source=source, places=JsonPlaces(source) if document.places else None)


def chunk_documents(
    outer: Document, pointer: str, chunks: Sequence[object], end: str | None, each: str = ""
) -> Iterator[Document]:
    """Decoded chunks as the events of a stream, and its end, which a list need not have.

    The list is at *pointer*, and each chunk at *each* in its item.
    """
    is_ended = False
    for number, chunk in enumerate(chunks):
        place = f"{pointer}/{number}{each}"
        if isinstance(chunk, str):
            is_ended = is_ended or chunk == end
            yield text_document(outer, place, chunk)._replace(event=StreamEvent(EventKind.DATA, "", chunk))
        else:
            yield inner_document(outer, place, chunk)._replace(event=StreamEvent(EventKind.DATA))
    if end is not None and chunks and not is_ended:
        yield Document(None, complete=False, source=outer.source, event=StreamEvent(EventKind.DATA, "", end))
    span = location_of(outer, pointer)
    source = TextSource(outer.file, "", span.line) if span else None
    yield Document(None, complete=False, source=source, event=StreamEvent(EventKind.CLOSE))


class InnerPlaces:
    """The places of what stands at a pointer of another document."""

    def __init__(self, outer: Document, at: str) -> None:
        self.outer = outer
        self.at = at

    def locations(self, pointers: Iterable[str]) -> Mapping[str, Location]:
        """The places of those pointers that exist."""
        found = {pointer: self.location(pointer) for pointer in pointers}
        return {pointer: location for pointer, location in found.items() if location is not None}

    def location(self, pointer: str) -> Location | None:
        """The place of one pointer, if it exists."""
        return self.outer.location(f"{self.at}{pointer}")

    def inside(self, pointer: str, text: str) -> TextSource | None:
        """The *text* of the string at *pointer*, which knows where it is written."""
        return self.outer.places.inside(f"{self.at}{pointer}", text) if self.outer.places else None


class FieldSource(TextSource):
    """A text that a field of a document stands for: its places are those in the field, or the field itself."""

    def __init__(self, outer: Document, pointer: str, text: str, *, is_exact: bool) -> None:
        """*is_exact* says whether the field holds the text, and no encoding of it."""
        super().__init__(outer.file, text)
        self._outer = outer
        self._pointer = pointer
        self._is_exact = is_exact

    @property
    def container(self) -> TextSource | None:
        """The text that the field stands in."""
        return self._outer.source

    @property
    def written(self) -> InnerSource | None:
        """The text in the field, as far as each of its characters is known there."""
        return self._inner if isinstance(self._inner, InnerSource) else None

    @cached_property
    def _inner(self) -> TextSource | None:
        """The text in the field; None where its characters do not stand there one by one."""
        places = self._outer.places
        return places.inside(self._pointer, self.text) if places and self._is_exact else None

    @property
    def is_vague(self) -> bool:
        """Whether all of its places are that of the field."""
        return self._inner is None

    @cached_property
    def line_starts(self) -> list[int]:
        """Where each line of it begins, as an event stream has lines."""
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    @cached_property
    def _field(self) -> Span | None:
        return location_of(self._outer, self._pointer)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character in the file, or of the field."""
        if self._inner is not None:
            return self._inner.place(offset)
        return (self._field.line, self._field.column) if self._field else (1, 1)

    def span(self, start: int, end: int) -> Span:
        """The stretch from one offset to another, or the field."""
        return super().span(start, end) if self._inner or not self._field else self._field

    def line(self, number: int) -> str | None:
        """The line of the file with this number."""
        return self._outer.source.line(number) if self._outer.source else None


class _RecordedEventSource(TextSource):
    """What an event carries, in a stream that stands in a field."""

    def __init__(self, event: TextSource, field: FieldSource) -> None:
        super().__init__(field.file, event.text)
        self._event = event
        self._stream = field

    def _at(self, line: int, column: int) -> tuple[int, int]:
        """The place in the file of a character of the stream."""
        starts = self._stream.line_starts
        start = starts[min(line, len(starts)) - 1]
        return self._stream.place(min(start + column - 1, len(self._stream.text)))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character in the file."""
        return self._at(*self._event.place(offset))

    def span(self, start: int, end: int) -> Span:
        """The stretch from one offset to another, or the field."""
        return self._stream.span(0, 0) if self._stream.is_vague else super().span(start, end)

    def line(self, number: int) -> str | None:
        """The line of the file with this number."""
        return self._stream.line(number)
