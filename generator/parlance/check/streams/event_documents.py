"""Bytes of a stream as they arrive to documents: one for each event with data, and one for each fault beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TypeGuard

from ...finding.text_fault import TextFault
from ...server_events.server_event import EventLine, PlainEvent, ServerEvent
from ...server_events.server_event_reader import LARGEST_EVENT, ServerEventReader
from .. import json_reader
from ..document import Document, JsonPlaces
from ..encoding import decode
from ..event_stream import CODE as EVENT_STREAM
from ..skimming import BLOCK, Skimmer
from ..text_source import TextSource
from .stream_event import EventKind, StreamEvent, TakenAlone

__all__ = ["EventDocuments", "recognised_events"]

_HEAD = b"HTTP/"
_NAMES = (b"data", b"event", b"id", b"retry", _HEAD)
_MISPRINTS = {b"<": "this is HTML or XML", b"{": "this is JSON", b"[": "this is JSON"}
"""What a text is that begins so and is no event stream."""


def recognised_events(document: Document) -> Iterator[Document] | None:
    """The documents of an event stream that was read as one text; None where it is no such one."""
    if document.source is None or not any(fault.code == EVENT_STREAM for fault in document.faults):
        return None
    events = EventDocuments(document.source.file)
    lines = "\n" * (document.source.first_line - 1)  # what stands above it counts
    return chain(events.feed(f"{lines}{document.source.text}".encode()), _closing(events))


def _closing(events: EventDocuments) -> Iterator[Document]:
    """What is left when all was read, which is known then."""
    yield from events.close()


class EventDocuments:
    """Reads the documents of one stream."""

    def __init__(self, file: str, largest: int = LARGEST_EVENT) -> None:
        self._file = file
        self._largest = largest
        self._reader = ServerEventReader(largest)
        self._is_begun = False
        self._is_other_text = False

    def feed(self, data: bytes) -> Iterator[Document]:
        """The documents that *data* completes; all of them must be taken."""
        for event in self._reader.feed(data):
            yield from self.documents(event)

    def skimmed(self, data: bytes, skimmer: Skimmer) -> Iterator[Document]:
        """The same, where events that pass the *skimmer* are handed over by the block, without a value."""
        count = size = 0
        for event in self._reader.feed(data):
            take = skimmer.take_event
            taken = take(event.payload) if take is not None and self.is_data_alone(event) else TakenAlone.NOT
            if taken is TakenAlone.WHOLE:
                count, size = count + 1, size + event.size
                if count < BLOCK:
                    continue
            if count:
                yield self._block(count, size)
                count = size = 0
            if taken is TakenAlone.BUT_SETTLED:
                yield from (one._replace(event=StreamEvent(EventKind.TAKEN)) for one in self.documents(event))
            elif taken is TakenAlone.NOT:
                yield from self.documents(event)
        if count:
            yield self._block(count, size)

    def _block(self, count: int, size: int) -> Document:
        source, event = TextSource(self._file, "", self._reader.last_line), StreamEvent(EventKind.DATA)
        return Document(None, complete=False, source=source, size=size, skimmed=count, event=event)

    def events(self, data: bytes) -> list[ServerEvent | PlainEvent]:
        """The events that *data* completes, each of which has to be asked for its documents or for its data alone."""
        return self._reader.feed(data)

    def is_data_alone(self, event: ServerEvent | PlainEvent) -> TypeGuard[PlainEvent]:
        """Whether there is nothing but data to see in an event; then it need not be asked for documents."""
        if self._is_other_text or type(event) is not PlainEvent:
            return False
        self._is_begun = True
        return True

    def documents(self, event: ServerEvent | PlainEvent) -> Iterator[Document]:
        """The documents of an event; all of them must be taken."""
        return self._of_event(event.whole if isinstance(event, PlainEvent) else event)

    def close(self) -> Iterator[Document]:
        """What is left, and the end."""
        last_line = self._reader.last_line
        for event in self._reader.close():
            yield from self._of_event(event)
        end = TextSource(self._file, "", max(last_line, self._reader.last_line))
        yield Document(None, complete=False, source=end, event=StreamEvent(EventKind.CLOSE))

    def _of_event(self, event: ServerEvent) -> Iterator[Document]:
        if self._is_other_text:
            return
        if not event.is_ended and event.unknown and _is_cut(event.unknown[-1], event):
            event = event._replace(unknown=event.unknown[:-1])
        is_head = not self._is_begun and bool(event.unknown) and event.unknown[0].text.startswith(_HEAD)
        if is_head:  # what `curl -i` writes; several times where a proxy answered before
            return
        if not self._is_begun and event.unknown and not event.data:
            self._is_other_text = True
            yield self._other_text(event.unknown[0])
            return
        self._is_begun = True
        if event.is_too_large:
            message = f"this event has {event.size:,} bytes, and no more than {self._largest:,} are accepted"
            yield self._remark(
                EventKind.REMARK, EventLine(event.first_line, b""), "PAR706", message, "send less in one event"
            )
        elif event.unknown:
            message = "this line is no field of an event: readers pass over it"
            advice = "begin every line of data with `data: `, and a comment with a colon"
            yield self._remark(EventKind.REMARK, event.unknown[0], "PAR708", message, advice)
        yield from self._of_data(event)
        if not event.is_ended:
            last = event.data[-1].line if event.data else EventLine(event.last_line, b"")
            message = "the stream breaks off here, in an event that no blank line ends"
            advice = "end every event, the last one too, with a blank line"
            yield self._remark(EventKind.BREAK, last, "PAR705", message, advice)

    def _of_data(self, event: ServerEvent) -> Iterator[Document]:
        if not event.data:
            return
        text, faults = decode(event.payload)
        source = _EventSource(self._file, text, event)
        value, more, complete = json_reader.read(source)
        facts = StreamEvent(EventKind.DATA, event.name, text)
        if event.is_ended or complete:
            faults = [*faults, *more]
            yield Document(value, tuple(faults), complete, source, JsonPlaces(source), size=event.size, event=facts)
        elif event.payload:
            yield Document(None, (), False, source, size=event.size, event=facts)

    def _other_text(self, line: EventLine) -> Document:
        what = _MISPRINTS.get(line.text.lstrip()[:1], "this is text")
        advice = "name what it is: --as response for a whole answer; of a request that failed, --as error"
        return self._remark(EventKind.OTHER_TEXT, line, "PAR707", f"{what}, and no event stream", advice)

    def _remark(self, kind: EventKind, line: EventLine, code: str, message: str, advice: str) -> Document:
        """The document of a fault that is in no data."""
        text, _ = decode(line.text)
        fault = TextFault(code, message, 0, len(text), advice)
        source = TextSource(self._file, text, line.number)
        return Document(None, (fault,), complete=False, source=source, event=StreamEvent(kind))


def _is_cut(line: EventLine, event: ServerEvent) -> bool:
    """Whether a line is the beginning of the name of a field, and the last one of the stream."""
    return line.number == event.last_line and any(name.startswith(line.text) for name in _NAMES)


class _EventSource(TextSource):
    """What an event carries, whose lines stand elsewhere in the file and after the name of their field."""

    def __init__(self, file: str, text: str, event: ServerEvent) -> None:
        super().__init__(file, text, event.first_line)
        self._data: Sequence[tuple[EventLine, int]] = event.data

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character in the file, both from 1."""
        line, column = super().place(offset)
        written, start = self._data[min(line - self.first_line, len(self._data) - 1)]
        return written.number, column + start

    def line(self, number: int) -> str | None:
        """The line of the file with this number, without its end; None if it carries no data of the event."""
        return next((decode(line.text)[0] for line, _ in self._data if line.number == number), None)
