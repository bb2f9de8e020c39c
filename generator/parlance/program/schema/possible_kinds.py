"""Which kinds of value a schema leaves possible, and the tests for them."""

from __future__ import annotations

from collections.abc import Sequence

from ..ir import Constant, Equal, IsFinite, IsInteger, IsKind, Value
from ..logic import NULL, junction, negation
from .requirements import AllOf, AnyOf, JsonValue, Kind, Never, OneOf, Program, Reference, Rule, Schema, Type, Values

__all__ = [
    "ALL",
    "ALWAYS",
    "IN_ORDER",
    "NEVER",
    "Kinds",
    "Possibilities",
    "kind_test",
    "kinds_test",
    "no_boolean",
    "value_kind",
]

ALWAYS = Constant(value=True)
NEVER = Constant(value=False)
"""The conditions that need not be asked."""

Kinds = frozenset[Kind]
ALL: Kinds = frozenset(Kind)
_REFERENCES = 8
"""How many references are followed to see what lies behind them."""

IN_ORDER = (Kind.NULL, Kind.BOOLEAN, Kind.NUMBER, Kind.STRING, Kind.ARRAY, Kind.OBJECT)
"""All kinds, as they are asked for and written one after the other."""


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
        return Equal(value, NULL, is_plain=True)
    if kind is Kind.NUMBER:
        return junction("and", _number_tests(value, known))
    return IsKind(value, kind)


def _number_tests(value: Value, known: Kinds) -> list[Value]:
    """What is true of a number, and of no boolean where there may be one."""
    return [IsKind(value, Kind.NUMBER, admits_booleans=True), *no_boolean(value, known)]


def no_boolean(value: Value, known: Kinds) -> list[Value]:
    """What distinguishes a number from a boolean, which some languages take for one."""
    return [negation(IsKind(value, Kind.BOOLEAN))] if Kind.BOOLEAN in known else []


def kinds_test(kinds: Kinds, value: Value, known: Kinds, *, integral: bool) -> Value:
    """Whether *value* is of one of *kinds*; numbers must be finite."""
    possible = [kind for kind in IN_ORDER if kind in kinds & known]
    if frozenset(possible) == known and Kind.NUMBER not in possible:
        return ALWAYS
    tests = [kind_test(kind, value, known) for kind in possible if kind is Kind.NULL]
    distinct = [kind for kind in possible if kind not in (Kind.NULL, Kind.NUMBER)]
    if distinct:
        tests.append(IsKind(value, distinct[0], tuple(distinct[1:])))
    if Kind.NUMBER in possible:
        tests.append(_number(value, known, integral=integral))
    return junction("or", tests)


def _number(value: Value, known: Kinds, *, integral: bool) -> Value:
    if integral:
        return IsInteger(value, is_final=True, admits_booleans=Kind.BOOLEAN not in known)
    finite = IsFinite(value, is_number=True)
    return finite if known == frozenset({Kind.NUMBER}) else junction("and", [*_number_tests(value, known), finite])
