"""What statements do: the rules of an artifact, applied without any code that was generated."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, assert_never

from parlance.program import ir
from parlance.runtime.python.checks import Findings, subschemas
from parlance.runtime.python.keywords import Keywords
from parlance.runtime.python.lookup import entries
from parlance.runtime.python.rule import Edit, Rule
from parlance.runtime.python.sequence import check_sequence
from parlance.runtime.python.values import comparable

from .values import evaluate

__all__ = ["findings_of", "result_of"]

Names: TypeAlias = ChainMap[str, Any]
"""What variables have: those of a body are not seen outside it."""

_FIRST: Mapping[ir.Gathered, Callable[[], Any]] = {"value": lambda: None, "keys": set}


def result_of(routine: ir.Routine, **given: Any) -> Any:
    """What a routine returns."""
    names = ChainMap(given)
    *body, last = routine.body
    assert isinstance(last, ir.Return)
    _Run(Findings()).body(tuple(body), names)
    return evaluate(last.value, names)


def findings_of(body: ir.Body, root: Any, found: Findings, rule: Rule, keywords: Keywords | None) -> None:
    """Report what a rule finds in a document."""
    _Run(found, rule, keywords).body(body, ChainMap({"root": root}))


class _Run:
    """One routine, or one rule, over one document."""

    def __init__(self, found: Findings, rule: Rule | None = None, keywords: Keywords | None = None) -> None:
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
            case ir.EachSchema(of, schema, path, level, body):
                for each in subschemas(evaluate(of, names)):
                    self.body(body, names.new_child(dict(zip((schema, path, level), each, strict=True))))
            case ir.At(value, name, body):
                if (given := evaluate(value, names)) is not None:
                    self.body(body, names.new_child({name: given}))
            case ir.If(test, body):
                if evaluate(test, names) is True:
                    self.body(body, names.new_child())
            case ir.Let(name, value):
                names[name] = evaluate(value, names)
            case ir.Gather(name, kind):
                names[name] = _FIRST.get(kind, list)()
            case ir.Assign(to, value):
                holder = next(each for each in names.maps if to.name in each)
                holder[to.name] = evaluate(value, names)
            case ir.Add(to, row):
                given = [evaluate(each, names) for each in row]
                names[to.name].append(tuple(given) if len(given) > 1 else given[0])
            case ir.AddKey(to, key):
                names[to.name].add(comparable(evaluate(key, names)))
            case ir.Edit(to, operation, pointer, name, value):
                given = None if value is None else evaluate(value, names)
                names[to.name].append(Edit(operation, evaluate(pointer, names), name, given))
            case ir.Report() | ir.ReportPairs() | ir.CheckSequence() | ir.CheckKeywords():
                assert self._rule is not None
                self._report(statement, self._rule, names)
            case ir.Return():
                raise AssertionError(statement)
            case _:
                assert_never(statement)

    def _report(
        self,
        statement: ir.Report | ir.ReportPairs | ir.CheckSequence | ir.CheckKeywords,
        rule: Rule,
        names: Names,
    ) -> None:
        match statement:
            case ir.Report(pointer, values):
                given = {name: evaluate(value, names) for name, value in values}
                self._found.append(rule.at(evaluate(pointer, names), given))
            case ir.ReportPairs(routine, kind):
                for at, given in result_of(routine, root=names["root"])[kind]:
                    self._found.append(rule.at(at, given))
            case ir.CheckSequence(symbols, first, last, following):
                check_sequence(rule, evaluate(symbols, names), first, last, dict(following), self._found)
            case ir.CheckKeywords(schema, pointer):
                assert self._keywords is not None
                self._keywords.check(rule, evaluate(schema, names), evaluate(pointer, names), self._found)
            case _:
                assert_never(statement)
