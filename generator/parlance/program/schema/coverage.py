"""What `unevaluatedProperties` and `unevaluatedItems` leave alone: what a schema evaluates, as far as it is certain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

from .requirements import (
    AllOf,
    AnyOf,
    Conditional,
    Contains,
    DependentSchemas,
    Items,
    Kind,
    OneOf,
    Program,
    Properties,
    Reference,
    Rule,
    Schema,
    Unevaluated,
)

__all__ = ["NOTHING", "Coverage", "Coverages"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which properties, or which items, are evaluated."""

    everything: bool = False
    names: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    first: int = 0
    """How many items from the first on."""

    scattered: bool = False
    """Whether single items are, of which nothing is known beforehand."""

    def __or__(self, other: Coverage) -> Coverage:
        """What either evaluates."""
        return Coverage(
            self.everything or other.everything,
            self.names | other.names,
            self.patterns | other.patterns,
            max(self.first, other.first),
            self.scattered or other.scattered,
        )

    def __le__(self, other: Coverage) -> bool:
        """Whether *other* evaluates all that this does."""
        return other.everything or self | other == other


NOTHING = Coverage()


class Coverages:
    """What the schemas of a program evaluate."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._certain: dict[tuple[int, Kind], Coverage] = {}
        self._possible: dict[tuple[int, Kind], Coverage] = {}

    def certain(self, schema: Schema, kind: Kind, *, apart: Rule | None = None) -> Coverage:
        """What every valid value has evaluated by *schema*, the rule *apart* left out of account."""
        if apart is not None:
            return self._certain_of(schema, kind, apart)
        key = (id(schema), kind)
        if key not in self._certain:
            self._certain[key] = self._certain_of(schema, kind, None)
        return self._certain[key]

    def _certain_of(self, schema: Schema, kind: Kind, apart: Rule | None) -> Coverage:
        found = NOTHING
        for rule in schema.rules:
            if rule is not apart:
                found |= _own(rule, kind)
            for child in self.unconditional(rule):
                found |= self.certain(child, kind)
        return found

    def possible(self, schema: Schema, kind: Kind) -> Coverage:
        """What some valid value may have evaluated by *schema*."""
        key = (id(schema), kind)
        if key not in self._possible:
            self._possible[key] = reduce(Coverage.__or__, (self.added(rule, kind) for rule in schema.rules), NOTHING)
        return self._possible[key]

    def added(self, rule: Rule, kind: Kind) -> Coverage:
        """What a rule may evaluate."""
        found = _own(rule, kind)
        if isinstance(rule, Contains) and rule.evaluates and kind is Kind.ARRAY:
            found = Coverage(scattered=True)
        for child in (*self.unconditional(rule), *_conditional(rule)):
            found |= self.possible(child, kind)
        return found

    def uncertain(self, schema: Schema, kind: Kind, *, apart: Rule | None = None) -> bool:
        """Whether what is evaluated by *schema* depends on the value."""
        base = self.certain(schema, kind, apart=apart)
        found = NOTHING
        for rule in schema.rules:
            if rule is not apart:
                found |= self.added(rule, kind)
        return not found <= base

    def unconditional(self, rule: Rule) -> Iterator[Schema]:
        """The schemas that must hold, as far as a rule is concerned."""
        if isinstance(rule, AllOf):
            yield from rule.schemas
        elif isinstance(rule, Reference):
            yield self._program.definitions[rule.target]


def _own(rule: Rule, kind: Kind) -> Coverage:
    """What a rule itself evaluates."""
    match rule:
        case Properties(named, patterns, others) if kind is Kind.OBJECT:
            names = frozenset(name for name, _ in named)
            return Coverage(others is not None, names, frozenset(pattern for pattern, _ in patterns))
        case Items(prefix, rest) if kind is Kind.ARRAY:
            return Coverage(rest is not None, first=len(prefix))
        case Unevaluated() if rule.kind is kind:
            return Coverage(everything=True)
        case _:
            return NOTHING


def _conditional(rule: Rule) -> tuple[Schema, ...]:
    match rule:
        case AnyOf() | OneOf():
            return rule.schemas
        case Conditional(test, then, otherwise):
            return tuple(schema for schema in (test, then, otherwise) if schema is not None)
        case DependentSchemas():
            return (rule.schema,)
        case _:
            return ()
