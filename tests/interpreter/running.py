"""What statements do: the rules of an artifact, applied without any code that was generated."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, assert_never

from parlance.program import ir
from parlance.regex import translated
from parlance.runtime.python import container_faults, field_faults, scalar_faults, spelt_faults
from parlance.runtime.python.checks import Findings, subschemas
from parlance.runtime.python.equality import comparable
from parlance.runtime.python.keywords import Keywords
from parlance.runtime.python.lookup import entries, items
from parlance.runtime.python.rule import Edit, Rule
from parlance.runtime.python.sequence import check_sequence
from parlance.schema_compiler.runtime.json_values import Violation as SchemaViolation

from .values import DEFINITIONS, RULES, evaluate

__all__ = ["findings_of", "result_of", "returned"]

Names: TypeAlias = ChainMap[str, Any]
"""What variables have: those of a body are not seen outside it."""

_FIRST: Mapping[ir.Gathered, Callable[[], Any]] = {
    "value": lambda: None,
    "keys": set,
    "ids": set,
    "sum": int,
    "evaluated": set,
}


_CHECKS: Mapping[str, Callable[..., None]] = {
    name: getattr(module, name)
    for module in (container_faults, field_faults, scalar_faults, spelt_faults)
    for name in module.__all__
}


def result_of(routine: ir.Routine, **given: Any) -> Any:
    """What a routine returns."""
    return returned(routine.body, given, Findings())


def returned(body: ir.Body, given: dict[str, Any], found: list[Any]) -> Any:
    """What a body returns, None where it only ends; what it finds is added to *found*."""
    try:
        _Run(found).body(body, ChainMap(given))
    except _Returned as ended:
        return ended.value
    return None


def findings_of(body: ir.Body, root: Any, found: Findings, rule: Rule, keywords: Keywords | None) -> None:
    """Report what a rule finds in a document."""
    _Run(found, rule, keywords).body(body, ChainMap({"root": root}))


class _Returned(Exception):
    """Ends a body, with what it returns."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class _Run:
    """One routine, or one rule, over one document."""

    def __init__(self, found: list[Any], rule: Rule | None = None, keywords: Keywords | None = None) -> None:
        self._found, self._rule, self._keywords = found, rule, keywords

    def body(self, body: ir.Body, names: Names) -> None:
        """Do one statement after the other."""
        for statement in body:
            self._do(statement, names)

    def _do(self, statement: ir.Statement, names: Names) -> None:
        match statement:
            case ir.Each():
                for key, value in entries(evaluate(statement.of, names)):
                    self.body(statement.body, names.new_child({statement.token: key, statement.item: value}))
            case ir.EachSchema():
                bound = (statement.schema, str(statement.path), statement.level)
                for each in subschemas(evaluate(statement.of, names)):
                    if statement.keywords is not None and names[RULES].is_malformed(each[0], statement.keywords):
                        raise TypeError
                    self.body(statement.body, names.new_child(dict(zip(bound, each, strict=True))))
            case ir.At():
                if (given := evaluate(statement.value, names)) is not None:
                    self.body(statement.body, names.new_child({statement.name: given}))
            case ir.EachItem():
                for number, value in enumerate(evaluate(statement.of, names)[statement.first :], statement.first):
                    self.body(
                        statement.body, names.new_child({str(statement.index): number, str(statement.item): value})
                    )
            case ir.EachField():
                for field, value in evaluate(statement.of, names).items():
                    self.body(statement.body, names.new_child({str(statement.key): field, str(statement.item): value}))
            case ir.EachByName():
                self._by_name(statement, names)
            case ir.If():
                self.body(
                    statement.body if evaluate(statement.test, names) is True else statement.otherwise,
                    names.new_child(),
                )
            case ir.Counter():
                names[statement.name] = statement.start
            case ir.Increment():
                self._assign(statement.counter, names[statement.counter.name] + evaluate(statement.by, names), names)
            case ir.OpenIds():
                self._assign(statement.ids, {*map(comparable, items(evaluate(statement.of, names)))}, names)
            case ir.CloseId():
                gone = comparable(evaluate(statement.closed, names))
                if gone not in names[statement.ids.name]:
                    raise _Returned(value=True)
                names[statement.ids.name].remove(gone)
            case ir.Let():
                names[statement.name] = evaluate(statement.value, names)
            case ir.Evaluate():
                evaluate(statement.test, names)
            case ir.Gather():
                names[statement.name] = _FIRST.get(statement.kind, list)()
            case ir.Assign():
                self._assign(statement.to, evaluate(statement.value, names), names)
            case ir.Add() | ir.AddAll() | ir.AddKey() | ir.AddViolation() | ir.Edit():
                self._add(statement, names)
            case ir.Report() | ir.ReportPairs() | ir.CheckSequence() | ir.CheckKeywords():
                self._report(statement, names)
            case ir.Call() | ir.CheckValue():
                self._call(statement, names)
            case ir.Return():
                raise _Returned(None if statement.value is None else evaluate(statement.value, names))
            case _:
                assert_never(statement)

    def _by_name(self, loop: ir.EachByName, names: Names) -> None:
        """Ask of each property what its name stands for."""
        routines = evaluate(loop.table, names)
        for field, value in evaluate(loop.of, names).items():
            if field not in routines:
                self.body(loop.others, names.new_child({loop.key: field, loop.item: value}))
            elif not names[DEFINITIONS].conforms(routines[field], value):
                raise _Returned(value=False)

    def _add(self, statement: ir.Add | ir.AddAll | ir.AddKey | ir.AddViolation | ir.Edit, names: Names) -> None:
        match statement:
            case ir.Add():
                given = [evaluate(each, names) for each in statement.row]
                names[statement.to.name].append(tuple(given) if len(given) > 1 else given[0])
            case ir.AddAll():
                names[statement.to.name].update(evaluate(statement.values, names))
            case ir.AddKey():
                names[statement.to.name].add(comparable(evaluate(statement.key, names)))
            case ir.AddViolation():
                at, words = evaluate(statement.pointer, names), evaluate(statement.message, names)
                self._found.append(SchemaViolation(at, statement.keyword, statement.place, words))
            case ir.Edit():
                made = None if statement.value is None else evaluate(statement.value, names)
                names[statement.to.name].append(
                    Edit(statement.operation, evaluate(statement.pointer, names), statement.name, made)
                )
            case _:
                assert_never(statement)

    @staticmethod
    def _assign(to: ir.Variable, value: Any, names: Names) -> None:
        next(each for each in names.maps if to.name in each)[to.name] = value

    def _call(self, statement: ir.Call | ir.CheckValue, names: Names) -> None:
        at = evaluate(statement.pointer, names)
        match statement:
            case ir.CheckValue():
                names[DEFINITIONS].check(statement.definition, evaluate(statement.value, names), at, self._found)
            case ir.Call():
                subject = () if statement.value is None else (evaluate(statement.value, names),)
                named = {name: evaluate(each, names) for name, each in statement.facts}
                named |= {"search": translated(named["pattern"])} if "pattern" in named else {}
                given = [evaluate(each, names) for each in statement.arguments]
                _CHECKS[statement.function](*subject, at, self._found, *given, **named)
            case _:
                assert_never(statement)

    def _report(
        self,
        statement: ir.Report | ir.ReportPairs | ir.CheckSequence | ir.CheckKeywords,
        names: Names,
    ) -> None:
        rule, found = self._rule, self._found
        assert rule is not None
        assert isinstance(found, Findings)
        match statement:
            case ir.Report():
                given = {name: evaluate(value, names) for name, value in statement.values}
                found.append(rule.at(evaluate(statement.pointer, names), given))
            case ir.ReportPairs():
                for at, given in result_of(statement.routine, root=names["root"])[statement.kind]:
                    found.append(rule.at(at, given))
            case ir.CheckSequence():
                check_sequence(
                    rule,
                    evaluate(statement.symbols, names),
                    statement.first,
                    statement.last,
                    dict(statement.following),
                    found,
                )
            case ir.CheckKeywords():
                assert self._keywords is not None
                self._keywords.check(rule, evaluate(statement.schema, names), evaluate(statement.pointer, names), found)
            case _:
                assert_never(statement)
