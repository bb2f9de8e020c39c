"""What operators and functions of the rules' language make of constants, as far as it is needed to fold a condition."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Known", "Scalar", "calculated", "called", "compared", "same"]

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Known:
    """One value, whatever the document."""

    value: Scalar


_TRUTHS = frozenset(
    {"is_json", "is_json_object", "is_base64", "resolves", "startsWith", "endsWith", "contains", "matches"}
)
"""Functions that are false of anything but a string."""

_READERS = frozenset({"mime_type", "data_of", "byte_size", "regex_fault", "look_around"})
"""Functions that give null of anything but a string."""

_TYPES: dict[type, str] = {bool: "bool", int: "number", float: "number", str: "string", type(None): "null"}


def same(one: Scalar, other: Scalar) -> bool:
    """Whether both are the same JSON."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return one == other


def compared(operator: str, one: object, other: object) -> Known | None:
    """Of two values of which one may be unknown: null stands to nothing as less or more."""
    if Known(None) in (one, other):
        return Known(value=False)
    if not isinstance(one, Known) or not isinstance(other, Known):
        return None
    left, right = one.value, other.value
    if type(left) is not int or type(right) is not int:
        return None
    order = {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}
    return Known(order[operator])


def calculated(operator: str, one: object, other: object) -> Known | None:
    """Of two values of which one may be unknown: null makes null of everything."""
    if Known(None) in (one, other):
        return Known(None)
    if not isinstance(one, Known) or not isinstance(other, Known):
        return None
    left, right = one.value, other.value
    if type(left) is not int or type(right) is not int:
        return None
    return Known({"+": left + right, "-": left - right, "*": left * right}[operator])


def called(function: str, value: Scalar) -> Known | None:
    """A function of a constant; None where that is not worth knowing."""
    if function == "type":
        return Known(_TYPES[type(value)])
    if function == "size":
        return Known(len(value) if isinstance(value, str) else None)
    if function == "total":
        return Known(0)
    if function == "has_type":  # null has a type, too
        return None
    if isinstance(value, str):
        return None
    if function in _TRUTHS:
        return Known(value=False)
    return Known(None) if function in _READERS or value is None else None
