"""The deprecated fields of an artifact, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from ..ir import (
    Alias,
    Anything,
    Array,
    Boolean,
    Constant,
    Definition,
    Deprecation,
    Integer,
    Map,
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
from ..rules import ANY

__all__ = ["Deprecated", "deprecated_fields"]


@dataclass(frozen=True, slots=True)
class Deprecated:
    """A field that should no longer be used."""

    at: tuple[str, ...]
    """The steps to the object that has it."""

    field: str
    what: Deprecation
    tag: str | None
    """What distinguishes the object from its siblings, if it has any …"""

    values: tuple[str, ...]
    """… and what it says of those that have the field."""


def deprecated_fields(root: str, definitions: Mapping[str, Definition]) -> list[Deprecated]:
    """Those of the artifact whose root is named *root*, in the order of the spec; the same field of siblings once."""
    found: dict[object, Deprecated] = {}
    for each in _TypeWalk(definitions).named(root, (), None, ()):
        known = found.get((each.at, each.field, each.what, each.tag))
        values = each.values if known is None else (*known.values, *each.values)
        found[each.at, each.field, each.what, each.tag] = Deprecated(each.at, each.field, each.what, each.tag, values)
    return list(found.values())


class _TypeWalk:
    """Goes through every type below a record; a record inside itself is not entered again."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        self._definitions = definitions
        self._open: list[str] = []

    def named(self, name: str, at: tuple[str, ...], tag: str | None, values: tuple[str, ...]) -> Iterator[Deprecated]:
        definition = self._definitions[name]
        if isinstance(definition, Alias):
            yield from self._type(definition.type, at)
        if not isinstance(definition, Record) or name in self._open:
            return
        self._open.append(name)
        for field in definition.fields:
            if field.history.deprecation is not None and field.type != Nothing():
                yield Deprecated(at, field.name, field.history.deprecation, tag, values)
            yield from self._type(field.type, (*at, field.name))
        if definition.extra is not None:
            yield from self._type(definition.extra, (*at, ANY))
        self._open.pop()

    def _type(self, kind: Type, at: tuple[str, ...]) -> Iterator[Deprecated]:
        match kind:
            case Named(name):
                yield from self.named(name, at, None, ())
            case Tagged(tag, options):
                for value, name in options:
                    yield from self.named(name, at, tag, (value,))
            case Union(options):
                for option in options:
                    yield from self._type(option, at)
            case Array():
                yield from self._type(kind.items, (*at, ANY))
            case Map():
                yield from self._type(kind.values, (*at, ANY))
            case Text() | Integer() | Number() | Boolean() | Null() | Constant() | Anything() | Nothing():
                pass
            case _:
                assert_never(kind)
