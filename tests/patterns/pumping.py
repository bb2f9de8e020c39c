"""Texts that make a backtracking search go over itself: a beginning, something again and again, and a wrong end."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from parlance.regex import Regex

from .sampling import close

__all__ = ["pumps"]


def pumps(random: Random, regex: Regex, number: int, length: int) -> Iterator[str]:
    """Texts of at most *length* characters that are made of what *regex* nearly matches."""
    pieces = [each for each in close(random, regex, 8, legacy=False) if each] or ["a"]
    for _ in range(number):
        start, again, end = (_cut(random, random.choice(pieces)) for _ in range(3))
        times = random.randint(1, max(1, length // max(1, len(again))))
        yield f"{start}{again * times}{random.choice((end, '!', ''))}"[:length]


def _cut(random: Random, piece: str) -> str:
    start = random.randrange(len(piece))
    return piece[start : random.randint(start + 1, len(piece))]
