"""Leaf predicates of rules: text in a subset of CEL's syntax, parsed.

Every expression is valid CEL, and wherever CEL has an answer ours is the same. Beyond CEL, nothing fails: selecting
from a missing key, from null or from a wrong type gives null; macros over what is no list or map see nothing; comparing
different types is false; arithmetic on anything but numbers is null. Booleans are no numbers, and `1` equals `1.0`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from .scalars import OfOneKind

__all__ = [
    "FUNCTIONS",
    "MACROS",
    "METHODS",
    "Binary",
    "Call",
    "Conditional",
    "Expression",
    "ExpressionError",
    "Has",
    "Index",
    "ListOf",
    "Literal",
    "Macro",
    "MapOf",
    "Name",
    "Select",
    "Unary",
    "direct_parts",
    "names",
    "operands",
    "parse",
    "parts",
    "rebuilt",
    "substituted",
]

FUNCTIONS: dict[str, tuple[int, str]] = {
    "size": (1, "how many code points, items or entries; null for anything else"),
    "type": (1, "the name of the JSON type: null, bool, number, string, list or map"),
    "is_json": (1, "whether a string is JSON text"),
    "is_json_object": (1, "whether a string is the JSON text of an object"),
    "is_base64": (1, "whether a string is base64, padded, of the standard alphabet"),
    "mime_type": (1, "the media type of a data URL in lower case; null for any other string"),
    "data_of": (1, "what a data URL carries after its comma; null for any other string"),
    "byte_size": (1, "how many bytes a base64 string stands for; null if it is none"),
    "regex_fault": (1, "what keeps Python's `re` from compiling a pattern; null where nothing does"),
    "look_around": (1, "how the first look-ahead or look-behind of a pattern begins; null where there is none"),
    "has_type": (2, "whether a value is of a type of JSON Schema, or of one of a list of them"),
    "resolves": (2, "whether a local reference such as `#/$defs/a` leads somewhere in a schema"),
    "string": (1, "a number or a boolean as text, a string as it is; null for anything else"),
    "total": (1, "the sum of a list of numbers"),
    "without": (2, "a map but for the keys in a list; null for anything else"),
}
"""Functions by name: how many arguments, and what they give."""

METHODS: dict[str, tuple[int, str]] = {
    "startsWith": (1, "whether a string begins with another"),
    "endsWith": (1, "whether a string ends with another"),
    "contains": (1, "whether a string contains another"),
    "matches": (1, "whether a string contains a match of a pattern, which is a literal"),
    "size": (0, "as the function"),
}
"""Methods of a value by name: how many arguments, and what they give."""

MACROS = frozenset({"all", "exists", "exists_one", "map", "filter"})
"""Methods that bind a name to each item of a list, or to each key of a map."""


class ExpressionError(ValueError):
    """Text that is no expression, and the offset at which that shows."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@dataclass(frozen=True, slots=True, eq=False)
class Literal(OfOneKind[str | int | float | bool | None]):
    """A string, a number, a boolean or null."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Name:
    """What a rule or a macro binds, such as `self`, `root` or `index`."""

    name: str


@dataclass(frozen=True, slots=True)
class Select:
    """`of.field`; null where there is none."""

    of: Expression
    field: str


@dataclass(frozen=True, slots=True)
class Has:
    """`has(of.field)`: whether the key is there, null or not."""

    of: Expression
    field: str


@dataclass(frozen=True, slots=True)
class Index:
    """`of[key]`; null where there is none."""

    of: Expression
    key: Expression


@dataclass(frozen=True, slots=True)
class Unary:
    """An operand with `!` or `-` before it."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and `||`, `&&`, `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `+`, `-` or `*`."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Conditional:
    """`test ? then : otherwise`."""

    test: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """A function, or a method with its value as the first argument."""

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Macro:
    """`of.all(variable, body)` and its like; `map` may have a third part, a filter before the body."""

    name: str
    of: Expression
    variable: str
    body: Expression
    guard: Expression | None = None


@dataclass(frozen=True, slots=True)
class ListOf:
    """`[a, b]`."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class MapOf:
    """`{'key': value}`; keys are string literals. A null value is kept."""

    entries: tuple[tuple[str, Expression], ...]


Expression = Literal | Name | Select | Has | Index | Unary | Binary | Conditional | Call | Macro | ListOf | MapOf

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?)"""
    r"""|(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
    r"""|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"""
    r"""|(?P<sign>\|\||&&|==|!=|<=|>=|[-+*<>!?:.,()\[\]{}]))"""
)
_BINDING = {
    "?": 1,
    "||": 2,
    "&&": 3,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">=", "in"), 4),
    **dict.fromkeys(("+", "-"), 5),
    "*": 6,
}
_LONGEST = 400
"""Tokens; what is nested as deeply is no predicate any more."""

_WORDS = {"true": True, "false": False, "null": None}
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "'": "'", '"': '"'}


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """The expression that *text* spells. Raises `ExpressionError`."""
    parser = _ExpressionParser(text)
    try:
        expression = parser.expression(0)
    except RecursionError:
        raise ExpressionError("nested too deeply", 0) from None
    parser.end()
    return expression


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    offset: int

    @property
    def words(self) -> str:
        return repr(self.text) if self.text else "the end"


class _ExpressionParser:
    """Precedence climbing over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        if len(self._tokens) > _LONGEST:
            raise ExpressionError("too long; bind parts of it to names by `let`", self._tokens[_LONGEST].offset)
        self._next = 0

    def expression(self, binding: int) -> Expression:
        """The longest expression whose operators bind tighter than *binding*."""
        left = self._prefix()
        while _BINDING.get(self._peek().text, 0) > binding and self._peek().kind in {"sign", "name"}:
            operator = self._take().text
            if operator == "?":
                then = self.expression(0)
                self._expect(":")
                left = Conditional(left, then, self.expression(0))
            else:
                left = Binary(operator, left, self.expression(_BINDING[operator]))
        return left

    def end(self) -> None:
        """Complain of anything that is left."""
        token = self._peek()
        if token.kind != "end":
            raise ExpressionError(f"{token.text!r} stands where the expression could end", token.offset)

    def _prefix(self) -> Expression:
        token = self._take()
        match token.kind, token.text:
            case "sign", "!" | "-":
                return Unary(token.text, self._postfix(self._prefix()))
            case "sign", "(":
                inner = self.expression(0)
                self._expect(")")
                return self._postfix(inner)
            case "sign", "[":
                return self._postfix(ListOf(tuple(self._items("]"))))
            case "sign", "{":
                return self._postfix(MapOf(tuple(self._entries())))
            case "number", _:
                return Literal(json.loads(token.text))
            case "string", _:
                return self._postfix(Literal(_unquoted(token)))
            case "name", _:
                return self._postfix(self._word(token))
            case _:
                raise ExpressionError(f"{token.words} stands where a value should", token.offset)

    def _word(self, token: _Token) -> Expression:
        if token.text in _WORDS:
            return Literal(_WORDS[token.text])
        if self._peek().text != "(":
            return Name(token.text)
        self._take()
        arguments = tuple(self._items(")"))
        if token.text == "has":
            if len(arguments) != 1 or not isinstance(arguments[0], Select):
                raise ExpressionError("has() takes one selection, such as has(self.name)", token.offset)
            return Has(arguments[0].of, arguments[0].field)
        return self._call(token, arguments, FUNCTIONS)

    def _postfix(self, value: Expression) -> Expression:
        while self._peek().text in {".", "["} and self._peek().kind == "sign":
            if self._take().text == "[":
                value = Index(value, self.expression(0))
                self._expect("]")
                continue
            name = self._take()
            if name.kind != "name":
                raise ExpressionError(f"{name.words} stands where the name of a field should", name.offset)
            if self._peek().text != "(":
                value = Select(value, name.text)
                continue
            self._take()
            value = self._method(value, name, tuple(self._items(")")))
        return value

    def _method(self, value: Expression, name: _Token, arguments: tuple[Expression, ...]) -> Expression:
        if name.text not in MACROS:
            return self._call(name, (value, *arguments), {key: (n + 1, what) for key, (n, what) in METHODS.items()})
        guarded = name.text == "map" and len(arguments) == 3
        if (len(arguments) != 2 and not guarded) or not isinstance(arguments[0], Name):
            raise ExpressionError(f"{name.text} takes a variable and an expression", name.offset)
        guard = arguments[1] if guarded else None
        return Macro(name.text, value, arguments[0].name, arguments[-1], guard)

    def _call(self, name: _Token, arguments: tuple[Expression, ...], known: dict[str, tuple[int, str]]) -> Expression:
        if name.text not in known:
            listed = ", ".join(sorted(known))
            raise ExpressionError(f"there is no function {name.text!r}; there are {listed}", name.offset)
        if len(arguments) != known[name.text][0]:
            raise ExpressionError(f"{name.text} does not take {len(arguments)} arguments", name.offset)
        if name.text == "matches" and not isinstance(arguments[1], Literal):
            raise ExpressionError("the pattern of matches must be a literal", name.offset)
        return Call(name.text, arguments)

    def _items(self, closing: str) -> Iterator[Expression]:
        while self._peek().text != closing:
            yield self.expression(0)
            if self._peek().text != ",":
                break
            self._take()
        self._expect(closing)

    def _entries(self) -> Iterator[tuple[str, Expression]]:
        while self._peek().text != "}":
            key = self._take()
            if key.kind != "string":
                raise ExpressionError("a key must be a string", key.offset)
            self._expect(":")
            yield _unquoted(key), self.expression(0)
            if self._peek().text != ",":
                break
            self._take()
        self._expect("}")

    def _expect(self, text: str) -> None:
        token = self._take()
        if token.text != text:
            raise ExpressionError(f"{token.words} stands where {text!r} should", token.offset)

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._tokens[self._next]
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token


def _tokens(text: str) -> Iterator[_Token]:
    offset = 0
    while text[offset:].strip():
        found = _TOKEN.match(text, offset)
        if found is None:
            start = len(text) - len(text[offset:].lstrip())
            raise ExpressionError(f"{text[start]!r} has no meaning here", start)
        kind = str(found.lastgroup)
        yield _Token(kind, found[kind], found.start(kind))
        offset = found.end()
    yield _Token("end", "", len(text))


def _unquoted(token: _Token) -> str:
    def unescaped(found: re.Match[str]) -> str:
        if found[1] not in _ESCAPES:
            raise ExpressionError(f"\\{found[1]} is no escape", token.offset)
        return _ESCAPES[found[1]]

    return re.sub(r"\\(.)", unescaped, token.text[1:-1])


def names(expression: Expression, bound: frozenset[str] = frozenset()) -> Iterator[str]:
    """The names that *expression* uses and does not bind itself."""
    match expression:
        case Name(name):
            if name not in bound:
                yield name
        case Literal():
            pass
        case Select(of) | Has(of):
            yield from names(of, bound)
        case Unary(_, operand):
            yield from names(operand, bound)
        case Index(left, right) | Binary(_, left, right):
            yield from names(left, bound)
            yield from names(right, bound)
        case Conditional(test, then, otherwise):
            for part in (test, then, otherwise):
                yield from names(part, bound)
        case Call(_, items) | ListOf(items):
            for item in items:
                yield from names(item, bound)
        case MapOf(entries):
            for _, item in entries:
                yield from names(item, bound)
        case Macro(_, of, variable, body, guard):
            yield from names(of, bound)
            yield from names(body, bound | {variable})
            if guard is not None:
                yield from names(guard, bound | {variable})


def parts(expression: Expression) -> Iterator[Expression]:
    """*expression* and every expression in it, each before those that it is made of."""
    ahead = [expression]
    while ahead:  # not by recursion: each level of it would pass on all that is below
        expression = ahead.pop()
        yield expression
        ahead += reversed(direct_parts(expression))


def direct_parts(expression: Expression) -> tuple[Expression, ...]:
    """The expressions that *expression* is made of, in their order."""
    match expression:
        case Name() | Literal():
            return ()
        case Select(of) | Has(of):
            return (of,)
        case Unary(_, operand):
            return (operand,)
        case Index(left, right) | Binary(_, left, right):
            return (left, right)
        case Conditional(test, then, otherwise):
            return (test, then, otherwise)
        case Call(_, items) | ListOf(items):
            return items
        case MapOf(entries):
            return tuple(item for _, item in entries)
        case Macro(_, of, _, body, guard):
            return (of, body) if guard is None else (of, body, guard)


def operands(operator: str, expression: Expression) -> list[Expression]:
    """What *operator* joins, however often it stands in a chain; the expression itself where it is of no such kind."""
    match expression:
        case Binary(own, left, right) if own == operator:
            return [*operands(operator, left), *operands(operator, right)]
        case _:
            return [expression]


def rebuilt(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """*expression* with each of the expressions that it is made of changed."""
    match expression:
        case Name() | Literal():
            return expression
        case Select(of, field):
            return Select(change(of), field)
        case Has(of, field):
            return Has(change(of), field)
        case Unary(operator, operand):
            return Unary(operator, change(operand))
        case Index(of, key):
            return Index(change(of), change(key))
        case Binary(operator, left, right):
            return Binary(operator, change(left), change(right))
        case Conditional(test, then, otherwise):
            return Conditional(change(test), change(then), change(otherwise))
        case Call(function, items):
            return Call(function, tuple(map(change, items)))
        case ListOf(items):
            return ListOf(tuple(map(change, items)))
        case MapOf(entries):
            return MapOf(tuple((key, change(item)) for key, item in entries))
        case Macro(name, of, variable, body, guard):
            return Macro(name, change(of), variable, change(body), None if guard is None else change(guard))


def substituted(expression: Expression, name: str, value: Expression) -> Expression:
    """*expression* with a value in place of a name, but where a macro binds that name itself."""
    match expression:
        case Name(own):
            return value if own == name else expression
        case Macro(variable=own) if own == name:
            return replace(expression, of=substituted(expression.of, name, value))
        case _:
            return rebuilt(expression, lambda part: substituted(part, name, value))
