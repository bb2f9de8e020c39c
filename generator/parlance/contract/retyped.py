"""Definitions with each of their types replaced, those inside others first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import is_
from typing import TypeVar

from .ir import Alias, Array, Definition, Enumeration, Field, Integer, Map, Null, Record, Text, Type, Union

__all__ = ["united", "with_type", "with_types"]

_Change = Callable[[Type], Type]
_Holder = TypeVar("_Holder", Field, Alias)


def with_types(definition: Definition, change: _Change) -> Definition:
    """*definition* with what *change* makes of each of its types; itself, if nothing changes."""
    match definition:
        case Record():
            fields = tuple(_retyped(field, change) for field in definition.fields)
            extra = None if definition.extra is None else with_type(definition.extra, change)
            if extra is definition.extra and all(map(is_, fields, definition.fields)):
                return definition
            return replace(definition, fields=fields, extra=extra)
        case Alias():
            return _retyped(definition, change)
        case Enumeration():
            base = change(definition.base)
            if base is definition.base or not isinstance(base, Text | Integer):
                return definition
            return replace(definition, base=base)


def _retyped(holder: _Holder, change: _Change) -> _Holder:
    kind = with_type(holder.type, change)
    return holder if kind is holder.type else replace(holder, type=kind)


def with_type(kind: Type, change: _Change) -> Type:
    """*kind* with what *change* makes of it and of each type in it; itself, if nothing changes."""
    match kind:
        case Array():
            items = with_type(kind.items, change)
            return change(kind if items is kind.items else replace(kind, items=items))
        case Map():
            changed = None if kind.keys is None else change(kind.keys)
            keys = changed if isinstance(changed, Text) else kind.keys
            values = with_type(kind.values, change)
            is_same = keys is kind.keys and values is kind.values
            return change(kind if is_same else replace(kind, values=values, keys=keys))
        case Union(options):
            made = [with_type(option, change) for option in options]
            if all(map(is_, made, options)):
                return change(kind)
            unprinted = tuple(option for option, old in zip(made, options, strict=True) if old in kind.unprinted)
            union = united(made)
            return change(replace(union, unprinted=unprinted) if isinstance(union, Union) else union)
        case _:
            return change(kind)


def united(options: Iterable[Type]) -> Type:
    """A union of *options*, none of them a union, no two equal, null last; the only one, if there are no two."""
    flat: dict[Type, None] = {}
    for option in options:
        flat |= dict.fromkeys(option.options if isinstance(option, Union) else (option,))
    kinds = [kind for kind in flat if kind != Null()] + [kind for kind in flat if kind == Null()]
    return kinds[0] if len(kinds) == 1 else Union(tuple(kinds))
