"""Conditions about one scalar as Python."""

from __future__ import annotations

import string
from typing import assert_never

from ...contract.kinds import Kind
from ...program import ir
from ...regex import translated
from .character_sets import CharacterSet, character_set, is_one_line
from .names import SchemaNames
from .syntax import Attribute, Comparison, Constant, Difference, Name, Not, Value, both, call, is_instance

__all__ = ["fits", "of_kind"]

_CLASSES = {Kind.STRING: "str", Kind.BOOLEAN: "bool", Kind.OBJECT: "dict", Kind.ARRAY: "list"}


def of_kind(test: ir.IsKind | ir.IsInteger | ir.IsFinite, value: Value) -> Value:
    """Whether a value is what *test* asks for."""
    # A bool is an int by `isinstance` alone; other subclasses are left to the slow path.
    is_whole = Comparison(call("type", value), "is", Name("int"))
    is_real = is_instance(value, "float")
    # Only a finite number gives zero here.
    is_finite = Comparison(Difference(value, value), "==", Constant(0))
    match test:
        case ir.IsKind(_, Kind.NUMBER, admits_booleans=True):
            return is_instance(value, "int", "float")
        case ir.IsKind(_, Kind.NUMBER):
            return both("and", [is_instance(value, "int", "float"), Not(is_instance(value, "bool"))])
        case ir.IsKind(_, kind, others):
            return is_instance(value, *(_CLASSES[each] for each in (kind, *others)))
        case ir.IsInteger(_, is_final=True):
            no_boolean = [] if test.admits_booleans else [Not(is_instance(value, "bool"))]
            is_any_whole = both("and", [is_instance(value, "int"), *no_boolean])
            return both("or", [is_any_whole, both("and", [is_real, call(Attribute(value, "is_integer"))])])
        case ir.IsInteger():
            return both("or", [is_whole, both("and", [is_real, call(Attribute(value, "is_integer"))])])
        case ir.IsFinite(is_bounded=True):
            return both("or", [is_real, is_whole])
        case ir.IsFinite(is_number=True):
            return is_finite
        case ir.IsFinite():
            return both("or", [is_whole, both("and", [is_real, is_finite])])
        case _:
            assert_never(test)


def fits(pattern: str, value: Value, schemas: SchemaNames, *, may_be_empty: bool) -> Value:
    """Whether a string has a match of a pattern in it."""
    only = character_set(pattern)
    if only is not None:
        return both("and", _made_of(only, value, may_be_empty=may_be_empty))
    constant = schemas.patterns.get(pattern)
    if pattern in schemas.searches:
        return call("searched", Name(constant) if constant else Constant(pattern), value)
    search = call("matches", Name(constant) if constant else Constant(translated(pattern)), value)
    may_match_empty = is_one_line(pattern)
    if may_match_empty is None:
        return search
    # What is printable is on one line, and most texts are: that needs no search.
    is_printable = call(Attribute(value, "isprintable"))
    tests = [*_nonempty(value, is_asked=may_be_empty and not may_match_empty), is_printable]
    return both("or", [both("and", tests), search])


def _made_of(only: CharacterSet, value: Value, *, may_be_empty: bool) -> list[Value]:
    if only.characters == string.digits and not only.may_be_empty:
        return [call(Attribute(value, "isascii")), call(Attribute(value, "isdigit"))]
    nonempty = _nonempty(value, is_asked=may_be_empty and not only.may_be_empty)
    return [*nonempty, Not(call(Attribute(value, "strip"), Name(only.constant)))]


def _nonempty(value: Value, *, is_asked: bool) -> list[Value]:
    """The test that a string has a character, where that needs to be asked."""
    return [Comparison(value, "!=", Constant(""))] if is_asked else []
