"""Expressions of the gate as Python."""

from __future__ import annotations

from dataclasses import dataclass

from ....backends.python.key_sets import KeySets
from ....backends.python.syntax import Value
from ....backends.python.values import python_value
from ....contract.expression import Expression
from ....program import expressions
from ....program import scope as program

__all__ = ["Scope", "condition", "value_of"]


@dataclass(frozen=True, slots=True)
class Scope(program.Scope):
    """What the names that an expression may mention stand for, and what its code may use."""

    sets: KeySets | None = None
    """Where sets of keys become constants of the module."""

    def python(self, name: str) -> Value:
        """What a name stands for, as Python."""
        return python_value(self.names[name], self.sets)


def condition(expression: Expression, scope: Scope) -> Value:
    """What is true exactly where *expression* is `true`."""
    return python_value(expressions.condition(expression, scope), scope.sets)


def value_of(expression: Expression, scope: Scope) -> Value:
    """The value of *expression*."""
    return python_value(expressions.value_of(expression, scope), scope.sets)
