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
            case ir.ReportPairs():
                once = call(Attribute(FOUND, "once"), Name(self.routines[effect.routine]), Name("root"))
                report = Evaluate(self._case(Name("pointer"), Name("values")))
                return For(("pointer", "values"), Item(once, Constant(effect.kind)), (report,))
            case ir.Report() | ir.CheckSequence() | ir.CheckKeywords():
                return Evaluate(self._reported(effect))
            case ir.Evaluate():
                return Evaluate(self.values.value(effect.test))
            case ir.Add() | ir.AddAll() | ir.AddKey() | ir.AddViolation() | ir.Edit():
                return Evaluate(self._added(effect))
            case ir.CloseId():
                # Where it is not open, the error that this raises ends the gate.
                return Evaluate(call(Attribute(Name(effect.ids.name), "remove"), self.values.value(effect.closed)))
            case ir.Call() | ir.CheckValue():
                return Evaluate(self._called(effect))
            case _:
                assert_never(effect)

    def _reported(self, effect: ir.Report | ir.CheckSequence | ir.CheckKeywords) -> Call:
        rule, value = Name(self.rule), self.values.value
        match effect:
            case ir.Report():
                given = DictDisplay(tuple((name, value(each)) for name, each in effect.values))
                return self._case(value(effect.pointer), given)
            case ir.CheckSequence():
                after = DictDisplay(tuple((symbol, Constant(allowed)) for symbol, allowed in effect.following))
                return call(
                    "check_sequence",
                    rule,
                    value(effect.symbols),
                    Constant(effect.first),
                    Constant(effect.last),
                    after,
                    FOUND,
                )
            case ir.CheckKeywords():
                check = Attribute(Name(f"{self.rule}_KEYWORDS"), "check")
                return call(check, rule, value(effect.schema), value(effect.pointer), FOUND)
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
            case ir.AddViolation():
                made = call(
                    "Violation",
                    value(effect.pointer),
                    Constant(effect.keyword),
                    Constant(effect.place),
                    value(effect.message),
                )
                return call(append, made)
            case ir.AddAll():
                return call(Attribute(gathered, "update"), self._members(effect.values))
            case ir.Add(_, (only,)):
                return call(append, value(only))
            case ir.Add():
                return call(append, TupleDisplay(tuple(map(value, effect.row))))
            case ir.AddKey():
                return call(Attribute(Name(effect.to.name), "add"), call("comparable", value(effect.key)))
            case ir.Edit():
                given = [Constant(effect.operation), value(effect.pointer)]
                given += [] if effect.name is None and effect.value is None else [Constant(effect.name)]
                given += [] if effect.value is None else [value(effect.value)]
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
            case ir.CheckValue():
                return call(self.values.names.check(effect.definition), value(effect.value), pointer, FOUND)
            case ir.Call():
                subject = () if effect.value is None else (value(effect.value),)
                doubtful = effect.doubtful
                found = call("Doubting", FOUND, tuple_of(doubtful)) if doubtful else FOUND
                given = (*subject, pointer, found, *map(value, effect.arguments))
                return Call(Name(effect.function), given, tuple(self._facts(effect.facts)))
            case _:
                assert_never(effect)

    def _facts(self, facts: tuple[tuple[str, ir.Value], ...]) -> Iterator[tuple[str, Value]]:
        """Arguments by name; a pattern is shown as it is, and searched for as Python has it."""
        for name, value in facts:
            yield name, self.values.value(value)
            if name == "pattern" and isinstance(value, ir.Constant):
                yield "search", Constant(translated(str(value.value)))
