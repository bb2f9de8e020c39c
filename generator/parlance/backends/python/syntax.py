"""Python as a tree: what generated functions are made of until they are printed.

Whatever a later step asks of a piece of code, it asks the tree: which names it uses, whether it is constant, what its
opposite is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from ...contract.scalars import OfOneKind

__all__ = [
    "Assign",
    "Attribute",
    "Augment",
    "Call",
    "Comparison",
    "Comprehension",
    "Concatenation",
    "Conditional",
    "Constant",
    "DictDisplay",
    "Difference",
    "Empty",
    "Evaluate",
    "For",
    "FormattedText",
    "Function",
    "If",
    "Item",
    "Lambda",
    "ListDisplay",
    "Logical",
    "Name",
    "NamedValue",
    "Node",
    "Not",
    "Pass",
    "Range",
    "Return",
    "SetDisplay",
    "Slice",
    "Statement",
    "Try",
    "TupleDisplay",
    "Value",
    "both",
    "call",
    "chained",
    "is_instance",
    "negated",
    "nested",
    "nodes",
    "opposite",
    "tuple_of",
    "used_names",
]


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or a name of the module."""

    id: str


@dataclass(frozen=True, slots=True, eq=False)
class Constant(OfOneKind[object]):
    """A JSON value."""

    value: object


@dataclass(frozen=True, slots=True)
class FormattedText:
    """An f-string: texts, and values that are put between them."""

    parts: tuple[str | Value, ...]


@dataclass(frozen=True, slots=True)
class Concatenation:
    """Texts joined by `+`."""

    operands: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """`left - right`."""

    left: Value
    right: Value


@dataclass(frozen=True, slots=True)
class Attribute:
    """`of.name`."""

    of: Value
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """`of[key]`."""

    of: Value
    key: Value


@dataclass(frozen=True, slots=True)
class Slice:
    """`of[start:]`."""

    of: Value
    start: Value


@dataclass(frozen=True, slots=True)
class Call:
    """`function(…)`."""

    function: Value
    arguments: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """`not operand`."""

    operand: Value


@dataclass(frozen=True, slots=True)
class Empty:
    """`not operand`, where that is a string, a list or a dict."""

    operand: Value


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values and what stands between them, such as `==` or `is not`."""

    left: Value
    operator: str
    right: Value
    of_counts: bool = False
    """Whether both are counts: then `<` is the opposite of `>=`, which it is not where one may be NaN."""


@dataclass(frozen=True, slots=True)
class Range:
    """`least <= value <= most`."""

    least: Value
    value: Value
    most: Value


@dataclass(frozen=True, slots=True)
class Logical:
    """Conditions joined by `and` or by `or`; two of them at least."""

    operator: str
    operands: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Conditional:
    """`then if test else otherwise`."""

    test: Value
    then: Value
    otherwise: Value


@dataclass(frozen=True, slots=True)
class ListDisplay:
    """`[…]`."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class TupleDisplay:
    """`(…, …)`."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class SetDisplay:
    """`{…}`, with one item at least."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class DictDisplay:
    """`{key: value, …}`; without a key, `{**value}`, where the value is a name or a call."""

    pairs: tuple[tuple[str | None, Value], ...]


@dataclass(frozen=True, slots=True)
class Comprehension:
    """`[…]`, `{…}` or, for a generator, `(…)`, which needs no brackets where it is the only argument of a call."""

    element: Value
    clauses: tuple[tuple[str | tuple[str, ...], Value], ...]
    """Each variable, or several that items are unpacked to, and what it goes over."""

    condition: Value | None = None
    brackets: str = "[]"


@dataclass(frozen=True, slots=True)
class Lambda:
    """`lambda …: body`."""

    parameters: tuple[str, ...]
    body: Value


@dataclass(frozen=True, slots=True)
class NamedValue:
    """`(name := value)`."""

    name: str
    value: Value


Value: TypeAlias = (
    Name
    | Constant
    | FormattedText
    | Concatenation
    | Difference
    | Attribute
    | Item
    | Slice
    | Call
    | Not
    | Empty
    | Comparison
    | Range
    | Logical
    | Conditional
    | ListDisplay
    | TupleDisplay
    | SetDisplay
    | DictDisplay
    | Comprehension
    | Lambda
    | NamedValue
)


@dataclass(frozen=True, slots=True)
class Assign:
    """`name = value`, or `name: annotation = value`."""

    name: str
    value: Value
    annotation: str = ""


@dataclass(frozen=True, slots=True)
class Augment:
    """`name += value`, or with another operator."""

    name: str
    operator: str
    value: Value


@dataclass(frozen=True, slots=True)
class Evaluate:
    """A value for its effect."""

    value: Value


@dataclass(frozen=True, slots=True)
class Return:
    """`return value`, or `return` alone."""

    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """`pass`."""


@dataclass(frozen=True, slots=True)
class If:
    """A condition, what is done where it holds, and what is done where it does not."""

    test: Value
    body: tuple[Statement, ...] = ()
    otherwise: tuple[Statement, ...] = ()
    """Printed as `elif` if it is one more `If` alone."""


@dataclass(frozen=True, slots=True)
class For:
    """A loop."""

    targets: tuple[str, ...]
    over: Value
    body: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Try:
    """`try`, and what is done where *exception* is raised."""

    body: tuple[Statement, ...]
    exception: str
    handler: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the module."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    """Each name, and its annotation."""

    result: str
    """The annotation of what it returns."""

    summary: str
    """The text of its docstring."""

    body: tuple[Statement, ...]


Statement: TypeAlias = Assign | Augment | Evaluate | Return | Pass | If | For | Try | Function
Node: TypeAlias = Value | Statement

_OPPOSITES = {"==": "!=", "!=": "==", "is": "is not", "is not": "is", "in": "not in", "not in": "in"}
_OPPOSITES_OF_COUNTS = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def call(function: str | Value, /, *arguments: Value, **keywords: Value) -> Call:
    """A call of a function, which may be given by its name."""
    called = Name(function) if isinstance(function, str) else function
    return Call(called, arguments, tuple(keywords.items()))


def is_instance(value: Value, *types: str) -> Call:
    """Whether *value* is of one of some types of Python."""
    names = tuple(map(Name, types))
    return call("isinstance", value, names[0] if len(names) == 1 else TupleDisplay(names))


def tuple_of(values: Iterable[object]) -> TupleDisplay:
    """A tuple of JSON values."""
    return TupleDisplay(tuple(map(Constant, values)))


def opposite(condition: Value) -> Value:
    """What is true exactly where a condition, which is true or false and nothing else, is not."""
    match condition:
        case Constant(bool(value)):
            return Constant(not value)
        case Not(operand):
            return operand
        case Empty(operand):
            return Comparison(call("len", operand), ">=", Constant(1), of_counts=True)
        case Comparison(Call(Name("len"), (operand,)), ">=", Constant(1), of_counts=True):
            return Empty(operand)
        case Comparison(operator=operator) if operator in _OPPOSITES:
            return replace(condition, operator=_OPPOSITES[operator])
        case Comparison(operator=operator, of_counts=True):
            return replace(condition, operator=_OPPOSITES_OF_COUNTS[operator])
        case _:
            return Not(condition)


def negated(condition: Value) -> Value:
    """The opposite of a condition, in which `not` stands before none that is joined by `and` or `or`: De Morgan's."""
    match condition:
        case Logical(operator, operands):
            return both("or" if operator == "and" else "and", [negated(each) for each in operands])
        case _:
            return opposite(condition)


def both(operator: str, conditions: Iterable[Value]) -> Value:
    """Conditions joined by `and` or `or`, each once; constants that decide nothing are left out.

    A constant that decides all stands alone.
    """
    neutral = Constant(operator == "and")
    flat: list[Value] = []
    for condition in conditions:
        if condition == opposite(neutral):
            return condition
        if isinstance(condition, Logical) and condition.operator == operator:
            flat += condition.operands
        elif condition != neutral:
            flat.append(condition)
    flat = [*dict.fromkeys(flat)]
    return Logical(operator, tuple(flat)) if len(flat) > 1 else flat[0] if flat else neutral


def nested(headers: Sequence[If | For], body: Sequence[Statement]) -> tuple[Statement, ...]:
    """*body* inside *headers*, each inside the one before; nothing without a body, or below what is never true.

    A variable that a body does not use gets an underscore, or is not assigned at all.
    """
    inner = tuple(body)
    for header in reversed(headers):
        inner = _within(header, inner) if inner else ()
    return inner


def _within(header: If | For, body: tuple[Statement, ...]) -> tuple[Statement, ...]:
    if isinstance(header, For):
        used = {name for each in body for name in used_names(each)}
        targets = tuple(name if name in used else f"_{name}" for name in header.targets)
        return (replace(header, targets=targets, body=body),)
    if header.test == Constant(value=True):
        return body
    if header.test == Constant(value=False):
        return ()
    test = header.test
    if isinstance(test, Comparison) and isinstance(named := test.left, NamedValue):
        used = {name for each in body for name in used_names(each)}
        test = test if named.name in used else replace(test, left=named.value)
    return (replace(header, test=test, body=body),)


def chained(
    branches: Sequence[tuple[Value, Sequence[Statement]]], otherwise: Sequence[Statement] = ()
) -> tuple[Statement, ...]:
    """`if`, `elif` and `else`: each condition with what is done where it is the first that holds."""
    rest = tuple(otherwise)
    for test, body in reversed(branches):
        rest = (If(test, tuple(body), rest),)
    return rest


def nodes(node: Node) -> Iterator[Node]:
    """A tree and all that it is made of, each before its parts."""
    ahead = [node]
    while ahead:  # not by recursion: a chain of branches may be long
        node = ahead.pop()
        yield node
        if not isinstance(node, Name | Constant):  # most have no parts
            ahead += reversed(_parts(node))


def used_names(node: Node) -> Iterator[str]:
    """Every name that is read in a tree, as often as it is."""
    return (each.id for each in nodes(node) if isinstance(each, Name))


def _parts(node: Node) -> Sequence[Node]:
    """What a node is made of."""
    match node:
        case Call(function, arguments, keywords):  # there are most of these, and of those that follow
            return (function, *arguments, *(value for _, value in keywords))
        case Comparison(left, _, right) | Difference(left, right):
            return (left, right)
        case Item(of, key) | Slice(of, key):
            return (of, key)
        case Logical(_, parts) | TupleDisplay(parts) | ListDisplay(parts) | SetDisplay(parts) | Concatenation(parts):
            return parts
        case FormattedText(parts):
            return [part for part in parts if not isinstance(part, str)]
        case Attribute(of, _):
            return (of,)
        case Name() | Constant() | Pass():
            return ()
        case Range(least, value, most):
            return (least, value, most)
        case Conditional(test, then, otherwise):
            return (test, then, otherwise)
        case DictDisplay(pairs):
            return [value for _, value in pairs]
        case Comprehension(element, clauses, condition):
            return (*(over for _, over in clauses), element, *(() if condition is None else (condition,)))
        case Not(value) | Lambda(_, value) | NamedValue(_, value) | Assign(_, value) | Augment(_, _, value):
            return (value,)
        case Evaluate(value) | Empty(value):
            return (value,)
        case Return(value):
            return () if value is None else (value,)
        case If(test, body, otherwise):
            return (test, *body, *otherwise)
        case For(_, over, body):
            return (over, *body)
        case Try(body, exception, handler):
            return (*body, Name(exception), *handler)
        case Function(body=body):
            return body
