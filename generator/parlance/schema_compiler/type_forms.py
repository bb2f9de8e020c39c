"""What types are made of: plain values, constants, lists, maps, records, and unions of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ..program.schema.possible_kinds import value_kind
from ..program.schema.requirements import JsonValue, Kind

__all__ = [
    "ANYTHING",
    "ArrayOf",
    "Exactly",
    "MapOf",
    "Named",
    "Plain",
    "Record",
    "Shape",
    "TypeShape",
    "in_order",
    "literals",
    "of_kinds",
    "united",
]


@dataclass(frozen=True, slots=True)
class Plain:
    """Any value of a kind that has no parts."""

    kind: Kind
    is_whole: bool = False
    """Whether a number is an integer."""


@dataclass(frozen=True, slots=True)
class Exactly:
    """One text, integer, boolean, or null."""

    kind: Kind
    """Because `True` and `1` are equal."""

    value: str | int | None


@dataclass(frozen=True, slots=True)
class ArrayOf:
    """A list."""

    items: TypeShape


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object whose properties have no names that are known."""

    values: TypeShape


@dataclass(frozen=True, slots=True)
class Named:
    """A record."""

    name: str


Shape: TypeAlias = Plain | Exactly | ArrayOf | MapOf | Named
TypeShape: TypeAlias = tuple[Shape, ...] | None
"""The members of a union; None for any value at all."""

ANYTHING: TypeShape = None


@dataclass(slots=True)
class Record:
    """An object with properties that have names."""

    name: str
    place: str
    """Where its schema stands."""

    fields: dict[str, tuple[TypeShape, bool]] = field(default_factory=dict[str, tuple[TypeShape, bool]])
    """What each property is, and whether it must be there."""


def united(shapes: Iterable[TypeShape]) -> TypeShape:
    """What any of *shapes* accepts."""
    found: dict[Shape, None] = {}
    for shape in shapes:
        if shape is None:
            return ANYTHING
        found |= dict.fromkeys(shape)
    return in_order(found)


def in_order(shapes: Iterable[Shape]) -> TypeShape:
    """Members that no other one includes, null last."""
    return tuple(sorted(_without_repeats([*shapes]), key=lambda shape: _kind(shape) is Kind.NULL))


def _without_repeats(shapes: Sequence[Shape]) -> Iterator[Shape]:
    """Members that no other one includes."""
    plain = {shape.kind for shape in shapes if isinstance(shape, Plain) and not shape.is_whole}
    for shape in shapes:
        if isinstance(shape, Exactly) and shape.kind in plain:
            continue
        if isinstance(shape, Plain) and shape.is_whole and shape.kind in plain:
            continue
        yield shape


def of_kinds(shape: TypeShape, kinds: frozenset[Kind]) -> TypeShape:
    """The members of a union that are of some kinds."""
    return None if shape is None else tuple(each for each in shape if _kind(each) in kinds)


def _kind(shape: Shape) -> Kind:
    match shape:
        case Plain(kind) | Exactly(kind):
            return kind
        case ArrayOf():
            return Kind.ARRAY
        case MapOf() | Named():
            return Kind.OBJECT


def literals(values: Sequence[JsonValue], kinds: frozenset[Kind] | None) -> TypeShape:
    """Values, each as itself where that is possible: of numbers `1.0` is as good as `1`, so that none is a literal."""
    found: dict[Shape, None] = {}
    for value in values:
        kind = value_kind(value)
        if kinds is not None and kind not in kinds:
            continue
        if isinstance(value, str | bool) or value is None:
            found[Exactly(kind, value)] = None
        elif kind is Kind.NUMBER:
            found[Plain(kind, float(value).is_integer())] = None
        else:
            found[ArrayOf(ANYTHING) if kind is Kind.ARRAY else MapOf(ANYTHING)] = None
    return in_order(found)
