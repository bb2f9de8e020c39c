"""What statements do: the rules of an artifact, applied without any code that was generated."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, assert_never

from parlance.program import ir
from parlance.regex import translated
from parlance.runtime.python import violation
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
            case ir.Each(of, token, item, body):
                for key, value in entries(evaluate(of, names)):
                    self.body(body, names.new_child({token: key, item: value}))
            case ir.EachSchema(of, schema, path, level, body, code):
                bound = (schema, str(path), level)
                for each in subschemas(evaluate(of, names)):
                    if code is not None and names[RULES].is_malformed(each[0], code):
                        raise TypeError
                    self.body(body, names.new_child(dict(zip(bound, each, strict=True))))
            case ir.At(value, name, body):
                if (given := evaluate(value, names)) is not None:
                    self.body(body, names.new_child({name: given}))
            case ir.EachItem(of, index, item, body, first):
                for number, value in enumerate(evaluate(of, names)[first:], first):
                    self.body(body, names.new_child({str(index): number, str(item): value}))
            case ir.EachField(of, key, item, body):
                for field, value in evaluate(of, names).items():
                    self.body(body, names.new_child({str(key): field, str(item): value}))
            case ir.If(test, body, otherwise):
                self.body(body if evaluate(test, names) is True else otherwise, names.new_child())
            case ir.Counter(name, start):
                names[name] = start
            case ir.Increment(counter, by):
                self._assign(counter, names[counter.name] + evaluate(by, names), names)
            case ir.OpenIds(ids, of):
                self._assign(ids, {*map(comparable, items(evaluate(of, names)))}, names)
            case ir.CloseId(ids, closed):
                gone = comparable(evaluate(closed, names))
                if gone not in names[ids.name]:
                    raise _Returned(value=True)
                names[ids.name].remove(gone)
            case ir.Let(name, value):
                names[name] = evaluate(value, names)
            case ir.Evaluate(test):
                evaluate(test, names)
            case ir.Gather(name, kind):
                names[name] = _FIRST.get(kind, list)()
            case ir.Assign(to, value):
                self._assign(to, evaluate(value, names), names)
            case ir.Add() | ir.AddAll() | ir.AddKey() | ir.AddViolation() | ir.Edit():
                self._add(statement, names)
            case ir.Report() | ir.ReportPairs() | ir.CheckSequence() | ir.CheckKeywords():
                self._report(statement, names)
            case ir.Call() | ir.CheckValue():
                self._call(statement, names)
            case ir.Return(value):
                raise _Returned(None if value is None else evaluate(value, names))
            case _:
                assert_never(statement)

    def _add(self, statement: ir.Add | ir.AddAll | ir.AddKey | ir.AddViolation | ir.Edit, names: Names) -> None:
        match statement:
            case ir.Add(to, row):
                given = [evaluate(each, names) for each in row]
                names[to.name].append(tuple(given) if len(given) > 1 else given[0])
            case ir.AddAll(to, values):
                names[to.name].update(evaluate(values, names))
            case ir.AddKey(to, key):
                names[to.name].add(comparable(evaluate(key, names)))
            case ir.AddViolation(pointer, keyword, place, message):
                at, words = evaluate(pointer, names), evaluate(message, names)
                self._found.append(SchemaViolation(at, keyword, place, words))
            case ir.Edit(to, operation, pointer, name, value):
                made = None if value is None else evaluate(value, names)
                names[to.name].append(Edit(operation, evaluate(pointer, names), name, made))
            case _:
                assert_never(statement)

    @staticmethod
    def _assign(to: ir.Variable, value: Any, names: Names) -> None:
        next(each for each in names.maps if to.name in each)[to.name] = value

    def _call(self, statement: ir.Call | ir.CheckValue, names: Names) -> None:
        at = evaluate(statement.pointer, names)
        match statement:
            case ir.CheckValue(definition, value):
                names[DEFINITIONS].check(definition, evaluate(value, names), at, self._found)
            case ir.Call(function, value, _, arguments, facts):
                subject = () if value is None else (evaluate(value, names),)
                named = {name: evaluate(each, names) for name, each in facts}
                named |= {"search": translated(named["pattern"])} if "pattern" in named else {}
                given = [evaluate(each, names) for each in arguments]
                getattr(violation, function)(*subject, at, self._found, *given, **named)
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
            case ir.Report(pointer, values):
                given = {name: evaluate(value, names) for name, value in values}
                found.append(rule.at(evaluate(pointer, names), given))
            case ir.ReportPairs(routine, kind):
                for at, given in result_of(routine, root=names["root"])[kind]:
                    found.append(rule.at(at, given))
            case ir.CheckSequence(symbols, first, last, following):
                check_sequence(rule, evaluate(symbols, names), first, last, dict(following), found)
            case ir.CheckKeywords(schema, pointer):
                assert self._keywords is not None
                self._keywords.check(rule, evaluate(schema, names), evaluate(pointer, names), found)
            case _:
                assert_never(statement)
