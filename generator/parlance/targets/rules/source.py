"""An expression of a rule as a tree of Python: calls of the shared vocabulary, none of which fails."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from ...backends.python.syntax import (
    Assign,
    Attribute,
    Call,
    Comparison,
    Comprehension,
    Concatenation,
    Conditional,
    Constant,
    DictDisplay,
    Item,
    ListDisplay,
    Name,
    Not,
    TupleDisplay,
    Value,
    both,
    call,
    opposite,
    tuple_of,
)
from ...contract import expression as cel
from ...contract.expression import Expression, names, operands, parts
from ...program.places import path_of, place
from ...program.reduction import Facts, kinds_of
from ...program.structure import ABSENT, ANYTHING, Kinds
from ...regex import translated
from .vocabulary import HOMES

__all__ = ["KeySets", "Scope", "condition", "failure", "local_name", "value_of"]

_CALLS = {
    "size": "size",
    "type": "type_name",
    "is_json": "is_json",
    "is_json_object": "is_json_object",
    "is_base64": "is_base64",
    "mime_type": "mime_type",
    "data_of": "data_of",
    "byte_size": "byte_size",
    "regex_fault": "regex_fault",
    "look_around": "look_around",
    "has_type": "has_type",
    "resolves": "resolves",
    "total": "total",
    "string": "string",
    "without": "without",
    "startsWith": "starts_with",
    "endsWith": "ends_with",
    "contains": "contains",
    "matches": "matches_pattern",
}
"""The function of the shared module for each function and method of the language."""

_BOOLEAN = frozenset(
    {"is_json", "is_json_object", "is_base64", "has_type", "resolves"}
    | {"startsWith", "endsWith", "contains", "matches"}
)
_ARITHMETIC = {"+": "plus", "-": "minus", "*": "times"}
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "in"})
_WORDS = {"&&": "and", "||": "or"}

_TAKEN = HOMES.keys() | {"found", "root", *dir(builtins)}
_NULL = Constant(None)
_MANY_KEYS = 4
"""So many keys are found faster by a set: three take `in` 60 ns, and so does the set, whatever it holds."""

_WORDS_IN_NAME = 3
_SIZED = frozenset({"string", "list", "map"})
_NOTHING = cel.Literal(None)
_LIST_OR_NOTHING = frozenset({"list", "null", ABSENT})
_CONTAINERS = (frozenset({"list"}), frozenset({"map"}))


def _outermost() -> Mapping[str, Value]:
    return {"self": Name("value"), "root": Name("root"), "index": Name("index")}


class KeySets:
    """Sets of keys that code asks for, each a constant of the module."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._names: dict[tuple[str, ...], str] = {}

    def name(self, keys: Sequence[str]) -> str:
        """The constant of some keys, which is called by the first of them."""
        in_order = tuple(sorted(keys))
        if in_order not in self._names:
            words = re.findall("[A-Za-z0-9]+", " ".join(keys[:_WORDS_IN_NAME]))
            name = "_".join([self._prefix, *words, "AND_OTHERS"]).upper()
            while name in self._names.values():
                name += "_"
            self._names[in_order] = name
        return self._names[in_order]

    @property
    def statements(self) -> list[Assign]:
        """What makes the constants."""
        return [Assign(name, call("frozenset", tuple_of(keys))) for keys, name in self._names.items()]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the names that an expression may mention stand for."""

    names: Mapping[str, Value] = field(default_factory=_outermost)
    tokens: frozenset[str] = frozenset()
    """Python names that are never None: places in arrays, and keys."""

    ready: Mapping[Expression, Value] = field(default_factory=dict["Expression", Value])
    """What is evaluated already."""

    sets: KeySets | None = None
    """Where sets of keys become constants of the module; None where there is no such place."""

    facts: Facts | None = None
    """What is known of the places that expressions mention; None where they mention none."""

    def kinds(self, expression: Expression) -> Kinds:
        """The kinds that the value of an expression may be of."""
        return ANYTHING if self.facts is None else kinds_of(expression, self.facts)

    def bind(self, name: str, value: Value | str, *, token: bool = False) -> Scope:
        """This scope with one more name, or another one; a string is a variable."""
        tokens = self.tokens | {value} if token and isinstance(value, str) else self.tokens
        bound = Name(value) if isinstance(value, str) else value
        return replace(self, names={**self.names, name: bound}, tokens=tokens)

    def prepare(self, expression: Expression, variable: str) -> Scope:
        """This scope, in which a variable stands for the value of an expression."""
        return replace(self, ready={**self.ready, expression: Name(variable)})


def local_name(name: str, scope: Scope) -> str:
    """A Python name for the variable *name* that shadows nothing."""
    candidate = name
    while keyword.iskeyword(candidate) or candidate in _TAKEN or Name(candidate) in scope.names.values():
        candidate += "_"
    return candidate


def condition(expression: Expression, scope: Scope) -> Value:
    """What is true exactly where *expression* is `true`."""
    expression = _chosen(expression, scope)
    if isinstance(expression, cel.Literal):
        return Constant(expression.value is True)
    value = value_of(expression, scope)
    return value if _is_boolean(expression) else Comparison(value, "is", Constant(value=True))


def failure(expression: Expression, scope: Scope) -> Value:
    """What is true exactly where *expression* is not `true`."""
    expression = _chosen(expression, scope)
    match expression:
        case cel.Literal(value):
            return Constant(value is not True)
        case cel.Unary("!", operand):
            return condition(operand, scope)
        case cel.Macro("exists_one") if expression in scope.ready:
            return Comparison(scope.ready[expression], "is not", Constant(value=True))
        case _ if _is_boolean(expression):
            return opposite(value_of(expression, scope))
        case _:
            return Comparison(value_of(expression, scope), "is not", Constant(value=True))


def value_of(expression: Expression, scope: Scope) -> Value:
    """The value of *expression*."""
    if scope.ready and expression in scope.ready:
        return scope.ready[expression]
    expression = _chosen(expression, scope)
    match expression:
        case cel.Literal(value):
            return Constant(value)
        case cel.Name(name):
            return scope.names[name] if name in scope.names else _value_at(name, scope)
        case cel.Select(of, field_name) if scope.kinds(of) <= {"map"}:
            return Call(Attribute(value_of(of, scope), "get"), (Constant(field_name),))
        case cel.Select(of, field_name):
            return call("get", value_of(of, scope), Constant(field_name))
        case cel.Has(of, field_name) if scope.kinds(of) <= {"map"}:
            return Comparison(Constant(field_name), "in", value_of(of, scope))
        case cel.Has(of, field_name):
            return call("has_key", value_of(of, scope), Constant(field_name))
        case cel.Index(of, key):
            return call("at_key", value_of(of, scope), value_of(key, scope))
        case cel.Unary("!", operand):
            return failure(operand, scope)
        case cel.Unary(_, operand):
            return call("minus", Constant(0), value_of(operand, scope))
        case cel.Binary(operator, left, right):
            return _binary(operator, left, right, scope)
        case cel.Conditional(test, then, otherwise):
            return Conditional(condition(test, scope), value_of(then, scope), value_of(otherwise, scope))
        case cel.Call("matches", (of, cel.Literal(str(pattern)))):
            if scope.kinds(of) <= {"string"}:
                return call("matches", Constant(translated(pattern)), value_of(of, scope))
            return call("matches_pattern", value_of(of, scope), Constant(translated(pattern)))
        case cel.Call("size", (of,)) if scope.kinds(of) <= _SIZED:
            return call("len", value_of(of, scope))
        case cel.Call("total", (cel.Macro("map", of, variable, cel.Call("size", (cel.Name(name),)), None),)) if (
            name == variable and scope.kinds(of) <= {"map"}
        ):
            return call("sum", call("map", Name("len"), value_of(of, scope)))
        case cel.Call(function, arguments):
            return Call(Name(_CALLS[function]), tuple(value_of(each, scope) for each in arguments))
        case cel.Macro():
            return _macro(expression, scope)
        case cel.ListOf(items):
            return ListDisplay(tuple(value_of(each, scope) for each in items))
        case cel.MapOf(entries):
            return DictDisplay(tuple((key, value_of(each, scope)) for key, each in entries))
        case _:
            assert_never(expression)


def _value_at(name: str, scope: Scope) -> Value:
    """The value at a place, from the nearest place above it that has a variable."""
    path = path_of(name)
    if not path or scope.facts is None:
        message = f"{name!r} is no name here"
        raise LookupError(message)
    holder, key = value_of(place(path[:-1]), scope), Constant(path[-1])
    if not scope.facts.kinds(path[:-1]) <= {"map"}:
        return call("get", holder, key)
    return Call(Attribute(holder, "get"), (key,)) if ABSENT in scope.facts.kinds(path) else Item(holder, key)


def _chosen(expression: Expression, scope: Scope) -> Expression:
    """The part that counts of a conditional expression whose condition is known beforehand."""
    while isinstance(expression, cel.Conditional):
        test = condition(expression.test, scope)
        if not isinstance(test, Constant):
            break
        expression = expression.then if test.value is True else expression.otherwise
    return expression


def _is_boolean(expression: Expression) -> bool:
    match expression:
        case cel.Literal(value):
            return isinstance(value, bool)
        case cel.Has():
            return True
        case cel.Unary(operator, _):
            return operator == "!"
        case cel.Binary(operator, _, _):
            return operator in _COMPARISONS or operator in _WORDS
        case cel.Call(function, _):
            return function in _BOOLEAN
        case cel.Macro(name):
            return name in {"all", "exists", "exists_one"}
        case cel.Conditional(_, then, otherwise):
            return _is_boolean(then) and _is_boolean(otherwise)
        case _:
            return False


def _binary(operator: str, left: Expression, right: Expression, scope: Scope) -> Value:
    if operator == "||" and scope.sets is not None:
        return both("or", [*_either([*operands("||", left), *operands("||", right)], scope, scope.sets)])
    if operator in _WORDS:
        return both(_WORDS[operator], [condition(left, scope), condition(right, scope)])
    both_numbers = scope.kinds(left) | scope.kinds(right) <= {"number"}
    if operator == "+" and both_numbers:
        return Concatenation((value_of(left, scope), value_of(right, scope)))
    if operator in _ARITHMETIC:
        return call(_ARITHMETIC[operator], value_of(left, scope), value_of(right, scope))
    if operator == "in" and scope.kinds(left) <= {"string"} and scope.kinds(right) in _CONTAINERS:
        return Comparison(value_of(left, scope), "in", value_of(right, scope))
    if operator == "in":
        return call("is_in", value_of(left, scope), value_of(right, scope))
    if operator == "!=":
        return opposite(_equality(left, right, scope))
    if operator == "==":
        return _equality(left, right, scope)
    if both_numbers:
        return Comparison(value_of(left, scope), operator, value_of(right, scope))
    return call("compare", Constant(operator), value_of(left, scope), value_of(right, scope))


def _either(alternatives: Sequence[Expression], scope: Scope, sets: KeySets) -> Iterator[Value]:
    """Conditions of which one has to hold; many keys of an object, or several strings, are one question."""
    keys: dict[Expression, list[str]] = {}
    texts: dict[Expression, list[str]] = {}
    for part in alternatives:
        match part:
            case cel.Has(of, field_name) if scope.kinds(of) <= {"map"}:
                keys.setdefault(of, []).append(field_name)
            case cel.Binary("==", left, cel.Literal(str(text))):
                texts.setdefault(left, []).append(text)
            case _:
                pass
    many = {holder: named for holder, named in keys.items() if len(named) >= _MANY_KEYS}
    several = {value: given for value, given in texts.items() if len(given) > 1}
    for holder, named in many.items():
        yield Not(Call(Attribute(Name(sets.name(named)), "isdisjoint"), (value_of(holder, scope),)))
    for value, given in several.items():
        yield Comparison(value_of(value, scope), "in", tuple_of(given))
    for part in alternatives:
        match part:
            case cel.Has(of) if of in many:
                pass
            case cel.Binary("==", left, cel.Literal(str())) if left in several:
                pass
            case _:
                yield condition(part, scope)


def _equality(left: Expression, right: Expression, scope: Scope) -> Value:
    """Plain Python where one side is a string, a boolean or null: there it means the same."""
    left, right = _chosen(left, scope), _chosen(right, scope)
    if isinstance(left, cel.Literal) and not isinstance(right, cel.Literal):
        left, right = right, left
    one, other = value_of(left, scope), value_of(right, scope)
    if one == other == _NULL:
        return Constant(value=True)
    if other == _NULL and isinstance(one, Name) and one.id in scope.tokens:
        return Constant(value=False)
    if isinstance(right, cel.Literal) and not isinstance(left, cel.Literal):
        if right.value is True and scope.kinds(left) <= {"bool"}:
            return one
        if right.value is None or isinstance(right.value, bool):
            return Comparison(one, "is", other)
        if isinstance(right.value, str) or "bool" not in scope.kinds(left):
            return Comparison(one, "==", other)
    return call("equal", one, other)


def _macro(macro: cel.Macro, scope: Scope) -> Value:
    variable, clauses, inner = _clauses(macro, scope)
    match macro.name:
        case "exists" if scope.facts is not None and (container := _lacked(macro)) is not None:
            return call("lacks_any", value_of(container, scope), value_of(macro.of, scope))
        case "all" | "exists":
            function = "all" if macro.name == "all" else "any"
            return call(function, Comprehension(condition(macro.body, inner), clauses, brackets="()"))
        case "exists_one":
            count = call("sum", Comprehension(condition(macro.body, inner), clauses, brackets="()"))
            return Comparison(count, "==", Constant(1))
        case "filter":
            return Comprehension(Name(variable), clauses, condition(macro.body, inner))
        case _:
            if macro.body == cel.Name(macro.variable) and macro.guard is None:
                return call("items", value_of(macro.of, scope))
            guard = None if macro.guard is None else condition(macro.guard, inner)
            return Comprehension(value_of(macro.body, inner), clauses, guard)


def _lacked(macro: cel.Macro) -> Expression | None:
    """What a macro asks of each item whether it is not in there, if that is all it asks."""
    match macro.body:
        case cel.Unary("!", cel.Binary("in", cel.Name(name), container)) if name == macro.variable:
            return None if macro.variable in names(container) else container
        case _:
            return None


def _clauses(macro: cel.Macro, scope: Scope) -> tuple[str, tuple[tuple[str, Value], ...], Scope]:
    """The variable of a macro, what goes over its items, and the scope of its body."""
    variable = local_name(macro.variable, scope)
    inner = scope.bind(macro.variable, variable)
    of, kinds = value_of(macro.of, scope), scope.kinds(macro.of)
    over = of if kinds in _CONTAINERS else both("or", [of, TupleDisplay(())]) if kinds <= _LIST_OR_NOTHING else None
    if scope.facts is not None:
        # What `items` gives has no type of which more is known.
        inner = replace(inner, facts=scope.facts.with_item(macro.variable, _NOTHING if over is None else macro.of))
    clauses: list[tuple[str, Value]] = [(variable, call("items", of) if over is None else over)]
    for holder in _holders(macro):
        known = local_name("known", inner)
        clauses.insert(0, (known, ListDisplay((call("members", value_of(holder, scope)),))))
        inner = inner.bind(known, known).prepare(holder, known)
    return variable, tuple(clauses), inner


def _holders(macro: cel.Macro) -> list[Expression]:
    """Fields into which a macro looks for each of its items."""
    bodies = [macro.body] if macro.guard is None else [macro.guard, macro.body]
    found = [
        part.right
        for body in bodies
        for part in parts(body)
        if isinstance(part, cel.Binary) and part.operator == "in" and part.left == cel.Name(macro.variable)
    ]
    bound = {part.variable for body in bodies for part in parts(body) if isinstance(part, cel.Macro)} | {macro.variable}
    return [each for each in dict.fromkeys(found) if isinstance(each, cel.Select) and bound.isdisjoint(names(each))]
