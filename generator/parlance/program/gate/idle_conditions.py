"""Cases without what other cases make idle: each is true of a fault only if all its conditions are.

Whatever is left out, a case is true of no less than before, so that a gate of these cases is sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...contract.expression import Expression, operands
from ..reduction import negated

__all__ = ["without_idle"]


def without_idle(cases: Iterable[Sequence[Expression]]) -> list[list[Expression]]:
    """The conditions of *cases*, without those that another case decides, and without cases that another includes.

    `a && b` and `!a && b && c` are `a && b` and `b && c`; `a && b` and `!a && b` are `b`.
    """
    left = [[*dict.fromkeys(case)] for case in cases]
    for number, case in enumerate(left):
        others = [frozenset(other) for place, other in enumerate(left) if place != number]
        for condition in [*case]:
            rest = frozenset(case) - {condition}
            if any(_is_decided(condition, rest, other) for other in others):
                case.remove(condition)
    return _without_included(left)


def _is_decided(condition: Expression, rest: frozenset[Expression], other: frozenset[Expression]) -> bool:
    """Whether *other* is a case wherever *condition* is false and the *rest* true."""
    opposite = negated(condition)
    return any(opposite in operands("||", part) and other - {part} <= rest for part in other)


def _without_included(cases: Sequence[list[Expression]]) -> list[list[Expression]]:
    kept: list[list[Expression]] = []
    sets = [frozenset(case) for case in cases]
    for number, case in enumerate(cases):
        own = sets[number]
        is_included = any(
            other < own or (other == own and place < number) for place, other in enumerate(sets) if place != number
        )
        if not is_included:
            kept.append(case)
    return kept
