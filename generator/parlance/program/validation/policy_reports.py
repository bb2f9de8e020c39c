"""What is said of fields and values that the dialect knows, and does something else with than take them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil, floor

from ...contract import ir as contract
from ...contract.evidence import sourced
from ...contract.kinds import Kind
from ...contract.references import mentioning, types
from ...contract.retyped import united
from ...finding.pointer import joined
from .. import ir
from ..ir import Body, Call, Constant, Statement, Value
from ..logic import chained, extended, junction, negation
from .definitions import Definitions
from .subjects import AT, Subject

__all__ = [
    "bare_type",
    "clean_type",
    "field_report",
    "ignoring",
    "is_noted",
    "is_unjudged",
    "unmapped",
    "value_notes",
    "value_report",
    "with_value_reports",
]


def bare_type(field: contract.Field) -> contract.Type:
    """The type of a field without the values that it only takes since they are read as others."""
    if not isinstance(field.policy, contract.Mapped) or not field.policy.added:
        return field.type
    options = field.type.options if isinstance(field.type, contract.Union) else (field.type,)
    kept = tuple(option for option in options if option not in field.policy.added)
    return kept[0] if len(kept) == 1 else contract.Union(kept)


def is_unjudged(policy: contract.Policy) -> bool:
    """Whether there is something to say of a field whatever it holds."""
    return isinstance(policy, contract.Refused | contract.Dropped | contract.Renamed)


def ignoring(definitions: Sequence[contract.Definition]) -> frozenset[str]:
    """The definitions in which the server does not look at some field or value, and all that lead to one."""
    starts = [each.name for each in definitions if any(isinstance(one, contract.Dropped) for one in _policies(each))]
    return mentioning(starts, definitions)


def _policies(definition: contract.Definition) -> Iterator[contract.Policy]:
    if isinstance(definition, contract.Record):
        yield from (field.policy for field in definition.fields)
    if isinstance(definition, contract.Enumeration):
        yield from (member.policy for member in definition.members)
    for kind in types(definition):
        if isinstance(kind, contract.Tagged):
            yield from (policy for _, policy in kind.policies)


def _evidence(policy: contract.Policy) -> str:
    evidence = () if isinstance(policy, contract.Supported) else policy.evidence
    return "; ".join(map(sourced, evidence))


def field_report(field: contract.Field, known: Definitions) -> Body:
    """The report of a field that is there, whatever it holds; nothing where its value matters."""
    name, policy, evidence = field.name, field.policy, _evidence(field.policy)
    pointer, dialect = extended(AT, joined([name])), known.dialect
    key = {"on_key": Constant(value=True)}
    match policy:
        case contract.Refused(is_hearsay=False):
            arguments = (Constant(name), Constant(dialect), Constant(evidence))
            return (Call("refused_field", None, AT, arguments),)
        case contract.Refused():
            text = policy.varies and f"not every server takes '{name}': {policy.varies}"
            text = text or f"{dialect} is said to refuse '{name}'"
            return (_note(pointer, "PAR124", text, f"leave it out; {evidence}", **key),)
        case contract.Dropped():
            text = f"'{name}' does nothing: {dialect} ignores it"
            return (_note(pointer, "PAR125", text, f"leave it out; {evidence}", **key),)
        case contract.Renamed(new, _, is_refused):
            facts: dict[str, Value] = {"severity": Constant("error")} if is_refused else {}
            text = f"{dialect} calls '{name}' '{new}'"
            return (_note(pointer, "PAR128", text, evidence, **facts, **key, instead=Constant(new)),)
        case _:
            return ()


def _note(pointer: ir.Pointer, code: str, text: str, advice: str, **facts: Value) -> Statement:
    return Call("note_policy", None, pointer, tuple(map(Constant, (code, text, advice))), tuple(facts.items()))


def value_notes(policy: contract.Policy, subject: Subject, faults: Body) -> Body:
    """The faults of the value of a field, and what is said of a value that is read as another."""
    match policy:
        case contract.Clamped(least, most):
            bounds = {name: bound for name, bound in (("least", least), ("most", most)) if bound is not None}
            return (*faults, subject.call("check_clamped", Constant(_evidence(policy)), **bounds))
        case contract.Mapped(values):
            return chained(
                [
                    (_equality(subject.value, before), (_mapping(subject, before, after, policy),))
                    for before, after in values
                ],
                faults,
            )
        case _:
            return faults


def _mapping(
    subject: Subject, before: contract.Constant, after: contract.Constant, policy: contract.Policy
) -> Statement:
    text = f"{_shown(before.value)} is read as {_shown(after.value)}"
    return _note(subject.pointer, "PAR127", text, _evidence(policy))


def _shown(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}'" if isinstance(value, str) else str(value)


def value_report(
    value: str | int, policy: contract.Policy, subject: Subject, known: Definitions, token: str | None = None
) -> Body:
    """The report of a known value, or of the field *token* of an object that holds it; nothing if it is supported."""
    pointer = subject.pointer if token is None else extended(subject.pointer, joined([token]))
    evidence, shown = _evidence(policy), _shown(value)
    match policy:
        case contract.Refused(is_hearsay=False):
            error = {"severity": Constant("error")}
            return (_note(pointer, "PAR124", f"{known.dialect} refuses {shown}", evidence, **error),)
        case contract.Refused():
            text = policy.varies and f"not every server takes {shown}: {policy.varies}"
            return (_note(pointer, "PAR124", text or f"{known.dialect} is said to refuse {shown}", evidence),)
        case contract.Dropped():
            return (_note(pointer, "PAR125", f"{shown} does nothing: {known.dialect} ignores it", evidence),)
        case contract.Mapped(((_, after),)):
            return (_note(pointer, "PAR127", f"{shown} is read as {_shown(after.value)}", evidence),)
        case _:
            return ()


def noted_values(enumeration: contract.Enumeration) -> Iterator[contract.Member]:
    """The values of which something is said, and that are refused, too."""
    yield from enumeration.refused
    yield from (each for each in enumeration.members if not isinstance(each.policy, contract.Supported))


def with_value_reports(
    enumeration: contract.Enumeration, subject: Subject, known: Definitions, otherwise: Body
) -> Body:
    """The reports of known values, and what is done with any other."""
    branches = [
        (_equality(subject.value, contract.Constant(each.value)), value_report(each.value, each.policy, subject, known))
        for each in noted_values(enumeration)
    ]
    return chained(branches, otherwise) if branches else otherwise


def is_noted(enumeration: contract.Enumeration, value: Value, *, is_listed: bool = False) -> Sequence[Value]:
    """Tests of which one is true of a value of which something is said; of those that a list has, if it *is_listed*."""
    values = [each.value for each in noted_values(enumeration)]
    listed = [each.value for each in enumeration.members]
    kept = [each for each in values if each in listed] if is_listed else values
    return [_equality(value, contract.Constant(each)) for each in kept]


def _equality(value: Value, constant: contract.Constant) -> Value:
    equality = ir.Equal(value, Constant(constant.value), is_plain=True)
    if isinstance(constant.value, bool | str):
        return equality
    return junction("and", [equality, negation(ir.IsKind(value, Kind.BOOLEAN))])


def unmapped(field: contract.Field, value: Value) -> list[Value]:
    """Tests that are true of a value of a field's bare type unless it is read as another."""
    if not isinstance(field.policy, contract.Mapped):
        return []
    added = {(type(each.value), each.value) for each in field.policy.added}  # of these, none is of the bare type
    read = [before for before, _ in field.policy.values if (type(before.value), before.value) not in added]
    return [negation(_equality(value, before)) for before in read]


def clean_type(field: contract.Field) -> contract.Type:
    """The type of the values of a field that are read as they are."""
    if not isinstance(field.policy, contract.Clamped):
        return bare_type(field)
    options = field.type.options if isinstance(field.type, contract.Union) else (field.type,)
    return united(_clamped(option, field.policy) for option in options)


def _clamped(kind: contract.Type, policy: contract.Clamped) -> contract.Type:
    if isinstance(kind, contract.Number):
        return replace(kind, minimum=policy.least, maximum=policy.most)
    if not isinstance(kind, contract.Integer):
        return kind
    least = None if policy.least is None else ceil(policy.least)
    return replace(kind, minimum=least, maximum=None if policy.most is None else floor(policy.most))
