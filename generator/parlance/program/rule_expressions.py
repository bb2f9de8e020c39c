"""Expressions of rules to values of a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from ..contract import expression as cel
from ..contract.expression import Expression, operands
from . import ir
from .ir import Constant, Value
from .logic import NULL, junction, negation
from .macros import holders, lacked
from .places import path_of, place
from .scope import Scope, local_name
from .structure import ABSENT

__all__ = ["condition", "failure", "value_of"]

_BOOLEAN = frozenset(
    {"is_json", "is_json_object", "is_base64", "has_type", "resolves"}
    | {"startsWith", "endsWith", "contains", "matches"}
)
_ARITHMETIC = frozenset({"+", "-", "*"})
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "in"})
_MANY_KEYS = 4
"""So many keys are found faster by a set: three take `in` 60 ns in Python, and so does the set, whatever it holds."""

_SIZED = frozenset({"string", "list", "map"})
_CONTAINERS = (frozenset({"list"}), frozenset({"map"}))
_SCALARS = (frozenset({"string"}), frozenset({"number"}))
_NOTHING = cel.Literal(None)


def condition(expression: Expression, scope: Scope) -> Value:
    """What is true exactly where *expression* is `true`."""
    expression = _chosen(expression, scope)
    if isinstance(expression, cel.Literal):
        return Constant(expression.value is True)
    value = value_of(expression, scope)
    return value if _is_boolean(expression) else ir.IsTrue(value)


def failure(expression: Expression, scope: Scope) -> Value:
    """What is true exactly where *expression* is not `true`."""
    expression = _chosen(expression, scope)
    match expression:
        case cel.Literal(value):
            return Constant(value is not True)
        case cel.Unary("!", operand):
            return condition(operand, scope)
        case _:
            return negation(condition(expression, scope))


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
        case cel.Select(of, key):
            return ir.Field(value_of(of, scope), key, is_object=scope.kinds(of) <= {"map"})
        case cel.Has(of, key):
            return ir.HasField(value_of(of, scope), key, is_object=scope.kinds(of) <= {"map"})
        case cel.Index(of, key):
            return ir.Element(value_of(of, scope), value_of(key, scope))
        case cel.Unary("!", operand):
            return failure(operand, scope)
        case cel.Unary(_, operand):
            return ir.Arithmetic("-", Constant(0), value_of(operand, scope))
        case cel.Binary(operator, left, right):
            return _binary(operator, left, right, scope)
        case cel.Conditional(test, then, otherwise):
            return ir.Choice(condition(test, scope), value_of(then, scope), value_of(otherwise, scope))
        case cel.Call("matches", (of, cel.Literal(str(pattern)))):
            return ir.Matches(value_of(of, scope), pattern, is_text=scope.kinds(of) <= {"string"})
        case cel.Call(function, arguments):
            is_sure = function == "size" and scope.kinds(arguments[0]) <= _SIZED
            return ir.Apply(function, tuple(value_of(each, scope) for each in arguments), is_sure)
        case cel.Macro():
            return _macro(expression, scope)
        case cel.ListOf(items):
            return ir.Array(tuple(value_of(each, scope) for each in items))
        case cel.MapOf(entries):
            return ir.Object(tuple((key, value_of(each, scope)) for key, each in entries))
        case _:
            assert_never(expression)


def _value_at(name: str, scope: Scope) -> Value:
    """The value at a place, from the nearest place above it that has a variable."""
    path = path_of(name)
    if not path or scope.facts is None:
        message = f"{name!r} is no name here"
        raise LookupError(message)
    is_object = scope.facts.kinds(path[:-1]) <= {"map"}
    is_there = is_object and ABSENT not in scope.facts.kinds(path)
    return ir.Field(value_of(place(path[:-1]), scope), path[-1], is_object, is_there)


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
            return operator in _COMPARISONS or operator in {"&&", "||"}
        case cel.Call(function, _):
            return function in _BOOLEAN
        case cel.Macro(name):
            return name in {"all", "exists", "exists_one"}
        case cel.Conditional(_, then, otherwise):
            return _is_boolean(then) and _is_boolean(otherwise)
        case _:
            return False


def _texts(value: Expression) -> tuple[str, ...] | None:
    """The strings of which a list consists; None for anything else."""
    items = value.items if isinstance(value, cel.ListOf) else ()
    texts = tuple(each.value for each in items if isinstance(each, cel.Literal) and isinstance(each.value, str))
    return texts if texts and len(texts) == len(items) else None


def _are_numbers(value: Expression, items: Sequence[Expression], scope: Scope) -> bool:
    """Whether a value is a number, and none of some others a boolean, which many languages take for one."""
    return scope.kinds(value) <= {"number"} and not any("bool" in scope.kinds(each) for each in items)


def _binary(operator: str, left: Expression, right: Expression, scope: Scope) -> Value:
    match operator:
        case "||" if scope.facts is not None:
            return junction("or", _either([*operands("||", left), *operands("||", right)], scope))
        case "&&" | "||":
            return junction("and" if operator == "&&" else "or", [condition(left, scope), condition(right, scope)])
        case "==":
            return _equality(left, right, scope)
        case "!=":
            return negation(_equality(left, right, scope))
        case "in" if (texts := _texts(right)) is not None:
            return ir.OneOf(value_of(left, scope), texts)
        case "in":
            is_text = scope.kinds(left) <= {"string"} and scope.kinds(right) in _CONTAINERS
            is_plain = is_text or (isinstance(right, cel.ListOf) and _are_numbers(left, right.items, scope))
            return ir.In(value_of(left, scope), value_of(right, scope), is_plain)
        case _:
            node = ir.Arithmetic if operator in _ARITHMETIC else ir.Ordering
            are_numbers = scope.kinds(left) | scope.kinds(right) <= {"number"}
            return node(operator, value_of(left, scope), value_of(right, scope), are_numbers)


def _either(alternatives: Sequence[Expression], scope: Scope) -> Iterator[Value]:
    """Conditions of which one has to hold; many keys of an object, or several strings, are one question."""
    keys: dict[Expression, list[str]] = {}
    texts: dict[Expression, list[str]] = {}
    for part in alternatives:
        match part:
            case cel.Has(of, key) if scope.kinds(of) <= {"map"}:
                keys.setdefault(of, []).append(key)
            case cel.Binary("==", left, cel.Literal(str(text))):
                texts.setdefault(left, []).append(text)
            case _:
                pass
    many = {holder: named for holder, named in keys.items() if len(named) >= _MANY_KEYS}
    several = {value: given for value, given in texts.items() if len(given) > 1}
    for holder, named in many.items():
        yield ir.HasAnyField(value_of(holder, scope), tuple(named))
    for value, given in several.items():
        yield ir.OneOf(value_of(value, scope), tuple(given))
    for part in alternatives:
        match part:
            case cel.Has(of) if of in many:
                pass
            case cel.Binary("==", left, cel.Literal(str())) if left in several:
                pass
            case _:
                yield condition(part, scope)


def _equality(left: Expression, right: Expression, scope: Scope) -> Value:
    """Plain where one side is a string, a boolean or null: there any language's own comparison means the same."""
    left, right = _chosen(left, scope), _chosen(right, scope)
    if isinstance(left, cel.Literal) and not isinstance(right, cel.Literal):
        left, right = right, left
    one, other = value_of(left, scope), value_of(right, scope)
    if one == other == NULL:
        return Constant(value=True)
    if other == NULL and isinstance(one, ir.Variable) and one.name in scope.tokens:
        return Constant(value=False)
    if not isinstance(right, cel.Literal) or isinstance(left, cel.Literal):
        is_found = isinstance(left, cel.Name | cel.Select) and isinstance(right, cel.Name | cel.Select)
        return ir.Equal(one, other, is_plain=is_found and scope.kinds(left) | scope.kinds(right) in _SCALARS)
    if right.value is True and scope.kinds(left) <= {"bool"}:
        return one
    is_scalar = right.value is None or isinstance(right.value, bool | str)
    return ir.Equal(one, other, is_plain=is_scalar or "bool" not in scope.kinds(left))


def _macro(macro: cel.Macro, scope: Scope) -> Value:
    walk, inner = _walk(macro, scope)
    match macro.name:
        case "exists" if scope.facts is not None and (container := lacked(macro)) is not None:
            return ir.LacksAny(value_of(container, scope), walk.of)
        case "all" | "exists" | "exists_one":
            return ir.Quantified(macro.name, walk, condition(macro.body, inner))
        case "filter":
            return ir.Collected(walk, ir.Variable(walk.variable), condition(macro.body, inner))
        case _ if macro.body == cel.Name(macro.variable) and macro.guard is None:
            return ir.Items(walk.of)
        case _:
            guard = None if macro.guard is None else condition(macro.guard, inner)
            return ir.Collected(walk, value_of(macro.body, inner), guard)


def _walk(macro: cel.Macro, scope: Scope) -> tuple[ir.Walk, Scope]:
    """What goes over the items of a macro, and the scope of its body."""
    variable = local_name(macro.variable, scope)
    inner = scope.bind(macro.variable, variable)
    kinds = scope.kinds(macro.of)
    walk = ir.Walk(variable, value_of(macro.of, scope))
    if isinstance(walk.of, ir.Field) and not walk.of.is_object:
        pass  # to a type checker of the language it may be anything
    elif kinds in _CONTAINERS:
        walk = replace(walk, kind="array" if "list" in kinds else "object")
    elif kinds <= {"list", "null", ABSENT}:
        walk = replace(walk, kind="array or null")
    if scope.facts is not None:
        # The items of what may be anything are of no type of which more is known.
        item_of = _NOTHING if walk.kind == "any" else macro.of
        inner = replace(inner, facts=scope.facts.with_item(macro.variable, item_of))
    for holder in holders(macro):
        known = local_name("known", inner)
        walk = replace(walk, searched=((known, ir.Searchable(value_of(holder, scope))), *walk.searched))
        inner = inner.bind(known, known).prepare(holder, known)
    return walk, inner
