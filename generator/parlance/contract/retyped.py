"""Definitions with each of their types replaced, those inside others first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from .ir import Alias, Array, Definition, Enumeration, Integer, Map, Null, Record, Text, Type, Union

__all__ = ["united", "with_type", "with_types"]

_Change = Callable[[Type], Type]


def with_types(definition: Definition, change: _Change) -> Definition:
    """*definition* with what *change* makes of each of its types; itself, if nothing changes."""
    match definition:
        case Record():
            fields = tuple(replace(field, type=with_type(field.type, change)) for field in definition.fields)
            extra = None if definition.extra is None else with_type(definition.extra, change)
            return replace(definition, fields=fields, extra=extra)
        case Alias():
            return replace(definition, type=with_type(definition.type, change))
        case Enumeration():
            base = change(definition.base)
            return replace(definition, base=base) if isinstance(base, Text | Integer) else definition


def with_type(kind: Type, change: _Change) -> Type:
    """*kind* with what *change* makes of it and of each type in it."""
    match kind:
        case Array():
            return change(replace(kind, items=with_type(kind.items, change)))
        case Map():
            keys = None if kind.keys is None else change(kind.keys)
            values = with_type(kind.values, change)
            return change(replace(kind, values=values, keys=keys if isinstance(keys, Text) else kind.keys))
        case Union(options):
            return change(united(with_type(option, change) for option in options))
        case _:
            return change(kind)


def united(options: Iterable[Type]) -> Type:
    """A union of *options*, none of them a union, no two equal, null last; the only one, if there are no two."""
    flat: dict[Type, None] = {}
    for option in options:
        flat |= dict.fromkeys(option.options if isinstance(option, Union) else (option,))
    kinds = [kind for kind in flat if kind != Null()] + [kind for kind in flat if kind == Null()]
    return kinds[0] if len(kinds) == 1 else Union(tuple(kinds))
