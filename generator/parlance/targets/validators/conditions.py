"""Expressions that are true of a value without a fault."""

from __future__ import annotations

import string
from typing import assert_never

from ...backends.python.text import literal
from ...contract.ir import (
    Alias,
    Anything,
    Array,
    Boolean,
    Constant,
    Enumeration,
    Integer,
    Map,
    Named,
    Nothing,
    Null,
    Number,
    Record,
    Tagged,
    Text,
    Type,
    Union,
)
from ...regex import translated
from .characters import character_set
from .code import AllOf, AnyOf, Condition, inlined
from .names import Names

__all__ = ["array_tests", "condition", "map_tests", "text_condition", "within"]


def condition(shape: Type, variable: str, names: Names) -> Condition:
    """An expression that is true when *variable* is of *shape*."""
    match shape:
        case Text() | Integer() | Number() | Boolean() | Null() | Constant() | Anything():
            return _scalar(shape, variable)
        case Nothing():
            return "False"
        case Named(name):
            return _named(name, variable, names)
        case Array():
            return _all(array_tests(shape, variable), shape.items, f"for item in {variable}", names)
        case Map():
            head = map_tests(shape, variable)
            if shape.keys is not None:
                head.append(f"all({inlined(text_condition(shape.keys, 'key'))} for key in {variable})")
            return _all(head, shape.values, f"for item in {variable}.values()", names)
        case Tagged(tag, options):
            choices = tuple(
                AllOf((f"{variable}.get({literal(tag)}) == {literal(value)}", f"{names.predicate(name)}({variable})"))
                for value, name in options
            )
            return AllOf((f"isinstance({variable}, dict)", AnyOf(choices)))
        case Union(options):
            ordered = sorted(options, key=lambda option: not isinstance(option, Null))
            return AnyOf(tuple(condition(option, variable, names) for option in ordered))
        case _:
            assert_never(shape)


def _all(head: list[str], items: Type, clause: str, names: Names) -> Condition:
    if not isinstance(items, Anything):
        head.append(f"all({inlined(condition(items, 'item', names))} {clause})")
    return AllOf(tuple(head)) if len(head) > 1 else head[0]


def _scalar(shape: Text | Integer | Number | Boolean | Null | Constant | Anything, variable: str) -> Condition:
    match shape:
        case Text():
            return text_condition(shape, variable)
        case Integer() | Number():
            return _number(shape, variable)
        case Boolean():
            return f"isinstance({variable}, bool)"
        case Null():
            return f"{variable} is None"
        case Constant(value):
            return _constant(value, variable)
        case Anything():
            return "True"
        case _:
            assert_never(shape)


def text_condition(shape: Text, variable: str) -> Condition:
    """An expression that is true when *variable* is a string within bounds."""
    parts = [f"isinstance({variable}, str)"]
    if (size := within(f"len({variable})", shape.min_length, shape.max_length)) is not None:
        parts.append(size)
    if shape.pattern is not None:
        parts += _pattern(shape.pattern, variable, may_be_empty=not shape.min_length)
    return AllOf(tuple(parts)) if len(parts) > 1 else parts[0]


def _pattern(pattern: str, variable: str, *, may_be_empty: bool) -> list[str]:
    only = character_set(pattern)
    if only is None:
        return [f"matches({literal(translated(pattern))}, {variable})"]
    if only.characters == string.digits and not only.may_be_empty:
        return [f"{variable}.isascii()", f"{variable}.isdigit()"]
    nonempty = [f'{variable} != ""'] if may_be_empty and not only.may_be_empty else []
    return [*nonempty, f"not {variable}.strip({only.constant})"]


def _number(shape: Integer | Number, variable: str) -> Condition:
    bounds = _bounds(shape, variable)
    # A bool is an int by `isinstance` alone; other subclasses are left to the slow path.
    whole = f"type({variable}) is int"
    if isinstance(shape, Integer):
        kind = AnyOf((whole, AllOf((f"isinstance({variable}, float)", f"{variable}.is_integer()"))))
    elif _is_bounded(shape):
        kind = AnyOf((f"isinstance({variable}, float)", whole))
    else:
        # Only a finite number gives zero here.
        kind = AnyOf((whole, AllOf((f"isinstance({variable}, float)", f"{variable} - {variable} == 0"))))
    return AllOf((kind, *bounds)) if bounds else kind


def _is_bounded(shape: Number) -> bool:
    below = shape.minimum if shape.minimum is not None else shape.exclusive_minimum
    above = shape.maximum if shape.maximum is not None else shape.exclusive_maximum
    return below is not None and above is not None


def _bounds(shape: Integer | Number, variable: str) -> list[str]:
    parts: list[str] = []
    if (size := within(variable, shape.minimum, shape.maximum)) is not None:
        parts.append(size)
    if shape.exclusive_minimum is not None:
        parts.append(f"{variable} > {literal(shape.exclusive_minimum)}")
    if shape.exclusive_maximum is not None:
        parts.append(f"{variable} < {literal(shape.exclusive_maximum)}")
    if shape.multiple_of is not None:
        parts.append(f"is_multiple({variable}, {literal(shape.multiple_of)})")
    return parts


def within(measured: str, least: float | None, most: float | None) -> str | None:
    """An expression that is true when *measured* is within both bounds; None where there are none."""
    if least is not None and most is not None:
        return f"{literal(least)} <= {measured} <= {literal(most)}"
    if least is not None:
        return f"{measured} >= {literal(least)}"
    return f"{measured} <= {literal(most)}" if most is not None else None


def _constant(value: str | int | bool, variable: str) -> Condition:
    if isinstance(value, bool):
        return f"{variable} is {value}"
    if isinstance(value, str):
        return f"{variable} == {literal(value)}"
    return AllOf((f"{variable} == {literal(value)}", f"not isinstance({variable}, bool)"))


def _named(name: str, variable: str, names: Names) -> Condition:
    definition = names.definitions[name]
    match definition:
        case Enumeration():
            if definition.open:
                return condition(definition.base, variable, names)
            if isinstance(definition.base, Text):
                return AllOf((f"isinstance({variable}, str)", f"{variable} in {names.members(name)}"))
            return AllOf(
                (
                    f"isinstance({variable}, (int, float))",
                    f"not isinstance({variable}, bool)",
                    f"{variable} in {names.members(name)}",
                )
            )
        case Alias(type=Text() | Integer() | Number() | Boolean() | Null() | Constant() | Anything() as shape):
            return _scalar(shape, variable)
        case Alias() | Record():
            return f"{names.predicate(name)}({variable})"
        case _:
            assert_never(definition)


def array_tests(shape: Array, variable: str) -> list[str]:
    """What must be true of *variable* whatever its items are: the first test is that of its type."""
    head = [f"isinstance({variable}, list)"]
    if (size := within(f"len({variable})", shape.min_items, shape.max_items)) is not None:
        head.append(size)
    if shape.unique_items:
        head.append(f"is_unique({variable})")
    return head


def map_tests(shape: Map, variable: str) -> list[str]:
    """What must be true of *variable* whatever its keys and values are: the first test is that of its type."""
    head = [f"isinstance({variable}, dict)"]
    if (size := within(f"len({variable})", shape.min_properties, shape.max_properties)) is not None:
        head.append(size)
    return head
