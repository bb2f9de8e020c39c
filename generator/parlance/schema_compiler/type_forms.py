"""What types are made of: plain values, constants, lists, maps, records, and unions of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ..program.schema.possible_kinds import value_kind
from ..program.schema.requirements import JsonValue, Kind

__all__ = [
    "ANYTHING",
    "ArrayType",
    "ConstantType",
    "MapType",
    "PlainType",
    "RecordType",
    "TypeMember",
    "TypeRecord",
    "TypeUnion",
    "in_order",
    "literals",
    "of_kinds",
    "united",
]


@dataclass(frozen=True, slots=True)
class PlainType:
    """Any value of a kind that has no parts."""

    kind: Kind
    is_whole: bool = False
    """Whether a number is an integer."""


@dataclass(frozen=True, slots=True)
class ConstantType:
    """One text, integer, boolean, or null."""

    kind: Kind
    """Because `True` and `1` are equal."""

    value: str | int | None


@dataclass(frozen=True, slots=True)
class ArrayType:
    """A list."""

    items: TypeUnion


@dataclass(frozen=True, slots=True)
class MapType:
    """An object whose properties have no names that are known."""

    values: TypeUnion


@dataclass(frozen=True, slots=True)
class RecordType:
    """A record."""

    name: str


TypeMember: TypeAlias = PlainType | ConstantType | ArrayType | MapType | RecordType
TypeUnion: TypeAlias = tuple[TypeMember, ...] | None
"""The members of a union; None for any value at all."""

ANYTHING: TypeUnion = None


@dataclass(slots=True)
class TypeRecord:
    """An object with properties that have names."""

    name: str
    place: str
    """Where its schema stands."""

    fields: dict[str, tuple[TypeUnion, bool]] = field(default_factory=dict[str, tuple[TypeUnion, bool]])
    """What each property is, and whether it must be there."""


def united(shapes: Iterable[TypeUnion]) -> TypeUnion:
    """What any of *shapes* accepts."""
    found: dict[TypeMember, None] = {}
    for shape in shapes:
        if shape is None:
            return ANYTHING
        found |= dict.fromkeys(shape)
    return in_order(found)


def in_order(shapes: Iterable[TypeMember]) -> TypeUnion:
    """Members that no other one includes, null last."""
    return tuple(sorted(_without_repeats([*shapes]), key=lambda shape: _kind(shape) is Kind.NULL))


def _without_repeats(shapes: Sequence[TypeMember]) -> Iterator[TypeMember]:
    """Members that no other one includes."""
    plain = {shape.kind for shape in shapes if isinstance(shape, PlainType) and not shape.is_whole}
    for shape in shapes:
        if isinstance(shape, ConstantType) and shape.kind in plain:
            continue
        if isinstance(shape, PlainType) and shape.is_whole and shape.kind in plain:
            continue
        yield shape


def of_kinds(shape: TypeUnion, kinds: frozenset[Kind]) -> TypeUnion:
    """The members of a union that are of some kinds."""
    return None if shape is None else tuple(each for each in shape if _kind(each) in kinds)


def _kind(shape: TypeMember) -> Kind:
    match shape:
        case PlainType(kind) | ConstantType(kind):
            return kind
        case ArrayType():
            return Kind.ARRAY
        case MapType() | RecordType():
            return Kind.OBJECT


def literals(values: Sequence[JsonValue], kinds: frozenset[Kind] | None) -> TypeUnion:
    """Values, each as itself where that is possible: of numbers `1.0` is as good as `1`, so that none is a literal."""
    found: dict[TypeMember, None] = {}
    for value in values:
        kind = value_kind(value)
        if kinds is not None and kind not in kinds:
            continue
        if isinstance(value, str | bool) or value is None:
            found[ConstantType(kind, value)] = None
        elif kind is Kind.NUMBER:
            found[PlainType(kind, float(value).is_integer())] = None
        else:
            found[ArrayType(ANYTHING) if kind is Kind.ARRAY else MapType(ANYTHING)] = None
    return in_order(found)
