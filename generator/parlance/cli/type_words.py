"""A type of a contract in a few words."""

from __future__ import annotations

import json

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

__all__ = ["in_words"]

_SIMPLE = {
    Text: "string",
    Integer: "integer",
    Number: "number",
    Boolean: "boolean",
    Null: "null",
    Anything: "any value",
    Nothing: "no value",
}


def in_words(kind: Type) -> str:
    """`array of string or null`."""
    match kind:
        case Constant(value):
            return repr(value) if isinstance(value, str) else json.dumps(value)
        case Array():
            return f"array of {in_words(kind.items)}"
        case Map():
            return f"map of {in_words(kind.values)}"
        case Named(name):
            return name
        case Union(options):
            return " or ".join(map(in_words, options))
        case Tagged():
            return " or ".join(dict.fromkeys(name for _, name in kind.options))
        case _:
            return _SIMPLE[type(kind)]
