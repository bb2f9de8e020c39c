"""A selector as loops over a document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...contract.rules import ANY, Selector
from ...finding.pointer import joined
from ..python_text import literal
from .source import Scope, local_name

__all__ = ["Loops", "Place", "loops", "pointed"]

_PLAIN = re.compile(r"[A-Za-z0-9_.$-]+")
_ORDER = ("", "inner_", "innermost_")


@dataclass(frozen=True, slots=True)
class Place:
    """A value that source can mention, and the source of its pointer."""

    value: str
    pointer: str
    """Source: a string literal, an f-string or a variable."""

    scope: Scope
    depth: int = 0
    """How many loops stand around it."""


@dataclass(frozen=True, slots=True)
class Loops:
    """The headers to write, each inside the one before, and the place that they come to."""

    headers: tuple[str, ...]
    place: Place


def loops(selector: Selector, start: Place, *, nulls: bool = False, walk: str = "found.schemas") -> Loops:
    """From *start* to every place of *selector* that is there; one that is null is there only for *nulls*.

    *walk* is what leads from a schema to all that are in it.
    """
    headers: list[str] = []
    holder = ""
    value, pointer, scope, depth = start.value, start.pointer, start.scope, start.depth
    for step in selector.steps:
        if step == ANY:
            prefix = _ORDER[min(depth, len(_ORDER) - 1)]
            token, item = f"{prefix}index", f"{prefix}item"
            headers.append(f"for {token}, {item} in entries({value}):")
            value, pointer, scope = item, _indexed(pointer, token), scope.bind("index", token, token=True)
            depth += 1
        else:
            holder = value
            value, pointer = f"get({value}, {literal(step)})", _joined(pointer, _token(step))
    if selector.subschemas:
        headers.append(f"for schema, path, level in {walk}({value}):")
        scope = scope.bind("self", "schema").bind("path", "path").bind("depth", "level")
        return Loops(tuple(headers), Place("schema", _followed(pointer, "path"), scope, depth))
    if nulls and value.startswith("get("):
        headers.append(f"if has_key({holder}, {literal(selector.steps[-1])}):")
    elif selector.steps and value.startswith("get("):
        name = local_name("value", scope)
        headers.append(f"if ({name} := {value}) is not None:")
        value = name
    elif selector.steps and not nulls:
        headers.append(f"if {value} is not None:")
    return Loops(tuple(headers), Place(value, pointer, scope.bind("self", value), depth))


def pointed(place: Place, point: tuple[str, ...]) -> str:
    """Source for the pointer of *point* below *place*."""
    pointer = place.pointer
    for step in point:
        pointer = _joined(pointer, _token(step))
    return pointer


def _token(step: str) -> str:
    return joined([step])[1:]


def _joined(pointer: str, token: str) -> str:
    """The source of *pointer* with one more token, which is text of a spec."""
    if not _PLAIN.fullmatch(token):
        return f"{pointer} + {literal(f'/{token}')}"
    return _appended(pointer, token, "")


def _indexed(pointer: str, variable: str) -> str:
    """The source of *pointer* with the value of a variable as one more token."""
    return _appended(pointer, f"{{{variable}}}", "f")


def _appended(pointer: str, token: str, prefix: str) -> str:
    """With *token*, which is plain, or with *prefix* a part of an f-string."""
    if _is_string(pointer):
        inner = pointer.removeprefix("f")[1:-1]
        return f'{"f" if pointer.startswith("f") else prefix}"{inner}/{token}"'
    if pointer.isidentifier():
        return f'f"{{{pointer}}}/{token}"'
    return f'{pointer} + {prefix}"/{token}"'


def _followed(pointer: str, variable: str) -> str:
    """The source of *pointer* with what a variable says at its end."""
    if pointer == '""':
        return variable
    inner = pointer.removeprefix("f")[1:-1]
    return f'f"{inner}{{{variable}}}"' if _is_string(pointer) else f"{pointer} + {variable}"


def _is_string(pointer: str) -> bool:
    """Whether it is one literal."""
    return pointer.startswith(('f"', '"')) and pointer.endswith('"') and " + " not in pointer
