"""What a contract is built from, as this package sees it, and where each part of it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from ..finding import LocatedList, LocatedMap, Place

__all__ = ["PREFIX", "ChosenRule", "Json", "Schema", "Source", "place", "referred"]

PREFIX = "#/components/schemas/"

Schema = Mapping[str, Any]

Json = Any
"""A JSON value; a date, too, where YAML read one."""


class ChosenRule(Protocol):
    """How a rule holds in a dialect."""

    @property
    def severity(self) -> str:
        """Its severity there."""
        ...

    @property
    def is_native(self) -> bool:
        """Whether what its record says of a server is said of this one."""
        ...

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody says that this server obeys it."""
        ...

    @property
    def is_dated(self) -> bool:
        """Whether the days of its record count."""
        ...

    @property
    def evidence(self) -> Sequence[Mapping[str, Any]]:
        """Who says so of the dialect."""
        ...


class Source(Protocol):
    """A dialect with dates and overlays applied: its header, and its OpenAPI document."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def family(self) -> str:
        """The dialects whose rules it shares."""
        ...

    @property
    def title(self) -> str:
        """Its name for people."""
        ...

    @property
    def description(self) -> str:
        """One sentence."""
        ...

    @property
    def as_of(self) -> date:
        """Its day."""
        ...

    @property
    def released(self) -> date:
        """Its own day."""
        ...

    @property
    def conversions(self) -> str:
        """`none` or `lax`."""
        ...

    @property
    def is_doubtful(self) -> Callable[[Place | None], bool]:
        """Whether nothing attests a constraint that is written at a place."""
        ...

    @property
    def parent(self) -> str | None:
        """The id it extends."""
        ...

    @property
    def unknown_fields(self) -> str:
        """A value of `UnknownFields`."""
        ...

    @property
    def unknown_fields_at(self) -> Place | None:
        """Where that is said."""
        ...

    @property
    def severities(self) -> Mapping[str, str]:
        """Severities of what validators find, by code."""
        ...

    @property
    def sources(self) -> Sequence[Mapping[str, Any]]:
        """What it was written from."""
        ...

    @property
    def document(self) -> Mapping[str, Any]:
        """OpenAPI, with references of the form `#/components/schemas/Name`."""
        ...

    @property
    def rules(self) -> Sequence[Mapping[str, Any]]:
        """The records that it may have, its own and those of what it extends."""
        ...

    @property
    def choices(self) -> Mapping[str, ChosenRule]:
        """How those hold that do, by code."""
        ...

    @property
    def homes(self) -> Mapping[str, str]:
        """The dialects to which records belong, by code; those of the spec belong to none."""
        ...

    @property
    def rule_days(self) -> Mapping[str, date]:
        """The days on which records of dialects are judged, by code."""
        ...

    @property
    def chosen(self) -> Mapping[str, Place]:
        """Where its own header says of rules that they hold."""
        ...

    @property
    def disabled(self) -> Mapping[str, Place]:
        """Where its own header says of rules that they do not."""
        ...

    @property
    def models(self) -> Sequence[Mapping[str, Any]]:
        """The rows of its tables of models."""
        ...

    @property
    def errors(self) -> Mapping[str, Any] | None:
        """What the server answers to faults, if that is known."""
        ...

    @property
    def proven(self) -> frozenset[str]:
        """The codes of the records with which nothing is wrong for certain."""
        ...

    @property
    def others(self) -> Callable[[str | None], Iterator[Source]]:
        """Gives the newest base, then every dialect; before them one by its id."""
        ...


def place(node: object, key: str | int | None = None) -> Place | None:
    """Where *key* of a node, or the node itself, is written; None for data that was not read from a file."""
    if isinstance(node, LocatedMap):
        return node.places.get(str(key), node.at)
    if isinstance(node, LocatedList):
        return node.places[key] if isinstance(key, int) else node.at
    return None


def referred(schema: Schema) -> str:
    """The name that a reference names."""
    return str(schema["$ref"]).removeprefix(PREFIX)
