"""An expression as Python source: calls of the shared vocabulary, none of which fails."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from ...contract.expression import (
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
    names,
    parts,
)
from ...regex import translated
from ..python_text import literal

__all__ = ["VOCABULARY", "Scope", "failure", "local_name", "source", "test"]

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

VOCABULARY = frozenset(
    {*_CALLS.values(), *_ARITHMETIC.values()}
    | {"at_key", "compare", "equal", "get", "has_key", "is_in", "items", "members"}
)
"""What the source that is made here may call."""

_OTHERS = {"check_models", "check_sequence", "entries", "find", "follow_pairs", "found", "pointer", "select"}
_TAKEN = VOCABULARY | _OTHERS | {*dir(builtins)}


@dataclass(frozen=True, slots=True)
class Scope:
    """The Python names of what an expression may mention."""

    names: Mapping[str, str] = field(default_factory=lambda: {"self": "value", "root": "root", "index": "index"})
    tokens: frozenset[str] = frozenset()
    """Python names that are never None: places in arrays, and keys."""

    ready: Mapping[Expression, str] = field(default_factory=dict["Expression", str])
    """Python names of what is evaluated already."""

    def bind(self, name: str, python: str, *, token: bool = False) -> Scope:
        """This scope with one more name, or another one."""
        tokens = self.tokens | {python} if token else self.tokens
        return replace(self, names={**self.names, name: python}, tokens=tokens)

    def prepare(self, expression: Expression, python: str) -> Scope:
        """This scope, in which a name stands for the value of an expression."""
        return replace(self, ready={**self.ready, expression: python})


def local_name(name: str, scope: Scope) -> str:
    """A Python name for the variable *name* that shadows nothing."""
    candidate = name
    while keyword.iskeyword(candidate) or candidate in _TAKEN or candidate in scope.names.values():
        candidate += "_"
    return candidate


def test(expression: Expression, scope: Scope) -> str:
    """Source that is true exactly where *expression* is `true`."""
    return source(expression, scope) if _is_boolean(expression) else f"{source(expression, scope)} is True"


def failure(expression: Expression, scope: Scope) -> str:
    """Source that is true exactly where *expression* is not `true`."""
    match expression:
        case Literal(value):
            return repr(value is not True)
        case Unary("!", operand):
            return test(operand, scope)
        case Binary("==", left, right):
            return _equality("!=", left, right, scope)
        case Binary("!=", left, right):
            return _equality("==", left, right, scope)
        case _ if _is_boolean(expression):
            return f"not {_grouped(expression, scope)}"
        case _:
            return f"{source(expression, scope)} is not True"


def _is_boolean(expression: Expression) -> bool:
    match expression:
        case Literal(value):
            return isinstance(value, bool)
        case Has():
            return True
        case Unary(operator, _):
            return operator == "!"
        case Binary(operator, _, _):
            return operator in _COMPARISONS or operator in {"&&", "||"}
        case Call(function, _):
            return function in _BOOLEAN
        case Macro(name):
            return name in {"all", "exists", "exists_one"}
        case Conditional(_, then, otherwise):
            return _is_boolean(then) and _is_boolean(otherwise)
        case _:
            return False


def source(expression: Expression, scope: Scope) -> str:
    """Source for the value of *expression*."""
    if scope.ready and expression in scope.ready:
        return scope.ready[expression]
    match expression:
        case Literal(value):
            return literal(value)
        case Name(name):
            return scope.names[name]
        case Select(of, field_name):
            return f"get({source(of, scope)}, {literal(field_name)})"
        case Has(of, field_name):
            return f"has_key({source(of, scope)}, {literal(field_name)})"
        case Index(of, key):
            return f"at_key({source(of, scope)}, {source(key, scope)})"
        case Unary(operator, operand):
            return failure(operand, scope) if operator == "!" else f"minus(0, {source(operand, scope)})"
        case Binary(operator, left, right):
            return _binary(operator, left, right, scope)
        case Conditional(condition, then, otherwise):
            return _choice(test(condition, scope), source(then, scope), source(otherwise, scope))
        case Call("matches", (of, Literal(str(pattern)))):
            return f"matches_pattern({source(of, scope)}, {literal(translated(pattern))})"
        case Call(function, arguments):
            return f"{_CALLS[function]}({', '.join(source(each, scope) for each in arguments)})"
        case Macro():
            return _macro(expression, scope)
        case ListOf(items):
            return f"[{', '.join(source(each, scope) for each in items)}]"
        case MapOf(entries):
            return "{" + ", ".join(f"{literal(key)}: {source(each, scope)}" for key, each in entries) + "}"
        case _:
            assert_never(expression)


def _grouped(expression: Expression, scope: Scope) -> str:
    text = test(expression, scope)
    match expression:
        case Macro(name):
            atomic = name in {"all", "exists"}
        case Binary(operator):
            atomic = operator in {"<", "<=", ">", ">=", "in"}
        case _:
            atomic = isinstance(expression, (Literal, Call, Has))
    return text if atomic and not text.endswith(" is True") else f"({text})"


def _binary(operator: str, left: Expression, right: Expression, scope: Scope) -> str:
    if operator in {"&&", "||"}:
        word = "and" if operator == "&&" else "or"
        return _joined(word, _operand(operator, left, scope), _operand(operator, right, scope))
    if operator in _ARITHMETIC:
        return f"{_ARITHMETIC[operator]}({source(left, scope)}, {source(right, scope)})"
    if operator == "in":
        return f"is_in({source(left, scope)}, {source(right, scope)})"
    if operator in {"==", "!="}:
        return _equality(operator, left, right, scope)
    return f"compare({literal(operator)}, {source(left, scope)}, {source(right, scope)})"


def _choice(condition: str, then: str, otherwise: str) -> str:
    if condition in {"True", "False"}:
        return then if condition == "True" else otherwise
    return f"({then} if {condition} else {otherwise})"


def _joined(word: str, left: str, right: str) -> str:
    """Two conditions in one, without a constant that decides nothing."""
    neutral, deciding = ("True", "False") if word == "and" else ("False", "True")
    if deciding in {left, right}:
        return deciding
    if neutral in {left, right}:
        return right if left == neutral else left
    return f"{left} {word} {right}"


def _operand(operator: str, expression: Expression, scope: Scope) -> str:
    text = test(expression, scope)
    inner = expression.operand if isinstance(expression, Unary) and expression.operator == "!" else expression
    mixed = isinstance(inner, Binary) and inner.operator in {"&&", "||"} and inner.operator != operator
    return f"({text})" if mixed else text


def _equality(operator: str, left: Expression, right: Expression, scope: Scope) -> str:
    """Plain Python where one side is a string, a boolean or null: there it means the same."""
    if isinstance(left, Literal) and not isinstance(right, Literal):
        left, right = right, left
    one, other = source(left, scope), source(right, scope)
    if one == other == "None":
        return "True" if operator == "==" else "False"
    if other == "None" and one in scope.tokens:
        return "False" if operator == "==" else "True"
    if isinstance(right, Literal) and not isinstance(left, Literal):
        if right.value is None or isinstance(right.value, bool):
            return f"{one} {'is' if operator == '==' else 'is not'} {other}"
        if isinstance(right.value, str):
            return f"{one} {operator} {other}"
    return f"{'' if operator == '==' else 'not '}equal({one}, {other})"


def _macro(macro: Macro, scope: Scope) -> str:
    variable = local_name(macro.variable, scope)
    inner = scope.bind(macro.variable, variable)
    clause = f"for {variable} in items({source(macro.of, scope)})"
    for holder in _holders(macro):
        known = local_name("known", inner)
        clause = f"for {known} in [members({source(holder, scope)})] {clause}"
        inner = inner.bind(known, known).prepare(holder, known)
    match macro.name:
        case "all":
            return f"all({test(macro.body, inner)} {clause})"
        case "exists":
            return f"any({test(macro.body, inner)} {clause})"
        case "exists_one":
            return f"sum({test(macro.body, inner)} {clause}) == 1"
        case "filter":
            return f"[{variable} {clause} if {test(macro.body, inner)}]"
        case _:
            if macro.body == Name(macro.variable) and macro.guard is None:
                return f"items({source(macro.of, scope)})"
            guard = f" if {test(macro.guard, inner)}" if macro.guard is not None else ""
            return f"[{source(macro.body, inner)} {clause}{guard}]"


def _holders(macro: Macro) -> list[Expression]:
    """Fields into which a macro looks for each of its items."""
    bodies = [macro.body] if macro.guard is None else [macro.guard, macro.body]
    found = [
        part.right
        for body in bodies
        for part in parts(body)
        if isinstance(part, Binary) and part.operator == "in" and part.left == Name(macro.variable)
    ]
    bound = {part.variable for body in bodies for part in parts(body) if isinstance(part, Macro)} | {macro.variable}
    return [each for each in dict.fromkeys(found) if isinstance(each, Select) and bound.isdisjoint(names(each))]
