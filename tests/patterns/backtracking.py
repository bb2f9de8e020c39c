"""A backtracking search that counts how often it passes over each character, as Python's `re` would."""

from __future__ import annotations

from collections.abc import Callable

from parlance.regex import Regex
from parlance.regex.characters import WORD, holds
from parlance.regex.pattern_syntax import (
    Boundary,
    Characters,
    Choice,
    Edge,
    Group,
    Look,
    Part,
    Reference,
    Repeat,
    Sequence,
)

__all__ = ["CountedSearch", "TooMany"]

_Then = Callable[[int], bool]


_STEPS = 2_000_000
"""So many steps a search may take, those that are not counted among them: what a look-behind passes over is not."""


class TooMany(Exception):
    """More characters were passed over than were allowed, or more steps were taken."""


class CountedSearch:
    """One search."""

    def __init__(self, regex: Regex, text: str, most: int = 1_000_000) -> None:
        self.passes = [0] * len(text)
        """How often each character was passed over."""
        self._left = most
        self._steps = _STEPS
        self._text = text
        self._groups: dict[int, str] = {}
        self._counts = True
        self.found = any(self._match(regex.root, start, lambda _: True) for start in range(len(text) + 1))

    def _pass(self, start: int, end: int) -> None:
        if not self._counts:
            return
        for at in range(start, end):
            self.passes[at] += 1
        self._left -= end - start
        if self._left < 0:
            raise TooMany

    def _match(self, part: Part, at: int, then: _Then) -> bool:
        self._steps -= 1
        if self._steps < 0:
            raise TooMany
        match part:
            case Characters(ranges):
                if at == len(self._text) or not holds(ranges, ord(self._text[at])):
                    return False
                self._pass(at, at + 1)
                return then(at + 1)
            case Sequence(parts):
                return self._sequence(parts, at, then)
            case Choice(options):
                return any(self._match(each, at, then) for each in options)
            case Repeat():
                return self._repeat(part, 0, at, None, then)
            case Group():
                return self._group(part, at, then)
            case Reference(numbers):
                text = next((self._groups[each] for each in numbers if each in self._groups), "")
                self._pass(at, at + len(text) if self._text.startswith(text, at) else at)
                return self._text.startswith(text, at) and then(at + len(text))
            case Edge(end):
                return at == (len(self._text) if end else 0) and then(at)
            case Boundary(negative):
                return (self._is_word(at - 1) != self._is_word(at)) != negative and then(at)
            case Look():
                return self._look(part, at) != part.negative and then(at)

    def _sequence(self, parts: tuple[Part, ...], at: int, then: _Then) -> bool:
        if not parts:
            return then(at)
        return self._match(parts[0], at, lambda end: self._sequence(parts[1:], end, then))

    def _repeat(self, repeat: Repeat, count: int, at: int, last: int | None, then: _Then) -> bool:
        def again(end: int) -> bool:
            return self._repeat(repeat, count + 1, end, at, then)

        if count < repeat.least:
            return self._match(repeat.body, at, again)
        more = (repeat.most is None or count < repeat.most) and at != last
        if repeat.lazy:
            return then(at) or (more and self._match(repeat.body, at, again))
        return (more and self._match(repeat.body, at, again)) or then(at)

    def _group(self, group: Group, at: int, then: _Then) -> bool:
        before = self._groups.copy()

        def keep(end: int) -> bool:
            outer = self._groups
            self._groups = {**outer, group.number: self._text[at:end]}
            if then(end):
                return True
            self._groups = outer
            return False

        if self._match(group.body, at, keep):
            return True
        self._groups = before
        return False

    def _look(self, look: Look, at: int) -> bool:
        if not look.behind:
            return self._match(look.body, at, lambda _: True)
        counted, self._counts = self._counts, False
        found = any(self._match(look.body, start, lambda end: end == at) for start in range(at + 1))
        self._counts = counted
        return found

    def _is_word(self, at: int) -> bool:
        return 0 <= at < len(self._text) and holds(WORD, ord(self._text[at]))
