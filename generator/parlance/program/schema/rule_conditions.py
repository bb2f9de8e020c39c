"""Rules that can be asked in one expression."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...runtime.python.equality import comparable
from ..ir import Apply, Constant, Element, Equal, Field, HasField, In, OneOf, Ordering, Value
from ..logic import junction, negation
from ..pattern_tests import fitting
from .possible_kinds import kind_test, no_boolean, value_kind
from .program_names import ProgramNames
from .requirements import (
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
from .subject import SchemaSubject

__all__ = [
    "accepted",
    "compared",
    "counted",
    "item_of",
    "outside",
    "present",
    "property_of",
    "rule_kind",
    "rule_test",
    "size",
    "values_test",
]

_FEW = 3
"""Up to so many strings are compared one by one."""

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
            return Ordering(_SIGNS[keyword], value, Constant(limit), are_numbers=True)
        case Multiple(_, step):
            return Apply("is_multiple", (value, Constant(step)))
        case Count(_, keyword, _, limit):
            if keyword.startswith("min"):
                return counted(size(value), limit, None)
            return counted(size(value), 0, limit)
        case Pattern(_, pattern):
            return fitting(value, pattern)
        case Format(_, name):
            return Apply(f"is_{name.replace('-', '_')}", (value,))
        case Unique():
            return Apply("is_unique", (value,))
        case Required(_, names):
            return junction("and", [present(value, name) for name in names])
        case DependentRequired():
            others = junction("and", [present(value, name) for name in rule.names])
            return junction("or", [negation(present(value, rule.name)), others])
        case _:
            message = f"{type(rule).__name__} is no single expression"
            raise TypeError(message)


def counted(count: Value, least: int, most: int | None) -> Value:
    """Whether there are enough, and not too many."""
    bounds = [(">=", least)] if least else []
    bounds += [] if most is None else [("<=", most)]
    return junction("and", [compared(count, sign, limit) for sign, limit in bounds])


def compared(count: Value, sign: str, limit: int) -> Value:
    """Whether a count is on one side of a limit."""
    return Ordering(sign, count, Constant(limit), are_numbers=True, are_counts=True)


def size(value: Value) -> Value:
    """How long a string is, or how many items or properties there are."""
    return Apply("size", (value,), is_sure=True)


def present(value: Value, name: str) -> Value:
    """Whether an object has a property."""
    return HasField(value, name, is_object=True)


def property_of(value: Value, name: str) -> Value:
    """The property of an object that has it."""
    return Field(value, name, is_object=True, is_there=True)


def item_of(value: Value, index: int) -> Value:
    """The item of an array that has so many."""
    return Element(value, Constant(index), is_there=True)


def outside(value: Value, container: Value) -> Value:
    """Whether a value is none of those in a container."""
    return negation(In(value, container, is_plain=True))


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


def values_test(values: Iterable[JsonValue], subject: SchemaSubject, names: ProgramNames, key: Key) -> Value:
    """Whether a value equals one of *values*, which the schema at *key* lists."""
    by_kind: dict[Kind, list[JsonValue]] = {}
    for value in values:
        by_kind.setdefault(value_kind(value), []).append(value)
    tests: list[Value] = []
    for kind, group in by_kind.items():
        if kind in subject.known:
            tests += _equal_to(kind, group, subject, names, key)
    return junction("or", tests)


def _equal_to(
    kind: Kind, group: list[JsonValue], subject: SchemaSubject, names: ProgramNames, key: Key
) -> Iterator[Value]:
    value, own_kind = subject.value, kind_test(kind, subject.value, subject.known)
    match kind:
        case Kind.NULL:
            yield own_kind
        case Kind.BOOLEAN:
            yield from (_same(value, each) for each in dict.fromkeys(group))
        case Kind.NUMBER:
            for number in dict.fromkeys(group):
                confused = no_boolean(value, subject.known) if number in (0, 1) else []
                yield junction("and", [_same(value, number), *confused])
        case Kind.STRING if len(group) == 1:
            yield _same(value, group[0])
        case Kind.STRING if len(group) <= _FEW:
            yield OneOf(value, tuple(group))
        case Kind.STRING:
            yield junction("and", [own_kind, In(value, names.members(group, key), is_plain=True)])
        case _:
            equals = [Equal(value, names.constant(each, key)) for each in group]
            yield junction("and", [own_kind, junction("or", equals)])


def _same(value: Value, constant: JsonValue) -> Value:
    return Equal(value, Constant(constant), is_plain=True)
