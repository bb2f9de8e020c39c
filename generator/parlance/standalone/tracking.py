"""What has been evaluated of a value that is being reported on, gathered by predicates that tell it."""

from __future__ import annotations

from dataclasses import replace

from .code import Block, Condition, Line, Statement, Test, inline, negated
from .conditions import present
from .coverage import NOTHING, Coverages
from .ir import (
    AllOf,
    AnyOf,
    Conditional,
    Contains,
    DependentSchemas,
    Kind,
    OneOf,
    Reference,
    Schema,
    Unevaluated,
)
from .names import CONTRIBUTING, Names
from .predicates import Predicates
from .spot import Spot

__all__ = ["Tracking"]


class Tracking:
    """Writes the statements that fill the set `evaluated`."""

    def __init__(self, names: Names, coverages: Coverages, predicates: Predicates) -> None:
        self._names = names
        self._coverages = coverages
        self._predicates = predicates

    def statements(self, schema: Schema, rule: Unevaluated, spot: Spot) -> list[Statement]:
        """Statements that gather what is evaluated: all, where a schema fails that had to hold, and nobody can tell."""
        spot = replace(spot, evaluated="evaluated", known=frozenset({rule.kind}))
        parts = spot.variable if rule.kind is Kind.OBJECT else f"range(len({spot.variable}))"
        everything = f"evaluated.update({parts})"
        found: list[Statement] = []
        for each in schema.rules:
            match each:
                case Reference() | AllOf():
                    for child in self._coverages.unconditional(each):
                        if self._coverages.uncertain(child, rule.kind):
                            call = self._covers(child, spot)
                            found.append(Block("if", Test(f"not {call}"), (Line(everything),)))
                case AnyOf(_, schemas) | OneOf(_, schemas):
                    calls = [self._covers(child, spot) for child in schemas if self._adds(child, rule)]
                    if len(calls) == len(schemas):
                        found.append(Block("if", Test(f"not any([{', '.join(calls)}])"), (Line(everything),)))
                    else:
                        found += map(Line, calls)
                case Conditional(test, then, otherwise):
                    found += self._evaluated_condition(test, then, otherwise, rule, spot)
                case DependentSchemas(name, child) if self._adds(child, rule) and rule.kind is Kind.OBJECT:
                    found.append(Block("if", present(spot.variable, name), (Line(self._covers(child, spot)),)))
                case Contains() if each.evaluates and rule.kind is Kind.ARRAY:
                    item = spot.inner("item")
                    text = inline(self._predicates.test(each.schema, item))
                    listed = f"index for index, {item.variable} in enumerate({spot.variable}) if {text}"
                    found.append(Line(f"evaluated.update({listed})"))
                case _:
                    pass
        return found

    def _evaluated_condition(
        self, test: Schema, then: Schema | None, otherwise: Schema | None, rule: Unevaluated, spot: Spot
    ) -> list[Statement]:
        first = [Line(self._covers(then, spot))] if then is not None and self._adds(then, rule) else []
        second = [Line(self._covers(otherwise, spot))] if otherwise is not None and self._adds(otherwise, rule) else []
        if not first and not second:
            return [Line(self._covers(test, spot))] if self._adds(test, rule) else []
        if self._adds(test, rule):
            asked: Condition = Test(self._covers(test, spot))
        else:
            asked = self._predicates.test(test, replace(spot, evaluated=None))
        if not first:
            return [Block("if", negated(asked), tuple(second))]
        return [Block("if", asked, tuple(first)), *([Block("else", None, tuple(second))] if second else [])]

    def _covers(self, schema: Schema, spot: Spot) -> str:
        return f"{self._names.function(CONTRIBUTING, schema)}({spot.variable}, evaluated)"

    def _adds(self, schema: Schema, rule: Unevaluated) -> bool:
        return self._coverages.possible(schema, rule.kind) != NOTHING
