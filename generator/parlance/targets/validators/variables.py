"""The values that generated checks look at: variables, and pointers to what they hold."""

from __future__ import annotations

from dataclasses import dataclass

from ...backends.python.pointers import extended
from ...backends.python.syntax import Evaluate, Name, Statement, Value, call

__all__ = ["AT", "FOUND", "Subject", "Variable"]

AT = Name("at")
"""The pointer to the value that a function is about."""

FOUND = Name("found")
"""The list of faults."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A local variable, and the names for what a loop over its value comes to."""

    name: str
    depth: int = 0
    """How many loops stand around it."""

    @property
    def value(self) -> Name:
        """What it holds."""
        return Name(self.name)

    @property
    def item(self) -> Variable:
        """An item of its array, or a value of its object."""
        return Variable(self._inner("item"), self.depth + 1)

    @property
    def index(self) -> Name:
        """The place of an item."""
        return Name(self._inner("index"))

    @property
    def key(self) -> Name:
        """A key of its object."""
        return Name(self._inner("key"))

    def _inner(self, name: str) -> str:
        return f"{'inner_' * self.depth}{name}"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a check is about: a variable, and the pointer to its value."""

    variable: Variable
    pointer: Value
    null_has_passed: bool = False
    """Whether a test before has let null pass, where null is no fault."""

    @property
    def value(self) -> Name:
        """The value itself."""
        return self.variable.value

    def item(self, token: Value) -> Subject:
        """What a loop over the value comes to, whose pointer ends in *token*."""
        return Subject(self.variable.item, extended(self.pointer, "/", token))

    def check(self, function: str, /, *arguments: Value, **facts: Value) -> Statement:
        """The call of a function that collects the faults of the value."""
        return Evaluate(call(function, self.value, self.pointer, FOUND, *arguments, **facts))
