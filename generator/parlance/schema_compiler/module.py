"""A program to the view of a module, and its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, cast

from ..backends.python.bodies import Body
from ..backends.python.character_sets import character_set
from ..backends.python.names import SchemaNames
from ..backends.python.printing import STEP, lines_of
from ..backends.python.syntax import (
    Assign,
    Constant,
    DictDisplay,
    Function,
    Name,
    SetDisplay,
    Statement,
    Value,
    call,
    tuple_of,
    used_names,
)
from ..backends.python.text import WIDTH, docstring, filled, literal, paragraph, verbatim
from ..program import ir
from ..program.logic import nodes
from ..program.schema.lowering import Lowered, SchemaRoutine, lowered
from ..program.schema.program_names import Does, RoutineTable
from ..program.schema.requirements import Program
from ..regex import translated
from ..runtime.python.equality import comparable
from .embedding import embedded
from .python_types import PythonTypes

__all__ = ["ORIGIN", "Header", "SchemaCode", "module_text", "schema_code"]

ORIGIN = slice(5, 7)
"""The lines that say from what and how a module was made: another way to call the same file makes nothing stale.

No text from outside stands before them. Python looks for an encoding in the first two lines, and editors for settings
in the first five.
"""

_LONGEST_PATTERN = 60
"""Characters: what fits into one line beside the call."""

_TEMPLATE = "python/standalone.py.j2"
_FIRST = ("Violation",)
_IMPORTS = {"bisect_right": "from bisect import bisect_right"}
_TYPES = ("Callable", "Iterable", "Iterator")
_ROUTINES = "dict[str, Callable[[Json], bool]]"
_ALIASES = {"PROGRAMS": 'Program: TypeAlias = "tuple[tuple[tuple[int, ...], ...], tuple[tuple[str, int, int], ...]]"'}
_SIGNATURES: Mapping[Does, tuple[tuple[tuple[str, str], ...], str]] = {
    "is": ((("value", "Json"),), "bool"),
    "covers": ((("value", "Json"), ("seen", "set[str | int]")), "bool"),
    "check": ((("value", "Json"), ("at", "str"), ("found", "list[Violation]")), "None"),
}
_PURPOSES: Mapping[Does, str] = {
    "is": "Say whether a value is what {} asks for.",
    "covers": "Say whether a value is what {} asks for; add to *seen* what that evaluates.",
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


def module_text(program: Program, header: Header, templates: Path, types: PythonTypes | None = None) -> str:
    """The source of a module that checks values against the root of *program*, with *types* beside the checks."""
    from ..emit.render import render  # a module that is not written needs no template

    view = _view(program, header)
    view["type_imports"] = types.imports if types else ()
    view["type_definitions"] = types.text if types else ""
    view["exports"] = ", ".join(
        map(literal, sorted(["Violation", "check", "is_valid", *(types.names if types else ())]))
    )
    return render(templates, _TEMPLATE, view)


class SchemaCode(NamedTuple):
    """What checks values against a schema, as code that is in no file."""

    text: str
    accept: str
    """The function that says whether a value is valid."""

    gather: str
    """The one that gathers what is wrong with it."""


def schema_code(program: Program) -> SchemaCode:
    """The parts of a module that checks values against the root of *program*, without what people read of it."""
    view = _view(program, Header("", ""))
    parts = ["from __future__ import annotations", *view["imports"], "TYPE_CHECKING = False", *view["first"]]
    parts += [*view["constants"], *view["functions"], *view["tables"], *view["helpers"]]
    return SchemaCode("\n\n".join(parts), view["accept"], view["gather"])


def _view(program: Program, header: Header) -> dict[str, Any]:
    made = lowered(program, literal)
    names = SchemaNames(program.searches, _long_patterns(made))
    functions = [_function(routine, names) for does in _SIGNATURES for routine in made.routines if routine.does == does]
    used = {name for function in functions for name in used_names(function)}
    constants = {name: text for name, text in _constants(made, names) if name in used}
    if "searched" in used:
        constants["PROGRAMS"] = _programs(program, made)
    first = embedded(_FIRST)
    helpers = [definition for definition in embedded(used, without=constants) if definition not in first]
    by_name = [(name, table) for name, table in made.tables.items() if isinstance(table, RoutineTable)]
    tables = [_table(name, table, names) for name, table in by_name if names.constant(name) in used]
    words = {name for definition in helpers for name in definition.uses} | {"Callable" for _ in tables}
    return {
        "source": verbatim(header.source),
        "command": verbatim(header.command),
        "title": paragraph(header.title) if header.title else None,
        "imports": [line for word, line in _IMPORTS.items() if word in words],
        "types": ", ".join(word for word in _TYPES if word in words or word == "Iterator"),
        "aliases": [line for word, line in _ALIASES.items() if word in words or word in constants],
        "first": [definition.text for definition in first],
        "accept": names.predicate(made.root),
        "gather": names.check(made.root),
        "constants": list(constants.values()),
        "functions": [*map(_text, functions)],
        "tables": tables,
        "helpers": [definition.text for definition in helpers],
    }


def _text(statement: Statement) -> str:
    return "\n".join(lines_of([statement], ""))


def _constants(made: Lowered, names: SchemaNames) -> Iterator[tuple[str, str]]:
    """Each constant, by its name: a set of texts, a value as it is compared, or the characters of a text."""
    for name, table in made.tables.items():
        if not isinstance(table, RoutineTable):
            constant = names.constant(name)
            yield constant, _text(Assign(constant, _contents(table)))
    for pattern, constant in names.patterns.items():
        text = pattern if pattern in names.searches else translated(pattern)
        yield constant, _text(Assign(constant, Constant(text)))
    for node in (node for each in made.routines for node in nodes(each.body)):
        if isinstance(node, ir.Fits) and (only := character_set(node.pattern)) is not None:
            yield only.constant, _text(Assign(only.constant, Constant(only.characters)))


def _long_patterns(made: Lowered) -> dict[str, str]:
    """The constants of patterns that would fill lines wherever they are asked for, such as classes of all letters."""
    found = dict.fromkeys(
        node.pattern for each in made.routines for node in nodes(each.body) if isinstance(node, ir.Fits)
    )
    long = [
        pattern for pattern in found if character_set(pattern) is None and len(translated(pattern)) > _LONGEST_PATTERN
    ]
    return {pattern: f"_PATTERN_{number}" for number, pattern in enumerate(long, 1)}


def _table(name: str, table: RoutineTable, names: SchemaNames) -> str:
    """The functions by the names of properties, which stands behind the functions."""
    functions = tuple((key, Name(names.predicate(each))) for key, each in table.routines)
    return _text(Assign(names.constant(name), DictDisplay(functions), _ROUTINES))


def _contents(table: tuple[str, ...] | ir.Constant) -> Value:
    if isinstance(table, ir.Constant):
        # What `comparable` makes of an array or object is flat, however deep that is.
        return tuple_of(cast("tuple[object, ...]", comparable(table.value)))
    return call("frozenset", SetDisplay(tuple_of(table).items))


def _programs(program: Program, made: Lowered) -> str:
    """The constant that holds what searches for the regular expressions that routines search for."""
    searched = {node.pattern for each in made.routines for node in nodes(each.body) if isinstance(node, ir.Fits)}
    lines = ["PROGRAMS: dict[str, Program] = {"]
    for pattern, parts in program.searches.items():
        if pattern in searched:
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


def _function(routine: SchemaRoutine, names: SchemaNames) -> Function:
    does = routine.does
    by_purpose = {"is": names.predicate, "covers": names.covering, "check": names.check}
    parameters, result = _SIGNATURES[does]
    body = Body.of_schema(names).statements(routine.body)
    return Function(by_purpose[does](routine.name), parameters, result, _summary(does, routine.place), body)


def _summary(does: Does, place: str) -> str:
    """What a function does, with the place of its schema in a line of its own where one line is too short for both."""
    if "#" not in place:
        return f"Say whether a value is {place}."
    text = _PURPOSES[does].format("the schema" if place == "#" else place)
    fits = "\n" not in docstring(text, len(STEP))
    return text if fits else f"{_PURPOSES[does].format('a schema')}\n\n{place}"
