"""A JSON Schema, judged by its program: what a module of `--from-schema` does, without any code that was generated."""

from __future__ import annotations

from typing import Any

from parlance.backends.python.text import literal
from parlance.program import ir
from parlance.program.schema.lowering import lowered
from parlance.program.schema.program_names import RoutineTable
from parlance.program.schema.requirements import Program
from parlance.schema_compiler.runtime.json_values import Violation

from .running import returned
from .values import DEFINITIONS

__all__ = ["OF_SCHEMAS", "InterpretedSchema"]

OF_SCHEMAS = {ir.Counted, ir.HowMany, ir.Indexes, ir.Message, ir.AddAll, ir.AddViolation, ir.EachByName, ir.Evaluate}
"""What programs of rules and of contracts do not need."""


class InterpretedSchema:
    """A schema with all that it refers to."""

    def __init__(self, program: Program) -> None:
        made = lowered(program, literal)
        self.bodies = {(routine.does, routine.name): routine.body for routine in made.routines}
        self._root, self._tables = made.root, made.tables

    def is_valid(self, value: Any) -> bool:
        """Whether a value satisfies the schema."""
        return self.conforms(self._root, value)

    def violations(self, value: Any) -> list[Violation]:
        """Everything that is wrong with a value."""
        found: list[Violation] = []
        self.check(self._root, value, "", found)
        return found

    def conforms(self, name: str, value: Any) -> bool:
        """Whether a value satisfies one of the schemas."""
        return self._verdict(self.bodies["is", name], value)

    def covers(self, name: str, value: Any, seen: set[str | int]) -> bool:
        """The same; what is evaluated of the value is added to *seen*."""
        return self._verdict(self.bodies["covers", name], value, seen=seen)

    def check(self, name: str, value: Any, at: str, found: list[Violation]) -> None:
        """Add what is wrong with a value by one of the schemas."""
        returned(self.bodies["check", name], {"value": value, "at": at, DEFINITIONS: self}, found)

    def table(self, kind: str, name: str) -> Any:
        """What is known beforehand: texts, a value, or routines by name."""
        table = self._tables[name]
        if isinstance(table, RoutineTable):
            assert kind == "routines"
            return dict(table.routines)
        assert isinstance(table, ir.Constant) == (kind == "constant")
        return table.value if isinstance(table, ir.Constant) else frozenset(table)

    def _verdict(self, body: ir.Body, value: Any, **given: Any) -> bool:
        verdict = returned(body, {"value": value, DEFINITIONS: self, **given}, [])
        assert verdict is True or verdict is False
        return verdict
