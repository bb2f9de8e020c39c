"""Statements that report every fault of one value, with its pointer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from ...backends.python.syntax import (
    Assign,
    Attribute,
    Comparison,
    Constant,
    Evaluate,
    For,
    If,
    Name,
    Not,
    Pass,
    Statement,
    TupleDisplay,
    Value,
    both,
    call,
    chained,
    is_instance,
    nested,
    opposite,
    tuple_of,
)
from ...contract import ir
from ...contract.kinds import Kind, expected, options_by_kind
from ...regex import translated
from .conditions import condition, tag_of, text_condition
from .names import Names
from .variables import FOUND, Subject

__all__ = ["count_faults", "faults", "faults_if_any", "wrong_type"]

_CLASSES = {
    Kind.STRING: ("str",),
    Kind.BOOLEAN: ("bool",),
    Kind.NUMBER: ("int", "float"),
    Kind.OBJECT: ("dict",),
    Kind.ARRAY: ("list",),
}

_Scalar = ir.Text | ir.Integer | ir.Number | ir.Boolean | ir.Constant
_Statements = Sequence[Statement]


def faults(shape: ir.Type, subject: Subject, names: Names, phrase: str | None = None) -> _Statements:
    """Statements that report what keeps *subject* from being of *shape*, for which there may be a *phrase*."""
    match shape:
        case ir.Anything():
            return ()
        case ir.Nothing():
            return [wrong_type(subject, "absent")]
        case ir.Null():
            report = [wrong_type(subject, phrase or Kind.NULL)]
            return report if subject.null_has_passed else _unless_null(report, subject)
        case ir.Text() | ir.Integer() | ir.Number() | ir.Boolean() | ir.Constant():
            return [_scalar(shape, subject, names, phrase)]
        case ir.Array() | ir.Map() | ir.Tagged():
            (kind,) = options_by_kind(shape, names.definitions)
            return _branches([(kind, _contents(shape, subject, names))], subject, phrase or kind)
        case ir.Named(name):
            return _named(name, subject, names, phrase)
        case ir.Union():
            return _union(shape, subject, names, phrase or expected(shape, names.definitions))
        case _:
            assert_never(shape)


def faults_if_any(shape: ir.Type, subject: Subject, names: Names) -> _Statements:
    """The faults of a value that the fast path looks at first, because most have none."""
    test = condition(shape, subject.variable, names)
    return nested([If(opposite(test))], faults(shape, replace(subject, null_has_passed=True), names))


def wrong_type(subject: Subject, phrase: str) -> Statement:
    """The report that a value is not what *phrase* says."""
    return subject.check("wrong_type", Constant(phrase))


def _branches(branches: Sequence[tuple[Kind, _Statements]], subject: Subject, phrase: str) -> _Statements:
    """`if` and `elif` over the types of Python, the last of which reports a wrong one."""
    tests = [(is_instance(subject.value, *_CLASSES[kind]), body) for kind, body in branches]
    report = [wrong_type(subject, phrase)]
    match tests:
        case [(test, body)] if not body:
            return [If(Not(test), tuple(report))]
        case _:
            return chained([(test, body or [Pass()]) for test, body in tests], report)


def _scalar(shape: _Scalar, subject: Subject, names: Names, phrase: str | None) -> Statement:
    facts = {} if phrase is None else {"expected": Constant(phrase)}
    match shape:
        case ir.Text():
            if shape.media_type is not None:
                kind = phrase or expected(shape, names.definitions)
                facts = {"expected": Constant(kind), "media_type": Constant(shape.media_type)}
            return subject.check("check_text", **_text_bounds(shape), **facts)
        case ir.Integer() | ir.Number():
            bounds = _bounds(
                least=shape.minimum,
                most=shape.maximum,
                above=shape.exclusive_minimum,
                below=shape.exclusive_maximum,
                step=shape.multiple_of,
            )
            function = "check_integer" if isinstance(shape, ir.Integer) else "check_number"
            return subject.check(function, **bounds, **facts)
        case ir.Boolean():
            return subject.check("check_boolean", **facts)
        case ir.Constant(value):
            kind = phrase or expected(shape, names.definitions)
            return subject.check("check_constant", Constant(value), Constant(kind))
        case _:
            assert_never(shape)


def _text_bounds(shape: ir.Text) -> dict[str, Value]:
    search = None if shape.pattern is None else translated(shape.pattern)
    return _bounds(shortest=shape.min_length, longest=shape.max_length, pattern=shape.pattern, search=search)


def _bounds(**bounds: str | float | None) -> dict[str, Value]:
    return {name: Constant(value) for name, value in bounds.items() if value is not None}


def count_faults(shape: ir.Map | ir.Record, subject: Subject) -> list[Statement]:
    """Statements that report too few or too many fields of an object."""
    bounds = _bounds(fewest=shape.min_properties, most=shape.max_properties)
    return [subject.check("check_map", **bounds)] if bounds else []


def _contents(shape: ir.Array | ir.Map | ir.Tagged, subject: Subject, names: Names) -> _Statements:
    """The faults of what is known to be an array or an object."""
    match shape:
        case ir.Array():
            return _array(shape, subject, names)
        case ir.Map():
            return _map(shape, subject, names)
        case ir.Tagged():
            return _tagged(shape, subject, names)
        case _:
            assert_never(shape)


def _array(shape: ir.Array, subject: Subject, names: Names) -> _Statements:
    bounds = _bounds(fewest=shape.min_items, most=shape.max_items)
    if shape.unique_items:
        bounds["unique"] = Constant(value=True)
    head = [subject.check("check_array", **bounds)] if bounds else []
    item = subject.item(subject.variable.index)
    loop = For((subject.variable.index.id, item.variable.name), call("enumerate", subject.value))
    return [*head, *nested([loop], _element(shape.items, item, names))]


def _element(shape: ir.Type, subject: Subject, names: Names) -> _Statements:
    """The faults of one of many."""
    holds_others = isinstance(shape, (ir.Array, ir.Map))
    return faults(shape, subject, names) if holds_others else faults_if_any(shape, subject, names)


def _map(shape: ir.Map, subject: Subject, names: Names) -> _Statements:
    key = subject.variable.key
    item = subject.item(call("escape", key))
    keys: _Statements = ()
    if shape.keys is not None:
        report = Evaluate(call("invalid_key", item.pointer, FOUND, key, **_text_bounds(shape.keys)))
        keys = nested([If(opposite(text_condition(shape.keys, key)))], [report])
    loop = For((key.id,), subject.value)
    if values := _element(shape.values, item, names):
        loop = For((key.id, item.variable.name), call(Attribute(subject.value, "items")))
    return [*count_faults(shape, subject), *nested([loop], [*keys, *values])]


def _tagged(shape: ir.Tagged, subject: Subject, names: Names) -> _Statements:
    branches = [
        (Comparison(Name("tag"), "==", Constant(value)), [subject.check(names.check(name))])
        for value, name in shape.options
    ]
    tags = tuple_of(value for value, _ in shape.options)
    last = subject.check("check_tag", Constant(shape.tag), tags)
    return [Assign("tag", tag_of(shape, subject.value)), *chained(branches, [last])]


def _named(name: str, subject: Subject, names: Names, phrase: str | None) -> _Statements:
    if (shape := names.inlined(name)) is not None:
        return faults(shape, subject, names, phrase)
    if not isinstance(names.definitions[name], ir.Enumeration):
        return [subject.check(names.check(name))]
    kind = phrase or expected(ir.Named(name), names.definitions)
    return [subject.check("check_member", Name(names.members(name)), Constant(kind))]


def _union(shape: ir.Union, subject: Subject, names: Names, phrase: str) -> _Statements:
    groups = options_by_kind(shape, names.definitions)
    is_nullable = groups.pop(Kind.NULL, None) is not None
    if Kind.BOOLEAN in groups and Kind.NUMBER in groups:
        # In Python True is an int; in JSON it is not.
        groups = {Kind.BOOLEAN: groups.pop(Kind.BOOLEAN), **groups}
    if len(groups) == 1:
        ((kind, options),) = groups.items()
        body = _group(kind, options, subject, names, phrase)
    else:
        narrowed = [(kind, _narrowed(kind, options, subject, names)) for kind, options in groups.items()]
        body = _branches(narrowed, subject, phrase)
    return _unless_null(body, subject) if is_nullable and not subject.null_has_passed else body


def _unless_null(body: _Statements, subject: Subject) -> _Statements:
    """*body* where null is no fault; branches, whose conditions null does not meet, ask only in the last."""
    is_given = Comparison(subject.value, "is not", Constant(None))
    match body:
        case [If(test, inner, ())]:
            return [If(both("and", [is_given, test]), inner)]
        case [If(test, inner, otherwise)]:
            return [If(test, inner, tuple(_unless_null(otherwise, subject)))]
        case _:
            return nested([If(is_given)], body)


def _narrowed(kind: Kind, options: Sequence[ir.Type], subject: Subject, names: Names) -> _Statements:
    """The faults of a value that is known to be of *kind*."""
    match options:
        case [ir.Text() as shape]:
            bounds = _text_bounds(shape)
            return [subject.check("check_text", **bounds)] if bounds else []
        case [ir.Boolean()]:
            return []
        case [ir.Array() | ir.Map() | ir.Tagged() as shape]:
            return _contents(shape, subject, names)
        case _:
            return _group(kind, options, subject, names, kind.value)


def _group(kind: Kind, options: Sequence[ir.Type], subject: Subject, names: Names, phrase: str) -> _Statements:
    """The faults of a value of one kind, for which there may be several forms."""
    if len(options) == 1:
        return faults(options[0], subject, names, phrase)
    test = both("or", [condition(option, subject.variable, names) for option in options])
    checks = [
        Name(names.check(option.name))
        for option in options
        if isinstance(option, ir.Named) and not isinstance(names.definitions[option.name], ir.Enumeration)
    ]
    labels = Constant(" or ".join(option.name if isinstance(option, ir.Named) else kind for option in options))
    if len(checks) == len(options):
        last = subject.check("check_variants", TupleDisplay(tuple(checks)), labels)
    else:
        last = Evaluate(call("no_variant", subject.pointer, FOUND, labels))
    return nested([If(opposite(test))], [last])
