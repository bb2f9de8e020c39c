"""References to the groups that can have a text when they are reached; names that two groups may share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .pattern_syntax import EMPTY, Choice, Edge, Group, Look, Part, Reference, RegexError, Repeat, Sequence

__all__ = ["children", "resolved"]


def resolved(root: Part) -> Part:
    """*root*, where each reference names only groups that may have taken part in the match before it.

    One to a group that comes later, is still open, or lies in what must not match, is to the empty text: a group
    forgets its text whenever what repeats it starts again.
    """
    _names(root)
    places: dict[int, _Group] = {}
    _gather(root, (), places, [0])
    return _Resolver(places).part(root, ())


def children(part: Part) -> tuple[Part, ...]:
    """The parts that a part is made of."""
    match part:
        case Sequence(parts) | Choice(parts):
            return parts
        case Repeat(body=body) | Group(body=body) | Look(body=body):
            return (body,)
        case _:
            return ()


@dataclass(frozen=True, slots=True)
class _Group:
    order: int
    forbidden_in: frozenset[int]
    """The places of the negative looks around it."""


def _gather(part: Part, negatives: tuple[int, ...], found: dict[int, _Group], clock: list[int]) -> None:
    clock[0] += 1
    now = clock[0]
    inside = (*negatives, now) if isinstance(part, Look) and part.negative else negatives
    for child in children(part):
        _gather(child, inside, found, clock)
    if isinstance(part, Group):
        clock[0] += 1
        found[part.number] = _Group(clock[0], frozenset(negatives))


class _Resolver:
    """Walks as `_gather` did, and so meets the same places at the same time."""

    def __init__(self, groups: dict[int, _Group]) -> None:
        self._groups = groups
        self._clock = 0
        self._behind = 0

    def part(self, part: Part, negatives: tuple[int, ...]) -> Part:
        self._clock += 1
        now = self._clock
        match part:
            case Reference(numbers, offset):
                known = tuple(number for number in numbers if self._may_be_set(number, negatives))
                return Reference(known, offset) if known else EMPTY
            case Sequence(parts):
                return _sequence(self.part(each, negatives) for each in parts)
            case Choice(options):
                return Choice(tuple(self.part(each, negatives) for each in options))
            case Repeat(body):
                return replace(part, body=self.part(body, negatives))
            case Group(body):
                part = replace(part, body=self.part(body, negatives))
                self._clock += 1
                return part
            case Look(body):
                self._behind += part.behind
                part = replace(part, body=self.part(body, (*negatives, now) if part.negative else negatives))
                self._behind -= part.behind
                return part
            case _:
                return part

    def _may_be_set(self, number: int, negatives: tuple[int, ...]) -> bool:
        group = self._groups[number]
        # What is looked at behind is read from right to left, so what stands later comes first.
        return self._behind > 0 or (group.order < self._clock and group.forbidden_in <= set(negatives))


def _sequence(parts: Iterable[Part]) -> Part:
    """One part after the other, sequences among them taken apart; an edge needs to be said only once."""
    flat: list[Part] = []
    for part in parts:
        for each in part.parts if isinstance(part, Sequence) else (part,):
            if not (isinstance(each, Edge) and flat and flat[-1] == each):
                flat.append(each)
    return flat[0] if len(flat) == 1 else Sequence(tuple(flat))


def _names(part: Part) -> list[str]:
    """The names in a part, which two groups may share only in different options of a choice."""
    below = [_names(child) for child in children(part)]
    if isinstance(part, Choice):
        return list({name for names in below for name in names})
    names = [name for names in below for name in names]
    if isinstance(part, Group) and part.name is not None:
        names.append(part.name)
    for name in names:
        if names.count(name) > 1:
            message = f"two groups are called {name!r}"
            raise RegexError(message)
    return names
