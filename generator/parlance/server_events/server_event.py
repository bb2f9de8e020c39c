"""One event of a stream: what its lines say, and where each of them stands."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["BEGINNING", "DataLine", "EventLine", "PlainEvent", "ServerEvent"]


BEGINNING = b"data: "
"""How the line of a plain event begins."""


class EventLine(NamedTuple):
    """A line of a stream, without its end."""

    number: int
    """From 1."""

    text: bytes


class DataLine(NamedTuple):
    """A line with data."""

    line: EventLine
    start: int
    """How many bytes of the line stand before the data."""

    @property
    def payload(self) -> bytes:
        """What stands after the colon and one space."""
        return self.line.text[self.start :]


class ServerEvent(NamedTuple):
    """The lines between two blank ones; comments alone are an event without data."""

    first_line: int
    """The number of its first line."""

    last_line: int
    """The number of the line that ends it."""

    name: str
    """What its `event` line says; empty where there is none."""

    data: tuple[DataLine, ...]
    unknown: tuple[EventLine, ...]
    """Lines that are no field of the standard, which every reader passes over."""

    is_ended: bool
    """Whether a blank line ends it; only the last event of a stream may lack one."""

    size: int
    """How many bytes it takes; each end of a line counts as one."""

    is_too_large: bool = False
    """Whether it has more bytes than were accepted, so that its lines were dropped."""

    @property
    def payload(self) -> bytes:
        """What its `data` lines carry, joined by line feeds."""
        return b"\n".join([each.payload for each in self.data])


class PlainEvent(NamedTuple):
    """An event of one line, which carries data; most are, and most need not be seen as more than that."""

    number: int
    """That of the line; the blank one has the next."""

    payload: bytes
    """What stands after `BEGINNING`."""

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return len(BEGINNING) + len(self.payload) + 2  # two ends of lines

    @property
    def whole(self) -> ServerEvent:
        """The same as any other event."""
        data = (DataLine(EventLine(self.number, BEGINNING + self.payload), len(BEGINNING)),)
        return ServerEvent(self.number, self.number + 1, "", data, (), is_ended=True, size=self.size)
