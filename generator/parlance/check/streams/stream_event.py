"""What a document is to the stream that it is an event of."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

__all__ = ["EventKind", "StreamEvent", "TakenAlone"]


class EventKind(Enum):
    """What a document of a stream stands for."""

    DATA = auto()
    """An event with data, whatever that is."""

    TAKEN = auto()
    """The same, where the judge of the stream took its data already, and has something to say of what that settled."""

    REMARK = auto()
    """A fault of lines that carry no data: the document has it, and no value."""

    BREAK = auto()
    """The same where the stream ends in the middle of an event."""

    OTHER_TEXT = auto()
    """The same where the text is no event stream at all."""

    CLOSE = auto()
    """The end of the text; the last document."""


class TakenAlone(Enum):
    """Whether an event was taken without a document of its own."""

    NOT = auto()
    WHOLE = auto()
    """It was, and nothing is found."""

    BUT_SETTLED = auto()
    """It was, and something may be found in what it settled."""


class StreamEvent(NamedTuple):
    """An event, or what else there is to know of a stream."""

    kind: EventKind
    name: str = ""
    """What its `event` line says."""

    data: str = ""
    """What it carries."""
