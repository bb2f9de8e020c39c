"""Rules that can be asked in one expression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..backends.python.text import literal
from ..regex import Linear
from .code import Condition, Test, all_of, any_of, negated
from .ir import (
    Bound,
    Count,
    DependentRequired,
    Format,
    Key,
    Kind,
    Multiple,
    Pattern,
    Required,
    Rule,
    Type,
    Unique,
    Value,
    Values,
)
from .kinds import Kinds, kind_test, value_kind
from .names import Names
from .patterns import means

__all__ = ["accepted", "format_function", "matching", "present", "rule_kind", "rule_test", "values_test"]

_FEW = 3
"""Up to so many strings are compared one by one."""

_PREFIX = re.compile(r"\^((?:[A-Za-z0-9_:/@# -]|\\[.$/-])+)")
"""Patterns that only say how a string begins."""

_SIGNS = {"minimum": ">=", "exclusiveMinimum": ">", "maximum": "<=", "exclusiveMaximum": "<"}


def rule_kind(rule: Rule) -> Kind | None:
    """The kind of value that a rule is about; None if it is about all."""
    match rule:
        case Bound() | Multiple():
            return Kind.NUMBER
        case Pattern() | Format():
            return Kind.STRING
        case Count():
            return rule.kind
        case Unique():
            return Kind.ARRAY
        case Required() | DependentRequired():
            return Kind.OBJECT
        case _:
            return None


def rule_test(rule: Rule, variable: str) -> Condition:
    """Whether *variable*, which is of the kind that *rule* is about, satisfies it."""
    match rule:
        case Bound(_, keyword, limit):
            # Without an opposite: NaN answers no to both a test and its opposite.
            return Test(f"{variable} {_SIGNS[keyword]} {literal(limit)}")
        case Multiple(_, step):
            return Test(f"is_multiple({variable}, {literal(step)})")
        case Count(_, keyword, _, limit):
            least = keyword.startswith("min")
            if least and limit <= 1:
                return Test(f"len({variable}) >= 1", f"not {variable}") if limit else all_of(())
            sign, opposite = (">=", "<") if least else ("<=", ">")
            return Test(f"len({variable}) {sign} {limit}", f"len({variable}) {opposite} {limit}")
        case Pattern(_, pattern):
            return matching(pattern, variable)
        case Format(_, name):
            return Test(f"{format_function(name)}({variable})", cost=2)
        case Unique():
            return Test(f"is_unique({variable})", cost=2)
        case Required(_, wanted):
            return all_of(present(variable, name) for name in wanted)
        case DependentRequired():
            others = all_of(present(variable, name) for name in rule.names)
            return any_of([negated(present(variable, rule.name)), others])
        case _:
            message = f"{type(rule).__name__} is no single expression"
            raise TypeError(message)


def present(variable: str, name: str) -> Test:
    """Whether an object has a property."""
    return Test(f"{literal(name)} in {variable}", f"{literal(name)} not in {variable}")


def matching(pattern: str, variable: str) -> Test:
    """Whether a string has a match of *pattern* in it."""
    if found := _PREFIX.fullmatch(pattern):
        return Test(f"{variable}.startswith({literal(found[1].replace(chr(92), ''))})")
    way = means(pattern)
    if isinstance(way, Linear):
        return Test(f"searched({literal(pattern)}, {variable})", cost=3)
    return Test(f"matches({literal(way.pattern)}, {variable})", cost=2)


def format_function(name: str) -> str:
    """The function of the runtime that judges a format."""
    return f"is_{name.replace('-', '_')}"


def accepted(rules: Iterable[Rule]) -> tuple[Value, ...] | None:
    """The values that `enum`, `const` and `type` leave; None if there is neither `enum` nor `const`."""
    left: tuple[Value, ...] | None = None
    kinds = next((rule for rule in rules if isinstance(rule, Type)), None)
    for rule in rules:
        if isinstance(rule, Values):
            left = rule.values if left is None else tuple(value for value in left if _among(value, rule.values))
    if left is None or kinds is None:
        return left
    return tuple(value for value in left if _is_of(value, kinds))


def _among(value: Value, others: Iterable[Value]) -> bool:
    from ..runtime.python.values import comparable

    return any(comparable(value) == comparable(other) for other in others)


def _is_of(value: Value, kinds: Type) -> bool:
    kind = value_kind(value)
    integral = not (kinds.integral and isinstance(value, float)) or float(value).is_integer()
    return kind in kinds.kinds and (kind is not Kind.NUMBER or integral)


def values_test(values: Iterable[Value], variable: str, known: Kinds, names: Names, key: Key) -> Condition:
    """Whether *variable* equals one of *values*."""
    by_kind: dict[Kind, list[Value]] = {}
    for value in values:
        by_kind.setdefault(value_kind(value), []).append(value)
    tests: list[Condition] = []
    for kind, group in by_kind.items():
        if kind in known:
            tests += _equal_to(kind, group, variable, known, names, key)
    return any_of(tests)


def _equal_to(  # noqa: PLR0913, PLR0917 - what values_test has, and the group
    kind: Kind, group: list[Value], variable: str, known: Kinds, names: Names, key: Key
) -> Iterator[Condition]:
    match kind:
        case Kind.NULL:
            yield kind_test(kind, variable, known)
        case Kind.BOOLEAN:
            for value in dict.fromkeys(group):
                yield Test(f"{variable} is {value}", f"{variable} is not {value}")
        case Kind.NUMBER:
            for value in dict.fromkeys(group):
                equal = Test(f"{variable} == {literal(value)}", f"{variable} != {literal(value)}")
                boolean = f"isinstance({variable}, bool)"
                confused = value in (0, 1) and Kind.BOOLEAN in known
                yield all_of([equal, Test(f"not {boolean}", boolean)]) if confused else equal
        case Kind.STRING if len(group) == 1:
            yield Test(f"{variable} == {literal(group[0])}", f"{variable} != {literal(group[0])}")
        case Kind.STRING if len(group) <= _FEW:
            listed = literal(tuple(group))
            yield Test(f"{variable} in {listed}", f"{variable} not in {listed}")
        case Kind.STRING:
            constant = names.set_of(group, "values", key)
            member = Test(f"{variable} in {constant}", f"{variable} not in {constant}")
            yield all_of([kind_test(kind, variable, known), member])
        case _:
            made = f"comparable({variable})"
            constants = [names.comparable(value, key) for value in group]
            compared = [Test(f"{made} == {constant}", f"{made} != {constant}", 3) for constant in constants]
            yield all_of([kind_test(kind, variable, known), any_of(compared)])


