"""What a dialect accepts with a warning: the contract in which it is simply accepted."""

from __future__ import annotations

from dataclasses import replace
from operator import is_

from ...contract.accepted import accepted
from ...contract.ir import (
    Alias,
    Contract,
    Definition,
    Enumeration,
    Field,
    Member,
    Policy,
    Presence,
    Record,
    Refused,
    Renamed,
    Supported,
    Tagged,
    Type,
    UnknownFields,
)
from ...contract.once import once
from ...contract.references import mentioning
from ...contract.retyped import with_types

__all__ = ["tolerant", "with_warnings"]

_SUPPORTED = Supported()
_WARNED = frozenset({UnknownFields.IGNORE, UnknownFields.KEEP})


@once
def tolerant(contract: Contract) -> Contract:
    """A contract that refuses what *contract* has errors for, and knows no warnings of the structure."""
    widened = accepted(contract)
    return replace(widened, definitions=tuple(map(_accepting, widened.definitions)))  # never the contract itself


@once
def with_warnings(contract: Contract) -> frozenset[str]:
    """The definitions that may be warned of, they themselves or what they mention."""
    pairs = zip(contract.definitions, tolerant(contract).definitions, strict=True)
    changed = [each.name for each, accepting in pairs if accepting != each]
    return mentioning(changed, contract.definitions)


def _accepting(definition: Definition) -> Definition:
    inner = with_types(definition, _without_notes)
    match inner:
        case Record():
            unknown = UnknownFields.OPEN if inner.unknown in _WARNED else inner.unknown
            fields = tuple(map(_accepting_field, inner.fields))
            is_same = unknown is inner.unknown and all(map(is_, fields, inner.fields))
            return inner if is_same else replace(inner, fields=fields, unknown=unknown)
        case Enumeration():
            members = tuple(map(_accepting_member, inner.members))
            return inner if all(map(is_, members, inner.members)) else replace(inner, members=members)
        case Alias():
            return inner


def _accepting_field(field: Field) -> Field:
    presence = Presence.OPTIONAL if field.presence is Presence.EXPECTED else field.presence
    policy = _without_note(field.policy)
    is_same = presence is field.presence and policy is field.policy
    return field if is_same else replace(field, presence=presence, policy=policy)


def _accepting_member(member: Member) -> Member:
    policy = _without_note(member.policy)
    return member if policy is member.policy else replace(member, policy=policy)


def _without_notes(kind: Type) -> Type:
    if not isinstance(kind, Tagged):
        return kind
    policies = tuple(pair for pair in kind.policies if pair[0] in kind.refused)
    return kind if policies == kind.policies else replace(kind, policies=policies)


def _without_note(policy: Policy) -> Policy:
    """The policy if it refuses; what it only warns of is supported, by the types that the contract has."""
    match policy:
        case Refused(is_hearsay=False) | Renamed(is_refused=True):
            return policy
        case Supported() if policy == _SUPPORTED:
            return policy
        case _:
            return _SUPPORTED
