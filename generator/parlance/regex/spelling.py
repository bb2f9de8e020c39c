"""One character of a set, as Python's `re` reads it."""

from __future__ import annotations

from .characters import ANY, LAST, Ranges, complement

__all__ = ["spelled"]

_SIGNS = frozenset("\\^$.|?*+()[]{}")
_SIGNS_IN_CLASS = frozenset("\\]^-[&~|")
_SHORT = {0x09: r"\t", 0x0A: r"\n", 0x0B: r"\v", 0x0C: r"\f", 0x0D: r"\r"}
_WORDS = ((0x61, 0x7A), (0x41, 0x5A), (0x30, 0x39))
"""Letters and digits come first in a class, in the order in which people write them."""


def spelled(ranges: Ranges) -> str:
    """The literal, the class or the negated class that is shortest."""
    if ranges == ANY:
        return r"[\s\S]"
    if not ranges:
        return r"[^\s\S]"
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return _character(ranges[0][0], _SIGNS)
    inside = _listed(ranges)
    if ranges[-1][1] == LAST:
        return f"[^{_listed(complement(ranges))}]"
    return f"[{inside}]"


def _listed(ranges: Ranges) -> str:
    hyphen = (0x2D, 0x2D) in ranges
    ordered = [each for each in _WORDS if each in ranges]
    ordered += [each for each in ranges if each not in ordered and not (hyphen and each == (0x2D, 0x2D))]
    return "".join(map(_range, ordered)) + ("-" if hyphen else "")


def _range(ends: tuple[int, int]) -> str:
    first, last = (_character(each, _SIGNS_IN_CLASS) for each in ends)
    distance = ends[1] - ends[0]
    return first if distance == 0 else f"{first}{last}" if distance == 1 else f"{first}-{last}"


def _character(code: int, signs: frozenset[str]) -> str:
    character = chr(code)
    if code in _SHORT:
        return _SHORT[code]
    if 0x20 <= code < 0x7F:
        return f"\\{character}" if character in signs else character
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
