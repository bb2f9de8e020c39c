"""A type, as a contract's JSON has it, in a few words."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["facets", "in_words", "value_in_words"]

_SIMPLE = {
    "Text": "string",
    "Integer": "integer",
    "Number": "number",
    "Boolean": "boolean",
    "Null": "null",
    "Anything": "any value",
    "Nothing": "no value",
}


def in_words(kind: dict[str, Any]) -> str:
    """`array of string or null`."""
    match kind["kind"]:
        case "Constant":
            return value_in_words(kind["value"])
        case "Array":
            return f"array of {in_words(kind['items'])}"
        case "Map":
            return f"map of {in_words(kind['values'])}"
        case "Named":
            return str(kind["name"])
        case "Union":
            return " or ".join(map(in_words, kind["options"]))
        case "Tagged":
            return " or ".join(dict.fromkeys(name for _, name in kind["options"]))
        case simple:
            return _SIMPLE.get(simple, str(simple))


def facets(kind: dict[str, Any]) -> dict[str, Any]:
    """The bounds of a type: everything about it that is a scalar."""
    return {name: value for name, value in kind.items() if name != "kind" and not isinstance(value, dict | list)}


def value_in_words(value: object) -> str:
    """A value of the spec: strings in single quotes, the rest as JSON."""
    return repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
