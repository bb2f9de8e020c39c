"""How much a backtracking search tries at one and the same place of a text.

A search that fails at a place starts anew at the next one, and each start runs over some of the text. It takes time
linear in the length of the text if, whatever the text is, only a bounded number of runs ever passes over the same
character. Every run counts as often as there are ways for it, so the question is whether the automaton of the
expression, with a loop over any character before it, is ambiguous to a bounded degree: neither exponentially nor
polynomially (Weber and Seidl 1991; Weideman, van der Merwe, Berglund and Watson 2016). Instead of looking for the loops
that make it so, the numbers of runs at each step are followed from character to character. Of two such numberings, one
that is nowhere larger is left out, since whatever follows it is no larger either. Soon there is nothing new, which
proves the bound, or too much is going on.

A run that reaches a step after which a match is certain needs no count: what it tries from there on either is the match
or hangs off the one line of steps that leads to it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from ..characters import LAST, WORD, Ranges, holds
from ..pattern_syntax import Boundary, Edge, Regex
from .graph import Assertion, End, Fork, Graph, Loop, Ray, Step, TooLarge, Uncertain, graph

__all__ = ["attempts", "is_linear"]

_MOST_RUNS = 100
"""How many runs over a character still are a modest number."""

_MOST_PATHS = 200
"""How many ways there may be from one character to the next, those included that lead nowhere; for each step that they
lead to, some more."""

_ROOM = 10_000
_WORK = 100_000
"""How much is looked at before a pattern counts as one that nothing can be proven of: a fraction of a second."""


def is_linear(regex: Regex) -> bool:
    """Whether it is certain that Python's `re` searches any text in time linear in its length."""
    return attempts(regex) is not None


def attempts(regex: Regex) -> int | None:
    """At most how many runs of a backtracking search pass over a character; None where that is no small number.

    The one run that leads to a match may pass over it as well.
    """
    try:
        return _StepCount(graph(regex, room=_ROOM, loosely=True)).most()
    except (TooLarge, _TooMuch):
        return None


class _TooMuch(Exception):
    """Too many runs, or too many numberings of them."""


@dataclass(frozen=True, slots=True)
class _Transition:
    """A way from a character to the next one, which the step *at* takes, and on *to* what follows it."""

    at: int
    to: int
    at_start: bool = False
    boundary: bool | None = None
    """Whether it leads over a boundary of a word; None if that is all the same."""


@dataclass(frozen=True, slots=True)
class _Ways:
    """All ways from one character to the next, each with its number."""

    edges: Counter[_Transition]
    certain: bool
    """Whether one leads to a match whatever follows."""


@dataclass(frozen=True, slots=True)
class _Position:
    """A place in a text."""

    at_start: bool
    at_boundary: bool

    def allows(self, edge: _Transition) -> bool:
        """Whether the way is open here."""
        return (self.at_start or not edge.at_start) and edge.boundary in (None, self.at_boundary)


_Runs = dict[int, int]
"""How many runs have just passed over a character at each step."""


class _StepCount:
    def __init__(self, automaton: Graph) -> None:
        self._nodes = automaton.nodes
        self._work = 0
        self._ways = {at: self._from(at) for at in [automaton.start, *self._successors()]}
        self._start = self._ways[automaton.start]
        self._symbols = list(_symbols(self._nodes))
        self._symbols_of: defaultdict[int, list[_Symbol]] = defaultdict(list)
        for symbol in self._symbols:
            for step in symbol.steps:
                self._symbols_of[step].append(symbol)
        self._begun = Counter(self._start.edges)
        for ways in self._ways.values():
            if ways.certain:
                self._begun |= ways.edges

    def most(self) -> int:
        """The largest number of runs over one character."""
        seen = {False: _Seen(), True: _Seen()}
        queue: list[tuple[int, int, bool, _Runs]] = []
        most = 0
        fresh = [self._after({}, False, symbol, at_start=True) for symbol in self._symbols]
        fresh += [self._after({}, was_word, symbol) for symbol in self._symbols for was_word in (False, True)]
        while True:
            for is_word, runs in fresh:
                total = sum(runs.values())
                if total > _MOST_RUNS:
                    raise _TooMuch
                if runs and seen[is_word].is_new(runs):
                    most = max(most, total)
                    self._spend(len(runs))
                    heappush(queue, (-total, self._work, is_word, runs))
            if not queue:
                return most
            _, _, was_word, runs = heappop(queue)
            fresh = [self._after(runs, was_word, symbol) for symbol in self._symbols_after(runs)]

    def _symbols_after(self, runs: _Runs) -> Iterable[_Symbol]:
        """Those that some run goes on with; after the others there is only what has just begun."""
        steps = dict.fromkeys(edge.at for at in runs for edge in self._ways[at].edges)
        self._spend(len(steps))
        return dict.fromkeys(symbol for step in steps for symbol in self._symbols_of[step])

    def _after(self, runs: _Runs, was_word: bool, symbol: _Symbol, *, at_start: bool = False) -> tuple[bool, _Runs]:
        """The runs after one more character; those that a match is certain for are dropped."""
        following: defaultdict[int, int] = defaultdict(int)
        self._follow(self._begun, 1, symbol, following, _Position(at_start, was_word != symbol.is_word))
        for at, number in runs.items():
            self._follow(self._ways[at].edges, number, symbol, following, _Position(False, was_word != symbol.is_word))
        return symbol.is_word, following

    def _follow(
        self, edges: Counter[_Transition], number: int, symbol: _Symbol, following: _Runs, here: _Position
    ) -> None:
        self._spend(len(edges))
        for edge, ways in edges.items():
            if edge.at in symbol.steps and here.allows(edge) and not self._ways[edge.to].certain:
                following[edge.to] += number * ways

    def _spend(self, work: int) -> None:
        self._work += work + 1
        if self._work > _WORK:
            raise _TooMuch

    def _successors(self) -> Iterator[int]:
        yield from {node.next for node in self._nodes if isinstance(node, Step)}

    def _from(self, start: int) -> _Ways:
        """The ways that lead from a node to characters, each loop gone through at most once without one."""
        edges: Counter[_Transition] = Counter()
        certain = False
        paths = 0
        pending: list[tuple[int, frozenset[int], _Condition]] = [(start, frozenset(), _Condition())]
        while pending:
            at, begun, condition = pending.pop()
            self._spend(1)
            node = self._nodes[at]
            match node:
                case Step(_, after):
                    if not condition.at_end:
                        edges[_Transition(at, after, condition.at_start, condition.boundary)] += 1
                    paths += 1
                case End(match):
                    certain = certain or (match and condition == _Condition())
                    paths += 1
                case Fork(nexts):
                    pending += [(each, begun, condition) for each in nexts]
                case Loop(body, after):
                    pending.append((after, begun - {at}, condition))
                    if at not in begun:
                        pending.append((body, begun | {at}, condition))
                case Assertion(what, after):
                    both = condition.and_(what)
                    pending += [(after, begun, both)] if both else []
                    paths += 1
                case Ray(body, after):
                    pending += [(body, begun, condition), (after, begun, condition.and_(None))]
                case Uncertain(after, tried):
                    paths += tried
                    pending.append((after, begun, condition.and_(None)))
            if paths > _MOST_PATHS + 4 * len(edges):
                raise _TooMuch
        return _Ways(edges, certain)


@dataclass(frozen=True, slots=True)
class _Condition:
    """What must hold on a way."""

    at_start: bool = False
    at_end: bool = False
    boundary: bool | None = None
    other: bool = False

    def and_(self, what: Edge | Boundary | None) -> _Condition:
        """This and one thing more."""
        match what:
            case Edge(end):
                return _Condition(self.at_start or not end, self.at_end or end, self.boundary, self.other)
            case Boundary(negative) if self.boundary in (None, not negative):
                return _Condition(self.at_start, self.at_end, not negative, self.other)
            case _:
                return _Condition(self.at_start, self.at_end, self.boundary, other=True)


class _Seen:
    """Numberings of runs, of which none is smaller than another."""

    def __init__(self) -> None:
        self._by_step: defaultdict[int, list[tuple[int, _Runs]]] = defaultdict(list)
        """Those that have a run at the step, each behind a number whose bits are its steps."""

        self._same: set[frozenset[tuple[int, int]]] = set()
        """What was asked for, of which most comes again."""

    def is_new(self, runs: _Runs) -> bool:
        """Whether none that was seen is as large everywhere; if so, it is kept."""
        whole = frozenset(runs.items())
        if whole in self._same:
            return False
        self._same.add(whole)
        bits = sum(1 << step for step in runs)
        rarest = min((self._by_step[step] for step in runs), key=len)
        for others, other in rarest:
            if bits & others == bits and all(other[step] >= number for step, number in runs.items()):
                return False
        for step in runs:
            self._by_step[step].append((bits, runs))
        return True


@dataclass(frozen=True, slots=True, eq=False)
class _Symbol:
    """Characters that the same steps take."""

    steps: frozenset[int]
    is_word: bool


def _symbols(nodes: Iterable[object]) -> Iterator[_Symbol]:
    """The largest of them: what fewer steps take leads to fewer runs."""
    steps = {at: node.ranges for at, node in enumerate(nodes) if isinstance(node, Step)}
    of_ranges: defaultdict[Ranges, set[int]] = defaultdict(set)
    for at, ranges in steps.items():
        of_ranges[ranges].add(at)
    starts = {0, *(code for ranges in [WORD, *of_ranges] for first, last in ranges for code in (first, last + 1))}
    found: set[tuple[frozenset[Ranges], bool]] = set()
    for code in starts:
        if code <= LAST:
            found.add((frozenset(each for each in of_ranges if holds(each, code)), holds(WORD, code)))
    for sets, is_word in found:
        if not any(is_word == word and sets < others for others, word in found):
            yield _Symbol(frozenset(at for ranges in sets for at in of_ranges[ranges]), is_word)
