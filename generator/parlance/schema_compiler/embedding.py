"""The definitions of `runtime` that a module needs, as source text, each after what it is made of."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["RuntimeDefinition", "embedded", "run_time_names"]

_MODULES = (
    ("parlance.runtime.python", "equality"),
    *((f"{__package__}.runtime", name) for name in ("json_values", "dates", "hosts", "identifiers", "regex_format")),
    (f"{__package__}.runtime", "searching"),
    ("parlance.regex.linear", "linear_search"),
)


class RuntimeDefinition(NamedTuple):
    """A function, class or constant of the run time."""

    text: str
    uses: frozenset[str]
    """The names in it."""


def embedded(names: Iterable[str], without: Collection[str] = ()) -> list[RuntimeDefinition]:
    """What defines *names* and all that they use but for some, in the order of the runtime's modules."""
    definitions = {name: definition for name, definition in _definitions().items() if name not in without}
    needed: set[str] = set()
    ahead = [name for name in names if name in definitions]
    while ahead:
        name = ahead.pop()
        if name not in needed:
            needed.add(name)
            ahead += definitions[name].uses & definitions.keys()
    return [definition for name, definition in definitions.items() if name in needed]


def run_time_names() -> frozenset[str]:
    """What is defined in a module beside what its schema gives."""
    return frozenset(_definitions())


@cache
def _definitions() -> dict[str, RuntimeDefinition]:
    return {name: one for package, module in _MODULES for name, one in _definitions_of(package, module)}


def _definitions_of(package: str, module: str) -> Iterator[tuple[str, RuntimeDefinition]]:
    """Each function, class and constant of a module of ours, by name."""
    source = (files(package) / f"{module}.py").read_text("utf-8")
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
        uses = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        yield name, RuntimeDefinition("\n".join(lines[start : node.end_lineno]), frozenset(uses))
