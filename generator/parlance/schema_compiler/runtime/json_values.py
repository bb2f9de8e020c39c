"""JSON values: what kind they are of, whether they are equal, and how messages show them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


class Violation:
    """One thing that is wrong with a value."""

    __slots__ = ("keyword", "message", "pointer", "schema")

    def __init__(self, pointer: str, keyword: str, schema: str, message: str) -> None:
        self.pointer = pointer
        """Where in the value, as a JSON Pointer."""
        self.keyword = keyword
        """The keyword that is not satisfied."""
        self.schema = schema
        """Where in the schema: its document, unless it is the one compiled, and a JSON Pointer."""
        self.message = message

    def __repr__(self) -> str:
        return f"Violation({self.pointer!r}, {self.keyword!r}, {self.schema!r}, {self.message!r})"


def kind_of(value: Json) -> str:
    """Name the kind of a value."""
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, float) and value - value != 0:
        return "a number that is not finite"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, dict):
        return "an object"
    return "null" if value is None else "an array"


def shown(value: Json) -> str:
    """Write a value for a message, cut where it is long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return repr(value) if len(value) <= 60 else f"{value[:56]!r}..."
    if isinstance(value, int) and value.bit_length() > 128:
        return "a number of over 38 digits"
    return str(value) if isinstance(value, (int, float)) else kind_of(value)


def escape(name: str) -> str:
    """Write a name as one token of a JSON Pointer."""
    return name.replace("~", "~0").replace("/", "~1")


SEARCHES: dict[str, Callable[[str], object]] = {}


def matches(pattern: str, text: str) -> bool:
    """Say whether *text* has a match of *pattern* in it."""
    try:
        return SEARCHES[pattern](text) is not None
    except KeyError:
        import re  # many values never need it

        SEARCHES[pattern] = re.compile(pattern).search
    return SEARCHES[pattern](text) is not None


def fraction_or_kind(value: Json) -> str:
    """Name the kind of a value that is no integer."""
    return "a fraction" if kind_of(value) == "a number" else kind_of(value)
