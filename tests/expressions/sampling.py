"""Random documents that have what an expression asks for, and random expressions."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from random import Random
from typing import Any

from parlance.contract.expression import (
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
from parlance.finding.shape import is_array, is_object

__all__ = ["Documents", "Expressions"]

_SCALARS: tuple[Any, ...] = (
    None, True, False, 0, 1, 2, -1, 5, 1.0, 0.5, 2.5, -3.0, 2**40,
    "", "a", "b", "1", "user", "text", "JSON", "A b", "é😀", "{}", "[1]", "{", "QUJD", "data:image/png;base64,QUJD",
)  # fmt: skip
_FIELDS = ("a", "b", "type", "role")
_PATTERNS = ("^a", "b$", "^[a-z0-9]*$", "[Jj][Ss]", "^$", "a|b", "^(a|1){1,2}$", "^[^ ]+$")


class Documents:
    """Values and bindings for one expression: examples, changed or not, and what has its fields."""

    def __init__(self, expression: Expression, examples: Sequence[Any], random: Random) -> None:
        self._random = random
        self._examples = examples
        found = [*parts(expression)]
        self._fields = [*{each.field: 0 for each in found if isinstance(each, (Select, Has))}]
        self._words = [each.value for each in found if isinstance(each, Literal) and each.value is not None]
        self._of_self = {each.field for each in found if isinstance(each, (Select, Has)) and each.of == Name("self")}

    def bindings(self) -> dict[str, Any]:
        """A document, and a place in it."""
        root = self._root()
        places = list(_places(root, None))
        fitting = [place for place in places if is_object(place[0]) and self._of_self & place[0].keys()]
        value, index = self._random.choice(fitting if fitting and self._random.random() < 0.8 else places)
        return {
            "self": value,
            "root": root,
            "index": index,
            "depth": self._random.randrange(7),
            "path": self._random.choice(("", "/properties/a")),
            "place": self._random.choice(("/max_tokens", "/user", "")),
            "reasoning": self._random.random() < 0.5,
            "before": self._root(),
            "request": self._root(),
            "response": root,
            "exchange": {
                "status": self._random.choice((200, 400, 429, 500)),
                "streamed": self._random.random() < 0.5,
                "errors": self._random.choice((None, 0, 1, 3)),
            },
            "stream": {
                "kind": self._random.choice(("chunk", "error", "end", "close")),
                "event": self._random.choice(("", "error")),
                "chunks": self._random.randrange(3),
                "done": self._random.random() < 0.5,
                "failed": self._random.random() < 0.5,
            },
        }

    def value(self, depth: int = 0) -> Any:
        """A value of any type."""
        kind = self._random.random()
        if depth > 3 or kind < 0.4:
            return self._random.choice(self._words if self._words and self._random.random() < 0.5 else _SCALARS)
        if kind < 0.6:
            return [self.value(depth + 1) for _ in range(self._random.randrange(4))]
        fields = [*self._fields, *_FIELDS]
        chosen = self._random.sample(fields, self._random.randint(0, min(6, len(fields))))
        return {field: self.value(depth + 1) for field in chosen}

    def _root(self) -> Any:
        if not self._examples or self._random.random() < 0.3:
            return {field: self.value(1) for field in (*self._fields, *_FIELDS) if self._random.random() < 0.8}
        root = copy.deepcopy(self._random.choice(self._examples))
        for _ in range(self._random.choice((0, 1, 1, 2, 4))):
            holders = [value for value, _ in _places(root, None) if (is_object(value) or is_array(value)) and value]
            if holders:
                self._change(self._random.choice(holders))
        return root

    def _change(self, holder: Any) -> None:
        key: Any = self._random.choice([*holder] if is_object(holder) else range(len(holder)))
        kind = self._random.random()
        if kind < 0.2:
            del holder[key]
        elif kind < 0.4 and is_object(holder) and self._fields:
            holder[self._random.choice(self._fields)] = self.value(2)
        else:
            holder[key] = self.value(2)


def _places(value: Any, index: int | None) -> Any:
    yield value, index
    if is_object(value):
        for item in value.values():
            yield from _places(item, None)
    elif is_array(value):
        for number, item in enumerate(value):
            yield from _places(item, number)


class Expressions:
    """Makes expressions, mostly of fitting types."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._bound: list[str] = []

    def expression(self) -> Expression:
        """One of any type."""
        return self._any(self._random.choice((2, 3, 3, 4)))

    def _any(self, depth: int) -> Expression:
        makers = (self._truth, self._truth, self._number, self._text, self._list, self._value)
        return self._random.choice(makers)(depth)

    def _value(self, depth: int) -> Expression:
        """What a document holds somewhere."""
        here: Expression = Name(self._random.choice(["self", "self", "self", "root", "index", *self._bound * 2]))
        for _ in range(self._random.choice((0, 1, 1, 2))):
            if self._random.random() < 0.85:
                here = Select(here, self._random.choice(_FIELDS))
            else:
                here = Index(here, Literal(self._random.choice((0, 1, "a", "type"))))
        if depth > 0 and self._random.random() < 0.15:
            return Conditional(self._truth(depth - 1), self._any(depth - 1), here)
        return here

    def _truth(self, depth: int) -> Expression:
        if depth <= 0:
            return self._random.choice((Literal(value=True), Literal(value=False), Has(Name("self"), "a")))
        match self._random.randrange(12):
            case 0:
                return Unary("!", self._truth(depth - 1))
            case 8:
                operator = self._random.choice(("==", "==", "!=", "<", ">="))
                return Binary(operator, self._truth(depth - 1), self._truth(depth - 1))
            case 9:
                return Conditional(self._truth(depth - 1), self._truth(depth - 1), self._truth(depth - 1))
            case 10:
                truths = tuple(self._truth(depth - 1) for _ in range(self._random.randint(1, 2)))
                return Binary("in", self._truth(depth - 1), ListOf(truths))
            case 1 | 2:
                return Binary(self._random.choice(("&&", "||")), self._truth(depth - 1), self._truth(depth - 1))
            case 3:
                operator = self._random.choice(("==", "!=", "<", "<=", ">", ">="))
                maker = self._random.choice((self._number, self._text))
                return Binary(operator, self._value(1), maker(depth - 1))
            case 4:
                return Binary(self._random.choice(("==", "!=")), self._any(depth - 1), self._any(depth - 1))
            case 5:
                return Binary("in", self._any(depth - 1), self._random.choice((self._list, self._value))(depth - 1))
            case 6:
                return Has(self._value(1), self._random.choice(_FIELDS))
            case 7:
                return self._asked(depth)
            case _:
                return self._macro(self._random.choice(("all", "exists", "exists_one")), depth, self._truth)

    def _asked(self, depth: int) -> Expression:
        text = self._random.choice((self._value, self._text))(depth - 1)
        method = self._random.choice(("startsWith", "endsWith", "contains", "matches", "type"))
        if method == "type":
            kind = self._random.choice(("null", "bool", "number", "string", "list", "map"))
            return Binary(self._random.choice(("==", "!=")), Call("type", (self._value(1),)), Literal(kind))
        if method == "matches":
            return Call(method, (text, Literal(self._random.choice(_PATTERNS))))
        return Call(method, (text, self._text(depth - 1)))

    def _number(self, depth: int) -> Expression:
        if depth <= 0:
            return Literal(self._random.choice((0, 1, 2, 5, 0.5, 1.0, 2.5)))
        match self._random.randrange(4):
            case 0:
                return Call("size", (self._any(depth - 1),))
            case 1:
                return Binary(self._random.choice("+-*"), self._number(depth - 1), self._number(depth - 1))
            case 2:
                return Unary("-", self._value(1))
            case _:
                return self._value(1)

    def _text(self, depth: int) -> Expression:
        if depth <= 0:
            return Literal(self._random.choice(("", "a", "b", "user", "é", 'it\'s\n\\ "so"')))
        match self._random.randrange(4):
            case 0:
                return Binary("+", self._text(depth - 1), self._text(depth - 1))
            case 1:
                return Call("string", (self._value(1),))
            case _:
                return self._value(1)

    def _list(self, depth: int) -> Expression:
        if depth <= 0:
            return ListOf(tuple(Literal(each) for each in self._random.sample((1, 2, "a", "user", None), 2)))
        match self._random.randrange(5):
            case 0:
                return ListOf(tuple(self._any(depth - 1) for _ in range(self._random.randrange(3))))
            case 1:
                return Binary("+", self._list(depth - 1), self._list(depth - 1))
            case 2:
                return MapOf(tuple((key, self._any(depth - 1)) for key in self._random.sample(_FIELDS, 2)))
            case 3:
                return self._macro("filter", depth, self._truth)
            case _:
                return self._macro("map", depth, self._any)

    def _macro(self, name: str, depth: int, maker: Any) -> Expression:
        of = self._random.choice((self._list, self._value, self._value))(depth - 1)
        variable = "xyz"[len(self._bound) % 3] + "v" * (len(self._bound) // 3)
        self._bound.append(variable)
        body = maker(depth - 1)
        guard = self._truth(depth - 1) if name == "map" and self._random.random() < 0.2 else None
        self._bound.pop()
        return Macro(name, of, variable, body, guard)
