"""Which kinds of JSON value a type admits, and how to say so."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import assert_never

from .ir import (
    Alias,
    Anything,
    Array,
    Boolean,
    Constant,
    Definition,
    Enumeration,
    Integer,
    Map,
    Named,
    Nothing,
    Null,
    Number,
    Record,
    Tagged,
    Text,
    Type,
    Union,
)

__all__ = ["Kind", "expected", "options_by_kind"]


class Kind(StrEnum):
    """A kind of JSON value, with its name in a sentence."""

    STRING = "a string"
    NUMBER = "a number"
    BOOLEAN = "a boolean"
    OBJECT = "an object"
    ARRAY = "an array"
    NULL = "null"


def options_by_kind(shape: Type, definitions: Mapping[str, Definition]) -> dict[Kind, list[Type]]:
    """The options of *shape* sorted by kind; aliases of unions are opened up."""
    found: dict[Kind, list[Type]] = {}
    for option in _options(shape, definitions):
        for kind in _kinds_of_option(option, definitions):
            found.setdefault(kind, []).append(option)
    return found


def _options(shape: Type, definitions: Mapping[str, Definition]) -> list[Type]:
    match shape:
        case Union(options):
            return [each for option in options for each in _options(option, definitions)]
        case Named(name) if isinstance(alias := definitions[name], Alias) and isinstance(alias.type, (Union, Named)):
            return _options(alias.type, definitions)
        case _:
            return [shape]


def _kinds_of_option(option: Type, definitions: Mapping[str, Definition]) -> list[Kind]:
    match option:
        case Text():
            return [Kind.STRING]
        case Integer() | Number():
            return [Kind.NUMBER]
        case Boolean():
            return [Kind.BOOLEAN]
        case Null():
            return [Kind.NULL]
        case Constant(value):
            return [_kind_of_scalar(value)]
        case Array():
            return [Kind.ARRAY]
        case Map() | Tagged():
            return [Kind.OBJECT]
        case Anything():
            return list(Kind)
        case Nothing():
            return []
        case Named(name):
            return _kinds_of_definition(definitions[name], definitions)
        case Union():
            raise AssertionError("a union among the options of a union")
        case _:
            assert_never(option)


def _kinds_of_definition(definition: Definition, definitions: Mapping[str, Definition]) -> list[Kind]:
    match definition:
        case Record():
            return [Kind.OBJECT]
        case Enumeration():
            return [Kind.STRING if isinstance(definition.base, Text) else Kind.NUMBER]
        case Alias():
            return _kinds_of_option(definition.type, definitions)
        case _:
            assert_never(definition)


def _kind_of_scalar(value: str | int | bool) -> Kind:
    if isinstance(value, bool):
        return Kind.BOOLEAN
    return Kind.STRING if isinstance(value, str) else Kind.NUMBER


def expected(shape: Type, definitions: Mapping[str, Definition]) -> str:
    """What a value must be, as a phrase: `a string, an array or null`."""
    groups = options_by_kind(shape, definitions)
    phrases = [_phrase(kind, options, definitions) for kind, options in groups.items()]
    return f"{', '.join(phrases[:-1])} or {phrases[-1]}" if len(phrases) > 1 else phrases[0]


def _phrase(kind: Kind, options: list[Type], definitions: Mapping[str, Definition]) -> str:
    if kind is Kind.NUMBER and all(_is_integral(option, definitions) for option in options):
        return "an integer"
    if kind is Kind.STRING and all(_holds_json(option, definitions) for option in options):
        return "JSON in a string"
    return kind.value


def _holds_json(option: Type, definitions: Mapping[str, Definition]) -> bool:
    match option:
        case Named(name):
            definition = definitions[name]
            return isinstance(definition, Alias) and _holds_json(definition.type, definitions)
        case _:
            return isinstance(option, Text) and option.media_type is not None


def _is_integral(option: Type, definitions: Mapping[str, Definition]) -> bool:
    match option:
        case Named(name):
            definition = definitions[name]
            if isinstance(definition, Alias):
                return _is_integral(definition.type, definitions)
            return isinstance(definition, Enumeration)
        case _:
            return isinstance(option, (Integer, Constant))
