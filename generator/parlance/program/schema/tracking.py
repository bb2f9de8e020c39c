"""What has been evaluated of a value that is being reported on, gathered by predicates that tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..ir import Collected, Conforms, Constant, Equal, Evaluate, HowMany, Indexes, Statement, Variable, Walk
from ..logic import inverted, where
from .coverage import NOTHING, Coverages
from .program_names import ProgramNames
from .requirements import (
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
from .rule_conditions import present, size
from .schema_predicates import Predicates
from .statements import EVALUATED, update
from .subject import SchemaSubject

__all__ = ["Tracking"]


class Tracking:
    """Writes the statements that fill the set `evaluated`."""

    def __init__(self, names: ProgramNames, coverages: Coverages, predicates: Predicates) -> None:
        self._names = names
        self._coverages = coverages
        self._predicates = predicates

    def statements(self, schema: Schema, rule: Unevaluated, subject: SchemaSubject) -> list[Statement]:
        """Statements that gather what is evaluated: all, where a schema fails that had to hold, and nobody can tell."""
        value = subject.value
        subject = replace(subject, tracked=True, known=frozenset({rule.kind}))
        everything = [update(value if rule.kind is Kind.OBJECT else Indexes(size(value)))]
        found: list[Statement] = []
        for each in schema.rules:
            match each:
                case Reference() | AllOf():
                    for child in self._coverages.unconditional(each):
                        if self._coverages.uncertain(child, rule.kind):
                            found += where(inverted(self._covers(child, subject)), everything)
                case AnyOf(_, schemas) | OneOf(_, schemas):
                    calls = [self._covers(child, subject) for child in schemas if self._adds(child, rule)]
                    if len(calls) == len(schemas):
                        found += where(Equal(HowMany(tuple(calls)), Constant(0), is_plain=True), everything)
                    else:
                        found += map(Evaluate, calls)
                case Conditional():
                    found += self._condition(each, rule, subject)
                case DependentSchemas(name, child) if self._adds(child, rule) and rule.kind is Kind.OBJECT:
                    found += where(present(value, name), [Evaluate(self._covers(child, subject))])
                case Contains() if each.evaluates and rule.kind is Kind.ARRAY:
                    item = subject.local("item")
                    test = self._predicates.test(each.schema, subject.part(item))
                    walk = Walk(item, value, "array", index="index")
                    found.append(update(Collected(walk, Variable("index"), where=test)))
                case _:
                    pass
        return found

    def _condition(self, condition: Conditional, rule: Unevaluated, subject: SchemaSubject) -> Sequence[Statement]:
        then, otherwise = (
            [Evaluate(self._covers(schema, subject))] if schema is not None and self._adds(schema, rule) else []
            for schema in (condition.then, condition.otherwise)
        )
        if self._adds(condition.test, rule):
            test = self._covers(condition.test, subject)
            return where(test, then, otherwise) or [Evaluate(test)]
        return where(self._predicates.test(condition.test, replace(subject, tracked=False)), then, otherwise)

    def _covers(self, schema: Schema, subject: SchemaSubject) -> Conforms:
        return Conforms(subject.value, self._names.routine("covers", schema), EVALUATED)

    def _adds(self, schema: Schema, rule: Unevaluated) -> bool:
        return self._coverages.possible(schema, rule.kind) != NOTHING
