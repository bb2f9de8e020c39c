"""What the names of an expression stand for in a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from ..contract.expression import Expression
from .ir import Value, Variable
from .reduction import Facts, kinds_of
from .structure import ANYTHING, Kinds

__all__ = ["Scope", "local_name"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the names that an expression may mention stand for."""

    names: Mapping[str, Value]
    reserved: frozenset[str] = frozenset()
    """What no variable may be called in the language that the program is for."""

    tokens: frozenset[str] = frozenset()
    """Variables that are never null: places in arrays, and keys."""

    ready: Mapping[Expression, Value] = field(default_factory=dict["Expression", Value])
    """What is evaluated already."""

    facts: Facts | None = None
    """What is known of the places that expressions mention; None where they mention none."""

    def kinds(self, expression: Expression) -> Kinds:
        """The kinds that the value of an expression may be of."""
        return ANYTHING if self.facts is None else kinds_of(expression, self.facts)

    def bind(self, name: str, value: Value | str, *, token: bool = False) -> Self:
        """This scope with one more name, or another one; a string is a variable."""
        tokens = self.tokens | {value} if token and isinstance(value, str) else self.tokens
        bound = Variable(value) if isinstance(value, str) else value
        return replace(self, names={**self.names, name: bound}, tokens=tokens)

    def prepare(self, expression: Expression, variable: str) -> Self:
        """This scope, in which a variable stands for the value of an expression."""
        return replace(self, ready={**self.ready, expression: Variable(variable)})


def local_name(name: str, scope: Scope) -> str:
    """What the variable *name* is called, so that it shadows nothing."""
    candidate = name
    while candidate in scope.reserved or Variable(candidate) in scope.names.values():
        candidate += "_"
    return candidate
