"""The definitions of `runtime` that a module needs, as source text, each after what it is made of."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["embedded"]

_MODULES = (
    ("parlance.runtime.python", "values"),
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
        found |= _definitions_of(package, module)
    return {
        name: _Definition(text, frozenset(_names(node)) & found.keys() - {name}) for name, (text, node) in found.items()
    }


def _definitions_of(package: str, module: str) -> dict[str, tuple[str, ast.stmt]]:
    """The text and the tree of each function, class and constant of a module of ours, by name."""
    source = (files(package) / f"{module}.py").read_text("utf-8")
    found: dict[str, tuple[str, ast.stmt]] = {}
    lines = source.split("\n")
    for node in ast.parse(source).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                pass
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                pass
            case _:
                continue
        start = node.lineno - 1
        while lines[start - 1].startswith("#"):
            start -= 1
        found[name] = ("\n".join(lines[start : node.end_lineno]), node)
    return found


def _names(node: ast.stmt) -> Iterable[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            yield each.id
