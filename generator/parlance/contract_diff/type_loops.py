"""Which nodes of a graph lead back to themselves."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

__all__ = ["looping"]

_Vertex = TypeVar("_Vertex", bound=Hashable)


def looping(following: Mapping[_Vertex, Sequence[_Vertex]]) -> set[_Vertex]:
    """The nodes that lead to themselves; *following* has every node. Tarjan's algorithm, without recursion."""
    numbers: dict[_Vertex, int] = {}
    lowest: dict[_Vertex, int] = {}
    stack: list[_Vertex] = []
    waiting: set[_Vertex] = set()
    found: set[_Vertex] = set()
    for start in following:
        if start in numbers:
            continue
        ahead: list[tuple[_Vertex, Iterator[_Vertex]]] = [(start, iter(following[start]))]
        numbers[start] = lowest[start] = len(numbers)
        stack.append(start)
        waiting.add(start)
        while ahead:
            node, children = ahead[-1]
            child = next((each for each in children if each not in numbers or each in waiting), None)
            if child is None:
                ahead.pop()
                if ahead:
                    above = ahead[-1][0]
                    lowest[above] = min(lowest[above], lowest[node])
                if lowest[node] == numbers[node]:
                    component = stack[stack.index(node) :]
                    del stack[-len(component) :]
                    waiting -= {*component}
                    if len(component) > 1 or node in following[node]:
                        found |= {*component}
            elif child in waiting:
                lowest[node] = min(lowest[node], numbers[child])
            else:
                numbers[child] = lowest[child] = len(numbers)
                stack.append(child)
                waiting.add(child)
                ahead.append((child, iter(following[child])))
    return found
