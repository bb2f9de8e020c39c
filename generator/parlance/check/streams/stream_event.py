"""What a document is to the stream that it is an event of."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

__all__ = ["EventKind", "StreamEvent"]


class EventKind(Enum):
    """What a document of a stream stands for."""

    DATA = auto()
    """An event with data, whatever that is."""

    REMARK = auto()
    """A fault of lines that carry no data: the document has it, and no value."""

    BREAK = auto()
    """The same where the stream ends in the middle of an event."""

    OTHER_TEXT = auto()
    """The same where the text is no event stream at all."""

    CLOSE = auto()
    """The end of the text; the last document."""


class StreamEvent(NamedTuple):
    """An event, or what else there is to know of a stream."""

    kind: EventKind
    name: str = ""
    """What its `event` line says."""

    data: str = ""
    """What it carries."""
