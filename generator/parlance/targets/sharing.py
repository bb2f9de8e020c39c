"""Which definitions several dialects have in common, and the modules that these stand in.

Two dialects share a definition where its text is the same in both, and so is all that it mentions, however far that
leads. What is shared stands in a module that is called after the oldest dialect which has it, so that there is one
place for each version of a definition. Where a definition costs more to load than a module, as a class does, there is a
module for each set of families besides, and a dialect loads little that it has no use for.
What a definition mentions is in all dialects that it is in itself, so that no modules import each other in a circle.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .definitions import Definition, Part

__all__ = ["Node", "Shared", "SpecLayout", "shared"]


class Node(NamedTuple):
    """A definition of a dialect."""

    target: str
    dialect: str
    name: str


class Shared(NamedTuple):
    """Where a definition stands that several dialects have."""

    module: str
    """Below the folder of its target."""

    dialect: str
    """The oldest dialect that has it."""


_LONGEST = 36
"""How many letters of families the name of a module has at most: the line that imports it must not be broken."""


@dataclass(frozen=True, slots=True)
class SpecLayout:
    """What decides how modules of shared definitions are called."""

    families: Mapping[str, str]
    """The family of each dialect; what has none is one by itself."""

    coarse: Collection[str] = ()
    """The targets with one module for all that has the same oldest dialect."""

    is_flat: bool = False
    """Whether the modules stand in the package itself, as those of one dialect alone may."""

    package: str | None = None
    """The name under which modules import each other; None where that is relative."""

    def home(self, folder: str, target: str) -> tuple[str, ...]:
        """Where the module of a dialect stands, whose folder would be *folder*."""
        return (target,) if self.is_flat else (folder, target)

    def module(self, target: str, dialects: Sequence[str]) -> str:
        """The module of what some dialects share, the oldest of which comes first."""
        oldest, *others = dialects
        if target in self.coarse:
            return _word(oldest)
        family = self.families.get(oldest, oldest)
        strangers = sorted({self.families.get(each, each) for each in others} - {family})
        absent = sorted({*self.families.values()} - {family, *strangers})
        words = [oldest, *(["and", *strangers] if strangers else [])]
        if _is_long(strangers):
            lacking = ["without", *(absent or ["exception"])]
            words = [oldest, *(["and", str(len(strangers)), "others"] if _is_long(absent) else lacking)]
        return "_".join(map(_word, words))


def _is_long(names: Iterable[str]) -> bool:
    return len("_".join(names)) > _LONGEST


def _word(name: str) -> str:
    return re.sub(r"[^0-9a-z]+", "_", name.lower()).strip("_")


def shared(parts: Sequence[Part], layout: SpecLayout) -> dict[Node, Shared]:
    """The places of all definitions in *parts*, of the oldest dialect first, that more than one dialect has."""
    graph = _DefinitionGraph(parts)
    versions = graph.versions()
    dialects: dict[int, dict[str, Node]] = {}
    for node in graph.definitions:
        dialects.setdefault(versions[node], {})[node.dialect] = node
    places: dict[Node, Shared] = {}
    for nodes in dialects.values():
        if len(nodes) > 1:
            oldest = next(iter(nodes))
            place = Shared(layout.module(nodes[oldest].target, [*nodes]), oldest)
            places.update(dict.fromkeys(nodes.values(), place))
    return places


class _DefinitionGraph:
    """The definitions of all dialects, and what each mentions."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.definitions: dict[Node, Definition] = {
            Node(part.target, part.dialect, each.name): each for part in parts for each in part.definitions
        }
        self.mentioned = {node: self._mentioned(node, each) for node, each in self.definitions.items()}

    def _mentioned(self, node: Node, definition: Definition) -> list[Node]:
        names = [Node(node.target, node.dialect, name) for name in sorted(definition.uses) if name != node.name]
        others = [Node(each.target, node.dialect, each.name) for each in sorted(definition.references)]
        return [each for each in (*names, *others) if each in self.definitions]

    def versions(self) -> dict[Node, int]:
        """A number for each definition, the same for those that are equal and mention equal ones."""
        numbers: dict[object, int] = {}
        versions: dict[Node, int] = {}
        for node, each in self.definitions.items():
            key = (node.target, each.name, each.text, each.comment, each.types, node.dialect if each.is_own else "")
            versions[node] = numbers.setdefault(key, len(numbers))
        count = 0
        while count < len(numbers):  # until nothing more is distinguished
            count, numbers = len(numbers), {}
            versions = {
                node: numbers.setdefault((versions[node], *(versions[each] for each in mentioned)), len(numbers))
                for node, mentioned in self.mentioned.items()
            }
        return versions
