"""The parts of a regular expression that every syntax writes alike."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from .pattern_syntax import (
    COUNTLESS,
    Boundary,
    Characters,
    Choice,
    Edge,
    Group,
    Look,
    Part,
    Reference,
    Repeat,
    Sequence,
)
from .spelling import SetSpelling

__all__ = ["PatternWriter"]


class PatternWriter(ABC):
    """Writes the parts of one expression."""

    spelling: ClassVar[SetSpelling]

    def text(self, part: Part) -> str:
        """A part as text."""
        match part:
            case Characters(ranges):
                return self.spelling.spelled(ranges)
            case Sequence(parts):
                return "".join(self.grouped(each) if isinstance(each, Choice) else self.text(each) for each in parts)
            case Choice(options):
                return "|".join(map(self.text, options))
            case Repeat():
                return self._repeat(part)
            case Group():
                return self.group(part)
            case Reference():
                return self.reference(part)
            case Edge(end):
                return self.edge(end=end)
            case Boundary(negative):
                return self.boundary(negative=negative)
            case Look():
                return self.look(part)

    def grouped(self, part: Part) -> str:
        """A part in a group whose text is not kept."""
        return f"(?:{self.text(part)})"

    def _repeat(self, repeat: Repeat) -> str:
        if repeat.least >= COUNTLESS:
            return self.countless(repeat)
        most = None if repeat.most is None or repeat.most >= COUNTLESS else repeat.most
        return f"{self.whole(repeat.body)}{_count(repeat.least, most)}{'?' if repeat.lazy else ''}"

    def whole(self, part: Part) -> str:
        """A part that a count may follow."""
        return self.text(part) if isinstance(part, Characters | Group) else self.grouped(part)

    @abstractmethod
    def countless(self, repeat: Repeat) -> str:
        """What is repeated more often than any text has room for."""

    @abstractmethod
    def group(self, group: Group) -> str:
        """A group; whether its text is kept is for the syntax to say."""

    @abstractmethod
    def reference(self, reference: Reference) -> str:
        """The text of a group once more."""

    @abstractmethod
    def edge(self, *, end: bool) -> str:
        """The start of the text, or its end."""

    @abstractmethod
    def boundary(self, *, negative: bool) -> str:
        """The edge of a word, or any other place."""

    @abstractmethod
    def look(self, look: Look) -> str:
        """What lies ahead or behind."""


def _count(least: int, most: int | None) -> str:
    signs: dict[tuple[int, int | None], str] = {(0, None): "*", (1, None): "+", (0, 1): "?"}
    if (least, most) in signs:
        return signs[least, most]
    return f"{{{least}}}" if least == most else f"{{{least},{'' if most is None else most}}}"
