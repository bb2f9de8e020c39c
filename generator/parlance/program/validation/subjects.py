"""The values that checks look at: variables, and pointers to what they hold."""

from __future__ import annotations

from dataclasses import dataclass

from ..ir import Call, CheckValue, Constant, Escaped, Pointer, Statement, Value, Variable
from ..logic import extended

__all__ = ["AT", "Holder", "Subject"]

AT = Pointer((Variable("at"),))
"""The pointer to the value that a routine is about."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A local variable, and the names for what a loop over its value comes to."""

    name: str
    depth: int = 0
    """How many loops stand around it."""

    @property
    def value(self) -> Variable:
        """What it holds."""
        return Variable(self.name)

    @property
    def item(self) -> Holder:
        """An item of its array, or a value of its object."""
        return Holder(self._inner("item"), self.depth + 1)

    @property
    def index(self) -> Variable:
        """The place of an item."""
        return Variable(self._inner("index"))

    @property
    def key(self) -> Variable:
        """A key of its object."""
        return Variable(self._inner("key"))

    def _inner(self, name: str) -> str:
        return f"{'inner_' * self.depth}{name}"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a check is about: a variable, and the pointer to its value."""

    variable: Holder
    pointer: Pointer
    null_has_passed: bool = False
    """Whether a test before has let null pass, where null is no fault."""

    @property
    def value(self) -> Variable:
        """The value itself."""
        return self.variable.value

    def item(self, token: Variable | Escaped) -> Subject:
        """What a loop over the value comes to, whose pointer ends in *token*."""
        return Subject(self.variable.item, extended(self.pointer, "/", token))

    def call(self, function: str, /, *arguments: Value, **facts: str | float | Value) -> Call:
        """The call of a function of the run time that collects faults of the value."""
        named = tuple((name, _value(each)) for name, each in facts.items())
        return Call(function, self.value, self.pointer, arguments, named)

    def check(self, definition: str) -> Statement:
        """The check that the value is of a definition."""
        return CheckValue(definition, self.value, self.pointer)


def _value(fact: str | float | Value) -> Value:
    return Constant(fact) if isinstance(fact, str | int | float) else fact
