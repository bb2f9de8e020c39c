"""Bytes as they arrive to the events that they complete."""

from __future__ import annotations

import codecs
import re

from .server_event import BEGINNING, DataLine, EventLine, PlainEvent, ServerEvent

__all__ = ["LARGEST_EVENT", "ServerEventReader"]

LARGEST_EVENT = 16 << 20
"""How many bytes an event may have, unless its reader says otherwise: many minutes of sound, in base64."""

_SILENT_FIELDS = frozenset({b"id", b"retry"})
"""Fields of the standard that say nothing of what an event carries."""

_LINE = re.compile(rb"([^\r\n]*+)(\r\n|\n|\r)?+")


class ServerEventReader:
    """Reads one stream; no more than one event is kept, and of one that is too large nothing but its size."""

    def __init__(self, largest: int = LARGEST_EVENT) -> None:
        self._largest = largest
        self._rest = bytearray()
        """The beginning of a line whose end has not come."""

        self._is_begun = False
        self._ends_in_return = False
        """Whether the last byte was a carriage return: a line feed after it belongs to the same end."""

        self._number = 0
        """Of the last line that has its end."""

        self._begin_event()

    @property
    def last_line(self) -> int:
        """The number of the last line that there is, whole or not; 1 in an empty stream."""
        return max(self._number + bool(self._rest), 1)

    def feed(self, data: bytes) -> list[ServerEvent | PlainEvent]:
        """The events that *data* completes."""
        if not self._is_begun:
            data = self._without_mark(data)
        if self._ends_in_return and data:
            data = data[data.startswith(b"\n") :]
            self._ends_in_return = False
        if data:
            self._ends_in_return = data.endswith(b"\r")
        events: list[ServerEvent | PlainEvent] = []
        at, end = 0, len(data)
        while at < end:
            if data.startswith(BEGINNING, at) and not (self._rest or self._first_line or self._size):
                feed = data.find(b"\n", at)
                is_plain = data.startswith(b"\n\n", feed) and data.find(b"\r", at, feed) < 0
                if is_plain and feed + 2 - at <= self._largest:
                    events.append(PlainEvent(self._number + 1, data[at + len(BEGINNING) : feed]))
                    self._number += 2
                    at = feed + 2
                    continue
            line = _LINE.match(data, at)
            if line is None:  # it matches anything
                break
            at = line.end()
            events += self._piece(line[1], is_whole=line[2] is not None)
        return events

    def _piece(self, part: bytes, *, is_whole: bool) -> list[ServerEvent]:
        """Take a line, or the beginning of one."""
        self._count(len(part) + is_whole)
        if not is_whole:
            self._rest += part[:1] if self._is_too_large else part
            return []
        text = bytes(self._rest) + part
        self._rest.clear()
        return self._line(text)

    def close(self) -> list[ServerEvent]:
        """The event that no blank line ends, if there is one."""
        if not self._rest:
            return self._end_event(is_ended=False)
        text = bytes(self._rest)
        self._rest.clear()
        return [*self._line(text), *self._end_event(is_ended=False)]

    def _without_mark(self, data: bytes) -> bytes:
        """The first bytes without a byte order mark, which the standard skips; none until three of them are there."""
        head = bytes(self._rest) + data
        if len(head) < len(codecs.BOM_UTF8) and codecs.BOM_UTF8.startswith(head):
            self._rest[:] = head
            return b""
        self._rest.clear()
        self._is_begun = True
        return head.removeprefix(codecs.BOM_UTF8)

    def _begin_event(self) -> None:
        self._first_line = 0
        self._name = b""
        self._data: list[DataLine] = []
        self._unknown: list[EventLine] = []
        self._size = 0

    @property
    def _is_too_large(self) -> bool:
        return self._size > self._largest

    def _count(self, size: int) -> None:
        self._size += size
        if self._is_too_large:
            self._data.clear()
            self._unknown.clear()
            del self._rest[1:]

    def _line(self, text: bytes) -> list[ServerEvent]:
        """Take a line; a blank one ends an event."""
        self._number += 1
        if not text:
            return self._end_event(is_ended=True)
        self._first_line = self._first_line or self._number
        if self._is_too_large or text.startswith(b":"):
            return []
        name, colon, value = text.partition(b":")
        if name == b"data":
            start = len(name) + len(colon) + value.startswith(b" ")
            self._data.append(DataLine(EventLine(self._number, text), start))
        elif name == b"event":
            self._name = value.removeprefix(b" ")
        elif name not in _SILENT_FIELDS:
            self._unknown.append(EventLine(self._number, text))
        return []

    def _end_event(self, *, is_ended: bool) -> list[ServerEvent]:
        """The event that ends here; none of blank lines alone."""
        event = ServerEvent(
            self._first_line,
            self._number,
            self._name.decode(errors="replace"),
            tuple(self._data),
            tuple(self._unknown),
            is_ended,
            self._size,
            self._is_too_large,
        )
        self._begin_event()
        return [event] if event.first_line else []
