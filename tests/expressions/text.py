"""An expression as CEL text."""

from __future__ import annotations

import json
import re

from parlance.contract.expression import (
    METHODS,
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
    parts,
)

__all__ = ["as_cel", "asks_types"]

_TYPES = {
    "null": ("null_type",),
    "bool": ("bool",),
    "number": ("int", "double"),
    "string": ("string",),
    "list": ("list",),
    "map": ("map",),
}
"""What CEL calls the types of JSON."""


def asks_types(expression: Expression) -> bool:
    """Whether *expression* has the name of a type, which CEL knows by other names."""
    return any(isinstance(part, Call) and part.function == "type" for part in parts(expression))


def as_cel(expression: Expression) -> str:
    """*expression*, with brackets everywhere; a comparison of a type's name becomes CEL's own."""
    match expression:
        case Literal(str(value)):
            return _quoted(value)
        case Literal(value):
            return json.dumps(value)
        case Name(name):
            return name
        case Select(of, name):
            return f"{as_cel(of)}.{name}"
        case Has(of, name):
            return f"has({as_cel(of)}.{name})"
        case Index(of, key):
            return f"{as_cel(of)}[{as_cel(key)}]"
        case Unary(operator, operand):
            return f"({operator}({as_cel(operand)}))"
        case Binary(operator, left, right):
            return _compared(expression) or f"({as_cel(left)} {operator} {as_cel(right)})"
        case Conditional(test, then, otherwise):
            return f"({as_cel(test)} ? {as_cel(then)} : {as_cel(otherwise)})"
        case Call(function, arguments):
            first, *others = map(as_cel, arguments)
            if function in METHODS and function != "size":
                return f"({first}).{function}({', '.join(others)})"
            return f"{function}({', '.join([first, *others])})"
        case Macro(name, of, variable, body, guard):
            inner = [variable, *([as_cel(guard)] if guard else []), as_cel(body)]
            return f"{as_cel(of)}.{name}({', '.join(inner)})"
        case ListOf(items):
            return f"[{', '.join(map(as_cel, items))}]"
        case MapOf(entries):
            return "{" + ", ".join(f"{_quoted(key)}: {as_cel(value)}" for key, value in entries) + "}"


def _compared(expression: Binary) -> str | None:
    """`type(x) == 'list'`, or a list of names in its place, as CEL says it."""
    left, right = expression.left, expression.right
    if not isinstance(left, Call) or left.function != "type":
        return None
    names: tuple[Expression, ...] = right.items if isinstance(right, ListOf) else (right,)
    if expression.operator not in {"==", "!=", "in"} or not all(isinstance(name, Literal) for name in names):
        return None
    types = [each for name in names if isinstance(name, Literal) for each in _TYPES.get(str(name.value), ())]
    value = as_cel(left.arguments[0])
    test = " || ".join(f"type({value}) == {each}" for each in types) or "false"
    return f"!({test})" if expression.operator == "!=" else f"({test})"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return "'" + re.sub(r"[\n\r\t]", lambda found: {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[found[0]], escaped) + "'"
