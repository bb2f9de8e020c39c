"""Which kinds of value a schema leaves possible, and the tests for them."""

from __future__ import annotations

from collections.abc import Sequence

from ..backends.python.syntax import (
    Attribute,
    Call,
    Comparison,
    Constant,
    Difference,
    Value,
    both,
    is_instance,
    opposite,
)
from .ir import AllOf, AnyOf, JsonValue, Kind, Never, OneOf, Program, Reference, Rule, Schema, Type, Values

__all__ = ["ALL", "ALWAYS", "NEVER", "Kinds", "Possibilities", "kind_test", "kinds_test", "value_kind"]

ALWAYS = Constant(value=True)
NEVER = Constant(value=False)
"""The conditions that need not be asked."""

Kinds = frozenset[Kind]
ALL: Kinds = frozenset(Kind)
_REFERENCES = 8
"""How many references are followed to see what lies behind them."""

_CLASSES = {Kind.BOOLEAN: "bool", Kind.STRING: "str", Kind.ARRAY: "list", Kind.OBJECT: "dict"}


def value_kind(value: JsonValue) -> Kind:
    """The kind of a value in a schema."""
    match value:
        case None:
            return Kind.NULL
        case bool():
            return Kind.BOOLEAN
        case str():
            return Kind.STRING
        case int() | float():
            return Kind.NUMBER
        case list():
            return Kind.ARRAY
        case _:
            return Kind.OBJECT


class Possibilities:
    """Which kinds the schemas of a program may accept."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._known: dict[tuple[int, int], Kinds] = {}

    def of(self, schema: Schema, left: int = _REFERENCES) -> Kinds:
        """The kinds that *schema* may accept, and perhaps some more."""
        key = (id(schema), left)
        if key not in self._known:
            self._known[key] = ALL.intersection(*(self._kinds(rule, left) for rule in schema.rules))
        return self._known[key]

    def _kinds(self, rule: Rule, left: int) -> Kinds:
        match rule:
            case Never():
                return frozenset()
            case Type():
                return rule.kinds
            case Values():
                return frozenset(map(value_kind, rule.values))
            case AllOf():
                return ALL.intersection(*(self.of(each, left) for each in rule.schemas))
            case AnyOf() | OneOf():
                return frozenset[Kind]().union(*(self.of(each, left) for each in rule.schemas))
            case Reference() if left:
                return self.of(self._program.definitions[rule.target], left - 1)
            case _:
                return ALL

    def disjoint(self, schemas: Sequence[Schema]) -> bool:
        """Whether no value can be accepted by two of *schemas*."""
        kinds = [self.of(schema) for schema in schemas]
        return sum(map(len, kinds)) == len(frozenset[Kind]().union(*kinds))


def kind_test(kind: Kind, value: Value, known: Kinds) -> Value:
    """Whether *value*, which is of one of the *known* kinds, is of *kind*. A number may still not be finite."""
    if kind not in known:
        return NEVER
    if known == frozenset({kind}):
        return ALWAYS
    if kind is Kind.NULL:
        return Comparison(value, "is", Constant(None))
    if kind is Kind.NUMBER:
        return both("and", [is_instance(value, "int", "float"), *_no_boolean(value, known)])
    return is_instance(value, _CLASSES[kind])


def _no_boolean(value: Value, known: Kinds) -> list[Value]:
    """What distinguishes a number from a boolean, which Python takes for one."""
    return [opposite(is_instance(value, "bool"))] if Kind.BOOLEAN in known else []


def kinds_test(kinds: Kinds, value: Value, known: Kinds, *, integral: bool) -> Value:
    """Whether *value* is of one of *kinds*; numbers must be finite."""
    possible = [kind for kind in Kind if kind in kinds & known]
    plain = [kind for kind in possible if kind is not Kind.NUMBER]
    if frozenset(possible) == known and Kind.NUMBER not in possible:
        return ALWAYS
    tests = [kind_test(kind, value, known) for kind in plain if kind not in _CLASSES]
    classes = [_CLASSES[kind] for kind in plain if kind in _CLASSES]
    if classes:
        tests.append(is_instance(value, *classes))
    if Kind.NUMBER in possible:
        tests.append(_number(value, known, integral=integral))
    return both("or", tests)


def _number(value: Value, known: Kinds, *, integral: bool) -> Value:
    if integral:
        whole = both("and", [is_instance(value, "int"), *_no_boolean(value, known)])
        return both("or", [whole, both("and", [is_instance(value, "float"), Call(Attribute(value, "is_integer"))])])
    finite = Comparison(Difference(value, value), "==", Constant(0))
    if known == frozenset({Kind.NUMBER}):
        return finite
    return both("and", [is_instance(value, "int", "float"), *_no_boolean(value, known), finite])
