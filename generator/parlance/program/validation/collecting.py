"""The slow path: every fault of a value, with its pointer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...contract import ir as contract
from ...contract.kinds import Kind, options_by_kind
from ...finding.pointer import joined
from .. import ir
from ..ir import Body, Call, Constant, Counter, Field, If, Increment, Let, Pointer, Return, Statement, Variable
from ..logic import extended, is_given, junction, negation, unless, where, within
from .definitions import Definitions
from .faults import count_faults, doubting, faults, faults_if_any, wrong_type
from .policy_reports import bare_type, field_report, is_noted, is_unjudged, value_notes
from .subjects import AT, Holder, Subject

__all__ = ["NEVER", "faults_of", "root_faults"]

NEVER: Body = (Return(),)
"""What finds the faults of a value that can have none."""

_VALUE = Subject(Holder("value"), AT)
_FIELD = Holder("field")
_SIZE, _SEEN = Variable("size"), Variable("seen")
_COUNTED: Body = (Increment(_SEEN),)
_DONE: Body = (If(ir.Equal(_SEEN, _SIZE, is_plain=True), (Return(),)),)
_MANY = 6
"""With this many optional fields it pays to stop looking once every key was seen."""


def faults_of(definition: contract.Record | contract.Alias, known: Definitions) -> Body:
    """The faults of `value`, which is at `at`, as one of a definition."""
    if isinstance(definition, contract.Record):
        return _record(definition, known) or NEVER
    return faults(definition.type, _VALUE, known) or NEVER


def root_faults(root: str, known: Definitions) -> Body:
    """The faults of a whole document."""
    return faults(contract.Named(root), Subject(_VALUE.variable, Pointer()), known)


def _record(record: contract.Record, known: Definitions) -> Body:
    tag = known.tags.get(record.name)
    no_object = (wrong_type(_VALUE, Kind.OBJECT), Return())
    lines = () if tag else unless(ir.IsKind(_VALUE.value, Kind.OBJECT), no_object)
    lines += count_faults(record, _VALUE)
    always = [
        field
        for presence in (contract.Presence.REQUIRED, contract.Presence.EXPECTED)
        for field in record.fields
        if field.presence is presence and field.name != tag
    ]
    optional = [field for field in record.fields if field.presence is contract.Presence.OPTIONAL]
    if record.unknown is contract.UnknownFields.OPEN:
        return (*lines, *_each(always, known), *_each(optional, known), *_extras(record, known))
    unknown = _unknown(record, known)
    if len(optional) < _MANY:
        are_known = ir.HasOnlyFields(_VALUE.value, record.name)
        return (*lines, *_each(always, known), *_each(optional, known), *unless(are_known, (unknown,)))
    size = Let(_SIZE.name, ir.Apply("size", (_VALUE.value,), is_sure=True))
    seen = Counter(_SEEN.name, 1 if tag else 0)
    looked_for = (*_each(always, known, _COUNTED), *_DONE, *_each(optional, known, (*_COUNTED, *_DONE)))
    return (*lines, size, seen, *looked_for, unknown)


def _unknown(record: contract.Record, known: Definitions) -> Statement:
    """The report of fields that are not of the record."""
    refused = tuple(field.name for field in record.fields if is_unjudged(field.policy))
    facts: dict[str, ir.Value] = {"refused": ir.Texts(refused, is_set=True)} if refused else {}
    facts |= {"foreign": ir.Table("foreign", record.name)} if record.foreign else {}
    policy = ir.DialectPolicy() if record.name in known.undecided else Constant(record.unknown)
    call = _VALUE.call("check_unknown", ir.Table("fields", record.name), policy, **facts)
    return doubting(call, record.doubtful & {"unknown"})


def _each(fields: Sequence[contract.Field], known: Definitions, counted: Body = ()) -> Body:
    return tuple(statement for field in fields for statement in _field(field, known, counted))


def _extras(record: contract.Record, known: Definitions) -> Body:
    if record.extra is None:
        return ()
    key = _VALUE.variable.key
    extra = Subject(Holder(_FIELD.name, depth=1), _VALUE.item(ir.Escaped(key)).pointer)
    pairs = ir.EachField(_VALUE.value, key.name, _FIELD.name)
    is_extra = If(ir.Not(ir.In(key, ir.Table("fields", record.name), is_plain=True)))
    return within([pairs, is_extra], faults(record.extra, extra, known))


def _field(field: contract.Field, known: Definitions, counted: Body) -> Body:
    name = Constant(field.name)
    is_there = ir.HasField(_VALUE.value, field.name, is_object=True)
    report = field_report(field, known)
    if isinstance(field.policy, contract.Dropped):
        return _dropped_field(field.name, report, counted)
    if field.type in {contract.Nothing(), contract.Anything()} and report:
        return (If(is_there, (*report, *counted)),)
    subject = Subject(_FIELD, extended(AT, joined([field.name])))
    body = (*_faults_of_field(field, subject, known), *_resemblance(field, subject, known))
    present = (*report, *_with_field(field.name, body), *counted)
    absent: Body = ()
    if field.presence is not contract.Presence.OPTIONAL:
        is_expected = field.presence is contract.Presence.EXPECTED
        absent = (Call("missing_field", None, AT, (name,), (("expected", Constant(True)),) if is_expected else ()),)
    return (If(is_there, present, absent),) if present else where(negation(is_there), absent)


def _dropped_field(name: str, report: Body, counted: Body) -> Body:
    """The report of a field that the server does not look at; a null does what an absent one does, ignored or not."""
    given = is_given(Field(_VALUE.value, name, is_object=True))
    if not counted:
        return where(given, report)
    return (If(ir.HasField(_VALUE.value, name, is_object=True), (*where(given, report), *counted)),)


def _faults_of_field(field: contract.Field, subject: Subject, known: Definitions) -> Body:
    """The faults of one field; where one condition can tell that there are none, it is asked first."""
    kind = bare_type(field)
    has_loop = not {Kind.ARRAY, Kind.OBJECT}.isdisjoint(options_by_kind(kind, known.definitions))
    found = faults(kind, subject, known) if has_loop else faults_if_any(kind, subject, known)
    return value_notes(field.policy, subject, found)


def _resemblance(field: contract.Field, subject: Subject, known: Definitions) -> Body:
    """For a field that takes any text: whether one that is not known is almost a known one."""
    options = field.type.options if isinstance(field.type, contract.Union) else (field.type,)
    kinds = [known.definitions[option.name] for option in options if isinstance(option, contract.Named)]
    named = [kind for kind in kinds if isinstance(kind, contract.Enumeration) and kind.open and kind.members]
    statements: list[Statement] = []
    for kind in named:
        if isinstance(kind.base, contract.Text):
            members = ir.Table("members", kind.name)
            is_member = ir.In(subject.value, members, is_plain=True)
            others = [negation(test) for test in is_noted(kind, subject.value)] if kind.refused else []
            is_new = junction("and", [ir.IsKind(subject.value, Kind.STRING), negation(is_member), *others])
            statements.append(If(is_new, (subject.call("check_resemblance", members),)))
    return tuple(statements)


def _with_field(name: str, body: Body) -> Body:
    """*body*, for which a field has a variable; a single call that takes it does without one."""
    field = Field(_VALUE.value, name, is_object=True, is_there=True)
    match body:
        case (Call(value=_FIELD.value) as call,):
            return (replace(call, value=field),)
        case (ir.CheckValue(definition, _FIELD.value, pointer),):
            return (ir.CheckValue(definition, field, pointer),)
        case _:
            return (Let(_FIELD.name, field), *body) if body else ()
