"""All pairs of types that two documents lead to, each compared once, and every place that a change reaches."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..contract.ir import Named
from ..contract.references import mentioning
from .contract_change import ChangePlace, LocalChange
from .type_diff import PairOfTypes, TypeComparison, TypeEdge
from .type_loops import looping
from .type_parts import Definitions

__all__ = ["TooManyPlacesError", "TypePairs"]

_Node = tuple[PairOfTypes, bool]
"""A pair, and whether what holds it describes it."""

_MOST = 100_000
"""Places: two dialects of ours differ in 700 at most, and no person reads a hundred times as many."""


class TooManyPlacesError(Exception):
    """Changes in types that so many others hold that nobody could read of each place."""


class TypePairs:
    """The pairs of types of two contracts, which are compared when something leads to them."""

    def __init__(self, comparison: TypeComparison) -> None:
        self._comparison = comparison
        self._changes: dict[_Node, list[LocalChange]] = {}
        self._edges: dict[_Node, list[TypeEdge]] = {}
        self._changed = _changed(comparison.old, comparison.new)
        """The names of definitions that are not the same in both, or lead to such a one."""

    def changes(self, pair: PairOfTypes) -> Iterator[LocalChange]:
        """What differs between two types and all that they lead to, at each place once.

        Types that lead back to themselves are reported at each place that leads into them, and inside once each. Raises
        `TooManyPlacesError`.
        """
        start = (pair, False)
        following = self._compared(start)
        telling = self._telling(following)
        loops = looping({node: [child for child in following[node] if child in telling] for node in telling})
        ahead: deque[tuple[_Node, ChangePlace, set[_Node] | None]] = deque([(start, ChangePlace(), None)])
        count = 0
        while ahead:
            node, at, entered = ahead.popleft()
            for change in self._changes[node]:
                count += 1
                place = at.joined(ChangePlace(change.steps, change.where))
                yield replace(change, steps=place.steps, where=place.where)
            for edge in self._edges[node]:
                child = _child(edge)
                if child not in telling or (entered is not None and child in entered):
                    continue
                inside = entered
                if child in loops:
                    inside = {child} if entered is None else entered
                    inside.add(child)
                ahead.append((child, at.joined(edge.at), inside))
            if count + len(ahead) > _MOST:
                raise TooManyPlacesError

    def _compared(self, start: _Node) -> Mapping[_Node, list[_Node]]:
        """Every pair that this one leads to, compared, with those that it leads to directly."""
        following: dict[_Node, list[_Node]] = {}
        ahead = [start]
        while ahead:
            node = ahead.pop()
            if node in following:
                continue
            if node not in self._changes:
                self._changes[node], self._edges[node] = self._run(node)
            following[node] = [*dict.fromkeys(map(_child, self._edges[node]))]
            ahead += following[node]
        return following

    def _run(self, node: _Node) -> tuple[list[LocalChange], list[TypeEdge]]:
        (old, new), is_described = node
        if isinstance(old, Named) and old == new and old.name not in self._changed:
            return [], []
        return self._comparison.run((old, new), is_described=is_described)

    def _telling(self, following: Mapping[_Node, list[_Node]]) -> set[_Node]:
        """The pairs that lead to a change."""
        before: dict[_Node, list[_Node]] = {}
        for node, children in following.items():
            for child in children:
                before.setdefault(child, []).append(node)
        found: set[_Node] = set()
        ahead = [node for node in following if self._changes[node]]
        while ahead:
            node = ahead.pop()
            if node not in found:
                found.add(node)
                ahead += before.get(node, ())
        return found


def _changed(old: Definitions, new: Definitions) -> frozenset[str]:
    names = [name for name in old.keys() | new.keys() if old.get(name) != new.get(name)]
    return mentioning(names, old.values()) | mentioning(names, new.values())


def _child(edge: TypeEdge) -> _Node:
    return edge.pair, edge.is_described
