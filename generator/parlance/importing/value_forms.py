"""Schemas as they are merged and distinguished: forms of values, before any of them has a name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from .imported_files import ValueLocation

__all__ = ["UNSET", "ArrayForm", "Form", "Notes", "ObjectForm", "ReferenceForm", "ScalarForm", "Shape", "ValuesForm"]

UNSET: Any = object()
"""No default."""


@dataclass(frozen=True)
class ScalarForm:
    """A string, a number, an integer or a boolean."""

    type: str
    bounds: dict[str, Any] = field(default_factory=dict[str, Any])
    description: str | None = None


@dataclass(frozen=True)
class ValuesForm:
    """A set of scalars; one of them is a constant."""

    values: list[Any]
    location: ValueLocation
    description: str | None = None


@dataclass(frozen=True)
class ArrayForm:
    """A list; items are None for any value."""

    items: Shape | None
    bounds: dict[str, Any]
    location: ValueLocation
    description: str | None = None


@dataclass(frozen=True)
class ObjectForm:
    """An object: with fields a record, without any a map."""

    fields: dict[str, Shape]
    required: list[str]
    extra: Shape | bool | None
    """What unknown fields are; None where nothing is said of them."""

    bounds: dict[str, Any]
    location: ValueLocation
    """Where it is written: what is named after its place is named after this one."""

    description: str | None = None
    keys: dict[str, Any] | None = None
    """The bounds of the keys of a map."""


@dataclass(frozen=True)
class ReferenceForm:
    """A schema that has a name."""

    target: ValueLocation
    description: str | None = None


Form: TypeAlias = ScalarForm | ValuesForm | ArrayForm | ObjectForm | ReferenceForm


@dataclass(frozen=True)
class Notes:
    """What a schema says besides which values it accepts."""

    description: str | None = None
    title: str | None = None
    default: Any = UNSET
    default_at: ValueLocation | None = None
    examples: list[tuple[Any, ValueLocation]] = field(default_factory=list[tuple[Any, ValueLocation]])
    deprecated: bool = False

    def over(self, other: Notes) -> Notes:
        """These notes, and those of *other* where nothing is said."""
        has_default = self.default is not UNSET
        return Notes(
            description=self.description or other.description,
            title=self.title or other.title,
            default=self.default if has_default else other.default,
            default_at=self.default_at if has_default else other.default_at,
            examples=[*self.examples, *(each for each in other.examples if each not in self.examples)],
            deprecated=self.deprecated or other.deprecated,
        )


@dataclass(frozen=True)
class Shape:
    """What a schema accepts: any value, or null and values of some forms."""

    location: ValueLocation
    forms: list[Form] = field(default_factory=list[Form])
    is_any: bool = False
    null: bool = False
    notes: Notes = field(default_factory=Notes)
    exclusive: ValueLocation | None = None
    """The `oneOf` of which exactly one member must fit."""

    tag: str | None = None
    """The field of a `discriminator`."""

    mapping: dict[str, ValueLocation] | None = None
    """Its values, and the schemas that they choose."""

    @property
    def takes_null(self) -> bool:
        """Whether null is accepted, references apart."""
        return self.null or self.is_any

    def with_notes(self, notes: Notes) -> Shape:
        """The shape with *notes* over its own."""
        return replace(self, notes=notes.over(self.notes))
