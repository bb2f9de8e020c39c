"""What a contract allows at a place of a payload: the types of the value there, by what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, assert_never

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
    Integer,
    Map,
    Member,
    Named,
    Nothing,
    Null,
    Number,
    Record,
    Tagged,
    Text,
    Type,
    Union,
)
from ..finding.shape import is_array, is_object

__all__ = ["AllowedValue", "FieldOfRecord", "TypePlaces"]


class FieldOfRecord(NamedTuple):
    """A field, and the record that has it."""

    record: Record
    field: Field


class AllowedValue(NamedTuple):
    """A scalar that a type names, and what it means there."""

    value: str | int | bool | None
    description: str = ""
    member: Member | None = None


class TypePlaces:
    """The types at the places of one payload."""

    def __init__(self, contract: Contract, artifact: str, value: object) -> None:
        self._definitions: dict[str, Definition] = {one.name: one for one in contract.definitions}
        self._value = value
        self._roots = {one.name: Named(one.root) for one in contract.artifacts}
        self._artifact = artifact
        embeds = (one.embeds for one in contract.artifacts if one.name == artifact)
        self._embedded = {steps: name for pairs in embeds for steps, name in pairs}
        """Where other artifacts stand in it."""

    def types(self, steps: Sequence[str]) -> list[Type]:
        """What a value may be at a place."""
        types: list[Type] = [self._roots[self._artifact]] if self._artifact in self._roots else []
        value = self._value
        for number, step in enumerate(steps, 1):
            embedded = self._roots.get(self._embedded.get((*steps[:number],), ""))
            below = [embedded] if embedded else (inner for one in types for inner in self._below(one, value, step))
            types, value = _distinct(below), _inner(value, step)
        return types

    def fields(self, steps: Sequence[str]) -> list[FieldOfRecord]:
        """The fields that an object at a place may have, each name once."""
        value = self._value
        for step in steps:
            value = _inner(value, step)
        found: dict[str, FieldOfRecord] = {}
        for one in self.types(steps):
            for record in self._records(one, value):
                for field in record.fields:
                    found.setdefault(field.name, FieldOfRecord(record, field))
        return [*found.values()]

    def field(self, steps: Sequence[str]) -> FieldOfRecord | None:
        """The field that the value at a place is of; None for what is no field of a record."""
        *above, name = steps
        return next((one for one in self.fields(above) if one.field.name == name), None)

    def values(self, steps: Sequence[str]) -> list[AllowedValue]:
        """The scalars that the types at a place name, each once."""
        found: dict[tuple[type, object], AllowedValue] = {}
        tags = self._tags(steps)
        for one in self.types(steps):
            for allowed in self._values(one):
                known = allowed._replace(description=allowed.description or tags.get(allowed.value, ""))
                found.setdefault((type(known.value), known.value), known)
        return [*found.values()]

    def definition(self, name: str) -> Definition | None:
        """What a type refers to by name."""
        return self._definitions.get(name)

    def _below(self, type_: Type, value: object, step: str) -> Iterator[Type]:
        match type_:
            case Array(items=items):
                yield from [items] if is_array(value) else []
            case Map(values=values):
                yield from [values] if is_object(value) else []
            case Union(options=options):
                for option in options:
                    yield from self._below(option, value, step)
            case Named() | Tagged():
                known = self._resolved(type_)
                if known is not None:
                    yield from self._below(known, value, step)
                for record in self._records(type_, value) if known is None else ():
                    fields = [field.type for field in record.fields if field.name == step]
                    yield from fields or ([record.extra] if record.extra is not None else [])
            case Text() | Integer() | Number() | Boolean() | Null() | Anything() | Nothing() | Constant():
                return
            case _:
                assert_never(type_)

    def _resolved(self, type_: Named | Tagged) -> Type | None:
        """The type that a name stands for; None for a record or an enumeration."""
        known = self._definitions.get(type_.name) if isinstance(type_, Named) else None
        return known.type if isinstance(known, Alias) else None

    def _records(self, type_: Type, value: object) -> Iterator[Record]:
        """The records that an object may be of these types; of tagged ones that of its tag, if it has a known one."""
        match type_:
            case Named():
                known = self._definitions.get(type_.name)
                if isinstance(known, Record):
                    yield known
                elif isinstance(known, Alias):
                    yield from self._records(known.type, value)
            case Union(options=options):
                for option in options:
                    yield from self._records(option, value)
            case Tagged():
                for name in _tagged(type_, value):
                    yield from self._records(Named(name), value)
            case _:
                return

    def _values(self, type_: Type) -> Iterator[AllowedValue]:
        match type_:
            case Constant(value=value):
                yield AllowedValue(value)
            case Boolean():
                yield from (AllowedValue(True), AllowedValue(False))
            case Null():
                yield AllowedValue(None)
            case Union(options=options):
                for option in options:
                    yield from self._values(option)
            case Named(name=name):
                match self._definitions.get(name):
                    case Enumeration(members=members):
                        yield from (AllowedValue(one.value, one.description, one) for one in members)
                    case Alias(type=aliased):
                        yield from self._values(aliased)
                    case _:
                        return
            case _:
                return

    def _tags(self, steps: Sequence[str]) -> dict[str | int | bool | None, str]:
        """What the values of a tag mean, by the descriptions of the records: where the place is that of a tag."""
        if not steps:
            return {}
        *above, name = steps
        pending, found = self.types(above), dict[str | int | bool | None, str]()
        while pending:
            match pending.pop():
                case Tagged(tag=tag, options=options) if tag == name:
                    for value, record in options:
                        known = self._definitions.get(record)
                        found[value] = known.description if known else ""
                case Union(options=options):
                    pending += options
                case Named() as named if (aliased := self._resolved(named)) is not None:
                    pending.append(aliased)
                case _:
                    pass
        return found


def _tagged(type_: Tagged, value: object) -> list[str]:
    """The names of the records that a value may be: one, or all where its tag is unknown, as while it is typed."""
    names = dict(type_.options)
    tag = value.get(type_.tag, type_.default) if is_object(value) else None
    if isinstance(tag, str) and tag in names:
        return [names[tag]]
    return [*names.values(), *([type_.others] if type_.others else [])]


def _inner(value: object, step: str) -> object:
    if is_object(value):
        return value.get(step)
    if is_array(value) and step.isdecimal() and int(step) < len(value):
        return value[int(step)]
    return None


def _distinct(types: Iterable[Type]) -> list[Type]:
    return [*dict.fromkeys(types)]
