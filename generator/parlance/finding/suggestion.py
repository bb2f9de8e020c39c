"""Which known word was probably meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

__all__ = ["did_you_mean", "nearest", "question", "suggestions"]

_DISTANCE = 2
"""How many letters may differ: two slips in a long word."""


def suggestions(word: str, known: Iterable[object], used: Collection[str] = ()) -> list[str]:
    """The known words within two edits of *word*, nearest first; case counts for nothing."""
    return [candidate for *_, candidate in _ranked(word, known, used)]


def nearest(word: str, known: Iterable[object], used: Collection[str] = ()) -> str | None:
    """The known word that is nearer to *word* than every other; None if there is none, or several are as near."""
    ranked = _ranked(word, known, used)
    alone = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][0] < ranked[1][0])
    return ranked[0][-1] if alone else None


def question(found: Sequence[str]) -> str:
    """`did you mean 'role' or 'roles'?`, of the nearest two; empty where nothing was found."""
    return f"did you mean {' or '.join(map(repr, found[:2]))}?" if found else ""


def did_you_mean(word: str, known: Iterable[object]) -> str:
    """The question as the end of a message, `; did you mean 'role'?`; empty where nothing is near."""
    found = suggestions(word, known)
    return f"; {question(found)}" if found else ""


def _ranked(word: str, known: Iterable[object], used: Collection[str]) -> list[tuple[int, int, str]]:
    """The known words within two edits: their distances, their places, themselves."""
    lowered = word.lower()
    # Of a short word two edits leave nothing: "n" is not a misspelt "id".
    limit = min(_DISTANCE, len(word) // 2)
    ranked = [
        (distance, index, candidate)
        for index, candidate in enumerate(known)
        if isinstance(candidate, str)
        and candidate not in used
        and candidate != word
        and abs(len(candidate) - len(word)) <= limit
        and (distance := _distance(lowered, candidate.lower(), limit)) <= limit
    ]
    return sorted(ranked)


@lru_cache(maxsize=4096)  # the same mistake stands in many lines; words about as long as a known one take little room
def _distance(left: str, right: str, limit: int) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours that lead from one word to the other.

    Beyond *limit* any number above it will do, so that most words are given up after a few letters.
    """
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        before, previous, row = row, before, [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one != other))
            if previous and j > 1 and one == right[j - 2] and left[i - 2] == other:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(before) > limit:
            return limit + 1
    return row[-1]
