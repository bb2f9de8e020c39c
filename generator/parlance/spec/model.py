"""What a spec is once it is read, and a dialect of it once it is resolved."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..finding import LocatedList, LocatedMap, Place
from .grammar import Grammar

if TYPE_CHECKING:
    from .rule_inheritance import RuleChoice

__all__ = ["Base", "DialectFile", "Resolved", "Spec"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What every dialect starts from."""

    id: str
    title: str
    description: str
    as_of: date
    since: date | None
    """The day it begins; None if that is not known."""

    unknown_fields: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DialectFile:
    """The file of one dialect."""

    id: str
    family: str
    """The dialects whose rules it shares."""

    title: str
    description: str
    aliases: tuple[str, ...]
    default: bool
    extends: str
    as_of: date
    """The day of the base that it starts from; that of what it extends, unless said."""

    released: date
    """Its own day: its version, where that is one, else `as_of`."""

    unknown_fields: str | None
    """None for the same as what it extends."""

    conversions: str | None
    """`none` or `lax`; None for the same as what it extends."""

    inherited: str | None
    """`errors` or `warnings`; None for the same as what it extends, if that is of its family, else warnings."""

    rules: LocatedMap
    """What the header says of rules."""

    own_rules: Sequence[LocatedMap]
    """The records of the header, then those of its files."""

    models: Sequence[str] | None
    """The tables of models that hold; None for those of what it extends, within a family."""

    errors: LocatedMap | None
    """What the server answers to faults; None for the same as what it extends, within a family."""

    sources: Sequence[Mapping[str, Any]]
    actions: Sequence[LocatedMap]
    header: LocatedMap
    is_given: bool = False
    """Whether a user gave it beside the spec."""

    def at(self, key: str) -> Place:
        """Where *key* of the header is written."""
        return self.header.places.get(key, self.header.at)


@dataclass(frozen=True, kw_only=True)
class Spec:
    """A whole spec: the base in all its days, and the dialects, in the order of their ids."""

    root: Path
    base: Base
    document: LocatedMap
    """The bundled OpenAPI document, with everything that ever existed."""

    dialects: tuple[DialectFile, ...]
    rules: Sequence[LocatedMap]
    """What no schema can say, in the order of the files' names."""

    models: Mapping[str, LocatedList]
    """What models do with fields, in rows, by the name of a table."""

    grammar: Grammar
    files: Mapping[str, tuple[str, LocatedMap | LocatedList]]
    """Its files, by their names below the root: the kind of each, and what it holds, as it was read."""

    is_proven: bool = False
    """Whether a snapshot says that nothing is wrong with it, but for what a user gave beside it."""

    overlays: Mapping[Path, str] = field(default_factory=dict[Path, str])
    """The files that a user gave beside the spec, and the ids of their dialects."""

    @cached_property
    def names(self) -> Mapping[str, DialectFile]:
        """The dialects by id and alias."""
        return {name: dialect for dialect in self.dialects for name in (dialect.id, *dialect.aliases)}

    def lineage(self, dialect: DialectFile) -> Iterator[DialectFile]:
        """The dialect, what it extends, what that extends, and so on; the base is no dialect."""
        by_id = {member.id: member for member in self.dialects}
        member: DialectFile | None = dialect
        while member is not None:
            yield member
            member = by_id.get(member.extends)

    @cached_property
    def records(self) -> Sequence[LocatedMap]:
        """The rules of the spec, then those that dialects have of their own."""
        own = {id(record): record for dialect in self.dialects for record in dialect.own_rules}
        return (*self.rules, *own.values())

    @cached_property
    def proven(self) -> frozenset[str]:
        """The codes of the rules with which nothing is wrong for certain."""
        own = {id(record) for dialect in self.dialects if dialect.is_given for record in dialect.own_rules}
        known = self.records if self.is_proven else ()
        return frozenset(str(record["code"]) for record in known if id(record) not in own)

    def id_of(self, overlay: Path) -> str:
        """The id of the dialect of an overlay, by whatever path it was given."""
        return {os.path.realpath(path): name for path, name in self.overlays.items()}[os.path.realpath(overlay)]

    @cached_property
    def resolved(self) -> dict[str, Resolved]:
        """The dialects that were resolved so far, by id."""
        return {}

    @cached_property
    def default(self) -> str:
        """What is used where no dialect is named: a dialect's id, or the base's where there are no dialects."""
        return next((dialect.id for dialect in self.dialects if dialect.default), self.base.id)

    @cached_property
    def families(self) -> frozenset[str]:
        """The families that there are; the base's own is its id."""
        return frozenset({self.base.id, *(dialect.family for dialect in self.dialects)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A dialect's document, with dates and overlays applied, its header, and the rules of the spec."""

    id: str
    family: str
    title: str
    description: str
    as_of: date
    released: date
    parent: str | None
    unknown_fields: str
    unknown_fields_at: Place | None
    conversions: str
    is_doubtful: Callable[[Place | None], bool]
    """Whether nothing attests that its server refuses what a constraint written at a place refuses."""

    severities: Mapping[str, str]
    """Of what validators find, by code."""

    sources: Sequence[Mapping[str, Any]]
    document: LocatedMap
    rules: Sequence[LocatedMap]
    """The records that it may have, its own and those of what it extends."""

    choices: Mapping[str, RuleChoice]
    """How those hold that do, by code."""

    homes: Mapping[str, str]
    """The dialects to which records belong, by code; those of the spec belong to none."""

    rule_days: Mapping[str, date]
    """The days on which records of dialects are judged, by code: that of the dialect, not of its base."""

    chosen: Mapping[str, Place]
    """Where its own header says of rules that they hold: these must be able to fire."""

    disabled: Mapping[str, Place]
    """Where its own header says of rules that they do not: these must have been able to."""

    models: Sequence[LocatedMap]
    """The rows of its tables of models."""

    errors: LocatedMap | None
    """What the server answers to faults, if that is known."""

    proven: frozenset[str]
    """The codes of the records with which nothing is wrong for certain."""

    others: Callable[[str | None], Iterator[Resolved]]
    """The newest base, then every dialect: a rule may speak of what only some have. Before them one by its id."""
