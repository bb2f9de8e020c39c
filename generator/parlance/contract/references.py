"""What a definition is made of, which definitions it mentions, and where that leads."""

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

__all__ = ["mentioning", "mentions", "reached", "types"]


def mentions(definition: Definition) -> Iterator[tuple[str, str | None]]:
    """The names that *definition* mentions, each with the tag that chooses it, or None."""
    for kind in types(definition):
        match kind:
            case Named(name):
                yield name, None
            case Tagged():
                yield from _mentions_of_tagged(kind)
            case _:
                pass


def _mentions_of_tagged(kind: Tagged) -> Iterator[tuple[str, str | None]]:
    for value, name in kind.options:
        yield name, None if value == kind.default else kind.tag
    if kind.others is not None:
        yield kind.others, None


def types(definition: Definition) -> Iterator[Type]:
    """Every type that *definition* is made of, each before those inside it."""
    match definition:
        case Record(fields=fields, extra=extra):
            for field in fields:
                yield from _inside(field.type)
            if extra is not None:
                yield from _inside(extra)
        case Alias(type=kind) | Enumeration(base=kind):
            yield from _inside(kind)
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


def mentioning(names: Iterable[str], definitions: Iterable[Definition]) -> frozenset[str]:
    """*names*, and all *definitions* that lead to one of them."""
    by_name: dict[str, list[str]] = {}
    for each in definitions:
        for name, _ in mentions(each):
            by_name.setdefault(name, []).append(each.name)
    return frozenset(reached(names, lambda name: by_name.get(name, ())))


def _inside(kind: Type) -> Iterator[Type]:
    """A type, and those inside it."""
    yield kind
    match kind:
        case Array():
            yield from _inside(kind.items)
        case Map():
            if kind.keys is not None:
                yield kind.keys
            yield from _inside(kind.values)
        case Union(options):
            for option in options:
                yield from _inside(option)
        case Text() | Integer() | Number() | Boolean() | Null() | Constant() | Anything() | Nothing():
            pass
        case Named() | Tagged():
            pass
        case _:
            assert_never(kind)
