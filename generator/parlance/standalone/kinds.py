"""Which kinds of value a schema leaves possible, and the tests for them."""

from __future__ import annotations

from collections.abc import Sequence

from .code import ALWAYS, NEVER, All, Any, Condition, Test, all_of, any_of
from .ir import AllOf, AnyOf, Kind, Never, OneOf, Program, Reference, Rule, Schema, Type, Value, Values

__all__ = ["ALL", "Kinds", "Possibilities", "kind_test", "kinds_test", "value_kind"]

Kinds = frozenset[Kind]
ALL: Kinds = frozenset(Kind)
_REFERENCES = 8
"""How many references are followed to see what lies behind them."""

_CLASSES = {Kind.BOOLEAN: "bool", Kind.STRING: "str", Kind.ARRAY: "list", Kind.OBJECT: "dict"}


def value_kind(value: Value) -> Kind:
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


def kind_test(kind: Kind, variable: str, known: Kinds) -> Condition:
    """Whether *variable*, which is of one of the *known* kinds, is of *kind*. A number may still not be finite."""
    if kind not in known:
        return NEVER
    if known == frozenset({kind}):
        return ALWAYS
    if kind is Kind.NULL:
        return Test(f"{variable} is None", f"{variable} is not None")
    if kind is Kind.NUMBER:
        number = Test(f"isinstance({variable}, (int, float))")
        return All((number, _no_boolean(variable))) if Kind.BOOLEAN in known else number
    return Test(f"isinstance({variable}, {_CLASSES[kind]})")


def _no_boolean(variable: str) -> Test:
    return Test(f"not isinstance({variable}, bool)", f"isinstance({variable}, bool)")


def kinds_test(kinds: Kinds, variable: str, known: Kinds, *, integral: bool) -> Condition:
    """Whether *variable* is of one of *kinds*; numbers must be finite."""
    wanted = [kind for kind in Kind if kind in kinds & known]
    plain = [kind for kind in wanted if kind is not Kind.NUMBER]
    if frozenset(wanted) == known and Kind.NUMBER not in wanted:
        return ALWAYS
    tests = [kind_test(kind, variable, known) for kind in plain if kind not in _CLASSES]
    classes = [_CLASSES[kind] for kind in plain if kind in _CLASSES]
    if classes:
        listed = f"({', '.join(classes)})" if len(classes) > 1 else classes[0]
        tests.append(Test(f"isinstance({variable}, {listed})"))
    if Kind.NUMBER in wanted:
        tests.append(_number(variable, known, integral=integral))
    return any_of(tests)


def _number(variable: str, known: Kinds, *, integral: bool) -> Condition:
    boolean = [_no_boolean(variable)] if Kind.BOOLEAN in known else []
    if integral:
        whole = all_of([Test(f"isinstance({variable}, int)"), *boolean])
        return Any((whole, All((Test(f"isinstance({variable}, float)"), Test(f"{variable}.is_integer()")))))
    finite = Test(f"{variable} - {variable} == 0", f"{variable} - {variable} != 0")
    if known == frozenset({Kind.NUMBER}):
        return finite
    return All((Test(f"isinstance({variable}, (int, float))"), *boolean, finite))
