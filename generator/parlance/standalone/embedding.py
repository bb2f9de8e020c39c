"""The definitions of `runtime` that a module needs, as source text, each after what it is made of."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable
from functools import cache
from typing import NamedTuple

from ..runtime.source import definitions_of

__all__ = ["embedded"]

_MODULES = (
    ("parlance.runtime", "values"),
    *(("parlance.standalone.runtime", name) for name in ("values", "dates", "hosts", "identifiers", "expressions")),
    ("parlance.standalone.runtime", "searching"),
    ("parlance.regex", "engine"),
)


class _Definition(NamedTuple):
    text: str
    uses: frozenset[str]


def embedded(names: Iterable[str], without: Collection[str] = ()) -> list[str]:
    """The source of *names* and of all that they use but for some, in the order of the runtime's modules."""
    definitions = {name: definition for name, definition in _definitions().items() if name not in without}
    needed: set[str] = set()
    ahead = [name for name in names if name in definitions]
    while ahead:
        name = ahead.pop()
        if name not in needed:
            needed.add(name)
            ahead += definitions[name].uses & definitions.keys()
    return [definition.text for name, definition in definitions.items() if name in needed]


@cache
def _definitions() -> dict[str, _Definition]:
    found: dict[str, tuple[str, ast.stmt]] = {}
    for package, module in _MODULES:
        found |= definitions_of(package, module)
    return {
        name: _Definition(text, frozenset(_names(node)) & found.keys() - {name}) for name, (text, node) in found.items()
    }


def _names(node: ast.stmt) -> Iterable[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            yield each.id
