"""What a dialect accepts with a warning: the contract in which it is simply accepted."""

from __future__ import annotations

from dataclasses import replace

from ...contract.ir import Contract, Definition, Field, Presence, Record, UnknownFields
from ...contract.references import mentions, reached

__all__ = ["tolerant", "with_warnings"]

_WARNED = frozenset({UnknownFields.IGNORE, UnknownFields.KEEP})


def tolerant(contract: Contract) -> Contract:
    """A contract that refuses what *contract* has errors for, and knows no warnings of the structure."""
    return replace(contract, definitions=tuple(map(_accepting, contract.definitions)))


def with_warnings(contract: Contract) -> frozenset[str]:
    """The definitions that may be warned of, they themselves or what they mention."""
    changed = {each.name for each in contract.definitions if _accepting(each) is not each}
    mentioning: dict[str, list[str]] = {}
    for each in contract.definitions:
        for name, _ in mentions(each):
            mentioning.setdefault(name, []).append(each.name)
    return frozenset(reached(changed, lambda name: mentioning.get(name, ())))


def _accepting(definition: Definition) -> Definition:
    if not isinstance(definition, Record):
        return definition
    fields = tuple(map(_optional, definition.fields))
    if fields == definition.fields and definition.unknown not in _WARNED:
        return definition
    unknown = UnknownFields.OPEN if definition.unknown in _WARNED else definition.unknown
    return replace(definition, fields=fields, unknown=unknown)


def _optional(field: Field) -> Field:
    return replace(field, presence=Presence.OPTIONAL) if field.presence is Presence.EXPECTED else field
