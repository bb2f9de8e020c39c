"""The statements that generated functions have in common: branches without waste, and loops over parts of a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..ir import (
    AddAll,
    Apply,
    CheckValue,
    Conforms,
    Constant,
    EachField,
    EachItem,
    Gather,
    If,
    IsKind,
    Let,
    Not,
    Return,
    Statement,
    Value,
    Variable,
)
from ..logic import variables

__all__ = [
    "EVALUATED",
    "NOTHING_EVALUATED",
    "REJECT",
    "items_over",
    "named",
    "over",
    "update",
]

REJECT: tuple[Statement, ...] = (Return(Constant(value=False)),)
EVALUATED = Variable("evaluated")
NOTHING_EVALUATED = Gather("evaluated", "evaluated")
_METHODS = frozenset({"size", "startsWith"})
"""What is looked at in the middle of a condition, where a name keeps it short."""


def _uses(body: Sequence[Statement], name: str) -> bool:
    """Whether *body* reads a variable."""
    return name in variables(tuple(body))


def named(name: str, part: Value, body: Sequence[Statement]) -> Sequence[Statement]:
    """*body* after *part* got a name; without the name where it is used once, as what is asked about, or never."""
    match body:
        case [CheckValue(_, Variable(of)) as check] if of == name not in variables(check.pointer):
            return [replace(check, value=part)]
        case [If(test, inner, ())] if inner == REJECT and (inlined := _inlined(part, name, test)) is not None:
            return [If(inlined, inner)]
        case _:
            return [Let(name, part), *body] if _uses(body, name) else body


def _inlined(part: Value, name: str, value: Value) -> Value | None:
    """A condition, or the opposite of one, that asks about *part* and not about its name, which it has once."""
    match value:
        case Not(operand):
            inlined = _inlined(part, name, operand)
            return None if inlined is None else Not(inlined)
        case Conforms(Variable(of)) | IsKind(Variable(of)) if of == name:
            return replace(value, value=part)
        case Apply(function, (Variable(of), *others)) if of == name and function not in _METHODS:
            return replace(value, arguments=(part, *others))
        case _:
            return None


def update(values: Value) -> AddAll:
    """Add keys or indexes to those that are evaluated."""
    return AddAll(EVALUATED, values)


def over(fields: Value, key: str, item: str, body: Sequence[Statement]) -> EachField:
    """A loop over properties, with the variables that *body* uses."""
    if not _uses(body, key):
        return EachField(fields, None, item, tuple(body))
    return EachField(fields, key, item if _uses(body, item) else None, tuple(body))


def items_over(items: Value, first: int, index: str, item: str, body: Sequence[Statement]) -> EachItem:
    """A loop over the items from the *first* on, with the variables that *body* uses."""
    if not _uses(body, item):
        return EachItem(items, index, None, tuple(body), first)
    return EachItem(items, index if _uses(body, index) else None, item, tuple(body), first)
