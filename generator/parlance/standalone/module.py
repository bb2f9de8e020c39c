"""A program to the view of a module, and its text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..backends.python.text import WIDTH, docstring, literal, paragraph, verbatim
from ..emit.render import render
from .code import identifiers, lay_out
from .coverage import Coverages
from .embedding import embedded
from .ir import Program, Schema
from .kinds import Possibilities
from .names import CONTRIBUTING, Names
from .predicates import Predicates
from .reports import Reports

__all__ = ["ORIGIN", "Header", "module_text"]

ORIGIN = slice(5, 7)
"""The lines that say from what and how a module was made: another way to call the same file makes nothing stale.

No text from outside stands before them. Python looks for an encoding in the first two lines, and editors for settings
in the first five.
"""

_TEMPLATE = "python/standalone.py.j2"
_FIRST = ("Violation",)
_KEPT = "\N{NO-BREAK SPACE}"
"""Stands for a space at which no line ends."""

_IMPORTS = {"bisect_right": "from bisect import bisect_right"}
_TYPES = ("Callable", "Iterable", "Iterator")
_ALIASES = {
    "PROGRAMS": 'Program: TypeAlias = "tuple[tuple[tuple[int, ...], ...], tuple[tuple[str, int, int], ...]]"'
}
_SIGNATURES = {
    "is": ("value: Json", "bool"),
    CONTRIBUTING: ("value: Json, seen: set[str | int]", "bool"),
    "check": ("value: Json, at: str, found: list[Violation]", "None"),
}
_PURPOSES = {
    "is": "Say whether a value is what {} asks for.",
    CONTRIBUTING: "Say whether a value is what {} asks for; add to *seen* what that evaluates.",
    "check": "Gather what keeps a value from being what {} asks for.",
}


@dataclass(frozen=True, slots=True)
class Header:
    """What a module says of itself."""

    source: str
    """The file with the schema."""

    command: str
    """What makes the module again."""

    title: str | None = None


def module_text(program: Program, header: Header, templates: Path) -> str:
    """The source of a module that checks values against the root of *program*."""
    return render(templates, _TEMPLATE, _view(program, header))


def _view(program: Program, header: Header) -> dict[str, Any]:
    names = Names(program)
    root = program.definitions[program.root]
    accept, gather = names.function("is", root), names.function("check", root)
    written = sorted(_Writer(names).functions([accept, gather]), key=lambda pair: pair[0])
    functions = [text for _, text in written]
    used = identifiers("\n".join(functions))
    constants = {name: text for name, text in names.constants.items() if name in used}
    if "searched" in used:
        constants["PROGRAMS"] = _programs(program, "\n".join(functions))
    first = embedded(_FIRST)
    wanted = embedded(used | identifiers("\n".join(constants.values())), without=constants)
    helpers = [text for text in wanted if text not in first]
    words = identifiers("\n".join(helpers))
    return {
        "source": verbatim(header.source),
        "command": verbatim(header.command),
        "title": paragraph(header.title) if header.title else None,
        "imports": [line for word, line in _IMPORTS.items() if word in words],
        "types": ", ".join(word for word in _TYPES if word in words or word == "Iterator"),
        "aliases": [line for word, line in _ALIASES.items() if word in words or word in constants],
        "first": first,
        "accept": accept,
        "gather": gather,
        "constants": list(constants.values()),
        "functions": functions,
        "helpers": helpers,
    }


def _programs(program: Program, code: str) -> str:
    """The constant that holds what searches for the regular expressions of the *code*."""
    lines = ["PROGRAMS: dict[str, Program] = {"]
    for pattern, parts in program.searches.items():
        if literal(pattern) in code:
            rows = [row for part in parts for row in _rows(part, "        ")]
            lines += [f"    {literal(pattern)}: (", *rows, "    ),"]
    return "\n".join([*lines, "}"])


def _rows(items: tuple[tuple[object, ...], ...], indent: str) -> Iterator[str]:
    """A tuple of tuples, on lines of the usual width; only numbers are broken apart."""
    room = WIDTH - len(indent) - 4
    words = [f"{literal(item)},".replace(" ", _KEPT) for item in items]
    text = " ".join(word if len(word) <= room else word.replace(f",{_KEPT}", ", ") for word in words)
    yield f"{indent}("
    for line in textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False):
        yield f"{indent}    {line.replace(_KEPT, ' ')}"
    yield f"{indent}),"




class _Writer:
    """Writes the functions that are asked for, and those that they ask for."""

    def __init__(self, names: Names) -> None:
        self._names = names
        coverages, possibilities = Coverages(names.program), Possibilities(names.program)
        self._predicates = Predicates(names, coverages, possibilities)
        self._reports = Reports(names, coverages, possibilities, self._predicates)

    def functions(self, names: Iterable[str]) -> Iterator[tuple[int, str]]:
        """The source of these functions and of those that they call, and where the group of each stands."""
        order = list(_SIGNATURES)
        pending = dict.fromkeys(names)
        done: set[str] = set()
        while pending:
            name = next(iter(pending))
            del pending[name]
            done.add(name)
            does, schema = self._names.functions[name]
            text = self._function(does, schema)
            yield order.index(does), text
            pending.update(dict.fromkeys(sorted(identifiers(text) & self._names.functions.keys() - done)))

    def _function(self, does: str, schema: Schema) -> str:
        match does:
            case "is":
                body = self._predicates.body(schema)
            case "check":
                body = self._reports.body(schema)
            case _:
                body = self._predicates.covering_body(schema)
        arguments, result = _SIGNATURES[does]
        purpose = _purpose(does, schema.key.place)
        start = f"def {self._names.function(does, schema)}({arguments}) -> {result}:"
        return "\n".join([start, f"    {purpose}", *lay_out(body)])


def _purpose(does: str, place: str) -> str:
    text = _PURPOSES[does].format("the schema" if place == "#" else place)
    short = docstring(text, 4)
    return docstring(f"{_PURPOSES[does].format('a schema')}\n\n{place}", 4) if "\n" in short else short
