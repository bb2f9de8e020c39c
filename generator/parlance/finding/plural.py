"""Numbers of things in words."""

from __future__ import annotations

import re

__all__ = ["counted"]

_HISSING = re.compile(r"(?:ch|sh|x|z)\Z")
_Y = re.compile(r"(?<=[^aeiou])y\Z")


def counted(count: int, noun: str) -> str:
    """`1 entry`, `1,234 entries`; where more words follow, as in `file of texts`, the first is the noun."""
    first, of, rest = noun.partition(" of ")
    return f"{count:,} {first if count == 1 else _plural(first)}{of}{rest}"


def _plural(noun: str) -> str:
    if noun.endswith("s"):  # as of a name that is a plural already
        return noun
    if _HISSING.search(noun):
        return f"{noun}es"
    return _Y.sub("ie", noun) + "s"
