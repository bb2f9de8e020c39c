"""A program of schemas to one of no language: the routines that say whether a value is valid, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .. import ir
from ..logic import nodes
from .coverage import Coverages
from .messages import Spelling
from .nearness import Nearness
from .possible_kinds import Possibilities
from .program_names import Does, ProgramNames, RoutineTable, Table
from .reports import Reports
from .requirements import Program, Schema
from .schema_predicates import Predicates
from .tags import Tags

__all__ = ["Lowered", "SchemaRoutine", "lowered"]


@dataclass(frozen=True, slots=True)
class SchemaRoutine:
    """What is done for one schema: over `value`, with what is `seen`, or with the pointer `at`."""

    does: Does
    name: str
    place: str
    """Where the schema stands, or in words what several schemas accept: `a string or null`."""

    body: ir.Body


@dataclass(frozen=True, slots=True)
class Lowered:
    """A program of no language."""

    root: str
    """The name of the routines for the root."""

    routines: tuple[SchemaRoutine, ...]
    """Those that are needed, each after one that asks for it."""

    tables: dict[str, Table]
    """What they ask for that is known beforehand, and perhaps more."""


def lowered(program: Program, spell: Spelling) -> Lowered:
    """The routines that judge a value by the root of *program*, and all that these ask; *spell* writes messages."""
    names = ProgramNames(program)
    root = program.definitions[program.root]
    names.routine("is", root)
    stem = names.routine("check", root)
    return Lowered(stem, tuple(_Lowering(names, spell).routines()), names.tables)


class _Lowering:
    """Makes the routines that are asked for, and those that they ask for."""

    def __init__(self, names: ProgramNames, spell: Spelling) -> None:
        self._names = names
        coverages, possibilities = Coverages(names.program), Possibilities(names.program)
        tags = Tags(names.program, possibilities)
        self._predicates = Predicates(names, coverages, tags)
        self._reports = Reports(names, coverages, Nearness(names, possibilities), self._predicates, spell)

    def routines(self) -> Iterator[SchemaRoutine]:
        """The routines of all names that were handed out and that something asks for."""
        pending = dict.fromkeys(self._names.routines)
        done: set[tuple[Does, str]] = set()
        while pending:
            does, name = key = next(iter(pending))
            del pending[key]
            done.add(key)
            schema = self._names.routines[key]
            body = tuple(self._body(does, schema))
            yield SchemaRoutine(does, name, schema.key.place, body)
            pending |= dict.fromkeys(sorted({*self._asked(body)} - done))

    def _body(self, does: Does, schema: Schema) -> list[ir.Statement]:
        match does:
            case "is":
                return self._predicates.body(schema)
            case "covers":
                return self._predicates.covering_body(schema)
            case "check":
                return self._reports.body(schema)

    def _asked(self, body: ir.Body) -> Iterator[tuple[Does, str]]:
        """The routines that a body asks."""
        for node in nodes(body):
            match node:
                case ir.Conforms(_, name, evaluated):
                    yield "is" if evaluated is None else "covers", name
                case ir.CheckValue(name):
                    yield "check", name
                case ir.EachByName(table=ir.Table(_, name)):
                    table = self._names.tables[name]
                    assert isinstance(table, RoutineTable)  # noqa: S101 what such a loop looks up
                    for _, routine in table.routines:
                        yield "is", routine
                case _:
                    pass
