"""Nodes of a program that are as simple as what they are made of allows, and questions to it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Literal, TypeAlias, cast

from .ir import (
    At,
    Body,
    Constant,
    Each,
    EachField,
    EachItem,
    EachSchema,
    Equal,
    Escaped,
    If,
    Logical,
    Not,
    Pointer,
    Statement,
    Value,
    Variable,
)

__all__ = [
    "NULL",
    "Header",
    "chained",
    "extended",
    "inverted",
    "is_given",
    "junction",
    "negation",
    "nodes",
    "unless",
    "variables",
    "where",
    "within",
]

Header: TypeAlias = Each | EachItem | EachField | EachSchema | At | If
"""A statement that others stand in."""

NULL = Constant(None)


def negation(condition: Value) -> Value:
    """What is true exactly where a condition is not."""
    match condition:
        case Constant(bool(value)):
            return Constant(not value)
        case Not(operand):
            return operand
        case _:
            return Not(condition)


def inverted(condition: Value) -> Value:
    """The opposite of a condition, in which nothing joined by `and` or `or` is negated as a whole: De Morgan's."""
    match condition:
        case Logical(operator, operands):
            return junction("or" if operator == "and" else "and", map(inverted, operands))
        case _:
            return negation(condition)


def junction(operator: Literal["and", "or"], conditions: Iterable[Value]) -> Value:
    """Conditions joined by `and` or `or`, each once; constants that decide nothing are left out.

    A constant that decides all stands alone.
    """
    neutral = Constant(operator == "and")
    flat: list[Value] = []
    for condition in conditions:
        if condition == negation(neutral):
            return condition
        if isinstance(condition, Logical) and condition.operator == operator:
            flat += condition.operands
        elif condition != neutral:
            flat.append(condition)
    flat = [*dict.fromkeys(flat)]
    return Logical(operator, tuple(flat)) if len(flat) > 1 else flat[0] if flat else neutral


def is_given(value: Value) -> Value:
    """Whether a value is not null."""
    return Not(Equal(value, NULL, is_plain=True))


def where(test: Value | None, body: Sequence[Statement], otherwise: Sequence[Statement] = ()) -> Body:
    """*body* where a condition holds, *otherwise* where not, without a branch that is empty or never taken.

    None always holds. An `if` that stands alone inside another joins it.
    """
    if test is None or isinstance(test, Constant):
        return tuple(body if test in (None, Constant(value=True)) else otherwise)
    if not body:
        return where(inverted(test), otherwise) if otherwise else ()
    match body:
        case [If(inner, inner_body, ())] if not otherwise:
            return (If(junction("and", [test, inner]), inner_body),)
        case _:
            return (If(test, tuple(body), tuple(otherwise)),)


def unless(test: Value, body: Sequence[Statement]) -> Body:
    """*body* where a condition does not hold."""
    return where(negation(test), body)


def chained(branches: Sequence[tuple[Value, Sequence[Statement]]], otherwise: Sequence[Statement] = ()) -> Body:
    """The body of the first condition that holds, or what is done where none does."""
    rest = tuple(otherwise)
    for test, body in reversed(branches):
        rest = where(test, body, rest)
    return rest


def within(headers: Sequence[Header], body: Body) -> Body:
    """*body* inside *headers*, each inside the one before; nothing without a body."""
    for header in reversed(headers):
        body = (replace(header, body=body),) if body else ()
    return body


def extended(pointer: Pointer, *parts: str | Variable | Escaped) -> Pointer:
    """A pointer with more at its end."""
    merged = [*pointer.parts]
    for part in parts:
        if isinstance(part, str) and merged and isinstance(last := merged[-1], str):
            merged[-1] = last + part
        elif part != "":
            merged.append(part)
    return Pointer(tuple(merged))


def nodes(node: object) -> Iterator[object]:
    """A value, a statement or a body, and all that it is made of, each before its parts."""
    ahead = [node]
    while ahead:  # not by recursion: a chain of branches may be long
        node = ahead.pop()
        if isinstance(node, tuple):
            ahead += reversed(cast("tuple[object, ...]", node))
        elif (names := _field_names(cast("Hashable", type(node)))) is not None:
            yield node
            ahead += [getattr(node, name) for name in names]


@cache
def _field_names(kind: Hashable) -> tuple[str, ...] | None:
    """The names of a node's parts, the last first; None for what is no node."""
    if not isinstance(kind, type) or not is_dataclass(kind):
        return None
    return tuple(field.name for field in reversed(fields(kind)))


def variables(node: object) -> set[str]:
    """The variables that are mentioned in a value, a statement or a body."""
    return {each.name for each in nodes(node) if isinstance(each, Variable)}
