"""The fast path: whether a value has no fault at all, decided at the first."""

from __future__ import annotations

from collections.abc import Iterable

from ...contract import ir as contract
from ...contract.kinds import Kind, options_by_kind
from .. import ir
from ..ir import Body, Constant, Counter, If, Increment, Let, Return, Value, Variable
from ..logic import chained, is_given, junction, unless, where, within
from .conditions import condition, container_tests, is_null, length_tests, rest_condition, tag_of, text_condition
from .definitions import Definitions
from .policy_reports import clean_type, is_unjudged, unmapped
from .subjects import Holder

__all__ = ["ALWAYS", "predicate", "root_condition"]

_VALUE = Holder("value")
_FIELD = Holder("field")
_SIZE = Variable("size")
_SEEN = Variable("seen")
_TAG = Variable("tag")
_ACCEPT = Return(Constant(value=True))
ALWAYS: Body = (_ACCEPT,)
"""What decides where nothing is asked of a value."""

_REJECT = (Return(Constant(value=False)),)
_STRAIGHT_SCAN = 3
"""With fewer optional fields left than this, looking for them costs less than asking whether any are left."""


def root_condition(root: str, known: Definitions) -> Value:
    """A condition that is true for a whole document without a fault."""
    return condition(contract.Named(root), _VALUE, known)


def predicate(definition: contract.Record | contract.Alias, known: Definitions) -> Body:
    """Whether `value` is of a definition."""
    if isinstance(definition, contract.Record):
        return _record(definition, known)
    return (*_unless_of(definition.type, _VALUE, known), _ACCEPT)


def _unless_all(tests: Iterable[Value]) -> Body:
    return tuple(statement for test in tests for statement in unless(test, _REJECT))


def _unless_of(shape: contract.Type, variable: Holder, known: Definitions) -> Body:
    """Statements that return false when *variable* is not of *shape*."""
    alias = known.definitions[shape.name] if isinstance(shape, contract.Named) else None
    match shape:
        case contract.Anything():
            return ()
        case contract.Array() | contract.Map():
            return (*_unless_all(container_tests(shape, variable.value)), *_loops(shape, variable, known))
        case contract.Named() if isinstance(alias, contract.Alias) and isinstance(alias.type, contract.Tagged):
            return _unless_of(alias.type, variable, known)
        case contract.Tagged():
            return (*unless(ir.IsKind(variable.value, Kind.OBJECT), _REJECT), *_dispatch(shape, variable))
        case contract.Union():
            return _union(shape, variable, known)
        case _:
            return unless(condition(shape, variable, known), _REJECT)


def _loops(shape: contract.Array | contract.Map, variable: Holder, known: Definitions) -> Body:
    """Loops that return false at an item, or at a key or its value, that is wrong."""
    value, item, key = variable.value, variable.item, variable.key
    if isinstance(shape, contract.Array):
        return within([ir.EachItem(value, None, item.name)], _unless_of(shape.items, item, known))
    keys = () if shape.keys is None else unless(text_condition(shape.keys, key), _REJECT)
    values = _unless_of(shape.values, item, known)
    if keys and values:
        return within([ir.EachField(value, key.name, item.name)], (*keys, *values))
    over_keys, over_values = ir.EachField(value, key.name, None), ir.EachField(value, None, item.name)
    return (*within([over_keys], keys), *within([over_values], values))


def _dispatch(shape: contract.Tagged, variable: Holder) -> Body:
    noted = {value for value, _ in shape.policies}
    branches = [
        (ir.Equal(_TAG, Constant(constant), is_plain=True), unless(ir.Conforms(variable.value, name), _REJECT))
        for constant, name in shape.options
        if constant not in noted
    ]
    rest = rest_condition(shape, variable.value, _TAG)
    otherwise = _REJECT if rest is None else unless(rest, _REJECT)
    if not branches and rest is None:
        return _REJECT
    return (Let(_TAG.name, tag_of(shape, variable.value)), *chained(branches, otherwise))


def _union(shape: contract.Union, variable: Holder, known: Definitions) -> Body:
    """A chain of tests, in which an array or map that must be looped over has a branch of its own."""
    branches: list[tuple[Value, Body]] = []
    rest: list[Value] = []
    for options in options_by_kind(shape, known.definitions).values():
        if len(options) == 1 and isinstance(only := options[0], contract.Array | contract.Map):
            is_of_kind, *others = container_tests(only, variable.value)
            if body := (*_unless_all(others), *_loops(only, variable, known)):
                branches.append((is_of_kind, body))
                continue
        rest += [test for option in options if (test := condition(option, variable, known)) not in rest]
    null = is_null(variable.value)
    rest.sort(key=lambda test: test != null)
    test = junction("or", rest)
    if rest in ([], [null]):
        return chained(branches, unless(test, _REJECT))
    return unless(test, chained(branches, _REJECT))


def _record(record: contract.Record, known: Definitions) -> Body:
    value = _VALUE.value
    always = [field for field in record.fields if field.presence is not contract.Presence.OPTIONAL]
    optional = [field for field in record.fields if field.presence is contract.Presence.OPTIONAL]
    tag = known.tags.get(record.name)
    tests = [] if tag else [ir.IsKind(value, Kind.OBJECT)]
    lines = [*_unless_all([*tests, *length_tests(value, record.min_properties, record.max_properties)])]
    for field in always:
        if field.name != tag:
            lines += _required(field, known)
    if record.unknown is contract.UnknownFields.OPEN:
        rest = [statement for field in optional for statement in _optional(field, known)]
        return (*lines, *rest, *_extras(record, known), _ACCEPT)
    count, length = Constant(len(always)), ir.Apply("size", (value,), is_sure=True)
    if all(is_unjudged(field.policy) for field in optional):  # none of these may be there
        return (*lines, Return(ir.Equal(length, count, is_plain=True)))
    done = [If(ir.Equal(_SIZE, count, is_plain=True), (_ACCEPT,))] if always else []
    lines += [Let(_SIZE.name, length), *done, Counter(_SEEN.name, len(always))]
    for index, field in enumerate(optional):
        lines += _optional(field, known, _counted(is_last=index + _STRAIGHT_SCAN > len(optional)))
    return (*lines, Return(ir.Equal(_SEEN, _SIZE, is_plain=True)))


def _counted(*, is_last: bool) -> Body:
    """What counts a field that was there; it may be the last one of the object."""
    if is_last:
        return (Increment(_SEEN),)
    return (Increment(_SEEN), If(ir.Equal(_SEEN, _SIZE, is_plain=True), (_ACCEPT,)))


def _unless_of_field(field: contract.Field, known: Definitions) -> Body:
    """Statements that return false at a value of which there is something to say."""
    return (*_unless_of(clean_type(field), _FIELD, known), *_unless_all(unmapped(field, _FIELD.value)))


def _required(field: contract.Field, known: Definitions) -> Body:
    body = _unless_of_field(field, known)
    is_there = ir.HasField(_VALUE.value, field.name, is_object=True)
    if body and Kind.NULL not in options_by_kind(field.type, known.definitions):
        # An absent field reads as null, which is refused here.
        return (Let(_FIELD.name, ir.Field(_VALUE.value, field.name, is_object=True)), *body)
    there = unless(is_there, _REJECT)
    return (*there, _fetched(field), *body) if body else there


def _optional(field: contract.Field, known: Definitions, counted: Body = ()) -> Body:
    is_there = ir.HasField(_VALUE.value, field.name, is_object=True)
    if isinstance(field.policy, contract.Dropped):
        rejected = where(is_given(ir.Field(_VALUE.value, field.name, is_object=True, is_there=True)), _REJECT)
        return where(is_there, (*rejected, *counted))
    if is_unjudged(field.policy):
        return where(is_there, _REJECT)
    body = _unless_of_field(field, known)
    return where(is_there, (*([_fetched(field)] if body else []), *body, *counted))


def _fetched(field: contract.Field) -> Let:
    """A variable for a field that is there."""
    return Let(_FIELD.name, ir.Field(_VALUE.value, field.name, is_object=True, is_there=True))


def _extras(record: contract.Record, known: Definitions) -> Body:
    if record.extra is None:
        return ()
    key = _VALUE.key
    pairs = ir.EachField(_VALUE.value, key.name, _FIELD.name)
    is_extra = If(ir.Not(ir.In(key, ir.Table("fields", record.name), is_plain=True)))
    return within([pairs, is_extra], _unless_of(record.extra, Holder(_FIELD.name, depth=1), known))
