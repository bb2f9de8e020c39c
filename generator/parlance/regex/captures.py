"""Which groups of an expression are referred to, and which of them Python would remember for too long."""

from __future__ import annotations

from collections import Counter

from .group_references import children
from .pattern_syntax import Choice, Group, Part, Reference, Repeat

__all__ = ["Captures"]


class Captures:
    """The groups of an expression, as Python would number those that it keeps."""

    def __init__(self, root: Part) -> None:
        self.referred: frozenset[int] = frozenset(_referred(root))
        """The numbers of the groups that something refers to."""
        self._names: Counter[str] = Counter()
        self._stale: set[int] = set()
        self._kept: list[Group] = []
        self._walk(root, repeated=False, passed_over=False)

    def is_only_one(self, name: str) -> bool:
        """Whether one group alone has the name."""
        return self._names[name] == 1

    def may_be_stale(self, number: int) -> bool:
        """Whether the group may keep its text from an earlier round of a repetition in which it has no part later.

        ECMA-262 forgets it then; Python does not.
        """
        return number in self._stale

    def place(self, number: int) -> int:
        """The number that the group has in Python."""
        kept = [each for each in self._kept if each.number in self.referred or self._is_named(each)]
        return next(place for place, each in enumerate(kept, 1) if each.number == number)

    def _is_named(self, group: Group) -> bool:
        name = group.name
        return name is not None and name.isascii() and name.isidentifier() and self.is_only_one(name)

    def _walk(self, part: Part, *, repeated: bool, passed_over: bool) -> None:
        """Look for groups; *passed_over* says that a round of some repetition may do without *part*."""
        match part:
            case Group(number=number, name=name):
                self._kept.append(part)
                self._names.update([name] if name is not None else [])
                if passed_over:
                    self._stale.add(number)
            case Repeat(least=least, most=most):
                passed_over = passed_over or (repeated and least == 0)
                repeated = repeated or most is None or most > 1
            case Choice():
                passed_over = passed_over or repeated
            case _:
                pass
        for child in children(part):
            self._walk(child, repeated=repeated, passed_over=passed_over)


def _referred(part: Part) -> set[int]:
    if isinstance(part, Reference):
        return set(part.numbers)
    return {number for child in children(part) for number in _referred(child)}
