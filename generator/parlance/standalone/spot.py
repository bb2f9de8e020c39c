"""Where code is being written for a value: its variable, and what is known of it there."""

from __future__ import annotations

from dataclasses import dataclass

from .kinds import ALL, Kinds

__all__ = ["Spot"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A variable in the function that is being written."""

    variable: str
    known: Kinds = ALL
    """The kinds that its value can have there."""

    level: int = 0
    evaluated: str | None = None
    """The set that takes what is evaluated, where that depends on the value."""

    def inner(self, name: str) -> Spot:
        """A new variable for a part of the value."""
        level = self.level + 1
        return Spot("inner_" * self.level + name, level=level)
