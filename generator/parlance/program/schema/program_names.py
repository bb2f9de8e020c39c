"""What the definitions and tables of a program are called, and which of them it needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

from ...finding.pointer import tokens
from ...runtime.python.equality import comparable
from .. import ir
from .requirements import JsonValue, Key, Program, Schema

__all__ = ["Does", "ProgramNames", "RoutineTable", "Table"]

_STRUCTURE = frozenset({"properties", "$defs", "definitions", "patternProperties", "dependentSchemas", "dependencies"})
_WORD = re.compile(r"[A-Za-z0-9]+")
_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LONGEST = 48

Does: TypeAlias = Literal["is", "covers", "check"]
"""What a routine does for a schema: say whether a value satisfies it, gather what it evaluates as well, or collect what
is wrong."""


@dataclass(frozen=True, slots=True)
class RoutineTable:
    """The routine that says whether a property is good, by the property's name."""

    routines: tuple[tuple[str, str], ...]


Table: TypeAlias = tuple[str, ...] | ir.Constant | RoutineTable
"""Texts that are asked for as a set, a value, or routines by name."""


class ProgramNames:
    """Hands out names, and remembers what was asked for."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.tables: dict[str, Table] = {}
        """What each table holds, by its name."""

        self.routines: dict[tuple[Does, str], Schema] = {}
        """The schema of each routine that was asked for. Not every request is kept."""

        self._stems: dict[Key, str] = {}
        self._taken: set[str] = set()
        self._known: dict[object, str] = {}
        self._tests: dict[ir.Value, Schema] = {}

    def routine(self, does: Does, schema: Schema) -> str:
        """The name of a routine that *does* something for a schema, after that; it will be made."""
        stem = self.stem(schema.key)
        self.routines.setdefault((does, stem), schema)
        return stem

    def shared(self, test: ir.Value, schema: Schema, words: str | None) -> str:
        """The name of a routine that only makes a *test* of a value, one for all schemas that ask the same.

        It is called by *words* for what it accepts, or by the place of the first of the schemas.
        """
        found = schema if words is None else Schema(Key(words), schema.rules)
        return self.routine("is", self._tests.setdefault(test, found))

    def stem(self, key: Key) -> str:
        """A name for a schema of where it stands."""
        if key not in self._stems:
            base = _stem(key.place)
            stem, number = base, 2
            while stem in self._taken:
                stem, number = f"{base}_{number}", number + 1
            self._taken.add(stem)
            self._stems[key] = stem
        return self._stems[key]

    def fields(self, names: Iterable[str], key: Key) -> ir.Table:
        """A table of names of properties."""
        texts = tuple(dict.fromkeys(names))
        return ir.Table("fields", self._table(texts, texts, f"names_{self.stem(key)}"))

    def members(self, texts: Iterable[str], key: Key) -> ir.Table:
        """A table of strings that are accepted."""
        texts = tuple(dict.fromkeys(texts))
        return ir.Table("members", self._table(texts, texts, f"values_{self.stem(key)}"))

    def constant(self, value: JsonValue, key: Key) -> ir.Table:
        """A table of one array or object, which may be deep."""
        wish = f"value_{self.stem(key)}"
        return ir.Table("constant", self._table(ir.Constant(value), repr(comparable(value)), wish))

    def routine_table(self, by_name: Iterable[tuple[str, str]], key: Key) -> ir.Table:
        """A table of routines that say whether a property of each name is good."""
        table = RoutineTable(tuple(by_name))
        return ir.Table("routines", self._table(table, table, f"tests_{self.stem(key)}"))

    def _table(self, table: Table, known_by: object, wish: str) -> str:
        if known_by not in self._known:
            name, number = wish, 2
            while name in self.tables:
                name, number = f"{wish}_{number}", number + 1
            self._known[known_by] = name
            self.tables[name] = table
        return self._known[known_by]


def _stem(place: str) -> str:
    label, _, pointer = place.partition("#")
    words = [PurePosixPath(label).stem] if label else []
    words += [token for token in tokens(pointer) if token not in _STRUCTURE]
    text = " ".join(words) or "root"
    name = "_".join(_WORD.findall(_BOUNDARY.sub("_", text))).lower()
    while len(name) > _LONGEST and "_" in name:
        name = name.partition("_")[2]
    return name[:_LONGEST].strip("_") or "schema"
