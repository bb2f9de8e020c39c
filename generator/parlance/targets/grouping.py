"""In which module each definition stands, and what modules take from each other: the same for every language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from .definitions import Definition, Part
from .file import File
from .sharing import Node, SpecLayout, shared

__all__ = ["SHARED", "Grouping", "Module", "ModuleFile", "ModulePath", "Taken", "grouped"]

SHARED = "shared"
"""The folder of what several dialects have in common."""

ModulePath = tuple[str, ...]
"""The folders of a module, and its name, below the package."""


class ModuleFile(NamedTuple):
    """A module as a file, and whose it is."""

    file: File
    target: str
    """The target that a run is asked for."""

    dialect: str | None
    """None for what several dialects share."""

    runtime: frozenset[str] = frozenset()
    """The modules of the run time for Python that it imports."""


class Taken(NamedTuple):
    """A definition that a module has from another one."""

    home: ModulePath
    name: str


@dataclass(frozen=True, slots=True)
class Module:
    """Definitions that stand together."""

    path: ModulePath
    part: Part
    """The oldest that has one of its definitions."""

    is_shared: bool
    members: list[tuple[Definition, str]] = field(default_factory=list["tuple[Definition, str]"])
    """Definitions, each with a dialect that has it."""

    @property
    def dialect(self) -> str | None:
        """The dialect whose module it is; None for what several share."""
        return None if self.is_shared else self.part.dialect

    @property
    def docstring(self) -> str:
        """What the module says of itself."""
        if not self.is_shared:
            return self.part.docstring
        return f"What {self.part.dialect} and other dialects have in common: {self.part.summary}."


@dataclass(frozen=True)
class Grouping:
    """All modules of a package."""

    modules: Sequence[Module]
    """Those of shared definitions first."""

    homes: Mapping[Node, ModulePath]
    sizes: Mapping[ModulePath, int]
    """How much each module of shared definitions has."""

    spelt: Callable[[str], str]
    """What a dialect's folder is called."""

    layout: SpecLayout

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders of all modules."""
        return frozenset(path[0] for path in self.homes.values())

    def uses(self, module: Module, names: Callable[[Definition], AbstractSet[str]]) -> Iterator[Taken]:
        """What definitions of a module mention by *names*, and other modules of the same target have."""
        for each, dialect in module.members:
            for name in sorted(names(each)):
                home = self.homes.get(Node(module.part.target, dialect, name))
                if home is not None and home != module.path:
                    yield Taken(home, name)

    def foreign(self, module: Module, names: Callable[[Definition], AbstractSet[str]]) -> set[str]:
        """What definitions of a module mention by *names* and their target does not define."""
        return {
            name
            for each, dialect in module.members
            for name in names(each)
            if Node(module.part.target, dialect, name) not in self.homes
        }

    def references(self, module: Module) -> Iterator[Taken]:
        """What a module has from other targets."""
        for each, dialect in module.members:
            for other in sorted(each.references):
                own = self.layout.home(self.spelt(dialect), other.target)
                yield Taken(self.homes.get(Node(other.target, dialect, other.name), own), other.name)

    def offered(self, module: Module) -> list[Taken]:
        """What the module of a dialect offers to users, its own definitions among it."""
        part = module.part
        places = [Node(part.target, part.dialect, name) for name in part.exports]
        return [Taken(self.homes.get(node, module.path), node.name) for node in places]

    def offered_whole(self, module: Module) -> list[ModulePath]:
        """The shared modules of which the module of a dialect offers all that they define."""
        found: dict[ModulePath, int] = {}
        for home, _ in self.offered(module):
            if home in self.sizes:
                found[home] = found.get(home, 0) + 1
        return sorted(path for path, count in found.items() if count == self.sizes[path])


def grouped(parts: Sequence[Part], layout: SpecLayout, spelt: Callable[[str], str]) -> Grouping:
    """The modules of *parts*, of the oldest dialect first: what several dialects have in common stands once.

    *spelt* makes the name of a module from that of a dialect.
    """
    common = shared(parts, layout)
    homes: dict[Node, ModulePath] = {}
    groups: dict[ModulePath, Module] = {}
    own: list[Module] = []
    for part in parts:
        here = Module(layout.home(spelt(part.dialect), part.target), part, is_shared=False)
        for each in part.definitions:
            node = Node(part.target, part.dialect, each.name)
            place = common.get(node)
            homes[node] = here.path if place is None else (SHARED, part.target, spelt(place.module))
            if place is None:
                here.members.append((each, part.dialect))
            elif place.dialect == part.dialect:
                group = groups.setdefault(homes[node], Module(homes[node], part, is_shared=True))
                group.members.append((each, part.dialect))
        own.append(here)
    sizes = {path: len(group.members) for path, group in groups.items()}
    return Grouping([*groups.values(), *own], homes, sizes, spelt, layout)
