"""Which lines of a text stay in another, in a time that does not grow with the square of their number."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TypeAlias

__all__ = ["opcodes"]

Opcode: TypeAlias = tuple[str, int, int, int, int]
"""As `SequenceMatcher` has it: what is done, from where to where in the old lines, and in the new ones."""

_SMALL = 250_000
"""The product of two numbers of lines up to which every line is compared with every other."""


def opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[Opcode]:
    """What leads from *old* to *new*; between lines that both have once, each stretch is compared by itself."""
    if len(old) * len(new) <= _SMALL:
        yield from SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        return
    anchors = [(-1, -1), *_anchors(old, new), (len(old), len(new))]
    for (left, right), (until, end) in pairwise(anchors):
        yield from _between(old, new, (left + 1, until, right + 1, end))
        if until < len(old):
            yield "equal", until, until + 1, end, end + 1


def _between(old: Sequence[str], new: Sequence[str], gap: tuple[int, int, int, int]) -> Iterator[Opcode]:
    first, last, start, end = gap
    if first == last and start == end:
        return
    if (last - first) * (end - start) > _SMALL:
        yield "replace", first, last, start, end
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old[first:last], new[start:end], autojunk=False).get_opcodes():
        yield tag, first + i1, first + i2, start + j1, start + j2


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest row of lines that are once in each, in the order of both."""
    once = {line for line, count in Counter(old).items() if count == 1}
    once &= {line for line, count in Counter(new).items() if count == 1}
    places = {line: number for number, line in enumerate(new) if line in once}
    ends: list[int] = []
    chain: list[tuple[int, int, int]] = []
    """Of each line: its place in both, and the number of the one before it in the row that ends with it."""
    tails: list[int] = []
    for number, line in enumerate(old):
        if line in once:
            length = bisect_left(ends, places[line])
            chain.append((number, places[line], tails[length - 1] if length else -1))
            ends[length : length + 1] = [places[line]]
            tails[length : length + 1] = [len(chain) - 1]
    row: list[tuple[int, int]] = []
    at = tails[-1] if tails else -1
    while at >= 0:
        row.append(chain[at][:2])
        at = chain[at][2]
    return row[::-1]
