"""The fast path: code that says whether a value has no fault at all, and stops at the first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...backends.python.syntax import (
    Assign,
    Attribute,
    Augment,
    Comparison,
    Constant,
    For,
    If,
    Item,
    Name,
    Return,
    Statement,
    Value,
    both,
    call,
    chained,
    is_instance,
    nested,
    opposite,
)
from ...contract import ir
from ...contract.kinds import Kind, options_by_kind
from .conditions import condition, container_tests, length_tests, tag_of, text_condition
from .names import Names
from .variables import Variable

__all__ = ["body", "root_condition"]

_VALUE = Variable("value")
_FIELD = Variable("field")
_SIZE = Name("size")
_SEEN = Name("seen")
_ACCEPT = Return(Constant(value=True))
_REJECT = (Return(Constant(value=False)),)
_STRAIGHT_SCAN = 3
"""With fewer optional fields left than this, looking for them costs less than asking whether any are left."""


def _unless(test: Value) -> tuple[Statement, ...]:
    """Statements that return False where *test* does not hold."""
    return nested([If(opposite(test))], _REJECT)


def _unless_all(tests: Iterable[Value]) -> list[Statement]:
    return [statement for test in tests for statement in _unless(test)]


def _unless_of(shape: ir.Type, variable: Variable, names: Names) -> Sequence[Statement]:
    """Statements that return False when *variable* is not of *shape*."""
    alias = names.definitions[shape.name] if isinstance(shape, ir.Named) else None
    match shape:
        case ir.Anything():
            return ()
        case ir.Array() | ir.Map():
            return [*_unless_all(container_tests(shape, variable.value)), *_loops(shape, variable, names)]
        case ir.Named() if isinstance(alias, ir.Alias) and isinstance(alias.type, ir.Tagged):
            return _unless_of(alias.type, variable, names)
        case ir.Tagged():
            return [*_unless(is_instance(variable.value, "dict")), *_dispatch(shape, variable, names)]
        case ir.Union():
            return _union(shape, variable, names)
        case _:
            return _unless(condition(shape, variable, names))


def _loops(shape: ir.Array | ir.Map, variable: Variable, names: Names) -> tuple[Statement, ...]:
    """Loops that return False at an item, or at a key or its value, that is wrong."""
    value, item = variable.value, variable.item
    if isinstance(shape, ir.Array):
        return nested([For((item.name,), value)], _unless_of(shape.items, item, names))
    keys = () if shape.keys is None else _unless(text_condition(shape.keys, variable.key))
    values = _unless_of(shape.values, item, names)
    if keys and values:
        pairs = For((variable.key.id, item.name), call(Attribute(value, "items")))
        return nested([pairs], [*keys, *values])
    over_values = For((item.name,), call(Attribute(value, "values")))
    return (*nested([For((variable.key.id,), value)], keys), *nested([over_values], values))


def _dispatch(shape: ir.Tagged, variable: Variable, names: Names) -> list[Statement]:
    tag = Name("tag")
    branches = [
        (Comparison(tag, "==", Constant(constant)), _unless(call(names.predicate(name), variable.value)))
        for constant, name in shape.options
    ]
    return [Assign("tag", tag_of(shape, variable.value)), *chained(branches, _REJECT)]


def _union(shape: ir.Union, variable: Variable, names: Names) -> tuple[Statement, ...]:
    """A chain of tests, in which an array or map that must be looped over has a branch of its own."""
    branches: list[tuple[Value, Sequence[Statement]]] = []
    rest: list[Value] = []
    for options in options_by_kind(shape, names.definitions).values():
        if len(options) == 1 and isinstance(only := options[0], (ir.Array, ir.Map)):
            is_of_type, *others = container_tests(only, variable.value)
            if body := [*_unless_all(others), *_loops(only, variable, names)]:
                branches.append((is_of_type, body))
                continue
        rest += [test for option in options if (test := condition(option, variable, names)) not in rest]
    is_null = Comparison(variable.value, "is", Constant(None))
    rest.sort(key=lambda test: test != is_null)
    test = both("or", rest)
    if rest in ([], [is_null]):
        return chained(branches, _unless(test))
    return nested([If(opposite(test))], chained(branches, _REJECT))


def root_condition(root: str, names: Names) -> Value:
    """An expression that is true for a whole document without a fault."""
    return condition(ir.Named(root), _VALUE, names)


def body(definition: ir.Record | ir.Alias, names: Names) -> tuple[Statement, ...]:
    """The body of the predicate of *definition*."""
    if isinstance(definition, ir.Record):
        return tuple(_record(definition, names))
    return (*_unless_of(definition.type, _VALUE, names), _ACCEPT)


def _record(record: ir.Record, names: Names) -> Sequence[Statement]:
    value = _VALUE.value
    always = [field for field in record.fields if field.presence is not ir.Presence.OPTIONAL]
    optional = [field for field in record.fields if field.presence is ir.Presence.OPTIONAL]
    tag = names.tags.get(record.name)
    tests = [] if tag else [is_instance(value, "dict")]
    lines = _unless_all([*tests, *length_tests(value, record.min_properties, record.max_properties)])
    for field in always:
        if field.name != tag:
            lines += _required(field, names)
    if record.unknown is ir.UnknownFields.OPEN:
        rest = [statement for field in optional for statement in _optional(field, names)]
        return [*lines, *rest, *_extras(record, names), _ACCEPT]
    count, length = Constant(len(always)), call("len", value)
    if not optional:
        return [*lines, Return(Comparison(length, "==", count))]
    done = [If(Comparison(_SIZE, "==", count), (_ACCEPT,))] if always else []
    lines += [Assign("size", length), *done, Assign("seen", count)]
    for index, field in enumerate(optional):
        lines += _optional(field, names, _counted(is_last=index + _STRAIGHT_SCAN > len(optional)))
    return [*lines, Return(Comparison(_SEEN, "==", _SIZE))]


def _counted(*, is_last: bool) -> list[Statement]:
    """What counts a field that was there; it may be the last one of the object."""
    seen: list[Statement] = [Augment("seen", "+", Constant(1))]
    return seen if is_last else [*seen, If(Comparison(_SEEN, "==", _SIZE), (_ACCEPT,))]


def _required(field: ir.Field, names: Names) -> Sequence[Statement]:
    body = _unless_of(field.type, _FIELD, names)
    name, value = Constant(field.name), _VALUE.value
    if body and Kind.NULL not in options_by_kind(field.type, names.definitions):
        # An absent field reads as None, which is refused here.
        return [Assign("field", call(Attribute(value, "get"), name)), *body]
    there = _unless(Comparison(name, "in", value))
    return [*there, Assign("field", Item(value, name)), *body] if body else there


def _optional(field: ir.Field, names: Names, counted: Sequence[Statement] = ()) -> tuple[Statement, ...]:
    name, value = Constant(field.name), _VALUE.value
    if field.type == ir.Nothing():
        return nested([If(Comparison(name, "in", value))], _REJECT)
    body = _unless_of(field.type, _FIELD, names)
    assign = [Assign("field", Item(value, name))] if body else []
    return nested([If(Comparison(name, "in", value))], [*assign, *body, *counted])


def _extras(record: ir.Record, names: Names) -> tuple[Statement, ...]:
    if record.extra is None:
        return ()
    pairs = For((_VALUE.key.id, _FIELD.name), call(Attribute(_VALUE.value, "items")))
    is_extra = If(Comparison(_VALUE.key, "not in", Name(names.fields(record.name))))
    return nested([pairs, is_extra], _unless_of(record.extra, Variable(_FIELD.name, depth=1), names))
