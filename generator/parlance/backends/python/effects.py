"""Statements of a program that report or gather something, as Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, assert_never

from ...program import ir
from ...regex import translated
from .syntax import (
    Attribute,
    Call,
    Comprehension,
    Constant,
    DictDisplay,
    Evaluate,
    For,
    Item,
    Name,
    Statement,
    TupleDisplay,
    Value,
    call,
    tuple_of,
)
from .values import Values

__all__ = ["FOUND", "Effect", "Effects"]

FOUND = Name("found")
"""What gathers findings, and knows the schemas that were walked."""

_Report: TypeAlias = ir.Report | ir.ReportPairs | ir.CheckSequence | ir.CheckKeywords

_Added: TypeAlias = ir.Add | ir.AddAll | ir.AddKey | ir.AddViolation | ir.Edit
Effect: TypeAlias = _Report | _Added | ir.Evaluate | ir.CloseId | ir.Call | ir.CheckValue


@dataclass(frozen=True, slots=True)
class Effects:
    """Says such statements in Python."""

    values: Values = field(default_factory=Values)
    rule: str = ""
    """The constant of the rule that is reported."""

    routines: Mapping[ir.Routine, str] = field(default_factory=dict["ir.Routine", str])
    """The names of the functions whose results are asked for."""

    def statement(self, effect: Effect) -> Statement:
        """Any of them."""
        match effect:
            case ir.ReportPairs(routine, kind):
                once = call(Attribute(FOUND, "once"), Name(self.routines[routine]), Name("root"))
                report = Evaluate(self._case(Name("pointer"), Name("values")))
                return For(("pointer", "values"), Item(once, Constant(kind)), (report,))
            case ir.Report() | ir.CheckSequence() | ir.CheckKeywords():
                return Evaluate(self._reported(effect))
            case ir.Evaluate(test):
                return Evaluate(self.values.value(test))
            case ir.Add() | ir.AddAll() | ir.AddKey() | ir.AddViolation() | ir.Edit():
                return Evaluate(self._added(effect))
            case ir.CloseId(ids, closed):
                # Where it is not open, the error that this raises ends the gate.
                return Evaluate(call(Attribute(Name(ids.name), "remove"), self.values.value(closed)))
            case ir.Call() | ir.CheckValue():
                return Evaluate(self._called(effect))
            case _:
                assert_never(effect)

    def _reported(self, effect: ir.Report | ir.CheckSequence | ir.CheckKeywords) -> Call:
        rule, value = Name(self.rule), self.values.value
        match effect:
            case ir.Report(pointer, values):
                given = DictDisplay(tuple((name, value(each)) for name, each in values))
                return self._case(value(pointer), given)
            case ir.CheckSequence(symbols, first, last, following):
                after = DictDisplay(tuple((symbol, Constant(allowed)) for symbol, allowed in following))
                return call("check_sequence", rule, value(symbols), Constant(first), Constant(last), after, FOUND)
            case ir.CheckKeywords(schema, pointer):
                check = Attribute(Name(f"{self.rule}_KEYWORDS"), "check")
                return call(check, rule, value(schema), value(pointer), FOUND)
            case _:
                assert_never(effect)

    def _case(self, pointer: Value, values: Value) -> Call:
        return call(Attribute(FOUND, "append"), call(Attribute(Name(self.rule), "at"), pointer, values))

    def _added(self, effect: _Added) -> Call:
        """A call that adds to what is gathered."""
        value = self.values.value
        gathered = FOUND if isinstance(effect, ir.AddViolation) else Name(effect.to.name)
        append = Attribute(gathered, "append")
        match effect:
            case ir.AddViolation(pointer, keyword, place, message):
                made = call("Violation", value(pointer), Constant(keyword), Constant(place), value(message))
                return call(append, made)
            case ir.AddAll(_, values):
                return call(Attribute(gathered, "update"), self._members(values))
            case ir.Add(_, (only,)):
                return call(append, value(only))
            case ir.Add(_, row):
                return call(append, TupleDisplay(tuple(map(value, row))))
            case ir.AddKey(to, key):
                return call(Attribute(Name(to.name), "add"), call("comparable", value(key)))
            case ir.Edit(_, operation, pointer, name, made):
                given = [Constant(operation), value(pointer)]
                given += [] if name is None and made is None else [Constant(name)]
                given += [] if made is None else [value(made)]
                return call(append, call("Edit", *given))
            case _:
                assert_never(effect)

    def _members(self, values: ir.Value) -> Value:
        """What a set is updated by."""
        match values:
            case ir.Collected(ir.Walk(variable, of, "object"), ir.Variable(key), ir.In(ir.Variable(name), table)) if (
                variable == key == name and isinstance(table, ir.Table)
            ):
                return call(Attribute(self.values.value(table), "intersection"), self.values.value(of))
            case _:
                made = self.values.value(values)
                return replace(made, brackets="()") if isinstance(made, Comprehension) else made

    def _called(self, effect: ir.Call | ir.CheckValue) -> Call:
        """A call that collects faults."""
        pointer, value = self.values.value(effect.pointer), self.values.value
        match effect:
            case ir.CheckValue(definition, of):
                return call(self.values.names.check(definition), value(of), pointer, FOUND)
            case ir.Call(function, of, _, arguments, facts):
                subject = () if of is None else (value(of),)
                doubtful = effect.doubtful
                found = call("Doubting", FOUND, tuple_of(doubtful)) if doubtful else FOUND
                given = (*subject, pointer, found, *map(value, arguments))
                return Call(Name(function), given, tuple(self._facts(facts)))
            case _:
                assert_never(effect)

    def _facts(self, facts: tuple[tuple[str, ir.Value], ...]) -> Iterator[tuple[str, Value]]:
        """Arguments by name; a pattern is shown as it is, and searched for as Python has it."""
        for name, value in facts:
            yield name, self.values.value(value)
            if name == "pattern" and isinstance(value, ir.Constant):
                yield "search", Constant(translated(str(value.value)))
