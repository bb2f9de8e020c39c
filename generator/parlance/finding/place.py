"""Where in a file something stands, and YAML data that remembers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["LocatedList", "LocatedMap", "Place", "Span"]


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
