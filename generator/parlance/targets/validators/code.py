"""Python statements as a small tree, and the one way to lay them out within a hundred columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from ...backends.python.text import WIDTH

__all__ = ["AllOf", "AnyOf", "Block", "Call", "Condition", "Line", "Statement", "inlined", "lay_out"]

_STEP = "    "
_STRING = re.compile(r"""("|')(?:(?!\1)[^\\]|\\.)*\1""")
_OPPOSITES = ((" == ", " != "), (" is not ", " is "), (" is ", " is not "), (" not in ", " in "), (" in ", " not in "))
_OPPOSITES_OF_SIZES = ((" >= ", " < "), (" <= ", " > "))
"""Not for other comparisons: NaN answers no to both a test and its opposite."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Conditions joined by `or`."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Conditions joined by `and`."""

    parts: tuple[Condition, ...]


Condition = str | AnyOf | AllOf


@dataclass(frozen=True, slots=True)
class Line:
    """A statement that fits on a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call for its effect."""

    function: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """`if`, `if not`, `elif`, `elif not`, `else` or `for …`, and what it holds."""

    keyword: str
    condition: Condition | None
    body: tuple[Statement, ...]


Statement = Line | Call | Block


def _negated(condition: Condition) -> Condition | None:
    """The opposite of *condition*, where Python has a shorter word for it than `not`."""
    if not isinstance(condition, str):
        return None
    plain = _STRING.sub(lambda found: "_" * len(found[0]), condition)
    if " and " in plain or " or " in plain:
        return None
    is_size = plain.startswith("len(") and plain.count(" ") == 2
    for operator, opposite in _OPPOSITES_OF_SIZES if is_size else _OPPOSITES:
        before, _, after = plain.partition(operator)
        if plain.count(operator) == 1 and (is_size or "(" not in before):
            return f"{condition[: len(before)]}{opposite}{condition[len(condition) - len(after) :]}"
    return None


def lay_out(statements: Sequence[Statement], depth: int = 1) -> list[str]:
    """The lines of *statements*, indented by *depth* steps."""
    return [line for statement in statements for line in _lines(statement, depth)]


def _lines(statement: Statement, depth: int) -> Iterator[str]:
    indent = _STEP * depth
    match statement:
        case Line(text):
            yield indent + text
        case Call(function, arguments):
            yield from _call(function, arguments, indent)
        case Block(keyword, condition, body):
            yield from _header(keyword, condition, indent)
            yield from lay_out(body, depth + 1)
        case _:
            assert_never(statement)


def _call(function: str, arguments: tuple[str, ...], indent: str) -> Iterator[str]:
    joined = ", ".join(arguments)
    if len(indent) + len(function) + len(joined) + 2 <= WIDTH:
        yield f"{indent}{function}({joined})"
        return
    yield f"{indent}{function}("
    if len(indent) + len(_STEP) + len(joined) <= WIDTH:
        yield f"{indent}{_STEP}{joined}"
    else:
        for argument in arguments:
            yield f"{indent}{_STEP}{argument},"
    yield f"{indent})"


def _header(keyword: str, condition: Condition | None, indent: str) -> Iterator[str]:
    if condition is None:
        yield f"{indent}{keyword}:"
        return
    keyword, condition = _without_not(keyword, condition)
    inline = _inline(condition)
    if keyword.endswith("not") and not isinstance(condition, str):
        inline = f"({inline})"
    if len(indent) + len(keyword) + len(inline) + 2 <= WIDTH:
        yield f"{indent}{keyword} {inline}:"
        return
    yield f"{indent}{keyword} ("
    yield from _broken(condition, indent + _STEP)
    yield f"{indent}):"


def _without_not(keyword: str, condition: Condition) -> tuple[str, Condition]:
    opposite = _negated(condition) if keyword.endswith(" not") else None
    return (keyword, condition) if opposite is None else (keyword.removesuffix(" not"), opposite)


def _inline(condition: Condition) -> str:
    match condition:
        case str():
            return condition
        case AnyOf(parts):
            return " or ".join(inlined(part) for part in parts)
        case AllOf(parts):
            return " and ".join(inlined(part) for part in parts)
        case _:
            assert_never(condition)


def inlined(condition: Condition) -> str:
    """*condition* on one line, in parentheses where it has parts."""
    return condition if isinstance(condition, str) else f"({_inline(condition)})"


def _broken(condition: Condition, indent: str) -> Iterator[str]:
    match condition:
        case str():
            yield indent + condition
        case AnyOf(parts):
            yield from _broken_parts(parts, "or ", indent)
        case AllOf(parts):
            yield from _broken_parts(parts, "and ", indent)
        case _:
            assert_never(condition)


def _broken_parts(parts: tuple[Condition, ...], operator: str, indent: str) -> Iterator[str]:
    for index, part in enumerate(parts):
        lead = operator if index else ""
        inline = inlined(part)
        if len(indent) + len(lead) + len(inline) <= WIDTH or isinstance(part, str):
            yield f"{indent}{lead}{inline}"
        else:
            yield f"{indent}{lead}("
            yield from _broken(part, indent + _STEP)
            yield f"{indent})"
