"""A payload that shows something to the smallest one that still does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from .shape import is_array, is_object

__all__ = ["shrunk"]

_SIMPLEST: tuple[Any, ...] = (None, 0, "", [], {}, False)


def shrunk(document: Any, still: Callable[[Any], bool], tries: int = 3000) -> Any:
    """*document* with all taken away that *still* does not need; gives up after so many *tries*."""
    remaining = tries
    progress = True
    while progress:
        progress = False
        for smaller in _smaller(document):
            remaining -= 1
            if remaining < 0:
                return document
            if still(smaller):
                document, progress = smaller, True
                break
    return document


def _smaller(value: Any) -> Iterator[Any]:
    """What *value* could be instead, the greatest savings first."""
    size = _size(value)
    for simple in _SIMPLEST:
        if _size(simple) < size:
            yield simple
    if is_object(value):
        yield from _smaller_object(value)
    elif is_array(value):
        yield from _smaller_array(value)
    elif isinstance(value, str):
        yield from (part for part in (*_halves(value), value[1:], value[:-1]) if len(part) < len(value))


def _smaller_object(fields: dict[str, Any]) -> Iterator[Any]:
    yield from fields.values()
    for key in fields:
        yield {name: each for name, each in fields.items() if name != key}
    for key, each in fields.items():
        for smaller in _smaller(each):
            yield {**fields, key: smaller}


def _smaller_array(items: list[Any]) -> Iterator[Any]:
    yield from items
    yield from (half for half in _halves(items) if len(half) < len(items))
    for index, each in enumerate(items):
        yield [*items[:index], *items[index + 1 :]]
        for smaller in _smaller(each):
            yield [*items[:index], smaller, *items[index + 1 :]]


def _halves(value: Any) -> tuple[Any, Any]:
    middle = len(value) // 2
    return value[:middle], value[middle:]


def _size(value: Any) -> int:
    return len(json.dumps(value))
