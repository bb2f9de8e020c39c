"""Which definitions a type or a definition mentions, and where that leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from .ir import (
    Alias,
    Anything,
    Array,
    Boolean,
    Constant,
    Definition,
    Enumeration,
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

__all__ = ["mentions", "reached"]


def mentions(definition: Definition) -> Iterator[tuple[str, str | None]]:
    """The names that *definition* mentions, each with the tag that chooses it, or None."""
    match definition:
        case Record():
            for field in definition.fields:
                yield from _mentions_of_type(field.type)
            if definition.extra is not None:
                yield from _mentions_of_type(definition.extra)
        case Alias():
            yield from _mentions_of_type(definition.type)
        case Enumeration():
            pass
        case _:
            assert_never(definition)


def reached(starts: Iterable[str], following: Callable[[str], Iterable[str]]) -> set[str]:
    """The names that *starts* lead to, themselves included, where *following* says what comes after a name."""
    found: set[str] = set()
    ahead = list(starts)
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead.extend(following(name))
    return found


def _mentions_of_type(kind: Type) -> Iterator[tuple[str, str | None]]:
    match kind:
        case Named(name):
            yield name, None
        case Tagged(tag, options):
            for _, name in options:
                yield name, tag
        case Array():
            yield from _mentions_of_type(kind.items)
        case Map():
            yield from _mentions_of_type(kind.values)
        case Union(options):
            for option in options:
                yield from _mentions_of_type(option)
        case Text() | Integer() | Number() | Boolean() | Null() | Constant() | Anything() | Nothing():
            pass
        case _:
            assert_never(kind)
