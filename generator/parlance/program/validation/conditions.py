"""Conditions that are true of a value without a fault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from ...contract import ir as contract
from ...contract.kinds import Kind
from .. import ir
from ..ir import Constant, Value, Walk
from ..logic import NULL, junction, negation
from ..pattern_tests import fitting
from .definitions import Definitions
from .policy_reports import is_noted
from .subjects import Holder

__all__ = ["condition", "container_tests", "is_null", "length_tests", "rest_condition", "tag_of", "text_condition"]

_TRUE = Constant(value=True)


def condition(shape: contract.Type, variable: Holder, known: Definitions) -> Value:
    """A condition that is true when *variable* is of *shape*."""
    value = variable.value
    match shape:
        case contract.Anything() | contract.Nothing():
            return Constant(shape == contract.Anything())
        case contract.Null():
            return is_null(value)
        case contract.Boolean():
            return ir.IsKind(value, Kind.BOOLEAN)
        case contract.Constant(constant):
            return _equality(constant, value)
        case contract.Integer():
            return junction("and", [ir.IsInteger(value), *_bounds(shape, value)])
        case contract.Number():
            return junction("and", [ir.IsFinite(value, is_bounded=_is_bounded(shape)), *_bounds(shape, value)])
        case contract.Text():
            return text_condition(shape, value)
        case contract.Array():
            items = Walk(variable.item.name, value, "array")
            return junction("and", [*container_tests(shape, value), _all(shape.items, variable.item, items, known)])
        case contract.Map():
            keys = _TRUE if shape.keys is None else text_condition(shape.keys, variable.key)
            every_key = _every(keys, Walk(variable.key.name, value, "object"))
            values = _all(shape.values, variable.item, Walk(variable.item.name, value, "values"), known)
            return junction("and", [*container_tests(shape, value), every_key, values])
        case contract.Tagged():
            return junction("and", [ir.IsKind(value, Kind.OBJECT), _tagged(shape, value)])
        case contract.Union(options):
            ordered = sorted(options, key=lambda option: not isinstance(option, contract.Null))
            return junction("or", [condition(option, variable, known) for option in ordered])
        case contract.Named(name):
            return _named(name, variable, known)
        case _:
            assert_never(shape)


def is_null(value: Value) -> Value:
    """Whether a value is null."""
    return ir.Equal(value, NULL, is_plain=True)


def _named(name: str, variable: Holder, known: Definitions) -> Value:
    value = variable.value
    definition = known.definitions[name]
    is_listed = isinstance(definition, contract.Enumeration) and known.inlined(name) is None
    noted = (
        [negation(test) for test in is_noted(definition, value, is_listed=is_listed)]
        if isinstance(definition, contract.Enumeration)
        else []
    )
    if (shape := known.inlined(name)) is not None:
        return junction("and", [condition(shape, variable, known), *noted])
    if not isinstance(definition, contract.Enumeration):
        return ir.Conforms(value, name)
    kind = Kind.STRING if isinstance(definition.base, contract.Text) else Kind.NUMBER
    return junction("and", [ir.IsKind(value, kind), ir.In(value, ir.Table("members", name), is_plain=True), *noted])


def _all(shape: contract.Type, item: Holder, walk: Walk, known: Definitions) -> Value:
    """Whether each *item* of a walk is of *shape*."""
    return _every(condition(shape, item, known), walk)


def _every(test: Value, walk: Walk) -> Value:
    return test if test == _TRUE else ir.Quantified("all", walk, test)


def _tagged(shape: contract.Tagged, value: Value) -> Value:
    tag = tag_of(shape, value)
    noted = {constant for constant, _ in shape.policies}
    options = [
        junction("and", [ir.Equal(tag, Constant(constant), is_plain=True), ir.Conforms(value, name)])
        for constant, name in shape.options
        if constant not in noted
    ]
    rest = rest_condition(shape, value, tag)
    return junction("or", options if rest is None else [*options, rest])


def rest_condition(shape: contract.Tagged, value: Value, tag: Value) -> Value | None:
    """Whether an object whose tag is none of the known ones is of the union; None if it never is."""
    is_there = ir.HasField(value, shape.tag, is_object=True)
    tests: list[Value] = []
    if shape.default is not None:
        tests.append(junction("and", [negation(is_there), ir.Conforms(value, dict(shape.options)[shape.default])]))
    if shape.open:
        known = dict.fromkeys(constant for constant, _ in (*shape.options, *shape.policies))
        is_new = [negation(ir.Equal(tag, Constant(constant), is_plain=True)) for constant in known]
        is_new += [is_there] if shape.default is not None else []
        is_of = ir.IsKind(tag, Kind.STRING) if shape.others is None else ir.Conforms(value, shape.others)
        tests.append(junction("and", [*is_new, is_of]))
    return junction("or", tests) if tests else None


def tag_of(shape: contract.Tagged, value: Value) -> Value:
    """The tag of an object."""
    return ir.Field(value, shape.tag, is_object=True)


def _equality(constant: str | int | bool, value: Value) -> Value:
    equality = ir.Equal(value, Constant(constant), is_plain=True)
    if isinstance(constant, bool | str):
        return equality
    return junction("and", [equality, negation(ir.IsKind(value, Kind.BOOLEAN))])


def text_condition(shape: contract.Text, value: Value) -> Value:
    """A condition that is true when *value* is a string within bounds."""
    length = length_tests(value, shape.min_length, shape.max_length)
    fits = [] if shape.pattern is None else [fitting(value, shape.pattern, may_be_empty=not shape.min_length)]
    others = [negation(ir.Equal(value, Constant(each), is_plain=True)) for each in shape.excluded]
    return junction("and", [ir.IsKind(value, Kind.STRING), *length, *fits, *others])


def _is_bounded(shape: contract.Number) -> bool:
    below = shape.minimum if shape.minimum is not None else shape.exclusive_minimum
    above = shape.maximum if shape.maximum is not None else shape.exclusive_maximum
    return below is not None and above is not None


def _bounds(shape: contract.Integer | contract.Number, value: Value) -> list[Value]:
    tests = _within(value, shape.minimum, shape.maximum)
    for operator, bound in ((">", shape.exclusive_minimum), ("<", shape.exclusive_maximum)):
        if bound is not None:
            tests.append(ir.Ordering(operator, value, Constant(bound), are_numbers=True))
    if shape.multiple_of is not None:
        tests.append(ir.Apply("is_multiple", (value, Constant(shape.multiple_of))))
    return tests


def length_tests(value: Value, least: int | None, most: int | None) -> list[Value]:
    """What must be true of *value* for its length to be within both bounds."""
    return _within(ir.Apply("size", (value,), is_sure=True), least, most, are_counts=True)


def _within(measured: Value, least: float | None, most: float | None, *, are_counts: bool = False) -> list[Value]:
    if least is not None and most is not None:
        return [ir.Between(Constant(least), measured, Constant(most))]
    bounds = ((">=", least), ("<=", most))
    given = [(sign, Constant(bound)) for sign, bound in bounds if bound is not None]
    return [ir.Ordering(sign, measured, bound, are_numbers=True, are_counts=are_counts) for sign, bound in given]


def container_tests(shape: contract.Array | contract.Map, value: Value) -> Sequence[Value]:
    """What must be true of *value* whatever is in it: the first test is that of its kind."""
    if isinstance(shape, contract.Map):
        return [ir.IsKind(value, Kind.OBJECT), *length_tests(value, shape.min_properties, shape.max_properties)]
    unique = [ir.Apply("is_unique", (value,))] if shape.unique_items else []
    return [ir.IsKind(value, Kind.ARRAY), *length_tests(value, shape.min_items, shape.max_items), *unique]
