"""Sets of code points as sorted, disjoint ranges, and the sets that ECMA-262 has a name for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TypeAlias

__all__ = [
    "ANY",
    "DIGITS",
    "LAST",
    "LINE_ENDS",
    "SPACES",
    "WORD",
    "Ranges",
    "complement",
    "holds",
    "intersection",
    "merged",
]

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""First and last code point of each range, in order, with a gap between any two."""

LAST = 0x10FFFF
ANY: Ranges = ((0, LAST),)
DIGITS: Ranges = ((0x30, 0x39),)
WORD: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
LINE_ENDS: Ranges = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
SPACES: Ranges = (
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
)


def merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Ranges in any order, which may touch and overlap, as a set."""
    out: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return tuple(out)


def complement(ranges: Ranges) -> Ranges:
    """Every code point that is not in a set."""
    out: list[tuple[int, int]] = []
    start = 0
    for first, last in ranges:
        if start < first:
            out.append((start, first - 1))
        start = last + 1
    if start <= LAST:
        out.append((start, LAST))
    return tuple(out)


def intersection(one: Ranges, other: Ranges) -> Ranges:
    """Every code point that is in both sets."""
    return complement(merged([*complement(one), *complement(other)]))


def holds(ranges: Ranges, code: int) -> bool:
    """Whether a code point is in a set."""
    at = bisect_right(ranges, (code, LAST + 1))
    return at > 0 and code <= ranges[at - 1][1]
