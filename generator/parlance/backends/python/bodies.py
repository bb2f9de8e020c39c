"""Statements of a program as trees of Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from ...program import ir
from .syntax import (
    Assign,
    Attribute,
    Call,
    Comparison,
    Constant,
    DictDisplay,
    Evaluate,
    For,
    If,
    Item,
    ListDisplay,
    Name,
    NamedValue,
    Return,
    Statement,
    TupleDisplay,
    Value,
    call,
    nested,
)
from .values import python_value

__all__ = ["Body"]

_NULL, _EMPTY = Constant(None), ListDisplay(())
_FOUND = Name("found")
"""What gathers findings, and knows the schemas that were walked."""
_SUBSCHEMAS = Name("subschemas")

_GATHERED: Mapping[ir.Gathered, tuple[Value, str]] = {
    "value": (_NULL, "Json"),
    "values": (_EMPTY, "list[Json]"),
    "keys": (call("set"), "set[object]"),
    "pairs": (_EMPTY, "list[tuple[str, Json, Json, bool, Json]]"),
    "symbols": (_EMPTY, "list[tuple[str, Json]]"),
    "edits": (_EMPTY, "list[Edit]"),
}
"""What a variable has at first, and its annotation."""


@dataclass(frozen=True, slots=True)
class Body:
    """The body of one function."""

    rule: str = ""
    """The constant of the rule that it reports."""

    routines: Mapping[ir.Routine, str] = field(default_factory=dict["ir.Routine", str])
    """The names of the functions whose results are asked for."""

    subschemas: Value = _SUBSCHEMAS
    """What leads from a schema to all that are in it."""

    _declared: set[str] = field(default_factory=set[str])

    @classmethod
    def of_check(cls, rule: str, routines: Mapping[ir.Routine, str]) -> Body:
        """The body of a function that has `found`, which remembers the schemas that it was asked for."""
        return cls(rule, routines, Attribute(_FOUND, "schemas"))

    def statements(self, body: ir.Body) -> tuple[Statement, ...]:
        """Statements as Python."""
        return tuple(line for each in body for line in self._statement(each))

    def _statement(self, statement: ir.Statement) -> Iterator[Statement]:
        match statement:
            case ir.Each(of, token, item, body):
                yield from nested([For((token, item), call("entries", python_value(of)))], self.statements(body))
            case ir.EachSchema(of, schema, path, level, body):
                schemas = call(self.subschemas, python_value(of))
                yield from nested([For((schema, path, level), schemas)], self.statements(body))
            case ir.At(value, name, body):
                is_there = Comparison(NamedValue(name, python_value(value)), "is not", _NULL)
                yield from nested([If(is_there)], self.statements(body))
            case ir.If(test, body):
                yield If(python_value(test), self.statements(body))
            case ir.Let(name, value):
                yield Assign(name, python_value(value))
            case ir.Gather(name, kind):
                yield self._first(name, *_GATHERED[kind])
            case ir.Assign(to, value):
                yield Assign(to.name, python_value(value))
            case ir.Return(value):
                yield Return(python_value(value))
            case ir.Add() | ir.AddKey() | ir.Edit():
                yield Evaluate(_added(statement))
            case ir.Report() | ir.ReportPairs() | ir.CheckSequence() | ir.CheckKeywords():
                yield self._reported(statement)
            case _:
                assert_never(statement)

    def _first(self, name: str, value: Value, annotation: str) -> Assign:
        """What a variable has at first; its type is declared once in a function."""
        is_new = name not in self._declared
        self._declared.add(name)
        return Assign(name, value, annotation if is_new else "")

    def _reported(
        self, statement: ir.Report | ir.ReportPairs | ir.CheckSequence | ir.CheckKeywords
    ) -> Statement:
        rule = Name(self.rule)
        match statement:
            case ir.Report(pointer, values):
                given = DictDisplay(tuple((name, python_value(value)) for name, value in values))
                return Evaluate(self._case(python_value(pointer), given))
            case ir.ReportPairs(routine, kind):
                once = call(Attribute(_FOUND, "once"), Name(self.routines[routine]), Name("root"))
                report = Evaluate(self._case(Name("pointer"), Name("values")))
                return For(("pointer", "values"), Item(once, Constant(kind)), (report,))
            case ir.CheckSequence(symbols, first, last, following):
                after = DictDisplay(tuple((symbol, Constant(allowed)) for symbol, allowed in following))
                bounds = (Constant(first), Constant(last))
                return Evaluate(call("check_sequence", rule, python_value(symbols), *bounds, after, _FOUND))
            case ir.CheckKeywords(schema, pointer):
                check = Attribute(Name(f"{self.rule}_KEYWORDS"), "check")
                return Evaluate(call(check, rule, python_value(schema), python_value(pointer), _FOUND))
            case _:
                assert_never(statement)

    def _case(self, pointer: Value, values: Value) -> Value:
        return call(Attribute(_FOUND, "append"), call(Attribute(Name(self.rule), "at"), pointer, values))


def _added(statement: ir.Add | ir.AddKey | ir.Edit) -> Call:
    """A call that adds to what is gathered."""
    append = Attribute(Name(statement.to.name), "append")
    match statement:
        case ir.Add(_, (value,)):
            return call(append, python_value(value))
        case ir.Add(_, row):
            return call(append, TupleDisplay(tuple(map(python_value, row))))
        case ir.AddKey(to, key):
            return call(Attribute(Name(to.name), "add"), call("comparable", python_value(key)))
        case ir.Edit(_, operation, pointer, name, value):
            given = [Constant(operation), python_value(pointer)]
            given += [] if name is None and value is None else [Constant(name)]
            given += [] if value is None else [python_value(value)]
            return call(append, call("Edit", *given))
        case _:
            assert_never(statement)
