"""The value that code is being written about: how the code calls it, and what is known of it there."""

from __future__ import annotations

from dataclasses import dataclass

from ..ir import Value, Variable
from .possible_kinds import ALL, Kinds

__all__ = ["SchemaSubject"]


@dataclass(frozen=True, slots=True)
class SchemaSubject:
    """A value in the function that is being written."""

    value: Value
    known: Kinds = ALL
    """The kinds that the value can have there."""

    level: int = 0
    tracked: bool = False
    """Whether the set `evaluated` takes what is evaluated, because that depends on the value."""

    def local(self, name: str) -> str:
        """A variable for a part of the value, or for what concerns its parts."""
        return "inner_" * self.level + name

    def part(self, variable: str) -> SchemaSubject:
        """A part of the value, in a variable."""
        return SchemaSubject(Variable(variable), level=self.level + 1)
