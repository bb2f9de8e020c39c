"""The words of a fault for values, types and numbers of things."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .violation import Json, Scalar

__all__ = ["choice", "counted", "literal", "shown", "type_of"]


def type_of(value: Json) -> str:
    """Name the JSON type of a value, with its article."""
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "an array"
    return "null" if value is None else "no JSON value"


def counted(number: int, noun: str) -> str:
    """Write so many of something."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def literal(value: Scalar) -> str:
    """Write a value as it is compared, a text in quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}'" if isinstance(value, str) else str(value)


def shown(value: Scalar) -> str:
    """Write a value for a message, cut where it is long."""
    if isinstance(value, int) and value.bit_length() > 128:
        return "a number of over 38 digits"
    text = literal(value)
    return text if len(text) <= 60 else f"{text[:56]}...'"


_choices: dict[tuple[str, ...] | tuple[int, ...], str] = {}


def choice(members: tuple[str, ...] | tuple[int, ...]) -> str:
    """List *members*, and remember the phrase."""
    if members not in _choices:
        _choices[members] = _listed(members)
    return _choices[members]


def _listed(members: tuple[str, ...] | tuple[int, ...]) -> str:
    shown = [literal(member) for member in members[:12]]
    if len(members) > len(shown):
        return f"one of {', '.join(shown)} or {len(members) - len(shown)} more"
    return f"{', '.join(shown[:-1])} or {shown[-1]}" if len(shown) > 1 else shown[0]
