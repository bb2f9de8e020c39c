"""Schemas as single expressions: short ones spelt out, others as calls of their predicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..backends.python.text import literal
from .code import NEVER, Condition, Test, all_of, any_of, inline, negated, size
from .conditions import accepted, present, rule_kind, rule_test, values_test
from .coverage import NOTHING, Coverages
from .ir import AllOf, AnyOf, Kind, Never, Not, OneOf, Properties, Reference, Rule, Schema, Type, Values
from .kinds import Kinds, Possibilities, kind_test, kinds_test
from .names import CONTRIBUTING, Names
from .spot import Spot

__all__ = ["Expressions"]

_LARGEST_TEST = 6
_CONTAINERS = (Kind.OBJECT, Kind.ARRAY)


class Expressions:
    """Writes the conditions of a program."""

    def __init__(self, names: Names, coverages: Coverages, possibilities: Possibilities) -> None:
        self._names = names
        self._coverages = coverages
        self._possibilities = possibilities
        self._known: dict[tuple[int, Spot], Condition | None] = {}

    def test(self, schema: Schema, spot: Spot) -> Condition:
        """An expression for whether a variable satisfies *schema*."""
        if spot.evaluated is not None and self._evaluates(schema):
            function = self._names.function(CONTRIBUTING, schema)
            return Test(f"{function}({spot.variable}, {spot.evaluated})", cost=3)
        spot = replace(spot, evaluated=None)
        simple = self.simple(schema, spot)
        return self._called(schema, spot) if simple is None else simple

    def _evaluates(self, schema: Schema) -> bool:
        return any(self._coverages.possible(schema, kind) != NOTHING for kind in _CONTAINERS)

    def _called(self, schema: Schema, spot: Spot) -> Test:
        while len(schema.rules) == 1 and isinstance(only := schema.rules[0], Reference):
            schema = self._names.program.definitions[only.target]
        return Test(f"{self._names.function('is', schema)}({spot.variable})", cost=2)

    def simple(self, schema: Schema, spot: Spot) -> Condition | None:
        """One expression, if it is short."""
        key = (id(schema), spot)
        if key not in self._known:
            # Definitions that lead to one another by many ways are looked at once.
            self._known[key] = self._spelt_out(schema, spot)
        return self._known[key]

    def _spelt_out(self, schema: Schema, spot: Spot) -> Condition | None:
        parts: list[Condition] = []
        by_kind: dict[Kind, list[Condition]] = {}
        for rule in schema.rules:
            kind = rule_kind(rule)
            if kind is not None and kind in spot.known:
                by_kind.setdefault(kind, []).append(rule_test(rule, spot.variable))
        spot = self._first_tests(schema, spot, by_kind, parts)
        for rule in schema.rules:
            if rule_kind(rule) is None and not isinstance(rule, (Type, Values)):
                part = self._simple_rule(rule, spot)
                if part is None:
                    return None
                parts.append(part)
            if sum(map(size, parts)) > _LARGEST_TEST:
                return None
        found = all_of(parts)
        return found if size(found) <= _LARGEST_TEST else None

    def _first_tests(
        self, schema: Schema, spot: Spot, by_kind: dict[Kind, list[Condition]], parts: list[Condition]
    ) -> Spot:
        """Tests of values and kinds, and of what is about one kind; what is known after them."""
        values = accepted(schema.rules)
        kinds = next((rule for rule in schema.rules if isinstance(rule, Type)), None)
        if values is not None:
            parts.append(values_test(values, spot.variable, spot.known, self._names, schema.key))
        if values is None and kinds is not None:
            allowed = kinds.kinds & spot.known
            parts.append(self._typed(kinds, allowed, spot, by_kind))
            return replace(spot, known=allowed) if len(allowed) == 1 or not by_kind else spot
        for kind, tests in by_kind.items():
            parts.append(any_of([negated(kind_test(kind, spot.variable, spot.known)), all_of(tests)]))
        return spot

    def _typed(self, kinds: Type, allowed: Kinds, spot: Spot, by_kind: dict[Kind, list[Condition]]) -> Condition:
        plain = allowed - by_kind.keys()
        options: list[Condition] = []
        if plain:
            options.append(kinds_test(plain, spot.variable, spot.known, integral=kinds.integral))
        for kind, tests in by_kind.items():
            if kind in allowed:
                own = kinds_test(frozenset({kind}), spot.variable, spot.known, integral=kinds.integral)
                options.append(all_of([own, *tests]))
        return any_of(options)

    def _simple_rule(self, rule: Rule, spot: Spot) -> Condition | None:
        match rule:
            case Never():
                return NEVER
            case Reference(_, target):
                return self.test(self._names.program.definitions[target], spot)
            case AllOf(schemas):
                return all_of(self.test(schema, spot) for schema in schemas[: _LARGEST_TEST + 1])
            case AnyOf(_, schemas):
                return any_of(self.test(schema, spot) for schema in schemas)
            case OneOf(_, schemas):
                return self.exactly_one(schemas, spot)
            case Not(_, schema):
                return negated(self.test(schema, spot))
            case Properties() if spot.level == 0:
                return self._simple_properties(rule, spot)
            case _:
                return None

    def _simple_properties(self, rule: Properties, spot: Spot) -> Condition | None:
        if rule.patterns or rule.others is not None or len(rule.named) > 2 or Kind.OBJECT not in spot.known:
            return None
        tests: list[Condition] = []
        for name, child in rule.named:
            field = f"{spot.variable}[{literal(name)}]"
            absent = negated(present(spot.variable, name))
            tests.append(any_of([absent, self.test(child, Spot(field, level=1))]))
        return any_of([negated(kind_test(Kind.OBJECT, spot.variable, spot.known)), all_of(tests)])

    def exactly_one(self, schemas: Sequence[Schema], spot: Spot) -> Condition:
        """Whether a variable satisfies one of *schemas*, and no other."""
        tests = [self.test(schema, spot) for schema in schemas]
        if spot.evaluated is None and self._possibilities.disjoint(schemas):
            return any_of(tests)
        listed = ", ".join(inline(test, within=None) for test in tests)
        comma = "," if len(tests) == 1 else ""
        cost = sum(map(size, tests)) + 1
        return Test(f"sum(({listed}{comma})) == 1", f"sum(({listed}{comma})) != 1", cost)
