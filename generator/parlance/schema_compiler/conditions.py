"""Rules that can be asked in one expression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..backends.python.syntax import (
    Attribute,
    Call,
    Comparison,
    Constant,
    Value,
    both,
    call,
    is_instance,
    opposite,
    tuple_of,
)
from ..regex import Linear
from ..runtime.python.values import comparable
from .ir import (
    Bound,
    Count,
    DependentRequired,
    Format,
    JsonValue,
    Key,
    Kind,
    Multiple,
    Pattern,
    Required,
    Rule,
    Type,
    Unique,
    Values,
)
from .kinds import kind_test, value_kind
from .names import Names
from .patterns import means
from .subject import Subject

__all__ = ["accepted", "counted", "matching", "outside", "present", "rule_kind", "rule_test", "values_test"]

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


def rule_test(rule: Rule, value: Value) -> Value:
    """Whether *value*, which is of the kind that *rule* is about, satisfies it."""
    match rule:
        case Bound(_, keyword, limit):
            return Comparison(value, _SIGNS[keyword], Constant(limit))
        case Multiple(_, step):
            return call("is_multiple", value, Constant(step))
        case Count(_, keyword, _, limit):
            if keyword.startswith("min"):
                return counted(call("len", value), limit, None)
            return counted(call("len", value), 0, limit)
        case Pattern(_, pattern):
            return matching(pattern, value)
        case Format(_, name):
            return call(f"is_{name.replace('-', '_')}", value)
        case Unique():
            return call("is_unique", value)
        case Required(_, names):
            return both("and", [present(value, name) for name in names])
        case DependentRequired():
            others = both("and", [present(value, name) for name in rule.names])
            return both("or", [opposite(present(value, rule.name)), others])
        case _:
            message = f"{type(rule).__name__} is no single expression"
            raise TypeError(message)


def counted(count: Value, least: int, most: int | None) -> Value:
    """Whether there are enough, and not too many."""
    tests = [Comparison(count, ">=", Constant(least), of_counts=True)] if least else []
    tests += [] if most is None else [Comparison(count, "<=", Constant(most), of_counts=True)]
    return both("and", tests)


def present(value: Value, name: str) -> Value:
    """Whether an object has a property."""
    return Comparison(Constant(name), "in", value)


def outside(value: Value, container: Value) -> Value:
    """Whether a value is none of those in a container."""
    return Comparison(value, "not in", container)


def matching(pattern: str, value: Value) -> Value:
    """Whether a string has a match of *pattern* in it."""
    if found := _PREFIX.fullmatch(pattern):
        return Call(Attribute(value, "startswith"), (Constant(found[1].replace("\\", "")),))
    way = means(pattern)
    if isinstance(way, Linear):
        return call("searched", Constant(pattern), value)
    return call("matches", Constant(way.pattern), value)


def accepted(rules: Iterable[Rule]) -> tuple[JsonValue, ...] | None:
    """The values that `enum`, `const` and `type` leave; None if there is neither `enum` nor `const`."""
    left: tuple[JsonValue, ...] | None = None
    kinds = next((rule for rule in rules if isinstance(rule, Type)), None)
    for rule in rules:
        if isinstance(rule, Values):
            left = rule.values if left is None else tuple(value for value in left if _among(value, rule.values))
    if left is None or kinds is None:
        return left
    return tuple(value for value in left if _is_of(value, kinds))


def _among(value: JsonValue, others: Iterable[JsonValue]) -> bool:
    return any(comparable(value) == comparable(other) for other in others)


def _is_of(value: JsonValue, kinds: Type) -> bool:
    kind = value_kind(value)
    integral = not (kinds.integral and isinstance(value, float)) or float(value).is_integer()
    return kind in kinds.kinds and (kind is not Kind.NUMBER or integral)


def values_test(values: Iterable[JsonValue], subject: Subject, names: Names, key: Key) -> Value:
    """Whether a value equals one of *values*, which the schema at *key* lists."""
    by_kind: dict[Kind, list[JsonValue]] = {}
    for value in values:
        by_kind.setdefault(value_kind(value), []).append(value)
    tests: list[Value] = []
    for kind, group in by_kind.items():
        if kind in subject.known:
            tests += _equal_to(kind, group, subject, names, key)
    return both("or", tests)


def _equal_to(kind: Kind, group: list[JsonValue], subject: Subject, names: Names, key: Key) -> Iterator[Value]:
    value, own_kind = subject.value, kind_test(kind, subject.value, subject.known)
    match kind:
        case Kind.NULL:
            yield own_kind
        case Kind.BOOLEAN:
            yield from (Comparison(value, "is", Constant(each)) for each in dict.fromkeys(group))
        case Kind.NUMBER:
            for number in dict.fromkeys(group):
                equal = Comparison(value, "==", Constant(number))
                confused = number in (0, 1) and Kind.BOOLEAN in subject.known
                yield both("and", [equal, opposite(is_instance(value, "bool"))]) if confused else equal
        case Kind.STRING if len(group) == 1:
            yield Comparison(value, "==", Constant(group[0]))
        case Kind.STRING if len(group) <= _FEW:
            yield Comparison(value, "in", tuple_of(group))
        case Kind.STRING:
            yield both("and", [own_kind, Comparison(value, "in", names.set_of(group, "values", key))])
        case _:
            constants = [names.comparable(each, key) for each in group]
            equals = [Comparison(call("comparable", value), "==", constant) for constant in constants]
            yield both("and", [own_kind, both("or", equals)])
