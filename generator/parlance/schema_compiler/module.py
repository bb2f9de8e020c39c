"""A program to the view of a module, and its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..backends.python.printing import STEP, lines_of
from ..backends.python.syntax import Call, Constant, Function, Name, Statement, nodes, used_names
from ..backends.python.text import WIDTH, docstring, filled, literal, paragraph, verbatim
from ..emit.render import render
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
_IMPORTS = {"bisect_right": "from bisect import bisect_right"}
_TYPES = ("Callable", "Iterable", "Iterator")
_ALIASES = {
    "PROGRAMS": 'Program: TypeAlias = "tuple[tuple[tuple[int, ...], ...], tuple[tuple[str, int, int], ...]]"'
}
_SIGNATURES = {
    "is": ((("value", "Json"),), "bool"),
    CONTRIBUTING: ((("value", "Json"), ("seen", "set[str | int]")), "bool"),
    "check": ((("value", "Json"), ("at", "str"), ("found", "list[Violation]")), "None"),
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
    writer = _Writer(names)
    functions, used = writer.functions([accept, gather]), writer.used
    constants = {name: _text(constant) for name, constant in names.constants.items() if name in used}
    if "searched" in used:
        constants["PROGRAMS"] = _programs(program, functions)
    first = embedded(_FIRST)
    helpers = [definition for definition in embedded(used, without=constants) if definition not in first]
    words = {name for definition in helpers for name in definition.uses}
    return {
        "source": verbatim(header.source),
        "command": verbatim(header.command),
        "title": paragraph(header.title) if header.title else None,
        "imports": [line for word, line in _IMPORTS.items() if word in words],
        "types": ", ".join(word for word in _TYPES if word in words or word == "Iterator"),
        "aliases": [line for word, line in _ALIASES.items() if word in words or word in constants],
        "first": [definition.text for definition in first],
        "accept": accept,
        "gather": gather,
        "constants": list(constants.values()),
        "functions": [*map(_text, functions)],
        "helpers": [definition.text for definition in helpers],
    }


def _text(statement: Statement) -> str:
    return "\n".join(lines_of([statement], ""))


def _programs(program: Program, functions: Iterable[Function]) -> str:
    """The constant that holds what searches for the regular expressions that *functions* search for."""
    calls = (node for function in functions for node in nodes(function) if isinstance(node, Call))
    searched = {call.arguments[0] for call in calls if call.function == Name("searched")}
    lines = ["PROGRAMS: dict[str, Program] = {"]
    for pattern, parts in program.searches.items():
        if Constant(pattern) in searched:
            lines.append(f"{STEP}{literal(pattern)}: (")
            for part in parts:
                lines += [f"{STEP * 2}(", *_rows(part, STEP * 3), f"{STEP * 2}),"]
            lines.append(f"{STEP}),")
    return "\n".join([*lines, "}"])


def _rows(items: Iterable[tuple[object, ...]], indent: str) -> Iterator[str]:
    """Tuples one after the other on lines of the usual width; a longer one is broken between its parts."""
    words: list[str] = []
    for item in items:
        whole = f"{literal(item)},"
        if len(indent) + len(whole) <= WIDTH:
            words.append(whole)
        else:
            first, *middle, last = map(literal, item)
            words += [f"({first},", *(f"{each}," for each in middle), f"{last}),"]
    return (f"{indent}{line}" for line in filled(words, len(indent)))


class _Writer:
    """Writes the functions that are asked for, and those that they ask for."""

    def __init__(self, names: Names) -> None:
        self._names = names
        coverages, possibilities = Coverages(names.program), Possibilities(names.program)
        self._predicates = Predicates(names, coverages, possibilities)
        self._reports = Reports(names, coverages, possibilities, self._predicates)
        self.used: set[str] = set()
        """The names that the functions read."""

    def functions(self, names: Iterable[str]) -> list[Function]:
        """These functions and those that they call, those that do the same side by side."""
        groups: dict[str, list[Function]] = {does: [] for does in _SIGNATURES}
        pending = dict.fromkeys(names)
        done: set[str] = set()
        while pending:
            name = next(iter(pending))
            del pending[name]
            done.add(name)
            does, schema = self._names.functions[name]
            function = self._function(name, does, schema)
            groups[does].append(function)
            used = {*used_names(function)}
            self.used |= used
            pending |= dict.fromkeys(sorted(used & self._names.functions.keys() - done))
        return [function for group in groups.values() for function in group]

    def _function(self, name: str, does: str, schema: Schema) -> Function:
        match does:
            case "is":
                body = self._predicates.body(schema)
            case "check":
                body = self._reports.body(schema)
            case _:
                body = self._predicates.covering_body(schema)
        parameters, result = _SIGNATURES[does]
        return Function(name, parameters, result, _summary(does, schema.key.place), tuple(body))


def _summary(does: str, place: str) -> str:
    """What a function does, with the place of its schema in a line of its own where one line is too short for both."""
    text = _PURPOSES[does].format("the schema" if place == "#" else place)
    fits = "\n" not in docstring(text, len(STEP))
    return text if fits else f"{_PURPOSES[does].format('a schema')}\n\n{place}"
