"""The slow path: code that collects every fault of a value, with its pointer."""

from __future__ import annotations

import re

from ...backends.python.text import literal, prose
from ...contract.ir import Alias, Enumeration, Field, Named, Presence, Record, Refused, Text, Type, Union, UnknownFields
from ...finding.pointer import joined
from ..phrases import sourced
from .code import Block, Call, Line, Statement
from .conditions import condition
from .faults import count_faults, faults, null_passed, wrong_type
from .kinds import Kind, options_by_kind
from .names import Names

__all__ = ["definition_body", "record_body", "root_body"]

_SEEN = (Line("seen += 1"),)
_DONE = (Block("if", "seen == size", (Line("return"),)),)
_MANY = 6
"""With this many optional fields it pays to stop looking once every key was seen."""

_PLAIN = re.compile(r"[A-Za-z0-9_.$-]+")
"""Names that need no escape in a pointer, nor in an f-string."""


def definition_body(alias: Alias, names: Names) -> list[Statement]:
    """The body of the check of *alias*."""
    return faults(alias.type, "value", "at", names) or [Line("return")]


def root_body(root: str, names: Names) -> list[Statement]:
    """Statements that report the faults of a whole document."""
    return faults(Named(root), "value", '""', names)


def record_body(record: Record, names: Names) -> list[Statement]:
    """The body of the check of *record*."""
    tag = names.tags.get(record.name)
    no_object = (wrong_type("value", "at", "an object"), Line("return"))
    body: list[Statement] = [] if tag else [Block("if not", "isinstance(value, dict)", no_object)]
    body += count_faults(record, "value", "at")
    always = [
        field
        for presence in (Presence.REQUIRED, Presence.EXPECTED)
        for field in record.fields
        if field.presence is presence and field.name != tag
    ]
    optional = [field for field in record.fields if field.presence is Presence.OPTIONAL]
    if record.unknown is UnknownFields.OPEN:
        return [*body, *_each(always, names), *_each(optional, names), *_extras(record, names)]
    known = names.fields(record.name)
    refused = [literal(field.name) for field in record.fields if isinstance(field.policy, Refused)]
    kept_out = [f"refused=frozenset({{{', '.join(refused)}}})"] if refused else []
    kept_out += [f"foreign={names.foreign(record.name)}"] if record.foreign else []
    unknown = Call("check_unknown", ("value", "at", "found", known, literal(record.unknown.value), *kept_out))
    if len(optional) < _MANY:
        last = Block("if not", f"value.keys() <= {known}", (unknown,))
        return [*body, *_each(always, names), *_each(optional, names), last]
    counter: list[Statement] = [Line("size = len(value)"), Line(f"seen = {1 if tag else 0}")]
    return [*body, *counter, *_each(always, names, _SEEN), *_DONE, *_each(optional, names, (*_SEEN, *_DONE)), unknown]


def _each(fields: list[Field], names: Names, counted: tuple[Statement, ...] = ()) -> list[Statement]:
    return [statement for field in fields for statement in _field(field, names, counted)]


def _extras(record: Record, names: Names) -> list[Statement]:
    if record.extra is None:
        return []
    extra = faults(record.extra, "field", 'f"{at}/{escape(key)}"', names)
    others = Block("if", f"key not in {names.fields(record.name)}", tuple(extra))
    return [Block("for key, field in value.items()", None, (others,))] if extra else []


def _field(field: Field, names: Names, counted: tuple[Statement, ...]) -> list[Statement]:
    name = literal(field.name)
    if isinstance(field.policy, Refused):
        evidence = prose("; ".join(map(sourced, field.policy.evidence)), 12)
        report = Call("refused_field", ("at", "found", name, literal(names.dialect), evidence))
        return [Block("if", f"{name} in value", (report, *counted))]
    body = _guarded(field.type, faults(field.type, "field", _child(field.name), names), names)
    present = [*_with_field(name, [*body, *_resemblance(field, names)]), *counted]
    absent: list[Statement] = []
    if field.presence is not Presence.OPTIONAL:
        expected_only = ("expected=True",) if field.presence is Presence.EXPECTED else ()
        absent = [Call("missing_field", ("at", "found", name, *expected_only))]
    if not present:
        return [Block("if", f"{name} not in value", tuple(absent))] if absent else []
    tail = [Block("else", None, tuple(absent))] if absent else []
    return [Block("if", f"{name} in value", tuple(present)), *tail]


def _resemblance(field: Field, names: Names) -> list[Statement]:
    """For a field that takes any text: whether one that is not known is almost a known one."""
    options = field.type.options if isinstance(field.type, Union) else (field.type,)
    kinds = [names.definitions[option.name] for option in options if isinstance(option, Named)]
    return [
        Block(
            "if",
            f"isinstance(field, str) and field not in {names.members(kind.name)}",
            (Call("check_resemblance", ("field", _child(field.name), "found", names.members(kind.name))),),
        )
        for kind in kinds
        if isinstance(kind, Enumeration) and kind.open and isinstance(kind.base, Text) and kind.members
    ]


def _guarded(shape: Type, body: list[Statement], names: Names) -> list[Statement]:
    """The faults of one field; where one expression can tell that there are none, it is asked first."""
    loops = {Kind.ARRAY, Kind.OBJECT}
    if not body or loops & options_by_kind(shape, names.definitions).keys():
        return body
    return [Block("if not", condition(shape, "field", names), tuple(null_passed(body, "field")))]


def _with_field(name: str, body: list[Statement]) -> list[Statement]:
    match body:
        case []:
            return []
        case [Call(function, ("field", *others))]:
            return [Call(function, (f"value[{name}]", *others))]
        case _:
            return [Line(f"field = value[{name}]"), *body]


def _child(name: str) -> str:
    """The expression for the pointer to the field *name* below the pointer `at`."""
    return f'f"{{at}}/{name}"' if _PLAIN.fullmatch(name) else f"at + {literal(joined([name]))}"
