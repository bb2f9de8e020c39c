"""A type in words, as reference pages have it: `array of string`."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from ..contract.ir import (
    Anything,
    Array,
    Boolean,
    Constant,
    Integer,
    Map,
    Named,
    Nothing,
    Null,
    Number,
    Tagged,
    Text,
    Type,
    Union,
)
from .json_text import json_line
from .markdown_text import code
from .phrases import unconfirmed

__all__ = ["linked_type", "without_null"]


def without_null(kind: Type) -> tuple[Type, bool]:
    """The type without null, and whether it had that."""
    if isinstance(kind, Union) and Null() in kind.options:
        rest = tuple(option for option in kind.options if option != Null())
        return (rest[0] if len(rest) == 1 else Union(rest)), True
    return kind, False


def linked_type(kind: Type, link: Callable[[str], str]) -> str:
    """*kind* as Markdown; *link* makes one of a definition's name."""
    match kind:
        case Text():
            return "string"
        case Integer():
            return "integer"
        case Number():
            return "number"
        case Boolean():
            return "boolean"
        case Null():
            return "null"
        case Anything():
            return "any value"
        case Nothing():
            return "refused"
        case Constant():
            return code(json_line(kind.value))
        case Array():
            return f"array of {linked_type(kind.items, link)}"
        case Map():
            return f"map of {linked_type(kind.values, link)}"
        case Named():
            return link(kind.name)
        case Union():
            return " or ".join(linked_type(option, link) for option in kind.options)
        case Tagged():
            return _tagged(kind, link)
        case _:
            assert_never(kind)


def _tagged(kind: Tagged, link: Callable[[str], str]) -> str:
    options = ", ".join(f"{code(json_line(value))}: {link(name)}" for value, name in kind.options)
    others = "any other" if kind.others is None else f"else {link(kind.others)}"
    options += f", {others}" if kind.open else ""
    absent = "" if kind.default is None else f" ({code(json_line(kind.default))} where it is absent)"
    return f"by {code(kind.tag)}{absent}: {options}" + unconfirmed("", kind.doubtful)
