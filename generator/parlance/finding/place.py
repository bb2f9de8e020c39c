"""Where in a file something stands, and YAML data that remembers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["LocatedList", "LocatedMap", "LocatedText", "Place", "Span"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One character of a file. Lines and columns count from 1, columns in code points."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file, from its first character to the one after its last."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class LocatedMap(dict[str, Any]):
    """A mapping read from a file, with the place of itself and of each of its keys."""

    __slots__ = ("at", "places")

    def __init__(self, at: Place) -> None:
        super().__init__()
        self.at = at
        self.places: dict[str, Place] = {}

    def put(self, key: str, value: object, at: Place) -> None:
        """Set *key* and remember where it was written."""
        self[key] = value
        self.places[key] = at


class LocatedList(list[Any]):
    """A sequence read from a file, with the place of itself and of each of its items."""

    __slots__ = ("at", "places")

    def __init__(self, at: Place) -> None:
        super().__init__()
        self.at = at
        self.places: list[Place] = []

    def add(self, value: object, at: Place) -> None:
        """Append *value* and remember where it was written."""
        self.append(value)
        self.places.append(at)


class LocatedText(str):
    """A text read from a file, with the place and the spelling of itself."""

    __slots__ = ("at", "spelling")

    at: Place
    spelling: str
    """As the file has it: with quotes, escapes and breaks."""

    @classmethod
    def read(cls, text: str, at: Place, spelling: str) -> LocatedText:
        """*text*, which is spelt *spelling* at the place *at*."""
        located = cls(text)
        located.at = at
        located.spelling = spelling
        return located

    def place(self, offset: int) -> Place:
        """Where the character at *offset* is written."""
        mark = self.spelling[:1]
        index = self.spelling.find("\n") + 1 if mark in {"|", ">"} else int(mark in {"'", '"'})
        index += _blank(self.spelling, index) if mark in {"|", ">"} else 0
        for character in self[:offset]:
            index = _after(character, self.spelling, index, mark)
        before = self.spelling[:index]
        breaks = before.count("\n")
        column = len(before.rpartition("\n")[2]) + (1 if breaks else self.at.column)
        return Place(self.at.file, self.at.line + breaks, column)


_ESCAPES = {"x": 4, "u": 6, "U": 10}


def _after(character: str, spelling: str, index: int, mark: str) -> int:
    """Where what follows *character* is written, which is written at *index*."""
    written = spelling[index : index + 1]
    if mark == '"' and written == "\\":
        return index + _ESCAPES.get(spelling[index + 1 : index + 2], 2)
    if character in {" ", "\n"} and not spelling[index:].lstrip(" ").startswith(("\n", "\r")):
        return index + (written == character)
    if character in {" ", "\n"}:
        return index + _blank(spelling, index)
    return index + (2 if mark == written == "'" else int(written == character))


def _blank(spelling: str, index: int) -> int:
    rest = spelling[index:]
    return len(rest) - len(rest.lstrip(" \r\n"))
