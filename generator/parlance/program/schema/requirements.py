"""What a schema asks for, whatever its edition: closed unions of frozen dataclasses, no references left to resolve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from ... import regex
from ...contract.kinds import Kind

__all__ = [
    "AllOf",
    "AnyOf",
    "Bound",
    "Conditional",
    "Contains",
    "Count",
    "DependentRequired",
    "DependentSchemas",
    "Format",
    "Items",
    "JsonValue",
    "Key",
    "Kind",
    "Multiple",
    "Never",
    "Not",
    "OneOf",
    "Pattern",
    "Program",
    "Properties",
    "PropertyNames",
    "Reference",
    "Required",
    "Rule",
    "Schema",
    "Type",
    "Unevaluated",
    "Unique",
    "Values",
]

JsonValue = Any
"""A JSON value that a schema mentions."""


class Key(NamedTuple):
    """What a schema is called: where it stands, and what dynamic references mean there."""

    place: str
    scope: tuple[tuple[str, str], ...] = ()
    """The place that each dynamic anchor leads to, where that matters below."""


@dataclass(frozen=True, slots=True)
class Schema:
    """All that a value must satisfy; nothing where there are no rules."""

    key: Key
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Never:
    """No value satisfies it."""

    place: str
    keyword: str
    """What the `false` stands under."""


@dataclass(frozen=True, slots=True)
class Type:
    """The value is of one of these kinds."""

    place: str
    kinds: frozenset[Kind]
    integral: bool
    """Whether a number must be an integer."""


@dataclass(frozen=True, slots=True)
class Values:
    """The value equals one of these: `enum` and `const`."""

    place: str
    keyword: str
    values: tuple[JsonValue, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A number is on one side of a limit: `minimum`, `maximum` and the exclusive ones."""

    place: str
    keyword: str
    limit: float


@dataclass(frozen=True, slots=True)
class Multiple:
    """A number is a multiple of *step*."""

    place: str
    step: float


@dataclass(frozen=True, slots=True)
class Count:
    """How long a string is, or how many items or properties there are: `minLength`, `maxItems` and their like."""

    place: str
    keyword: str
    kind: Kind
    limit: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A string has a match of the pattern in it."""

    place: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Format:
    """A string is of a format."""

    place: str
    name: str


@dataclass(frozen=True, slots=True)
class Unique:
    """No two items are equal."""

    place: str


@dataclass(frozen=True, slots=True)
class Items:
    """What the first items are, one by one, and what all others are."""

    prefix: tuple[Schema, ...]
    rest: Schema | None


@dataclass(frozen=True, slots=True)
class Contains:
    """How many items satisfy a schema."""

    place: str
    schema: Schema
    least: int
    most: int | None
    least_place: str
    most_place: str
    evaluates: bool
    """Whether the items that do count as evaluated; since 2020-12 they do."""


@dataclass(frozen=True, slots=True)
class Required:
    """Which properties must be there."""

    place: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DependentRequired:
    """Which properties must be there if *name* is."""

    place: str
    keyword: str
    name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Properties:
    """What the properties are: by name, by pattern, and all others."""

    named: tuple[tuple[str, Schema], ...]
    patterns: tuple[tuple[str, Schema], ...]
    others: Schema | None


@dataclass(frozen=True, slots=True)
class PropertyNames:
    """What the names of all properties are."""

    schema: Schema


@dataclass(frozen=True, slots=True)
class DependentSchemas:
    """What an object is if it has the property *name*."""

    name: str
    schema: Schema


@dataclass(frozen=True, slots=True)
class Reference:
    """What another schema asks for."""

    place: str
    target: Key


@dataclass(frozen=True, slots=True)
class AllOf:
    """What each schema asks for."""

    schemas: tuple[Schema, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What at least one schema asks for."""

    place: str
    schemas: tuple[Schema, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """What exactly one schema asks for."""

    place: str
    schemas: tuple[Schema, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Anything but what a schema asks for."""

    place: str
    schema: Schema


@dataclass(frozen=True, slots=True)
class Conditional:
    """One thing for what satisfies a schema, another for what does not."""

    test: Schema
    then: Schema | None
    otherwise: Schema | None


@dataclass(frozen=True, slots=True)
class Unevaluated:
    """What the properties or items are that nothing beside it in the same schema speaks of."""

    kind: Kind
    schema: Schema


Rule: TypeAlias = (
    Never | Type | Values | Bound | Multiple | Count | Pattern | Format | Unique | Items | Contains | Required
    | DependentRequired | Properties | PropertyNames | DependentSchemas | Reference | AllOf | AnyOf | OneOf | Not
    | Conditional | Unevaluated
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Program:
    """A schema with everything that it refers to."""

    root: Key
    definitions: Mapping[Key, Schema]
    """The root, and what references lead to."""

    searches: Mapping[str, regex.Program]
    """What searches for each regular expression that Python's own search could be caught in."""
