"""An expression as a program for the engine, a plain literal."""

from __future__ import annotations

from typing import TypeAlias

from ..characters import Ranges
from ..group_references import children
from ..pattern_syntax import Edge, Look, Part, Reference, Regex, RegexError
from .graph import Assertion, End, Fork, Graph, Loop, Step, TooLarge, graph

__all__ = ["Program", "program"]

Program: TypeAlias = tuple[tuple[tuple[int, ...], ...], tuple[tuple[str, int, int], ...]]
"""Sets and instructions; `engine.Search` says what they are."""

_ROOM = 2_000
"""How many instructions a program has at most: each may be looked at for each character."""


def program(regex: Regex) -> Program:
    """What `engine.search` takes. Raises `RegexError` for what looks around, refers to a group, or counts very far."""
    _refuse(regex.root)
    try:
        return _Assembly(graph(regex, room=_ROOM)).program()
    except TooLarge:
        message = f"its counts written out take more than {_ROOM} steps"
        raise RegexError(message) from None


def _refuse(part: Part) -> None:
    match part:
        case Look(offset=offset):
            message = "what looks ahead or behind cannot be searched for in linear time"
            raise RegexError(message, offset)
        case Reference(offset=offset):
            message = "a reference to a group cannot be searched for in linear time"
            raise RegexError(message, offset)
        case _:
            for child in children(part):
                _refuse(child)


class _Assembly:
    """Numbers instructions in the order in which they are reached, and sets likewise."""

    def __init__(self, automaton: Graph) -> None:
        self._automaton = automaton
        self._sets: dict[Ranges, int] = {}
        self._numbers: dict[int, int] = {}
        self._pending: list[int] = []
        self._instructions: list[tuple[str, int, int]] = []

    def program(self) -> Program:
        self._number(self._automaton.start)
        for at in self._pending:
            self._write(at)
        sets = tuple(tuple(code for first, last in each for code in (first, last + 1)) for each in self._sets)
        return sets, tuple(self._instructions)

    def _number(self, at: int) -> int:
        if at not in self._numbers:
            self._numbers[at] = len(self._pending)
            self._pending.append(at)
            self._instructions.append(("match", 0, 0))
        return self._numbers[at]

    def _write(self, at: int) -> None:
        place = self._numbers[at]
        match self._automaton.nodes[at]:
            case Step(ranges, after):
                index = self._sets.setdefault(ranges, len(self._sets))
                self._instructions[place] = ("set", index, self._number(after))
            case Fork(nexts):
                self._fork(place, nexts)
            case Loop(body, after):
                self._instructions[place] = ("either", self._number(body), self._number(after))
            case Assertion(what, after):
                word = ("end" if what.end else "start") if isinstance(what, Edge) else _boundary(what.negative)
                self._instructions[place] = (word, 0, self._number(after))
            case End():
                pass
            case _ as node:
                message = f"{node} was refused"
                raise AssertionError(message)

    def _fork(self, place: int, nexts: tuple[int, ...]) -> None:
        """Write a fork of any number of ways as forks of two."""
        one, *others = nexts
        if len(others) > 1:
            self._automaton.nodes.append(Fork(tuple(others)))
            others = [len(self._automaton.nodes) - 1]
        self._instructions[place] = ("either", self._number(one), self._number(others[0]))


def _boundary(negative: bool) -> str:
    return "no boundary" if negative else "boundary"
