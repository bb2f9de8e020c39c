"""A contract as a reader takes it that only refuses what the dialect's server is known to refuse.

What no evidence attests is reported as a warning by the checks, and is absent here: bounds, the end of a set of values,
unknown fields. A text that is read as a number or a boolean is one of the values.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar, assert_never

from .ir import (
    Alias,
    Array,
    Boolean,
    Contract,
    Definition,
    Enumeration,
    Integer,
    Map,
    Number,
    Record,
    Tagged,
    Text,
    Type,
    UnknownFields,
)
from .once import once
from .retyped import united, with_type, with_types

__all__ = ["INTEGER_TEXT", "NUMBER_TEXT", "TRUTH_TEXT", "accepted", "accepted_type"]

INTEGER_TEXT = "^[+-]?[0-9]+$"
NUMBER_TEXT = "^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?$"
TRUTH_TEXT = "^([Tt]rue|TRUE|[Ff]alse|FALSE)$"

_Constrained = TypeVar("_Constrained", Text, Integer, Number, Array, Map, Record)


def _accepted(definition: Definition) -> Definition:
    inner = with_types(definition, _type)
    match inner:
        case Record():
            if not inner.doubtful:
                return inner
            unknown = UnknownFields.KEEP if "unknown" in inner.doubtful else inner.unknown
            kept = _without(inner, inner.doubtful - {"unknown"})
            return replace(kept, unknown=unknown, doubtful=frozenset())
        case Enumeration():
            return replace(inner, open=True, doubtful=False) if inner.doubtful else inner
        case Alias():
            return inner
        case _:
            assert_never(inner)


def accepted(contract: Contract) -> Contract:
    """*contract* without the constraints that nothing attests; itself, if each of them is attested."""
    return _accepted_contract(contract) or contract


@once
def _accepted_contract(contract: Contract) -> Contract | None:
    """The contract, where some constraint is not attested."""
    definitions = tuple(_accepted(each) for each in contract.definitions)
    if definitions == contract.definitions:
        return None
    undecided = [each for each in contract.definitions if each.name in contract.undecided]
    is_doubtful = any(isinstance(each, Record) and "unknown" in each.doubtful for each in undecided)
    unknown = UnknownFields.KEEP if is_doubtful else contract.unknown_fields
    return replace(contract, definitions=definitions, unknown_fields=unknown)


def accepted_type(kind: Type) -> Type:
    """*kind* without the constraints that nothing attests; what a name refers to is not followed."""
    return with_type(kind, _type)


def _type(kind: Type) -> Type:
    match kind:
        case Text():
            return _without(kind, kind.doubtful)
        case Array():
            return _without(kind, kind.doubtful)
        case Map():
            return _without(kind, kind.doubtful)
        case Integer(lax=True):
            return united([replace(_without(kind, kind.doubtful), lax=False), Text(pattern=INTEGER_TEXT)])
        case Number(lax=True):
            return united([replace(_without(kind, kind.doubtful), lax=False), Text(pattern=NUMBER_TEXT)])
        case Integer():
            return _without(kind, kind.doubtful)
        case Number():
            return _without(kind, kind.doubtful)
        case Boolean(lax=True):
            return united([Boolean(), Text(pattern=TRUTH_TEXT)])
        case Tagged(doubtful=True):
            return replace(kind, open=True, doubtful=False)
        case _:
            return kind


def _without(kind: _Constrained, names: frozenset[str]) -> _Constrained:
    if not names:
        return kind
    none: dict[str, Any] = {name: False if name == "unique_items" else None for name in names}
    return replace(kind, **none, doubtful=frozenset[str]())
