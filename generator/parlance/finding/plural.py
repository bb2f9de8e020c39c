"""Numbers of things in words."""

from __future__ import annotations

__all__ = ["counted"]

_HISSING = ("ch", "sh", "x", "z")
_VOWEL_AND_Y = ("ay", "ey", "iy", "oy", "uy")


def counted(count: int, noun: str) -> str:
    """`1 entry`, `1,234 entries`; where more words follow, as in `file of texts`, the first is the noun."""
    first, of, rest = noun.partition(" of ")
    return f"{count:,} {first if count == 1 else _plural(first)}{of}{rest}"


def _plural(noun: str) -> str:
    if noun.endswith("s"):  # as of a name that is a plural already
        return noun
    if noun.endswith(_HISSING):
        return f"{noun}es"
    if noun.endswith("y") and not noun.endswith(_VOWEL_AND_Y):
        return f"{noun[:-1]}ies"
    return f"{noun}s"
