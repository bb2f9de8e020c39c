"""Payloads that lie in pieces: the fields of one, each at a place of its own in another document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from ..check.document import Document, Location
from ..check.text_source import TextSource
from ..finding.pointer import joined, tokens, value_at
from ..finding.shape import is_object
from .container_rows import PayloadPlace
from .inner_documents import faults_within
from .opening import ValuePlace

__all__ = ["AssembledPlaces", "assembled"]


def assembled(place: ValuePlace, row: PayloadPlace) -> Document | None:
    """The payload that lies at *place* in pieces, or is one field of it; None where no piece of it is there."""
    if row.field:
        return _document(place, {row.field: place.value}, {row.field: ""})
    values: dict[str, object] = {}
    pointers: dict[str, str] = {}
    for base in row.spread:
        holder = value_at(place.value, base)
        for key, value in holder.items() if is_object(holder) else ():
            name = row.names.get(key, key)
            values[name], pointers[name] = value, f"{base}{joined([key])}"
    for name, pointer in row.assembled.items():
        value = value_at(place.value, pointer)
        if value is not None:
            values[name], pointers[name] = value, pointer
    if not values.keys() & row.assembled.keys():
        return None
    return _document(place, values, pointers)


def _document(place: ValuePlace, values: Mapping[str, object], pointers: Mapping[str, str]) -> Document:
    outer, places = place.document, AssembledPlaces(place, pointers)
    faults = (
        one
        for name, pointer in pointers.items()
        for one in faults_within(outer, f"{place.pointer}{pointer}", joined([name]))
    )
    return Document(dict(values), tuple(faults), source=outer.source, places=places)


class AssembledPlaces:
    """The places of the fields of a payload that lies in pieces."""

    def __init__(self, place: ValuePlace, pointers: Mapping[str, str]) -> None:
        """*pointers* lead from *place* to the fields."""
        self._place = place
        self._pointers = pointers

    @cached_property
    def _document(self) -> Document:
        return self._place.document

    def within(self, pointer: str) -> str | None:
        """Where a pointer into the payload leads from the place of all pieces; None for what is in no piece."""
        if not pointer:
            return ""
        name, *rest = tokens(pointer)
        return f"{self._pointers[name]}{joined(rest)}" if name in self._pointers else None

    def location(self, pointer: str) -> Location | None:
        """The place of one pointer, if it exists."""
        found = self.within(pointer)
        return None if found is None else self._document.location(f"{self._place.pointer}{found}")

    def locations(self, pointers: Iterable[str]) -> Mapping[str, Location]:
        """The places of those pointers that exist."""
        found = {pointer: self.location(pointer) for pointer in pointers}
        return {pointer: location for pointer, location in found.items() if location is not None}

    def inside(self, pointer: str, text: str) -> TextSource | None:
        """The *text* of the string at *pointer*, which knows where it is written."""
        found, places = self.within(pointer), self._document.places
        return places.inside(f"{self._place.pointer}{found}", text) if places and found is not None else None
