"""A search in time linear in the length of a text, whatever the pattern: all runs go through the text side by side.

The source of this module is also emitted as it stands, beside programs, so it needs nothing but the standard library.
"""

from __future__ import annotations

from bisect import bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    Program: TypeAlias = tuple[tuple[tuple[int, ...], ...], tuple[tuple[str, int, int], ...]]

__all__ = ["Search", "search"]

_WORD = (0x30, 0x3A, 0x41, 0x5B, 0x5F, 0x60, 0x61, 0x7B)
_MOST_KEPT = 5_000
"""How many steps are remembered at a time, so that no text can fill the memory."""


class _RunStates:
    """Where the runs are that a text has led to so far, and where the next character leads them."""

    __slots__ = ("at_start", "following", "in_word", "matches_at_end", "runs")

    def __init__(self, runs: frozenset[int], *, in_word: bool, at_start: bool) -> None:
        self.runs = runs
        self.in_word = in_word
        self.at_start = at_start
        self.following: dict[str | int, _RunStates | None] = {}
        """By character, and by kind of character; None where there is a match."""
        self.matches_at_end: bool | None = None
        """None where that was not asked yet."""


class Search:
    """A program that remembers the steps it has taken.

    Its sets are tuples of the first code points of ranges, inside the set and outside in turn. Its
    instructions are `("set", index, next)`, `("either", one, other)`, `("start", 0, next)`,
    `("end", 0, next)`, `("boundary", 0, next)`, `("no boundary", 0, next)` and `("match", 0, 0)`;
    it begins with the first.
    """

    def __init__(self, program: Program) -> None:
        sets, self._instructions = program
        self._cuts = sorted({*_WORD, *(code for cuts in sets for code in cuts)})
        kinds = [(kind, code) for kind, code in enumerate([-1, *self._cuts])]
        self._sets = [
            frozenset(kind for kind, code in kinds if bisect_right(cuts, code) % 2)
            for cuts in (*sets, _WORD)
        ]
        self._first = _RunStates(frozenset(), in_word=False, at_start=True)
        self._places: dict[tuple[frozenset[int], bool], _RunStates] = {}
        self._kept = 0

    def __call__(self, text: str) -> bool:
        """Whether *text* contains a match."""
        place = self._first
        for character in text:
            known = place.following
            following = known[character] if character in known else self._after(place, character)
            if following is None:
                return True
            place = following
        if place.matches_at_end is None:
            place.matches_at_end = self._steps(place, at_end=True, is_word=False) is None
        return place.matches_at_end

    def _after(self, place: _RunStates, character: str) -> _RunStates | None:
        """The place after a *character*; None if there is a match before it."""
        if self._kept >= _MOST_KEPT:
            self._forget()
        kind = bisect_right(self._cuts, ord(character))
        known = kind in place.following
        following = place.following[kind] if known else self._step(place, kind)
        place.following[character] = following
        self._kept += 1
        return following

    def _step(self, place: _RunStates, kind: int) -> _RunStates | None:
        """The place after a character of a *kind*, likewise."""
        is_word = kind in self._sets[-1]
        steps = self._steps(place, at_end=False, is_word=is_word)
        following = None
        if steps is not None:
            runs = frozenset(after for index, after in steps if kind in self._sets[index])
            fresh = _RunStates(runs, in_word=is_word, at_start=False)
            following = self._places.setdefault((runs, is_word), fresh)
        place.following[kind] = following
        self._kept += 1
        return following

    def _forget(self) -> None:
        for each in (self._first, *self._places.values()):
            each.following.clear()
        self._places.clear()
        self._kept = 0

    def _steps(
        self, place: _RunStates, *, at_end: bool, is_word: bool
    ) -> set[tuple[int, int]] | None:
        """The sets that the next character may be of, and what follows; None if there is a match."""
        holds = {"start": place.at_start, "end": at_end}
        holds["boundary"] = place.in_word != is_word
        holds["no boundary"] = not holds["boundary"]
        steps: set[tuple[int, int]] = set()
        pending = [0, *place.runs]
        reached = set(pending)
        while pending:
            word, number, after = self._instructions[pending.pop()]
            if word == "match":
                return None
            if word == "set":
                steps.add((number, after))
                continue
            following: Iterable[int] = (number, after)
            if word != "either":
                following = (after,) if holds[word] else ()
            for each in following:
                if each not in reached:
                    reached.add(each)
                    pending.append(each)
        return steps


_searches: dict[Program, Search] = {}


def search(program: Program, text: str) -> bool:
    """Whether *text* contains a match of what *program* was made from."""
    if program not in _searches:
        if len(_searches) >= _MOST_KEPT:
            _searches.clear()
        _searches[program] = Search(program)
    return _searches[program](text)
