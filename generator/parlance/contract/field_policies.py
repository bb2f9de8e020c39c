"""What a server does with a field or a value that it knows, and what that makes of the field's type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..finding import Finding, Place, fault
from ..finding.shape import is_object
from .ir import (
    Alias,
    Anything,
    Clamped,
    Constant,
    Definition,
    Dropped,
    Enumeration,
    Evidence,
    Field,
    Integer,
    LeftOut,
    Mapped,
    Member,
    Named,
    Nothing,
    Number,
    Policy,
    Record,
    Refused,
    Renamed,
    Supported,
    Text,
    Type,
    Union,
    UnknownFields,
)
from .limits import accepts
from .retyped import united
from .source import Json, Schema, place

__all__ = [
    "LEFT_OUT",
    "admitting_mapped",
    "evidence_of",
    "excluding",
    "is_refused",
    "mapped_faults",
    "policy_of",
    "settled",
    "with_policy",
]

LEFT_OUT = "left-out"
"""What a field has for a policy that a dialect does not name where it names all: its record decides."""


def evidence_of(item: Mapping[str, Any]) -> Evidence:
    """Why the spec says so."""
    return Evidence(
        source=item["source"], date=item.get("date"), says=item.get("says"), confidence=item.get("confidence", "A")
    )


def policy_of(schema: Schema) -> Policy:
    """What the dialect does with a field or a value; what is left out is refused, until its record decides."""
    if "x-policy" not in schema:
        return Supported()
    policy, evidence = schema["x-policy"]["policy"], evidence_of(schema["x-policy"]["evidence"])
    is_hearsay = evidence.confidence == "C"
    match policy:
        case "ignored":
            return Dropped((evidence,))
        case {"clamped": [least, most]}:
            return Clamped(least, most, (evidence,))
        case {"mapped": values}:
            return Mapped(tuple(_pairs(values)), (evidence,))
        case {"renamed": name}:
            return Renamed(name, (evidence,), is_refused=not is_hearsay)
        case {"varies": text}:
            return Refused((evidence,), is_hearsay=True, varies=text)
        case _:
            return Refused((evidence,), is_hearsay=is_hearsay)


def _pairs(values: Json) -> Iterator[tuple[Constant, Constant]]:
    if is_object(values):
        yield from ((Constant(str(before)), Constant(after)) for before, after in values.items())
    else:
        yield from ((Constant(before), Constant(row["as"])) for row in values for before in row["values"])


def with_policy(kind: Type, policy: Policy, schema: Schema, findings: list[Finding]) -> Type:
    """What a field of *kind* may hold under its policy; what is wrong with that goes to *findings*."""
    match policy:
        case Refused(is_hearsay=False) | Renamed(is_refused=True):
            return Nothing()
        case Dropped() | Renamed():
            return Anything()
        case Clamped():
            return _clamped(kind, schema, findings)
        case _:
            return kind


def _clamped(kind: Type, schema: Schema, findings: list[Finding]) -> Type:
    """The type without its bounds."""
    options = kind.options if isinstance(kind, Union) else (kind,)
    if not any(isinstance(option, Integer | Number) for option in options):
        at = place(schema["x-policy"], "policy")
        findings.append(fault("PAR903", at, "only a number is clamped", advice="say `mapped` of other values"))
    return united(_unbounded(option) for option in options)


def _unbounded(kind: Type) -> Type:
    if not isinstance(kind, Integer | Number):
        return kind
    return replace(kind, minimum=None, maximum=None, exclusive_minimum=None, exclusive_maximum=None)


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | int | float)


def mapped_faults(
    policy: Mapped, kind: Type, at: Place | None, definitions: Mapping[str, Definition]
) -> Iterator[Finding]:
    """The values that are read as something that the field does not take, or as themselves."""
    known = [str(value) for value in _values(kind, definitions)]
    for before, after in policy.values:
        if not (_is_scalar(before.value) and _is_scalar(after.value)):
            yield fault("PAR903", at, "`mapped` is of texts, numbers and booleans", advice="say one of them")
        elif before == after:
            yield fault("PAR907", at, f"{before.value!r} is read as itself", advice="take it out")
        elif not accepts(kind, after.value, definitions):
            listed = f"; it takes {', '.join(known)}" if known else ""
            message = f"the field does not take {after.value!r}, which {before.value!r} is said to be read as{listed}"
            yield fault("PAR904", at, message)


def _values(kind: Type, definitions: Mapping[str, Definition]) -> Iterator[str | int | bool]:
    match kind:
        case Union(options):
            for option in options:
                yield from _values(option, definitions)
        case Constant(value):
            yield value
        case Named(name):
            definition = definitions[name]
            if isinstance(definition, Alias):
                yield from _values(definition.type, definitions)
            elif isinstance(definition, Enumeration):
                yield from (member.value for member in definition.members)
        case _:
            pass


def admitting_mapped(field: Field, definitions: Mapping[str, Definition]) -> Field:
    """The field, which takes the values that are read as others, too."""
    if not isinstance(field.policy, Mapped):
        return field
    added = tuple(before for before, _ in field.policy.values if not accepts(field.type, before.value, definitions))
    return replace(field, type=united([field.type, *added]), policy=replace(field.policy, added=added))


def is_refused(member: Member) -> bool:
    """Whether a value is refused."""
    return isinstance(member.policy, Refused) and not member.policy.is_hearsay


def excluding(base: Text | Integer, refused: Sequence[Member]) -> Text | Integer:
    """What an open enumeration admits beyond its members: not what is refused."""
    texts = tuple(str(member.value) for member in refused)
    return replace(base, excluded=texts) if isinstance(base, Text) and texts else base


def settled(record: Record, *, is_sent: bool) -> Record:
    """The record once it is known what becomes of its unknown fields, and so of those that are left out.

    Where others are refused, these are; where others do nothing, nor do these; where others are kept, whatever they
    hold is. What a server sends is kept, and nothing is said of it.
    """
    renamed = replace(record, fields=tuple(_of_old_name(field, record) for field in record.fields))
    if not any(isinstance(field.policy, LeftOut) for field in record.fields):
        return record if renamed.fields == record.fields else renamed
    is_refusing = record.unknown is UnknownFields.REFUSE
    fields = (_left_out(field, record) for field in renamed.fields if is_sent or is_refusing or not _is_out(field))
    return replace(record, fields=tuple(fields))


def _is_out(field: Field) -> bool:
    return isinstance(field.policy, LeftOut)


def _left_out(field: Field, record: Record) -> Field:
    if not isinstance(field.policy, LeftOut):
        return field
    evidence = field.policy.evidence
    if record.unknown is UnknownFields.REFUSE:
        is_hearsay = "unknown" in record.doubtful or all(each.confidence == "C" for each in evidence)
        return replace(field, policy=Refused(evidence, is_hearsay=is_hearsay))
    policy = Dropped(evidence) if record.unknown is UnknownFields.IGNORE else Supported()
    return replace(field, type=Anything(), policy=policy)


def _of_old_name(field: Field, record: Record) -> Field:
    """A field that is known by another name is refused where fields that are not known are."""
    if not isinstance(field.policy, Renamed) or record.unknown is UnknownFields.REFUSE:
        return field
    return replace(field, type=Anything(), policy=replace(field.policy, is_refused=False))
