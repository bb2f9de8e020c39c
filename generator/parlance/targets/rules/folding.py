"""What an expression comes to in a document that lacks some places: as far as that is certain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
)
from ...contract.rules import ANY
from .constants import Known, calculated, called, compared, same

__all__ = ["EVERY_SCHEMA", "NULL", "Fold", "Path", "Place", "Token", "Value", "is_empty", "is_uncounted"]

EVERY_SCHEMA = "**"
"""The step that stands for a schema and every schema in it."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of which each item is told."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Each:
    """A list of any length, all of whose items come to the same."""

    item: Value


@dataclass(frozen=True, slots=True)
class Place:
    """Null, or whatever stands at one of the places of *path*; or the key of one, where the path goes over all keys."""

    path: Path


@dataclass(frozen=True, slots=True)
class Token:
    """The place of an item in its array, or the key of a value in its object: never null."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of one of the objects at *path*."""

    path: Path


Value = Known | Listed | Each | Place | Token | Key | None
"""None for what cannot be told."""

NULL = Known(None)


def truth(value: Value) -> bool | None:
    """Whether it is `true`; None where that depends on the document."""
    match value:
        case Known(known):
            return known is True
        case Listed() | Each() | Token() | Key():
            return False
        case _:
            return None


def is_empty(value: Value) -> bool:
    """Whether it is certain that nothing but null comes of going over it."""
    match value:
        case Known():
            return True
        case Listed(items):
            return all(item == NULL for item in items)
        case Each(item):
            return item == NULL
        case _:
            return False


def is_uncounted(value: Value) -> bool:
    """Whether it is certain that it adds nothing to a sum."""
    match value:
        case Known(known):
            return isinstance(known, bool | str) or not known
        case Listed() | Each() | Token() | Key():
            return True
        case _:
            return False


@dataclass(frozen=True, slots=True)
class Fold:
    """Evaluates expressions; a macro binds a further name."""

    names: Mapping[str, Value]
    absent: Callable[[Path], bool]
    """Whether no document that is thought of has a place of this path."""

    def bind(self, name: str, value: Value) -> Fold:
        """The same with one more name."""
        return Fold({**self.names, name: value}, self.absent)

    def at(self, path: Path) -> Value:
        """What stands at *path*."""
        return NULL if self.absent(path) else Place(path)

    def truth(self, expression: Expression | None) -> bool | None:
        """Whether *expression* is true; one that is not given always is."""
        return True if expression is None else truth(self.value(expression))

    def value(self, expression: Expression) -> Value:
        """What *expression* comes to."""
        match expression:
            case Literal(value):
                return Known(value)
            case Name(name):
                return self.names.get(name)
            case Select(of, field):
                return self._below(self.value(of), field)
            case Has(of, field):
                return Known(value=False) if self._below(self.value(of), field) == NULL else None
            case Index(of, key):
                return self._item(self.value(of), self.value(key))
            case Unary(operator, operand):
                return self._unary(operator, self.value(operand))
            case Binary(operator, left, right):
                return self._binary(operator, left, right)
            case Conditional(test, then, otherwise):
                return self._choice(self.truth(test), self.value(then), self.value(otherwise))
            case Call(function, arguments):
                return self._call(function, [self.value(each) for each in arguments])
            case Macro():
                return self._macro(expression)
            case ListOf(items):
                return Listed(tuple(map(self.value, items)))
            case MapOf():
                return None
            case _:
                assert_never(expression)

    def _below(self, holder: Value, step: str) -> Value:
        match holder:
            case Place(path):
                return self.at((*path, step))
            case None:
                return None
            case _:
                return NULL

    def _item(self, holder: Value, key: Value) -> Value:
        match holder, key:
            case Place(), Known(str(name)) if name not in {ANY, EVERY_SCHEMA}:
                return self._below(holder, name)
            case Place(), _:
                return self._below(holder, ANY)
            case Listed(items), Known(int(index)):
                return items[index] if 0 <= index < len(items) else NULL
            case (Listed(()) | Known() | Token() | Key()), _:
                return NULL
            case Each(item), _ if item == NULL:
                return NULL
            case _:
                return None

    def _unary(self, operator: str, operand: Value) -> Value:
        if operator == "!":
            holds = truth(operand)
            return None if holds is None else Known(not holds)
        return calculated("-", Known(0), operand)

    def _choice(self, test: bool | None, then: Value, otherwise: Value) -> Value:
        if test is None:
            return then if then == otherwise else None
        return then if test else otherwise

    def _binary(self, operator: str, left: Expression, right: Expression) -> Value:
        if operator in {"&&", "||"}:
            deciding = operator == "||"
            holds = {self.truth(left), self.truth(right)}
            return Known(deciding) if deciding in holds else None if None in holds else Known(not deciding)
        one, other = self.value(left), self.value(right)
        match operator:
            case "==" | "!=":
                equal = self._equal(one, other)
                return None if equal is None else Known(equal is (operator == "=="))
            case "in":
                contained = self._contains(one, other)
                return None if contained is None else Known(contained)
            case "<" | "<=" | ">" | ">=":
                return compared(operator, one, other)
            case _:
                return calculated(operator, one, other)

    def _equal(self, one: Value, other: Value) -> bool | None:
        match one, other:
            case Known(left), Known(right):
                return same(left, right)
            case (Key(path), Known(name)) | (Known(name), Key(path)):
                return False if not isinstance(name, str) or self.absent((*path, name)) else None
            case ((Listed() | Each() | Token(), Known(None)) | (Known(None), Listed() | Each() | Token())):
                return False
            case _:
                return None

    def _contains(self, item: Value, holder: Value) -> bool | None:
        match holder:
            case Known() | Token() | Key():
                return False
            case Listed(items):
                found = {self._equal(item, each) for each in items}
                return True if True in found else None if None in found else False
            case Place(path) if path[-1:] == (EVERY_SCHEMA,) and isinstance(item, Known):
                lacks = not isinstance(item.value, str) or self.absent((*path, item.value))
                return False if lacks else None
            case _:
                return None

    def _call(self, function: str, arguments: list[Value]) -> Value:
        first = arguments[0]
        match function, first:
            case "type", (Listed() | Each()):
                return Known("list")
            case "size", Listed(items):
                return Known(len(items))
            case "total", _ if is_empty(first):
                return Known(0)
            case "total", Each(Known(0)):
                return Known(0)
            case _, Known(value):
                return called(function, value)
            case _:
                return None

    def _macro(self, macro: Macro) -> Value:
        of = self.value(macro.of)
        match of:
            case Listed(items):
                return self._unrolled(macro, items)
            case Known() | Token() | Key():
                return self._unrolled(macro, ())
            case Place(path) if path[-1:] == (EVERY_SCHEMA,):
                return self._repeated(macro, Key(path))
            case Place(path):
                item = self.at((*path, ANY))
                return self._unrolled(macro, ()) if item == NULL else self._repeated(macro, item)
            case Each(item):
                return self._repeated(macro, item)
            case None:
                return self._repeated(macro, None)
            case _:
                assert_never(of)

    def _repeated(self, macro: Macro, item: Value) -> Value:
        """Over any number of items."""
        inner = self.bind(macro.variable, item)
        match macro.name:
            case "all":
                return Known(value=True) if inner.truth(macro.body) is True else None
            case "exists" | "exists_one":
                return Known(value=False) if inner.truth(macro.body) is False else None
            case "filter":
                return Listed(()) if inner.truth(macro.body) is False else None
            case _:
                return Listed(()) if inner.truth(macro.guard) is False else Each(inner.value(macro.body))

    def _unrolled(self, macro: Macro, items: tuple[Value, ...]) -> Value:
        """Over the items given."""
        scopes = [self.bind(macro.variable, item) for item in items]
        if macro.name == "map":
            kept = [scope.truth(macro.guard) for scope in scopes]
            values = (scope.value(macro.body) for scope, keep in zip(scopes, kept, strict=True) if keep)
            return None if None in kept else Listed(tuple(values))
        held = [scope.truth(macro.body) for scope in scopes]
        match macro.name:
            case "all":
                return Known(value=False) if False in held else None if None in held else Known(value=True)
            case "exists":
                return Known(value=True) if True in held else None if None in held else Known(value=False)
            case "exists_one":
                return None if None in held else Known(held.count(True) == 1)
            case _:
                kept_items = tuple(item for item, keep in zip(items, held, strict=True) if keep)
                return None if None in held else Listed(kept_items)
