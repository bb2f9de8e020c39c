"""Statements of a program as trees of Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from ...program import ir
from ..definition_names import DefinitionNames
from .effects import FOUND, Effects
from .key_sets import KeySets
from .names import GateNames, SchemaNames
from .syntax import (
    Assign,
    Attribute,
    Augment,
    Comparison,
    Constant,
    For,
    If,
    ListDisplay,
    Name,
    NamedValue,
    Pass,
    Return,
    Slice,
    Statement,
    Value,
    both,
    call,
    negated,
    nested,
)
from .values import Values

__all__ = ["Body"]

_NULL, _EMPTY = Constant(None), ListDisplay(())
_SUBSCHEMAS = Name("subschemas")

_GATHERED: Mapping[ir.Gathered, tuple[Value, str]] = {
    "value": (_NULL, "Json"),
    "values": (_EMPTY, "list[Json]"),
    "keys": (call("set"), "set[object]"),
    "ids": (call("set"), "set[Any]"),
    "sum": (Constant(0), "float"),
    "pairs": (_EMPTY, "list[tuple[str, Json, Json, bool, Json]]"),
    "symbols": (_EMPTY, "list[tuple[str, Json]]"),
    "edits": (_EMPTY, "list[Edit]"),
    "evaluated": (call("set"), "set[str | int]"),
}
"""What a variable has at first, and its annotation."""


@dataclass(frozen=True, slots=True)
class Body:
    """Says the body of one function, or of several that declare nothing."""

    effects: Effects = field(default_factory=Effects)
    subschemas: Value = _SUBSCHEMAS
    """What leads from a schema to all that are in it."""

    is_fused: bool = False
    """Whether conditions that follow each other directly are one."""

    _declared: set[str] = field(default_factory=set[str])

    @classmethod
    def of_definitions(cls, names: DefinitionNames) -> Body:
        """The bodies of functions that look at a value of a definition."""
        return cls(Effects(Values(names=names)))

    @classmethod
    def of_check(cls, rule: str, routines: Mapping[ir.Routine, str]) -> Body:
        """The body of a function that has `found`, which remembers the schemas that it was asked for."""
        return cls(Effects(rule=rule, routines=routines), Attribute(FOUND, "schemas"))

    @classmethod
    def of_schema(cls, names: SchemaNames) -> Body:
        """The body of a function that looks at a value of any JSON Schema."""
        return cls(Effects(Values(schemas=names)))

    @classmethod
    def of_gate(cls, names: GateNames, sets: KeySets) -> Body:
        """The body of a function of a gate."""
        return cls(Effects(Values(sets, gate=names)), is_fused=True)

    def value(self, value: ir.Value) -> Value:
        """A value as Python."""
        return self.effects.values.value(value)

    def statements(self, body: ir.Body) -> tuple[Statement, ...]:
        """Statements as Python."""
        return tuple(line for each in body for line in self._statement(each))

    def _statement(self, statement: ir.Statement) -> Iterator[Statement]:
        match statement:
            case ir.Each() | ir.EachItem() | ir.EachField() | ir.EachSchema():
                # What goes over schemas may see by itself that a document is to be looked at.
                is_idle = isinstance(statement, ir.EachSchema) and statement.keywords and not statement.body
                yield from nested([self._loop(statement)], (Pass(),) if is_idle else self.statements(statement.body))
            case ir.EachByName():
                yield self._by_name(statement)
            case ir.At(value, name, body):
                is_there = Comparison(NamedValue(name, self.value(value)), "is not", _NULL)
                yield from map(self._fused, nested([If(is_there)], self.statements(body)))
            case ir.If():
                yield from self._branches(statement)
            case ir.Let() | ir.Gather() | ir.Assign() | ir.Counter() | ir.Increment() | ir.OpenIds():
                yield self._variable(statement)
            case ir.AddAll(to, ir.Variable(name)) if name in self._declared:
                yield Augment(to.name, "|", Name(name))  # of two sets, this is faster than `update`
            case ir.Return(value):
                yield Return(None if value is None else self.value(value))
            case _:
                yield self.effects.statement(statement)

    def _branches(self, first: ir.If) -> tuple[Statement, ...]:
        branches = [first]
        while len(rest := branches[-1].otherwise) == 1 and isinstance(following := rest[0], ir.If):
            branches.append(following)  # not by recursion: a chain may be long
        made = self.statements(branches[-1].otherwise)
        for each in reversed(branches):
            made = (self._fused(If(self.value(each.test), self.statements(each.body) or (Pass(),), made)),)
        return made

    def _loop(self, loop: ir.Each | ir.EachItem | ir.EachField | ir.EachSchema) -> For:
        over = self.value(loop.of)
        match loop:
            case ir.Each(_, token, item):
                return For((token, item), call("entries", over))
            case ir.EachItem():
                return _over_items(loop, over)
            case ir.EachField(_, str(key), str(item)):
                return For((key, item), call(Attribute(over, "items")))
            case ir.EachField(_, str(key), None):
                return For((key,), over)
            case ir.EachField(_, _, item):
                return For((str(item),), call(Attribute(over, "values")))
            case ir.EachSchema(_, schema, path, level):
                if path is None:
                    return For((schema, level), self.effects.values.schemas(over, loop))
                return For((schema, path, level), call(self.subschemas, over))
            case _:
                assert_never(loop)

    def _by_name(self, loop: ir.EachByName) -> For:
        key, item, routine = Name(loop.key), Name(loop.item), Name(loop.routine)
        found = call(Attribute(self.value(loop.table), "get"), key)
        wrong = negated(call(routine, item))
        reject = (Return(Constant(value=False)),)
        others = self.statements(loop.others)
        if others:
            test = If(Comparison(routine, "is", _NULL), others, (If(wrong, reject),))
        else:
            test = If(both("and", [Comparison(routine, "is not", _NULL), wrong]), reject)
        pairs = call(Attribute(self.value(loop.of), "items"))
        return For((loop.key, loop.item), pairs, (Assign(loop.routine, found), test))

    def _fused(self, statement: Statement) -> Statement:
        """A condition with the one that all of its body is under, where that is how conditions are said."""
        match statement:
            case If(test, (If(inner, body, ()),), ()) if self.is_fused:
                return If(both("and", [test, inner]), body)
            case _:
                return statement

    def _variable(
        self, statement: ir.Let | ir.Gather | ir.Assign | ir.Counter | ir.Increment | ir.OpenIds
    ) -> Statement:
        match statement:
            case ir.Let(name, value):
                return Assign(name, self.value(value))
            case ir.Gather(name, kind):
                return self._first(name, *_GATHERED[kind])
            case ir.Assign(to, value):
                return Assign(to.name, self.value(value))
            case ir.Counter(name, start):
                return Assign(name, Constant(start))
            case ir.Increment(counter, by):
                return Augment(counter.name, "+", self.value(by))
            case ir.OpenIds(ids, of):
                return Assign(ids.name, call("set", call("items", self.value(of))))
            case _:
                assert_never(statement)

    def _first(self, name: str, value: Value, annotation: str) -> Assign:
        """What a variable has at first; its type is declared once in a function."""
        is_new = name not in self._declared
        self._declared.add(name)
        return Assign(name, value, annotation if is_new else "")


def _over_items(loop: ir.EachItem, items: Value) -> For:
    rest = Slice(items, Constant(loop.first)) if loop.first else items
    match loop.index, loop.item:
        case str(index), str(item):
            return For((index, item), call("enumerate", rest, *_number(loop.first)))
        case str(index), None:
            return For((index,), call("range", *_number(loop.first), call("len", items)))
        case _, item:
            return For((str(item),), rest)


def _number(first: int) -> tuple[Constant, ...]:
    """Where numbers start, which need not be said of zero."""
    return (Constant(first),) if first else ()
