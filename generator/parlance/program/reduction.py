"""Expressions of rules, reduced by what is known of the places that they mention."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from ..contract.expression import (
    Binary,
    Call,
    Conditional,
    Expression,
    Has,
    Index,
    ListOf,
    Literal,
    Macro,
    MapOf,
    Name,
    Select,
    Unary,
    operands,
    rebuilt,
    substituted,
)
from ..contract.rules import ANY
from .places import OUTERMOST, Path, path_of, place
from .structure import ABSENT, ANYTHING, Kinds

__all__ = ["Facts", "all_of", "conjuncts", "kinds_of", "negated", "reduced"]

_TRUE, _FALSE, _NULL = Literal(value=True), Literal(value=False), Literal(None)
_KINDS_OF_NAMES = {
    "index": frozenset({"number", "string"}),
    "depth": frozenset({"number"}),
    OUTERMOST: frozenset({"bool"}),
}
_TRUTHS = frozenset(
    {"is_json", "is_json_object", "is_base64", "resolves", "startsWith", "endsWith", "contains", "matches"}
)
"""Functions that are false of anything but a string."""

_OF_TEXTS = frozenset({"mime_type", "data_of", "byte_size", "regex_fault", "look_around"})
"""Functions that are null of anything but a string."""

_PAIR = 2
"""So many values are asked for one by one."""

_SIZED = frozenset({"string", "list", "map"})
_MANY = frozenset({"list", "map"})


class Promises(Protocol):
    """Whatever can tell what documents have at a place."""

    def kinds(self, path: Path) -> Kinds:
        """The kinds of value that may stand there, `ABSENT` among them where what it is in may lack it."""
        ...

    def texts(self, path: Path, /) -> frozenset[str] | None:
        """The strings that may stand there; None where these are not all known."""
        ...


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the values at places: by the structure of the document, and by what was asked already."""

    structure: Promises
    known: Mapping[str, Kinds] = field(default_factory=dict[str, Kinds])
    """The kinds that are left of a value, by its place."""

    values: Mapping[str, Literal] = field(default_factory=dict[str, Literal])
    """What a value is, by its place."""

    items: Mapping[str, Path | None] = field(default_factory=dict[str, "Path | None"])
    """By the variable of a macro, the place of what it goes over; None where that is at none."""

    def with_kinds(self, path: Path, kinds: Iterable[str]) -> Facts:
        """The same where the value at a place is of one of *kinds*."""
        return replace(self, known={**self.known, place(path).name: frozenset(kinds)})

    def without(self, paths: Iterable[Path]) -> Facts:
        """The same where there is nothing at any of these places."""
        return replace(self, known={**self.known, **{place(path).name: frozenset({ABSENT}) for path in paths}})

    def with_value(self, name: str, value: Literal) -> Facts:
        """The same where the value at the place of this name is known."""
        return replace(self, values={**self.values, name: value})

    def with_item(self, variable: str, of: Expression) -> Facts:
        """The same where a variable stands for each item of a value, or for each key of it."""
        path = self.path(of)
        known = self.known
        if path is not None and ANY not in path:  # there are items: another array at a place with `*` may have none
            item = (*path, ANY)
            known = {
                **known,
                place(path).name: self.kinds(path) & _MANY,
                place(item).name: self.structure.kinds(item) - {ABSENT},
            }
        return replace(self, known=known, items={**self.items, variable: path})

    def path(self, expression: Expression) -> Path | None:
        """The place of a value, where an item of an array stands for all of them; None where it is at none."""
        match expression:
            case Name(name):
                return path_of(name) if name not in self.items else _items_at(self.items[name])
            case Select(of, step):
                holder = self.path(of)
                return None if holder is None else (*holder, step)
            case Index(of, Literal(int())):
                return _items_at(self.path(of))
            case _:
                return None

    def kinds(self, path: Path) -> Kinds:
        """The kinds of value that may stand at a place, `ABSENT` among them."""
        name = place(path).name
        if name in self.values:
            return _kinds_of_literal(self.values[name])
        if name in self.known:
            return self.known[name]
        own = self.structure.kinds(path)
        if not path:
            return own
        holder = self.kinds(path[:-1])
        if not holder & _MANY:
            return frozenset({ABSENT})
        return own if holder <= _MANY else own | {ABSENT}


def conjuncts(expression: Expression) -> list[Expression]:
    """What has to be true, all of it, for *expression* to be."""
    return operands("&&", expression)


def all_of(parts: Iterable[Expression]) -> Expression:
    """The conjunction."""
    whole: Expression = _TRUE
    for part in parts:
        whole = part if whole == _TRUE else Binary("&&", whole, part)
    return whole


def negated(expression: Expression) -> Expression:
    """What is true where *expression* is not."""
    match expression:
        case Unary("!", operand):
            return operand
        case Literal(value):
            return Literal(value is not True)
        case Binary("==" | "!=" as operator, left, right):
            return Binary("!=" if operator == "==" else "==", left, right)
        case _:
            return Unary("!", expression)


def reduced(expression: Expression, facts: Facts, *, widens: bool = False) -> Expression:
    """What *expression* comes to where the facts hold.

    If it *widens*, the result may be true where *expression* is not, never the other way round.
    """
    match expression:
        case Literal() | Name():
            return _known(expression, facts)
        case Unary("!", operand):
            return _negation(operand, facts, widens=widens)
        case Binary("&&" | "||" as operator, left, right):
            return _junction(operator, [reduced(each, facts, widens=widens) for each in (left, right)])
        case Binary("!=", Index(Macro("filter") as macro, Literal(0)), Literal(None)) if widens:
            # Wider where the first that is left is null.
            return reduced(replace(macro, name="exists"), facts, widens=True)
        case Binary("==" | "!=", left, right):
            return _equality(expression, reduced(left, facts), reduced(right, facts), facts)
        case Conditional(test, then, otherwise):
            decided = reduced(test, facts)
            if isinstance(decided, Literal):
                return reduced(then if decided.value is True else otherwise, facts, widens=widens)
            chosen, other = reduced(then, facts), reduced(otherwise, facts)
            return chosen if chosen == other else Conditional(decided, chosen, other)
        case Macro(name, of, variable, body, guard):
            over = reduced(of, facts)
            inner = facts.with_item(variable, over)
            kept = None if guard is None else reduced(guard, inner)
            return _macro(Macro(name, over, variable, reduced(body, inner), kept), facts)
        case _:
            return _simplified(rebuilt(expression, lambda part: reduced(part, facts)), facts)


def _known(expression: Expression, facts: Facts) -> Expression:
    if isinstance(expression, Name) and (path := path_of(expression.name)) is not None:
        if expression.name in facts.values:
            return facts.values[expression.name]
        if facts.kinds(path) <= {"null", ABSENT}:
            return _NULL
    return expression


def _negation(operand: Expression, facts: Facts, *, widens: bool) -> Expression:
    match operand:
        case Unary("!", inner):
            return reduced(inner, facts, widens=widens)
        case Binary("&&" | "||" as operator, left, right) if widens:
            parts = [_negation(each, facts, widens=True) for each in (left, right)]
            return _junction("||" if operator == "&&" else "&&", parts)
        case Binary("==" | "!="):
            return reduced(negated(operand), facts, widens=widens)
        case _:
            result = negated(reduced(operand, facts))
            match result:
                case Unary("!", Binary("||", Binary("==") as left, Binary("==") as right)):
                    return _junction("&&", [negated(left), negated(right)])
                case _:
                    return result


def _junction(operator: str, parts: list[Expression]) -> Expression:
    decisive = operator == "||"
    left = [part for part in parts if not isinstance(part, Literal)]
    if any(isinstance(part, Literal) and (part.value is True) is decisive for part in parts):
        return Literal(value=decisive)
    if not left:
        return Literal(value=not decisive)
    # What is left alone may be no boolean: then it counts as false.
    return Binary(operator, left[0], left[1]) if len(left) > 1 else left[0]


def _equality(whole: Binary, left: Expression, right: Expression, facts: Facts) -> Expression:
    if left == right:  # as where a rule for several places asks which of them it looks at
        return Literal(whole.operator == "==")
    if isinstance(left, Conditional) and isinstance(right, Literal):
        then, otherwise = (_equality(whole, part, right, facts) for part in (left.then, left.otherwise))
        return _choice(left.test, then, otherwise)
    is_equal = _is_equal(left, right, facts)
    if is_equal is None and isinstance(left, Literal):
        is_equal = _is_equal(right, left, facts)
    if is_equal is None:
        return Binary(whole.operator, left, right)
    return Literal(is_equal is (whole.operator == "=="))


def _choice(test: Expression, then: Expression, otherwise: Expression) -> Expression:
    """A conditional expression that is true or false, as what is true where it is."""
    either = _junction("||", [_junction("&&", [test, then]), _junction("&&", [negated(test), otherwise])])
    match then, otherwise:
        case Literal(value), _:
            return _junction("||", [test, otherwise]) if value is True else either
        case _, Literal():
            return either
        case _:
            return Conditional(test, then, otherwise)


def _is_equal(one: Expression, other: Expression, facts: Facts) -> bool | None:
    """Whether both are equal; None where that depends on the document."""
    if not isinstance(other, Literal):
        return None
    if isinstance(one, Literal):
        same_kind = _kinds_of_literal(one) == _kinds_of_literal(other)
        return same_kind and one.value == other.value
    kinds = kinds_of(one, facts)
    if isinstance(one, Call) and one.function == "type":
        possible = {"null" if kind == ABSENT else kind for kind in kinds_of(one.arguments[0], facts)}
        return False if other.value not in possible else True if len(possible) == 1 else None
    if other.value is None:
        return True if kinds <= {"null", ABSENT} else None if kinds & {"null", ABSENT} else False
    if not kinds & _kinds_of_literal(other) or not _may_be(one, other, facts):
        return False
    return None


def _may_be(one: Expression, text: Literal, facts: Facts) -> bool:
    """Whether the structure lets a value be a text."""
    root = one
    while isinstance(root, Select | Index):
        root = root.of
    is_key = isinstance(root, Name) and root.name in facts.items and not _is_item(root.name, facts)
    path = facts.path(one) if isinstance(text.value, str) and not is_key else None
    known = facts.structure.texts(path) if path is not None else None
    return known is None or text.value in known


def _simplified(expression: Expression, facts: Facts) -> Expression:
    """An expression whose parts are reduced."""
    match expression:
        case Select(Name(name), step) if (path := path_of(name)) is not None:
            return _known(place((*path, step)), facts)
        case Select() | Index() if kinds_of(expression, facts) <= {"null", ABSENT}:
            return _NULL
        case Select(of, _) | Index(of, _) if not kinds_of(of, facts) & _MANY:
            return _NULL
        case Index(ListOf(()), _):
            return _NULL
        case Has(Name(name), key) if (path := path_of(name)) is not None:
            kinds = facts.kinds((*path, key))
            return _FALSE if kinds <= {ABSENT} else expression if ABSENT in kinds else _TRUE
        case Has(of, _) if "map" not in kinds_of(of, facts):
            return _FALSE
        case Binary("in", item, container):
            return _membership(item, container, facts)
        case Binary("<" | "<=" | ">" | ">=", left, right) if _NULL in {left, right}:
            return _FALSE
        case Binary(">", Literal(int() as one), Literal(int() as other)):
            return Literal(one > other)
        case Binary("+", Literal(int() as one), Literal(int() as other)):
            return Literal(one + other)
        case Call():
            return _called(expression, facts)
        case _:
            return expression


def _membership(item: Expression, container: Expression, facts: Facts) -> Expression:
    if not kinds_of(container, facts) & _MANY:
        return _FALSE
    if isinstance(container, ListOf):
        found = {_is_equal(item, each, facts) for each in container.items}
        if True in found or None not in found:
            return Literal(True in found)
        if _NULL in container.items and len(container.items) == _PAIR and isinstance(item, Name | Select):
            both = [_equality(Binary("==", item, each), item, each, facts) for each in container.items]
            return _junction("||", both)
    if isinstance(item, Literal) and isinstance(item.value, str) and kinds_of(container, facts) <= {"map"}:
        return _simplified(Has(container, item.value), facts)
    return Binary("in", item, container)


def _called(call: Call, facts: Facts) -> Expression:
    function, kinds = call.function, kinds_of(call.arguments[0], facts)
    if "string" not in kinds and function in _TRUTHS:
        return _FALSE
    if "string" not in kinds and function in _OF_TEXTS:
        return _NULL
    if function == "string" and not kinds & {"string", "number", "bool"}:
        return _NULL
    if function == "size" and not kinds & _SIZED:
        return _NULL
    if function == "size" and isinstance(literal := call.arguments[0], Literal) and isinstance(literal.value, str):
        return Literal(len(literal.value))
    if function == "total" and (not kinds & _MANY or _has_no_number(call.arguments[0], facts)):
        return Literal(0)
    return call


def _has_no_number(numbers: Expression, facts: Facts) -> bool:
    return isinstance(numbers, ListOf) and all("number" not in kinds_of(each, facts) for each in numbers.items)


def _macro(macro: Macro, facts: Facts) -> Expression:
    kinds = kinds_of(macro.of, facts)
    if not kinds & _MANY or macro.of == ListOf(()):
        return {"all": _TRUE, "exists": _FALSE, "exists_one": _FALSE}.get(macro.name, ListOf(()))
    if isinstance(macro.body, Literal) and macro.guard is None:
        if macro.name in {"exists", "exists_one", "filter"} and macro.body.value is not True:
            return ListOf(()) if macro.name == "filter" else _FALSE
        if macro.name == "all" and macro.body.value is True:
            return _TRUE
    if macro.name == "exists" and kinds <= {"map"}:
        return _any_key(macro, facts) or macro
    return macro


def _any_key(macro: Macro, facts: Facts) -> Expression | None:
    """`has(…) || has(…)` for `of.exists(k, k in ['…', '…'] && …)` of a map, each under what else has to be true."""
    asked = conjuncts(macro.body)
    for part in asked:
        match part:
            case Binary("in", Name(name), ListOf(items)) if name == macro.variable:
                keys = [item.value for item in items if isinstance(item, Literal) and isinstance(item.value, str)]
                if len(keys) == len(items):
                    rest = all_of(other for other in asked if other is not part)
                    return _any_of([_with_key(macro, key, rest, facts) for key in keys])
            case _:
                pass
    return None


def _with_key(macro: Macro, key: str, rest: Expression, facts: Facts) -> Expression:
    """What makes a key of the map a case."""
    under = reduced(substituted(rest, macro.variable, Literal(key)), facts)
    has = _simplified(Has(macro.of, key), facts)
    return _junction("&&", [under, has])


def _any_of(parts: Sequence[Expression]) -> Expression:
    """The disjunction, what is shortest first."""
    whole: Expression = _FALSE
    for part in sorted(parts, key=lambda part: not isinstance(part, Has)):
        whole = _junction("||", [whole, part])
    return whole


def kinds_of(expression: Expression, facts: Facts) -> Kinds:
    """The kinds that the value of an expression may be of."""
    match expression:
        case Literal():
            return _kinds_of_literal(expression)
        case Name(name) if name in facts.items:
            return _kinds_of_items(facts.items[name], facts)
        case Name(name) if path_of(name) is None:
            return _KINDS_OF_NAMES.get(name, ANYTHING)
        case Select(Name(name), _) if (path := facts.path(expression)) is not None and _is_item(name, facts):
            return facts.kinds(path)
        case Name() | Select() | Index() if (path := facts.path(expression)) is not None:
            # What is selected from the key of an object is null, and so is what an array is too short for.
            return facts.kinds(path) if isinstance(expression, Name) else facts.kinds(path) | {"null"}
        case ListOf() | Macro("map" | "filter"):
            return frozenset({"list"})
        case MapOf():
            return frozenset({"map"})
        case Call("size", (of,)):
            return frozenset({"number"} if kinds_of(of, facts) <= _SIZED else {"number", "null"})
        case Call("total"):
            return frozenset({"number"})
        case Call(function) if function in _OF_TEXTS:
            return frozenset({"string", "number", "null"})
        case Conditional(_, then, otherwise):
            return kinds_of(then, facts) | kinds_of(otherwise, facts)
        case _:
            return ANYTHING


def _is_item(variable: str, facts: Facts) -> bool:
    """Whether a variable stands for an item of an array, and for no key of an object."""
    holder = facts.items.get(variable)
    return holder is not None and "map" not in facts.kinds(holder)


def _items_at(holder: Path | None) -> Path | None:
    return None if holder is None else (*holder, ANY)


def _kinds_of_items(holder: Path | None, facts: Facts) -> Kinds:
    """The kinds of what a macro goes over: the items of an array, or the keys of an object."""
    if holder is None:
        return ANYTHING
    kinds = facts.kinds(holder)
    items = facts.kinds((*holder, ANY)) - {ABSENT} if "list" in kinds else frozenset[str]()
    return items | {"string"} if "map" in kinds else items


def _kinds_of_literal(literal: Literal) -> Kinds:
    match literal.value:
        case None:
            return frozenset({"null"})
        case bool():
            return frozenset({"bool"})
        case str():
            return frozenset({"string"})
        case _:
            return frozenset({"number"})
