"""An expression as Python source: calls of the shared vocabulary, none of which fails."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import NamedTuple, assert_never

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

__all__ = ["VOCABULARY", "Scope", "failure", "local_name", "source", "statement", "test"]

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


class _Binds(IntEnum):
    """How tightly the outermost operator of Python source binds."""

    CHOICE = 0
    OR = 1
    AND = 2
    NOT = 3
    COMPARISON = 4
    NOTHING_LOOSER = 5
    """A name, a literal, a call or what stands in brackets: an operand of anything."""


class _Code(NamedTuple):
    """Python source of an expression, and how tightly it binds."""

    text: str
    binds: _Binds = _Binds.NOTHING_LOOSER

    def as_operand(self, least: _Binds) -> str:
        """The text, in brackets if it binds less tightly than *least*."""
        return self.text if self.binds >= least else f"({self.text})"


_TRUE, _FALSE = _Code("True"), _Code("False")


def test(expression: Expression, scope: Scope) -> str:
    """Source that is true exactly where *expression* is `true`."""
    return _test(expression, scope).as_operand(_Binds.OR)


def failure(expression: Expression, scope: Scope) -> str:
    """Source that is true exactly where *expression* is not `true`."""
    return _failure(expression, scope).as_operand(_Binds.OR)


def source(expression: Expression, scope: Scope) -> str:
    """Source for the value of *expression*, which may stand wherever one value may."""
    return _code(expression, scope).as_operand(_Binds.OR)


def statement(expression: Expression, scope: Scope) -> str:
    """Source for the value of *expression* where nothing else stands beside it."""
    return _code(expression, scope).text


def _test(expression: Expression, scope: Scope) -> _Code:
    expression = _chosen(expression, scope)
    if isinstance(expression, Literal):
        return _TRUE if expression.value is True else _FALSE
    code = _code(expression, scope)
    return code if _is_boolean(expression) else _compared(code, "is", _TRUE)


def _failure(expression: Expression, scope: Scope) -> _Code:
    expression = _chosen(expression, scope)
    match expression:
        case Literal(value):
            return _FALSE if value is True else _TRUE
        case Unary("!", operand):
            return _test(operand, scope)
        case Binary("==", left, right):
            return _equality("!=", left, right, scope)
        case Binary("!=", left, right):
            return _equality("==", left, right, scope)
        case Macro("exists_one") if expression not in scope.ready:
            return _compared(_count(expression, scope), "!=", _Code("1"))
        case _ if _is_boolean(expression):
            return _Code(f"not {_code(expression, scope).as_operand(_Binds.NOTHING_LOOSER)}", _Binds.NOT)
        case _:
            return _compared(_code(expression, scope), "is not", _TRUE)


def _chosen(expression: Expression, scope: Scope) -> Expression:
    """The part that counts of a conditional expression whose condition is known beforehand."""
    while isinstance(expression, Conditional):
        condition = _test(expression.test, scope)
        if condition not in {_TRUE, _FALSE}:
            break
        expression = expression.then if condition == _TRUE else expression.otherwise
    return expression


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


def _code(expression: Expression, scope: Scope) -> _Code:
    if scope.ready and expression in scope.ready:
        return _Code(scope.ready[expression])
    expression = _chosen(expression, scope)
    match expression:
        case Literal(value):
            return _Code(literal(value))
        case Name(name):
            return _Code(scope.names[name])
        case Select(of, field_name):
            return _Code(f"get({source(of, scope)}, {literal(field_name)})")
        case Has(of, field_name):
            return _Code(f"has_key({source(of, scope)}, {literal(field_name)})")
        case Index(of, key):
            return _Code(f"at_key({source(of, scope)}, {source(key, scope)})")
        case Unary("!", operand):
            return _failure(operand, scope)
        case Unary(_, operand):
            return _Code(f"minus(0, {source(operand, scope)})")
        case Binary(operator, left, right):
            return _binary(operator, left, right, scope)
        case Conditional(condition, then, otherwise):
            told = f"{source(then, scope)} if {test(condition, scope)} else {source(otherwise, scope)}"
            return _Code(told, _Binds.CHOICE)
        case Call("matches", (of, Literal(str(pattern)))):
            return _Code(f"matches_pattern({source(of, scope)}, {literal(translated(pattern))})")
        case Call(function, arguments):
            return _Code(f"{_CALLS[function]}({', '.join(source(each, scope) for each in arguments)})")
        case Macro():
            return _macro(expression, scope)
        case ListOf(items):
            return _Code(f"[{', '.join(source(each, scope) for each in items)}]")
        case MapOf(entries):
            return _Code("{" + ", ".join(f"{literal(key)}: {source(each, scope)}" for key, each in entries) + "}")
        case _:
            assert_never(expression)


def _binary(operator: str, left: Expression, right: Expression, scope: Scope) -> _Code:
    if operator in {"&&", "||"}:
        return _joined(operator, _test(left, scope), _test(right, scope))
    if operator in _ARITHMETIC:
        return _Code(f"{_ARITHMETIC[operator]}({source(left, scope)}, {source(right, scope)})")
    if operator == "in":
        return _Code(f"is_in({source(left, scope)}, {source(right, scope)})")
    if operator in {"==", "!="}:
        return _equality(operator, left, right, scope)
    return _Code(f"compare({literal(operator)}, {source(left, scope)}, {source(right, scope)})")


def _joined(operator: str, left: _Code, right: _Code) -> _Code:
    """Two conditions in one, without a constant that decides nothing."""
    neutral, deciding = (_TRUE, _FALSE) if operator == "&&" else (_FALSE, _TRUE)
    if deciding in {left, right}:
        return deciding
    if neutral in {left, right}:
        return right if left == neutral else left
    word, binds = ("and", _Binds.AND) if operator == "&&" else ("or", _Binds.OR)
    # Either word inside the other stands in brackets, for the reader.
    one, other = (each.as_operand(each.binds if each.binds == binds else _Binds.NOT) for each in (left, right))
    return _Code(f"{one} {word} {other}", binds)


def _equality(operator: str, left: Expression, right: Expression, scope: Scope) -> _Code:
    """Plain Python where one side is a string, a boolean or null: there it means the same."""
    left, right = _chosen(left, scope), _chosen(right, scope)
    if isinstance(left, Literal) and not isinstance(right, Literal):
        left, right = right, left
    one, other = _code(left, scope), _code(right, scope)
    if one.text == other.text == "None":
        return _TRUE if operator == "==" else _FALSE
    if other.text == "None" and one.text in scope.tokens:
        return _FALSE if operator == "==" else _TRUE
    if isinstance(right, Literal) and not isinstance(left, Literal):
        if right.value is None or isinstance(right.value, bool):
            return _compared(one, "is" if operator == "==" else "is not", other)
        if isinstance(right.value, str):
            return _compared(one, operator, other)
    equal = f"equal({source(left, scope)}, {source(right, scope)})"
    return _Code(equal) if operator == "==" else _Code(f"not {equal}", _Binds.NOT)


def _compared(left: _Code, operator: str, right: _Code) -> _Code:
    """A comparison; Python would take two of them beside each other for a chain."""
    one, other = (each.as_operand(_Binds.NOTHING_LOOSER) for each in (left, right))
    return _Code(f"{one} {operator} {other}", _Binds.COMPARISON)


def _macro(macro: Macro, scope: Scope) -> _Code:
    if macro.name == "exists_one":
        return _compared(_count(macro, scope), "==", _Code("1"))
    variable, clause, inner = _clause(macro, scope)
    match macro.name:
        case "all":
            return _Code(f"all({test(macro.body, inner)} {clause})")
        case "exists":
            return _Code(f"any({test(macro.body, inner)} {clause})")
        case "filter":
            return _Code(f"[{variable} {clause} if {test(macro.body, inner)}]")
        case _:
            if macro.body == Name(macro.variable) and macro.guard is None:
                return _Code(f"items({source(macro.of, scope)})")
            guard = f" if {test(macro.guard, inner)}" if macro.guard is not None else ""
            return _Code(f"[{source(macro.body, inner)} {clause}{guard}]")


def _count(macro: Macro, scope: Scope) -> _Code:
    """Of how many items the body is true."""
    _, clause, inner = _clause(macro, scope)
    return _Code(f"sum({test(macro.body, inner)} {clause})")


def _clause(macro: Macro, scope: Scope) -> tuple[str, str, Scope]:
    """The variable of a macro, the source that goes over its items, and the scope of its body."""
    variable = local_name(macro.variable, scope)
    inner = scope.bind(macro.variable, variable)
    clause = f"for {variable} in items({source(macro.of, scope)})"
    for holder in _holders(macro):
        known = local_name("known", inner)
        clause = f"for {known} in [members({source(holder, scope)})] {clause}"
        inner = inner.bind(known, known).prepare(holder, known)
    return variable, clause, inner


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
