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


def comparable(value: Json) -> object:
    """Turn a value into one that is hashable, and equal where the JSON is: `1` to `1.0`, not to `true`."""
    if not isinstance(value, (list, dict)):
        return ("boolean", value) if isinstance(value, bool) else value
    parts: list[object] = []
    ahead: list[Json] = [value]
    while ahead:  # not by recursion: it may be nested deeply
        each = ahead.pop()
        if isinstance(each, list):
            parts.append(("array", len(each)))
            ahead += each
        elif isinstance(each, dict):
            names = sorted(each)
            parts.append(("object", *names))
            ahead += [each[name] for name in names]
        else:
            parts.append(("boolean", each) if isinstance(each, bool) else each)
    return tuple(parts)


def is_unique(items: list[Json]) -> bool:
    """Say whether no two items are equal."""
    try:
        if len(set(items)) == len(items):  # which takes `1` and `true` for the same, but not the other way round
            return True
    except TypeError:
        pass
    return len(set(map(comparable, items))) == len(items)


def is_multiple(value: float, step: float) -> bool:
    """Say whether the decimal number that *value* was written as is an integral multiple of *step*."""
    if isinstance(value, int) and isinstance(step, int):
        return value % step == 0
    if value - value != 0:
        return False
    digits, power = decimal(value)
    step_digits, step_power = decimal(step)
    least = min(power, step_power)
    dividend: int = digits * 10 ** (power - least)
    divisor: int = step_digits * 10 ** (step_power - least)
    return dividend % divisor == 0


def decimal(value: float) -> tuple[int, int]:
    """Split a number into an integer and the power of ten that it is to be multiplied by."""
    if isinstance(value, int):
        return value, 0
    mantissa, _, exponent = repr(value).partition("e")
    whole, _, fraction = mantissa.partition(".")
    return int(whole + fraction), int(exponent or 0) - len(fraction)


SEARCHES: dict[str, Callable[[str], object]] = {}


def matches(pattern: str, text: str) -> bool:
    """Say whether *text* has a match of *pattern* in it."""
    find = SEARCHES.get(pattern)
    if find is None:
        import re  # many values never need it

        find = SEARCHES[pattern] = re.compile(pattern).search
    return find(text) is not None


def fraction_or_kind(value: Json) -> str:
    """Name the kind of a value that is no integer."""
    return "a fraction" if kind_of(value) == "a number" else kind_of(value)
