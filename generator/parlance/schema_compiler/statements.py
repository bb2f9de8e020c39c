"""The statements that generated functions have in common: branches without waste, and loops over parts of a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..backends.python.syntax import (
    Assign,
    Attribute,
    Call,
    Constant,
    Evaluate,
    For,
    If,
    Name,
    Not,
    Return,
    Slice,
    Statement,
    Value,
    both,
    call,
    negated,
    used_names,
)
from .kinds import ALWAYS

__all__ = [
    "EVALUATED",
    "NOTHING_EVALUATED",
    "REJECT",
    "branches",
    "items_over",
    "named",
    "over",
    "unless",
    "update",
    "when",
]

REJECT: tuple[Statement, ...] = (Return(Constant(value=False)),)
EVALUATED = Name("evaluated")
NOTHING_EVALUATED = Assign("evaluated", call("set"), "set[str | int]")


def when(test: Value, body: Sequence[Statement], otherwise: Sequence[Statement] = ()) -> tuple[Statement, ...]:
    """`if` and `else`, without a branch that is empty or never taken; an `if` alone inside another joins it."""
    if isinstance(test, Constant):
        return tuple(body if test == ALWAYS else otherwise)
    if not body:
        return when(negated(test), otherwise) if otherwise else ()
    match body:
        case [If(inner, inner_body, ())] if not otherwise:
            return (If(both("and", [test, inner]), inner_body),)
        case _:
            return (If(test, tuple(body), tuple(otherwise)),)


def branches(
    pairs: Sequence[tuple[Value, Sequence[Statement]]], otherwise: Sequence[Statement] = ()
) -> tuple[Statement, ...]:
    """`if`, `elif` and `else`: what is done where a condition is the first that holds."""
    rest = tuple(otherwise)
    for test, body in reversed(pairs):
        rest = when(test, body, rest)
    return rest


def unless(test: Value, body: Sequence[Statement]) -> tuple[Statement, ...]:
    """`if not`, without a branch that is never taken."""
    return when(negated(test), body)


def _uses(body: Sequence[Statement], name: str) -> bool:
    """Whether *body* reads a variable."""
    return any(name in used_names(statement) for statement in body)


def named(name: str, part: Value, body: Sequence[Statement]) -> Sequence[Statement]:
    """*body* after *part* got a name; without the name where it is used once, as the argument of a call, or never."""
    match body:
        case [Evaluate(value)] if (inlined := _inlined(part, name, value)) is not None:
            return [Evaluate(inlined)]
        case [If(test, inner, ())] if inner == REJECT and (inlined := _inlined(part, name, test)) is not None:
            return [If(inlined, inner)]
        case _:
            return [Assign(name, part), *body] if _uses(body, name) else body


def _inlined(part: Value, name: str, value: Value) -> Value | None:
    """A call, or `not` and a call, that has *part* as its first argument and not its name, which it uses once."""
    match value:
        case Not(operand):
            call_of_part = _inlined(part, name, operand)
            return None if call_of_part is None else Not(call_of_part)
        case Call(Name(), (Name(first), *others)) if first == name and not any(name in used_names(o) for o in others):
            return replace(value, arguments=(part, *others))
        case _:
            return None


def update(container: Value, values: Value) -> Evaluate:
    """Add *values* to a set."""
    return Evaluate(Call(Attribute(container, "update"), (values,)))


def over(items: Value, key: str, item: str, body: Sequence[Statement]) -> For:
    """A loop over properties, with the variables that *body* uses."""
    if not _uses(body, key):
        return For((item,), Call(Attribute(items, "values")), tuple(body))
    if not _uses(body, item):
        return For((key,), items, tuple(body))
    return For((key, item), Call(Attribute(items, "items")), tuple(body))


def items_over(items: Value, first: int, index: str, item: str, body: Sequence[Statement]) -> For:
    """A loop over the items from the *first* on, with the variables that *body* uses."""
    start = [Constant(first)] if first else []
    if not _uses(body, item):
        return For((index,), call("range", *start, call("len", items)), tuple(body))
    rest = Slice(items, Constant(first)) if first else items
    if not _uses(body, index):
        return For((item,), rest, tuple(body))
    return For((index, item), call("enumerate", rest, *start), tuple(body))
