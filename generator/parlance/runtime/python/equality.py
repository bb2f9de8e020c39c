"""Whether JSON values are equal, and whether a number is a multiple of another.

A number is the decimal number that its shortest text says, so that 19.99 is a multiple of 0.01.
The largest powers of ten that come up are those of two floats, so that no exponent takes long.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .violation import Json

__all__ = ["comparable", "decimal", "is_multiple", "is_unique"]


def comparable(value: Json) -> object:
    """Turn a value into one that can be a key: that of `1` equals that of `1.0`, not of `true`."""
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
            names = sorted(each, key=repr)
            parts.append(("object", *names))
            ahead += [each[name] for name in names]
        else:
            parts.append(("boolean", each) if isinstance(each, bool) else each)
    return tuple(parts)


_FEW = 16
"""Up to so many items, to compare each with each takes less time than to make keys of them."""


def is_unique(items: list[Json]) -> bool:
    """Say whether no two items are equal."""
    # Python takes `1` and `true` for the same, and never the same for two.
    try:
        if len(set(items)) == len(items):
            return True
    except TypeError:  # there are arrays or objects
        if len(items) <= _FEW and _are_different(items):
            return True
    return len(set(map(comparable, items))) == len(items)


def _are_different(items: list[Json]) -> bool:
    """Say whether no two items are equal in Python; not for certain of what is nested deeply."""
    try:
        return not any(item in items[:index] for index, item in enumerate(items))
    except RecursionError:
        return False


def is_multiple(value: float, step: float) -> bool:
    """Say whether *value*, as a decimal number, is an integral multiple of *step*."""
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
