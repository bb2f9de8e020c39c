"""What a regular expression says: a closed tree of nine kinds of part, sets of characters spelled out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from .characters import Ranges

__all__ = [
    "COUNTLESS",
    "EMPTY",
    "Boundary",
    "Characters",
    "Choice",
    "Edge",
    "Group",
    "Look",
    "Part",
    "Reference",
    "Regex",
    "RegexError",
    "Repeat",
    "Sequence",
]


class RegexError(ValueError):
    """Text that is no regular expression, or one that is refused, and the offset at which that shows."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Characters:
    """One character of a set. Literals, classes, `.`, and upper and lower case have all become this."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other; none of them match the empty text."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first option that leads to a match."""

    options: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """*body* from *least* to *most* times; None for any number."""

    body: Part
    least: int
    most: int | None
    lazy: bool = False
    offset: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """A part whose text is kept under a number, and maybe a name."""

    body: Part
    number: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """The text of the group that took part in the match, of those with the *numbers*; the empty text if none did."""

    numbers: tuple[int, ...]
    offset: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Edge:
    """The very start of the text, or its very end."""

    end: bool


@dataclass(frozen=True, slots=True)
class Boundary:
    """A place with a character of a word, ASCII, on one side only; *negative*, any other place."""

    negative: bool


@dataclass(frozen=True, slots=True)
class Look:
    """A place that *body* matches from, or up to where it looks *behind*; *negative*, any other place."""

    body: Part
    behind: bool
    negative: bool
    offset: int = field(default=0, compare=False)


Part: TypeAlias = Characters | Sequence | Choice | Repeat | Group | Reference | Edge | Boundary | Look

EMPTY = Sequence(())
COUNTLESS = 2**31
"""More often than any text has room for."""


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression, and the pattern that it was read from."""

    pattern: str = field(compare=False)
    root: Part
