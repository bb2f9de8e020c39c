"""Expressions that are true of a value without a fault."""

from __future__ import annotations

import string
from typing import assert_never

from ...backends.python.syntax import (
    Attribute,
    Comparison,
    Comprehension,
    Constant,
    Difference,
    Name,
    Not,
    Range,
    Value,
    both,
    call,
    is_instance,
)
from ...contract import ir
from ...regex import translated
from .characters import character_set
from .names import Names
from .variables import Variable

__all__ = ["condition", "container_tests", "length_tests", "tag_of", "text_condition"]

_NULL = Constant(None)
_ZERO = Constant(0)


def condition(shape: ir.Type, variable: Variable, names: Names) -> Value:
    """An expression that is true when *variable* is of *shape*."""
    value = variable.value
    match shape:
        case ir.Anything() | ir.Nothing():
            return Constant(shape == ir.Anything())
        case ir.Null():
            return Comparison(value, "is", _NULL)
        case ir.Boolean():
            return is_instance(value, "bool")
        case ir.Constant(constant):
            return _equality(constant, value)
        case ir.Integer() | ir.Number():
            return both("and", [_number(shape, value), *_bounds(shape, value)])
        case ir.Text():
            return text_condition(shape, value)
        case ir.Array():
            return both("and", [*container_tests(shape, value), _all(shape.items, variable, value, names)])
        case ir.Map():
            keys = Constant(value=True) if shape.keys is None else text_condition(shape.keys, variable.key)
            values = _all(shape.values, variable, call(Attribute(value, "values")), names)
            return both("and", [*container_tests(shape, value), _every(keys, variable.key.id, value), values])
        case ir.Tagged():
            return both("and", [is_instance(value, "dict"), _tagged(shape, value, names)])
        case ir.Union(options):
            ordered = sorted(options, key=lambda option: not isinstance(option, ir.Null))
            return both("or", [condition(option, variable, names) for option in ordered])
        case ir.Named(name):
            return _named(name, variable, names)
        case _:
            assert_never(shape)


def _named(name: str, variable: Variable, names: Names) -> Value:
    value = variable.value
    if (shape := names.inlined(name)) is not None:
        return condition(shape, variable, names)
    definition = names.definitions[name]
    if not isinstance(definition, ir.Enumeration):
        return call(names.predicate(name), value)
    types = [is_instance(value, "str")] if isinstance(definition.base, ir.Text) else _numeric(value)
    return both("and", [*types, Comparison(value, "in", Name(names.members(name)))])


def _all(shape: ir.Type, variable: Variable, over: Value, names: Names) -> Value:
    """Whether all of *over*, which *variable* holds, is of *shape*."""
    return _every(condition(shape, variable.item, names), variable.item.name, over)


def _every(test: Value, name: str, over: Value) -> Value:
    if test == Constant(value=True):
        return test
    return call("all", Comprehension(test, ((name, over),), brackets="()"))


def _tagged(shape: ir.Tagged, value: Value, names: Names) -> Value:
    tag = tag_of(shape, value)
    options = [
        both("and", [Comparison(tag, "==", Constant(constant)), call(names.predicate(name), value)])
        for constant, name in shape.options
    ]
    return both("or", options)


def tag_of(shape: ir.Tagged, value: Value) -> Value:
    """The tag of an object."""
    return call(Attribute(value, "get"), Constant(shape.tag))


def _numeric(value: Value) -> list[Value]:
    return [is_instance(value, "int", "float"), Not(is_instance(value, "bool"))]


def _equality(constant: str | int | bool, value: Value) -> Value:
    if isinstance(constant, bool):
        return Comparison(value, "is", Constant(constant))
    equality = Comparison(value, "==", Constant(constant))
    return equality if isinstance(constant, str) else both("and", [equality, Not(is_instance(value, "bool"))])


def text_condition(shape: ir.Text, value: Value) -> Value:
    """An expression that is true when *value* is a string within bounds."""
    pattern = [] if shape.pattern is None else _pattern(shape.pattern, value, may_be_empty=not shape.min_length)
    length = length_tests(value, shape.min_length, shape.max_length)
    return both("and", [is_instance(value, "str"), *length, *pattern])


def _pattern(pattern: str, value: Value, *, may_be_empty: bool) -> list[Value]:
    only = character_set(pattern)
    if only is None:
        return [call("matches", Constant(translated(pattern)), value)]
    if only.characters == string.digits and not only.may_be_empty:
        return [call(Attribute(value, "isascii")), call(Attribute(value, "isdigit"))]
    nonempty = [Comparison(value, "!=", Constant(""))] if may_be_empty and not only.may_be_empty else []
    return [*nonempty, Not(call(Attribute(value, "strip"), Name(only.constant)))]


def _number(shape: ir.Integer | ir.Number, value: Value) -> Value:
    # A bool is an int by `isinstance` alone; other subclasses are left to the slow path.
    whole = Comparison(call("type", value), "is", Name("int"))
    real = is_instance(value, "float")
    if isinstance(shape, ir.Integer):
        return both("or", [whole, both("and", [real, call(Attribute(value, "is_integer"))])])
    if _is_bounded(shape):
        return both("or", [real, whole])
    # Only a finite number gives zero here.
    is_finite = Comparison(Difference(value, value), "==", _ZERO)
    return both("or", [whole, both("and", [real, is_finite])])


def _is_bounded(shape: ir.Number) -> bool:
    below = shape.minimum if shape.minimum is not None else shape.exclusive_minimum
    above = shape.maximum if shape.maximum is not None else shape.exclusive_maximum
    return below is not None and above is not None


def _bounds(shape: ir.Integer | ir.Number, value: Value) -> list[Value]:
    tests = _within(value, shape.minimum, shape.maximum)
    for operator, bound in ((">", shape.exclusive_minimum), ("<", shape.exclusive_maximum)):
        if bound is not None:
            tests.append(Comparison(value, operator, Constant(bound)))
    if shape.multiple_of is not None:
        tests.append(call("is_multiple", value, Constant(shape.multiple_of)))
    return tests


def length_tests(value: Value, least: int | None, most: int | None) -> list[Value]:
    """What must be true of *value* for its length to be within both bounds."""
    return _within(call("len", value), least, most, of_counts=True)


def _within(measured: Value, least: float | None, most: float | None, *, of_counts: bool = False) -> list[Value]:
    if least is not None and most is not None:
        return [Range(Constant(least), measured, Constant(most))]
    bounds = ((">=", least), ("<=", most))
    return [Comparison(measured, sign, Constant(bound), of_counts) for sign, bound in bounds if bound is not None]


def container_tests(shape: ir.Array | ir.Map, value: Value) -> list[Value]:
    """What must be true of *value* whatever is in it: the first test is that of its type."""
    if isinstance(shape, ir.Map):
        return [is_instance(value, "dict"), *length_tests(value, shape.min_properties, shape.max_properties)]
    unique = [call("is_unique", value)] if shape.unique_items else []
    return [is_instance(value, "list"), *length_tests(value, shape.min_items, shape.max_items), *unique]
