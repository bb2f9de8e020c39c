"""A selector as loops over a document."""

from __future__ import annotations

from dataclasses import dataclass

from ...backends.python.pointers import extended
from ...backends.python.syntax import (
    Attribute,
    Call,
    Comparison,
    Constant,
    For,
    If,
    Name,
    NamedValue,
    Value,
    call,
)
from ...contract.rules import ANY, Selector
from ...finding.pointer import joined
from .source import Scope, local_name

__all__ = ["FOUND", "Loops", "Place", "loops", "pointed"]

FOUND = Name("found")
"""What gathers findings, and knows the schemas that were walked."""

_SCHEMAS = Attribute(FOUND, "schemas")
_ORDER = ("", "inner_", "innermost_")
_NULL = Constant(None)


@dataclass(frozen=True, slots=True)
class Place:
    """A value that code can mention, and its pointer."""

    value: Value
    pointer: Value
    scope: Scope
    depth: int = 0
    """How many loops stand around it."""


@dataclass(frozen=True, slots=True)
class Loops:
    """The headers to write, each inside the one before, and the place that they come to."""

    headers: tuple[If | For, ...]
    place: Place


def loops(selector: Selector, start: Place, *, nulls: bool = False, walk: Value = _SCHEMAS) -> Loops:
    """From *start* to every place of *selector* that is there; one that is null is there only for *nulls*.

    *walk* is what leads from a schema to all that are in it.
    """
    headers: list[If | For] = []
    holder: Value = _NULL
    value, pointer, scope, depth = start.value, start.pointer, start.scope, start.depth
    for step in selector.steps:
        if step == ANY:
            prefix = _ORDER[min(depth, len(_ORDER) - 1)]
            token, item = f"{prefix}index", f"{prefix}item"
            headers.append(For((token, item), call("entries", value)))
            value, pointer = Name(item), extended(pointer, "/", Name(token))
            scope = scope.bind("index", token, token=True)
            depth += 1
        else:
            holder = value
            value, pointer = call("get", value, Constant(step)), extended(pointer, joined([step]))
    if selector.subschemas:
        headers.append(For(("schema", "path", "level"), Call(walk, (value,))))
        scope = scope.bind("self", "schema").bind("path", "path").bind("depth", "level")
        return Loops(tuple(headers), Place(Name("schema"), extended(pointer, Name("path")), scope, depth))
    is_field = bool(selector.steps) and selector.steps[-1] != ANY
    if nulls and is_field:
        headers.append(If(call("has_key", holder, Constant(selector.steps[-1]))))
    elif is_field:
        name = local_name("value", scope)
        headers.append(If(Comparison(NamedValue(name, value), "is not", _NULL)))
        value = Name(name)
    elif selector.steps and not nulls:
        headers.append(If(Comparison(value, "is not", _NULL)))
    return Loops(tuple(headers), Place(value, pointer, scope.bind("self", value), depth))


def pointed(place: Place, point: tuple[str, ...]) -> Value:
    """The pointer of *point* below *place*."""
    return extended(place.pointer, joined(point)) if point else place.pointer
