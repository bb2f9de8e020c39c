"""The slow path: code that collects every fault of a value, with its pointer."""

from __future__ import annotations

from collections.abc import Sequence

from ...backends.python.pointers import extended
from ...backends.python.syntax import (
    Assign,
    Attribute,
    Augment,
    Call,
    Comparison,
    Constant,
    Evaluate,
    For,
    If,
    Item,
    Name,
    Not,
    Return,
    SetDisplay,
    Statement,
    Value,
    both,
    call,
    is_instance,
    nested,
    opposite,
)
from ...contract import ir
from ...contract.kinds import Kind, options_by_kind
from ...finding.pointer import joined
from ..phrases import sourced
from .faults import count_faults, faults, faults_if_any, wrong_type
from .names import Names
from .variables import AT, FOUND, Subject, Variable

__all__ = ["body", "root_body"]

_VALUE = Subject(Variable("value"), AT)
_FIELD = Variable("field")
_SIZE = Name("size")
_SEEN = (Augment("seen", "+", Constant(1)),)
_DONE = (If(Comparison(Name("seen"), "==", _SIZE), (Return(),)),)
_MANY = 6
"""With this many optional fields it pays to stop looking once every key was seen."""


def body(definition: ir.Record | ir.Alias, names: Names) -> tuple[Statement, ...]:
    """The body of the check of *definition*."""
    lines = _record(definition, names) if isinstance(definition, ir.Record) else faults(definition.type, _VALUE, names)
    return tuple(lines) or (Return(),)


def root_body(root: str, names: Names) -> Sequence[Statement]:
    """Statements that report the faults of a whole document."""
    return faults(ir.Named(root), Subject(_VALUE.variable, Constant("")), names)


def _record(record: ir.Record, names: Names) -> Sequence[Statement]:
    tag = names.tags.get(record.name)
    no_object = (wrong_type(_VALUE, Kind.OBJECT), Return())
    lines: list[Statement] = [] if tag else [If(Not(is_instance(_VALUE.value, "dict")), no_object)]
    lines += count_faults(record, _VALUE)
    always = [
        field
        for presence in (ir.Presence.REQUIRED, ir.Presence.EXPECTED)
        for field in record.fields
        if field.presence is presence and field.name != tag
    ]
    optional = [field for field in record.fields if field.presence is ir.Presence.OPTIONAL]
    if record.unknown is ir.UnknownFields.OPEN:
        return [*lines, *_each(always, names), *_each(optional, names), *_extras(record, names)]
    unknown = _unknown(record, names)
    if len(optional) < _MANY:
        are_known = Comparison(call(Attribute(_VALUE.value, "keys")), "<=", Name(names.fields(record.name)))
        return [*lines, *_each(always, names), *_each(optional, names), If(Not(are_known), (unknown,))]
    counter = [Assign("size", call("len", _VALUE.value)), Assign("seen", Constant(1 if tag else 0))]
    return [*lines, *counter, *_each(always, names, _SEEN), *_DONE, *_each(optional, names, (*_SEEN, *_DONE)), unknown]


def _unknown(record: ir.Record, names: Names) -> Statement:
    """The report of fields that are not of the record."""
    refused = tuple(Constant(field.name) for field in record.fields if isinstance(field.policy, ir.Refused))
    facts: dict[str, Value] = {"refused": call("frozenset", SetDisplay(refused))} if refused else {}
    facts |= {"foreign": Name(names.foreign(record.name))} if record.foreign else {}
    is_decided = record.name not in names.undecided
    policy = Constant(record.unknown) if is_decided else Attribute(FOUND, "unknown")
    return _VALUE.check("check_unknown", Name(names.fields(record.name)), policy, **facts)


def _each(fields: Sequence[ir.Field], names: Names, counted: Sequence[Statement] = ()) -> list[Statement]:
    return [statement for field in fields for statement in _field(field, names, counted)]


def _extras(record: ir.Record, names: Names) -> tuple[Statement, ...]:
    if record.extra is None:
        return ()
    key = _VALUE.variable.key
    extra = Subject(Variable(_FIELD.name, depth=1), _VALUE.item(call("escape", key)).pointer)
    pairs = For((key.id, _FIELD.name), call(Attribute(_VALUE.value, "items")))
    is_extra = If(Comparison(key, "not in", Name(names.fields(record.name))))
    return nested([pairs, is_extra], faults(record.extra, extra, names))


def _field(field: ir.Field, names: Names, counted: Sequence[Statement]) -> Sequence[Statement]:
    name = Constant(field.name)
    is_there = Comparison(name, "in", _VALUE.value)
    if isinstance(field.policy, ir.Refused):
        evidence = Constant("; ".join(map(sourced, field.policy.evidence)))
        report = Evaluate(call("refused_field", AT, FOUND, name, Constant(names.dialect), evidence))
        return [If(is_there, (report, *counted))]
    subject = Subject(_FIELD, extended(AT, joined([field.name])))
    body = [*_faults_of_field(field, subject, names), *_resemblance(field, subject, names)]
    present = [*_with_field(name, body), *counted]
    absent: list[Statement] = []
    if field.presence is not ir.Presence.OPTIONAL:
        facts = {"expected": Constant(value=True)} if field.presence is ir.Presence.EXPECTED else {}
        absent = [Evaluate(call("missing_field", AT, FOUND, name, **facts))]
    if not present:
        return nested([If(opposite(is_there))], absent)
    return [If(is_there, tuple(present), tuple(absent))]


def _faults_of_field(field: ir.Field, subject: Subject, names: Names) -> Sequence[Statement]:
    """The faults of one field; where one expression can tell that there are none, it is asked first."""
    has_loop = not {Kind.ARRAY, Kind.OBJECT}.isdisjoint(options_by_kind(field.type, names.definitions))
    return faults(field.type, subject, names) if has_loop else faults_if_any(field.type, subject, names)


def _resemblance(field: ir.Field, subject: Subject, names: Names) -> list[Statement]:
    """For a field that takes any text: whether one that is not known is almost a known one."""
    options = field.type.options if isinstance(field.type, ir.Union) else (field.type,)
    kinds = [names.definitions[option.name] for option in options if isinstance(option, ir.Named)]
    statements: list[Statement] = []
    for kind in kinds:
        if isinstance(kind, ir.Enumeration) and kind.open and isinstance(kind.base, ir.Text) and kind.members:
            members = Name(names.members(kind.name))
            is_new = both("and", [is_instance(subject.value, "str"), Comparison(subject.value, "not in", members)])
            statements.append(If(is_new, (subject.check("check_resemblance", members),)))
    return statements


def _with_field(name: Value, body: Sequence[Statement]) -> Sequence[Statement]:
    """*body*, for which a field has a variable; a single call that takes it does without one."""
    field = Item(_VALUE.value, name)
    match body:
        case [Evaluate(Call(function, (_FIELD.value, *others), facts))]:
            return [Evaluate(Call(function, (field, *others), facts))]
        case _:
            return [Assign(_FIELD.name, field), *body] if body else ()
