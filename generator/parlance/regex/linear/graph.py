"""An expression as a graph: what may come next, step by step, with counts written out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from ..characters import Ranges
from ..pattern_syntax import Boundary, Characters, Choice, Edge, Group, Look, Part, Reference, Regex, Repeat, Sequence
from ..width import width

__all__ = ["Assertion", "End", "Fork", "Graph", "Loop", "Node", "Ray", "Step", "TooLarge", "Uncertain", "graph"]


class TooLarge(Exception):
    """An expression with too many steps."""


@dataclass(frozen=True, slots=True)
class Step:
    """Goes on with *next* after one character of a set."""

    ranges: Ranges
    next: int


@dataclass(frozen=True, slots=True)
class Fork:
    """Goes on with any of several nodes, the first of them first."""

    nexts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """Goes through its body once more or leaves; after a round without a character it leaves."""

    body: int
    next: int


@dataclass(frozen=True, slots=True)
class Assertion:
    """Goes on where an edge or a boundary is."""

    what: Edge | Boundary
    next: int


@dataclass(frozen=True, slots=True)
class Ray:
    """Looks ahead along *body*, which ends in nothing, and goes on from where it stands."""

    body: int
    next: int


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Goes on if something holds that the graph does not tell; *paths* says in how many ways it may be tried."""

    next: int
    paths: int = 1


@dataclass(frozen=True, slots=True)
class End:
    """The end of a match, or of what is looked for ahead."""

    match: bool


Node: TypeAlias = Step | Fork | Loop | Assertion | Ray | Uncertain | End


@dataclass(slots=True)
class Graph:
    """Nodes by number, and that of the first."""

    nodes: list[Node] = field(default_factory=list[Node])
    start: int = 0


def graph(regex: Regex, *, room: int, loosely: bool = False) -> Graph:
    """The graph of an expression of at most *room* nodes; raises `TooLarge`.

    *loosely*, a count that takes too much room becomes one without an end: whatever the expression tries, the graph
    tries as well, but where it would match is no longer certain.
    """
    builder = _GraphBuilder(regex.root, room, loosely=loosely)
    return Graph(builder.nodes, builder.build(regex.root, builder.add(End(match=True))))


class _GraphBuilder:
    """Adds the nodes of a part before those of what follows it."""

    def __init__(self, root: Part, room: int, *, loosely: bool) -> None:
        self.nodes: list[Node] = []
        self._room = room
        self._loosely = loosely
        self._bodies = dict(_groups(root))
        self._open: list[int] = []

    def add(self, node: Node) -> int:
        if len(self.nodes) >= self._room:
            raise TooLarge
        self.nodes.append(node)
        return len(self.nodes) - 1

    def build(self, part: Part, after: int) -> int:
        """The node that *part* starts with, where *after* follows it."""
        match part:
            case Characters(ranges):
                return self.add(Step(ranges, after))
            case Sequence(parts):
                for each in reversed(parts):
                    after = self.build(each, after)
                return after
            case Choice(options):
                return self.add(Fork(tuple(self.build(each, after) for each in options)))
            case Repeat():
                return self._repeat(part, after)
            case Group(body):
                return self.build(body, after)
            case Edge() | Boundary():
                return self.add(Assertion(part, after))
            case Look():
                return self._look(part, after)
            case Reference(numbers):
                bodies = [self._again(number, after) for number in numbers]
                return self.add(Uncertain(self.add(Fork((*bodies, after)))))

    def _again(self, number: int, after: int) -> int:
        """The body of a group once more: what it matched is matched by it in as many ways at least."""
        if number in self._open:
            raise TooLarge
        self._open.append(number)
        entry = self.build(self._bodies[number], after)
        self._open.pop()
        return entry

    def _repeat(self, repeat: Repeat, after: int) -> int:
        size = _size(repeat.body)
        times = repeat.least if repeat.most is None else repeat.most
        if size * times > (self._room // 4 if self._loosely else self._room):
            if not self._loosely:
                raise TooLarge
            return self._loop(repeat.body, self.add(Uncertain(after)))
        entry = after
        if repeat.most is None:
            entry = self._loop(repeat.body, after)
        else:
            for _ in range(repeat.most - repeat.least):
                entry = self._fork(repeat, self.build(repeat.body, entry), after)
        for _ in range(repeat.least):
            entry = self.build(repeat.body, entry)
        return entry

    def _fork(self, repeat: Repeat, body: int, after: int) -> int:
        return self.add(Fork((after, body) if repeat.lazy else (body, after)))

    def _loop(self, body: Part, after: int) -> int:
        at = self.add(End(match=False))
        self.nodes[at] = Loop(self.build(body, at), after)
        return at

    def _look(self, look: Look, after: int) -> int:
        if look.behind:
            return self.add(Uncertain(after, _paths(look.body)))
        return self.add(Ray(self.build(look.body, self.add(End(match=False))), after))


def _groups(part: Part) -> list[tuple[int, Part]]:
    from ..group_references import children

    own = [(part.number, part.body)] if isinstance(part, Group) else []
    return own + [each for child in children(part) for each in _groups(child)]


def _size(part: Part) -> int:
    """About how many nodes a part takes, at least one."""
    match part:
        case Repeat(body, least, most):
            return 1 + _size(body) * max(1, least if most is None else most)
        case Sequence(parts) | Choice(parts):
            return 1 + sum(map(_size, parts))
        case Group(body) | Look(body):
            return 1 + _size(body)
        case _:
            return 1


def _paths(part: Part) -> int:
    """At most how many steps are tried in a text of fixed length; very many if its length is not fixed."""
    match part:
        case Sequence(parts):
            tried = 1
            for each in parts:
                tried *= _paths(each)
            return tried * max(1, width(part)[0])
        case Choice(options):
            return sum(map(_paths, options))
        case Repeat(body, least, most):
            return 10**6 if most is None or most > 64 or least != most else _paths(body) ** most * max(1, most)
        case Group(body) | Look(body):
            return _paths(body)
        case Reference():
            return 10**6
        case _:
            return 1
