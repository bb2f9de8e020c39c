"""A type taken apart by the kinds of JSON value that it accepts: names, order and nesting of unions are gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, assert_never

from ..contract.ir import (
    Alias,
    Anything,
    Array,
    Boolean,
    Constant,
    Contract,
    Definition,
    Enumeration,
    Field,
    History,
    Integer,
    Map,
    Named,
    Nothing,
    Null,
    Number,
    Presence,
    Record,
    Tagged,
    Text,
    Type,
    Union,
    UnknownFields,
)
from .policy_text import policy_text

__all__ = [
    "Definitions",
    "ListedValue",
    "ObjectPart",
    "Scalar",
    "ScalarForm",
    "TypeParts",
    "bounds_of",
    "definitions_of",
    "parts_of",
]

Definitions = Mapping[str, Definition]

Scalar: TypeAlias = str | int | bool

ScalarForm: TypeAlias = Text | Integer | Number


@dataclass(frozen=True, slots=True)
class ListedValue:
    """What is said of one value."""

    description: str = ""
    is_deprecated: bool = False
    policy: str = "supported"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectPart:
    """Objects with fields, or with keys that are data, which is the same without fields."""

    type: Named | Map
    fields: Mapping[str, Field] = field(default_factory=dict[str, Field])
    unknown: UnknownFields = UnknownFields.OPEN
    extra: Type | None = None
    """What other fields must be; None for anything."""

    keys: Text | None = None
    min_properties: int | None = None
    max_properties: int | None = None
    description: str = ""
    history: History = field(default_factory=History)

    @property
    def name(self) -> str | None:
        """The name of the record."""
        return self.type.name if isinstance(self.type, Named) else None

    @property
    def constants(self) -> dict[str, Scalar]:
        """The fields that can have one value only."""
        return {each.name: each.type.value for each in self.fields.values() if isinstance(each.type, Constant)}

    def without(self, name: str) -> ObjectPart:
        """The same without a field."""
        return replace(self, fields={key: each for key, each in self.fields.items() if key != name})


@dataclass(slots=True)
class TypeParts:
    """What a type accepts, by kind."""

    anything: bool = False
    null: bool = False
    booleans: set[bool] = field(default_factory=set[bool])
    texts: list[ScalarForm] = field(default_factory=list[ScalarForm])
    text_values: dict[Scalar, ListedValue] = field(default_factory=dict[Scalar, ListedValue])
    numbers: list[ScalarForm] = field(default_factory=list[ScalarForm])
    number_values: dict[Scalar, ListedValue] = field(default_factory=dict[Scalar, ListedValue])
    arrays: list[Array] = field(default_factory=list[Array])
    objects: list[ObjectPart] = field(default_factory=list[ObjectPart])
    tagged: Tagged | None = None
    """The union that the objects are of, where it is known by what they are distinguished."""

    described: list[tuple[str, History]] = field(default_factory=list[tuple[str, History]])
    """What the definitions say that are no objects."""

    @property
    def kinds(self) -> list[str]:
        """The names of the kinds, null apart."""
        found = {
            "boolean": self.booleans,
            "string": self.texts or self.text_values,
            "number": self.numbers or self.number_values,
            "array": self.arrays,
            "object": self.objects or (self.tagged and self.tagged.open),
        }
        return [kind for kind, parts in found.items() if parts]

    def only(self, kinds: Iterable[str]) -> TypeParts:
        """The parts of these kinds."""
        chosen = {*kinds}
        return TypeParts(
            booleans=self.booleans if "boolean" in chosen else set(),
            texts=self.texts if "string" in chosen else [],
            text_values=self.text_values if "string" in chosen else {},
            numbers=self.numbers if "number" in chosen else [],
            number_values=self.number_values if "number" in chosen else {},
            arrays=self.arrays if "array" in chosen else [],
            objects=self.objects if "object" in chosen else [],
            tagged=self.tagged if "object" in chosen else None,
        )


def definitions_of(contract: Contract) -> Definitions:
    """The definitions by name."""
    return {each.name: each for each in contract.definitions}


def parts_of(kind: Type, definitions: Definitions) -> TypeParts:
    """What *kind* accepts."""
    parts = TypeParts()
    _take(kind, definitions, parts)
    _absorb(parts.texts, Text)
    _absorb(parts.numbers, Integer)
    _absorb(parts.numbers, Number, Integer)
    if any(_is_free(each) for each in parts.objects):
        parts.objects[:] = [next(each for each in parts.objects if _is_free(each))]
        parts.tagged = None
    return parts


def _absorb(forms: list[ScalarForm], *classes: type[ScalarForm]) -> None:
    """Of forms of these classes one of the first without bounds is all that counts, and no form counts twice."""
    free = [form for form in forms if isinstance(form, classes[0]) and not bounds_of(form)]
    forms[:] = dict.fromkeys([free[0], *(form for form in forms if not isinstance(form, classes))] if free else forms)


def bounds_of(form: ScalarForm) -> dict[str, Any]:
    """What bounds a text or a number, by the names of the attributes: a format is a note."""
    notes = ("format", "media_type", "lax", "doubtful")
    return {
        name: value for name in form.__slots__ if name not in notes and (value := getattr(form, name)) not in (None, ())
    }


def _is_free(part: ObjectPart) -> bool:
    """Whether it takes any object."""
    bounds = (part.extra, part.keys, part.min_properties or None, part.max_properties)
    return not part.fields and part.unknown is not UnknownFields.REFUSE and bounds == (None, None, None, None)


def _take(kind: Type, definitions: Definitions, parts: TypeParts) -> None:
    match kind:
        case Anything():
            parts.anything = True
        case Null():
            parts.null = True
        case Nothing():
            pass
        case Boolean():
            parts.booleans |= {True, False}
        case Constant(value):
            _take_value(value, ListedValue(), parts)
        case Text():
            parts.texts.append(_plain_text(kind))
        case Integer() | Number():
            parts.numbers.append(_plain_number(kind))
        case Array():
            parts.arrays.append(kind)
        case Map():
            parts.objects.append(_of_map(kind))
        case Union(options):
            for option in options:
                _take(option, definitions, parts)
        case Tagged():
            parts.tagged = kind
            names = dict.fromkeys(name for _, name in kind.options)
            for name in names:
                _take(Named(name), definitions, parts)
        case Named(name):
            _take_definition(definitions[name], definitions, parts)
        case _:
            assert_never(kind)


def _take_definition(definition: Definition, definitions: Definitions, parts: TypeParts) -> None:
    match definition:
        case Record():
            parts.objects.append(_of_record(definition))
            return
        case Alias():
            _take(definition.type, definitions, parts)
        case Enumeration():
            for member in definition.members:
                listed = ListedValue(
                    member.description, member.history.deprecation is not None, policy_text(member.policy)
                )
                _take_value(member.value, listed, parts)
            if definition.open:
                _take(definition.base, definitions, parts)
        case _:
            assert_never(definition)
    parts.described.append((definition.description, definition.history))


def _take_value(value: Scalar, listed: ListedValue, parts: TypeParts) -> None:
    if isinstance(value, bool):
        parts.booleans.add(value)
    else:
        values = parts.text_values if isinstance(value, str) else parts.number_values
        values[value] = listed


def _of_map(kind: Map) -> ObjectPart:
    return ObjectPart(
        type=kind,
        extra=None if kind.values == Anything() else kind.values,
        keys=kind.keys,
        min_properties=kind.min_properties or None,
        max_properties=kind.max_properties,
    )


def _of_record(record: Record) -> ObjectPart:
    return ObjectPart(
        type=Named(record.name),
        fields={each.name: each for each in record.fields},
        unknown=record.unknown,
        extra=None if record.extra == Anything() else record.extra,
        min_properties=_least(record),
        max_properties=record.max_properties,
        description=record.description,
        history=record.history,
    )


def _least(record: Record) -> int | None:
    """A least number of fields says nothing where as many are required."""
    required = sum(each.presence is Presence.REQUIRED for each in record.fields)
    return record.min_properties if (record.min_properties or 0) > required else None


def _plain_text(kind: Text) -> Text:
    return replace(kind, min_length=kind.min_length or None, doubtful=frozenset())


def _plain_number(kind: Integer | Number) -> Integer | Number:
    if isinstance(kind, Number):
        return replace(kind, doubtful=frozenset())
    least = [bound for bound in (kind.minimum, _next(kind.exclusive_minimum, 1)) if bound is not None]
    most = [bound for bound in (kind.maximum, _next(kind.exclusive_maximum, -1)) if bound is not None]
    return replace(
        kind,
        minimum=max(least, default=None),
        maximum=min(most, default=None),
        exclusive_minimum=None,
        exclusive_maximum=None,
        multiple_of=None if kind.multiple_of == 1 else kind.multiple_of,
        doubtful=frozenset(),
    )


def _next(bound: int | None, step: int) -> int | None:
    """The next whole number inside a bound that is outside."""
    return None if bound is None else bound + step
