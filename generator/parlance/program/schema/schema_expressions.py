"""Schemas as single expressions: short ones spelt out, others as calls of their predicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..ir import (
    Apply,
    Conforms,
    Constant,
    Equal,
    Fits,
    HowMany,
    IsInteger,
    Logical,
    Quantified,
    Table,
    Value,
)
from ..ir import Not as Inverse
from ..logic import inverted, junction
from .coverage import NOTHING, Coverages
from .possible_kinds import NEVER, Kinds, kind_test, kinds_test
from .program_names import ProgramNames
from .requirements import AllOf, AnyOf, Kind, Never, Not, OneOf, Properties, Reference, Rule, Schema, Type, Values
from .rule_conditions import accepted, present, property_of, rule_kind, rule_test, values_test
from .statements import EVALUATED
from .subject import SchemaSubject
from .tags import Tagged, Tags

__all__ = ["Expressions"]

_LARGEST_TEST = 6
_CONTAINERS = (Kind.OBJECT, Kind.ARRAY)


class Expressions:
    """Writes the conditions of a program."""

    def __init__(self, names: ProgramNames, coverages: Coverages, tags: Tags) -> None:
        self._names = names
        self._coverages = coverages
        self._tags = tags
        self._known: dict[tuple[int, SchemaSubject], Value | None] = {}

    def test(self, schema: Schema, subject: SchemaSubject) -> Value:
        """An expression for whether a variable satisfies *schema*."""
        if subject.tracked and self.evaluates(schema):
            return Conforms(subject.value, self._names.routine("covers", schema), EVALUATED)
        subject = replace(subject, tracked=False)
        simple = self.simple(schema, subject)
        return self._called(schema, subject) if simple is None else simple

    def evaluates(self, schema: Schema) -> bool:
        """Whether a value that satisfies *schema* may have evaluated parts."""
        return any(self._coverages.possible(schema, kind) != NOTHING for kind in _CONTAINERS)

    def _called(self, schema: Schema, subject: SchemaSubject) -> Value:
        while len(schema.rules) == 1 and isinstance(only := schema.rules[0], Reference):
            schema = self._names.program.definitions[only.target]
        return Conforms(subject.value, self._names.routine("is", schema))

    def simple(self, schema: Schema, subject: SchemaSubject) -> Value | None:
        """One expression, if it is short."""
        key = (id(schema), subject)
        if key not in self._known:
            # Definitions that lead to one another by many ways are looked at once.
            self._known[key] = self._spelt_out(schema, subject)
        return self._known[key]

    def _spelt_out(self, schema: Schema, subject: SchemaSubject) -> Value | None:
        parts: list[Value] = []
        by_kind: dict[Kind, list[Value]] = {}
        for rule in schema.rules:
            kind = rule_kind(rule)
            if kind is not None and kind in subject.known:
                by_kind.setdefault(kind, []).append(rule_test(rule, subject.value))
        subject = self._first_tests(schema, subject, by_kind, parts)
        for rule in schema.rules:
            if rule_kind(rule) is None and not isinstance(rule, (Type, Values)):
                part = self._simple_rule(rule, subject)
                if part is None:
                    return None
                parts.append(part)
            if sum(map(_cost, parts)) > _LARGEST_TEST:
                return None
        joined = junction("and", parts)
        return joined if _cost(joined) <= _LARGEST_TEST else None

    def _first_tests(
        self, schema: Schema, subject: SchemaSubject, by_kind: dict[Kind, list[Value]], parts: list[Value]
    ) -> SchemaSubject:
        """Tests of values and kinds, and of what is about one kind; what is known after them."""
        values = accepted(schema.rules)
        kinds = next((rule for rule in schema.rules if isinstance(rule, Type)), None)
        if values is not None:
            parts.append(values_test(values, subject, self._names, schema.key))
        if values is None and kinds is not None:
            allowed = kinds.kinds & subject.known
            parts.append(self._typed(kinds, allowed, subject, by_kind))
            return replace(subject, known=allowed) if len(allowed) == 1 or not by_kind else subject
        for kind, tests in by_kind.items():
            other_kind = inverted(kind_test(kind, subject.value, subject.known))
            parts.append(junction("or", [other_kind, junction("and", tests)]))
        return subject

    def _typed(self, kinds: Type, allowed: Kinds, subject: SchemaSubject, by_kind: dict[Kind, list[Value]]) -> Value:
        plain = allowed - by_kind.keys()
        options: list[Value] = []
        if plain:
            options.append(kinds_test(plain, subject.value, subject.known, integral=kinds.integral))
        for kind, tests in by_kind.items():
            if kind in allowed:
                own = kinds_test(frozenset({kind}), subject.value, subject.known, integral=kinds.integral)
                options.append(junction("and", [own, *tests]))
        return junction("or", options)

    def _simple_rule(self, rule: Rule, subject: SchemaSubject) -> Value | None:
        match rule:
            case Never():
                return NEVER
            case Reference(_, target):
                return self.test(self._names.program.definitions[target], subject)
            case AllOf(schemas):
                return junction("and", (self.test(schema, subject) for schema in schemas[: _LARGEST_TEST + 1]))
            case AnyOf(_, schemas) | OneOf(_, schemas) if self.tagged(schemas, subject):
                return None
            case AnyOf(_, schemas):
                return junction("or", (self.test(schema, subject) for schema in schemas))
            case OneOf(_, schemas):
                return self.exactly_one(schemas, subject)
            case Not(_, schema):
                return inverted(self.test(schema, subject))
            case Properties() if subject.level == 0:
                return self._simple_properties(rule, subject)
            case _:
                return None

    def _simple_properties(self, rule: Properties, subject: SchemaSubject) -> Value | None:
        if rule.patterns or rule.others is not None or len(rule.named) > 2 or Kind.OBJECT not in subject.known:
            return None
        tests: list[Value] = []
        for name, child in rule.named:
            field = property_of(subject.value, name)
            absent = inverted(present(subject.value, name))
            tests.append(junction("or", [absent, self.test(child, SchemaSubject(field, level=1))]))
        no_object = inverted(kind_test(Kind.OBJECT, subject.value, subject.known))
        return junction("or", [no_object, junction("and", tests)])

    def tagged(self, schemas: Sequence[Schema], subject: SchemaSubject) -> Tagged | None:
        """How a tag says which of *schemas* to try, so that statements do better than one expression."""
        return None if subject.tracked or Kind.OBJECT not in subject.known else self._tags.of(schemas)

    def exactly_one(self, schemas: Sequence[Schema], subject: SchemaSubject) -> Value:
        """Whether a variable satisfies one of *schemas*, and no other."""
        tests = [self.test(schema, subject) for schema in schemas]
        if not subject.tracked and self._tags.exclude(schemas):
            return junction("or", tests)
        return Equal(HowMany(tuple(tests)), Constant(1), is_plain=True)


def _cost(condition: Value) -> int:
    """How much a condition asks, in tests of a kind or a number."""
    match condition:
        case Constant():
            return 0
        case Logical(_, operands):
            return sum(map(_cost, operands))
        case Inverse(operand):
            return _cost(operand)
        case Equal(HowMany(conditions)):
            return 1 + sum(map(_cost, conditions))
        case Equal(_, Table()):
            return 3
        case IsInteger():
            return 3 if condition.admits_booleans else 4
        case Apply("is_multiple" | "startsWith"):
            return 1
        case Apply() | Conforms() | Fits() | Quantified():
            return 2
        case _:
            return 1
