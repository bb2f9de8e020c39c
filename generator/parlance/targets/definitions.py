"""Definitions: what generated code consists of, before it is decided in which module each of them stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["Definition", "Import", "Part", "Reference"]


class Import(NamedTuple):
    """A name that a module imports."""

    module: str
    """`typing`; with a dot before it, below the generated package: `.violation`. Empty where the name is a module."""

    name: str
    local: str = ""
    """What it is called here, if not so."""


class Reference(NamedTuple):
    """A definition that another target makes of the same dialect."""

    target: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A function, a class or a constant."""

    name: str
    also: tuple[str, ...] = ()
    """Other names that it defines."""

    of: str = ""
    """What of the spec it is made from: the name of a schema, or the code of a rule."""

    text: str
    comment: str = ""
    """What stands above the text, where it is no part of it."""

    uses: frozenset[str] = frozenset()
    """Every name that it mentions; those that no module defines or imports are its own variables."""

    types: frozenset[str] = frozenset()
    """Names that only its annotations mention."""

    references: frozenset[Reference] = frozenset()
    notes: tuple[str, ...] = ()
    """Comments that the module needs because of it."""

    gap: int = 2
    """How many blank lines are around it at least."""

    is_eager: bool = False
    """Whether what it mentions must stand before it, because it is evaluated when the module is loaded."""

    is_own: bool = False
    """Whether it stands with the dialect, though others have the same."""

    is_type: bool = False
    """Whether nothing of it is there at run time, in a language where importers must say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """All that a target makes of one dialect: what becomes a module of it, and what it may share."""

    target: str
    dialect: str
    docstring: str
    definitions: tuple[Definition, ...]
    exports: tuple[str, ...]
    """The names that a user may import from the module of the dialect."""

    imports: Mapping[str, Import] = field(default_factory=dict[str, Import])
    """Where names come from that are no definitions."""

    notes: tuple[str, ...] = ()
    """Comments that every module of its definitions needs."""

    offers: tuple[Import, ...] = ()
    """What the module of the dialect offers besides and has from elsewhere."""

    summary: str = ""
    """What a module of shared definitions is about, such as `checks of what goes over the wire`."""
