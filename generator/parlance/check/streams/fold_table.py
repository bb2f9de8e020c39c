"""How pieces are put together: the table that a dialect has of its streams, ready to be asked for each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ...finding.pointer import joined

__all__ = ["FoldTable", "FoldedField", "ItemsTable"]


class ItemsTable(NamedTuple):
    """How the items of an array are known again."""

    key: str
    begins: tuple[tuple[str, ...], ...]
    """Steps in an item: where there is something, a used key may be that of another item."""

    id: tuple[str, ...]
    json: tuple[str, ...]


class FoldedField(NamedTuple):
    """What becomes of a field."""

    into: str
    """The field of the whole; empty where its own fields become those."""

    step: str
    """The step of a pointer to it in a piece."""

    way: str
    """`first`, `last`, `append` or `drop`; what a value gets that is not of the form of `table`."""

    settles: bool
    has_nulls: bool
    """Whether a null of a piece is one of the whole."""

    table: FoldTable | None
    items: ItemsTable | None
    """Where it is an array of what `table` is about."""


class FoldTable:
    """What becomes of the fields of an object."""

    def __init__(self, written: Mapping[str, Any]) -> None:
        self._way: str = written["way"]
        fields: Mapping[str, Mapping[str, Any]] = written["fields"]
        self._fields = {name: _field(name, entry, self._way) for name, entry in fields.items()}
        self.absent: Mapping[str, Any] = written.get("absent", {})
        """What the whole has where no piece brings it."""

        inlined = [field.table for field in self._fields.values() if field.table and not field.into]
        own = [field.into for field in self._fields.values() if field.settles]
        self.settling: frozenset[str] = frozenset(own).union(*(table.settling for table in inlined))
        """The fields after which it does not grow any more."""

    def field(self, name: str) -> FoldedField:
        """What becomes of a field, known or not."""
        found = self._fields.get(name)
        if found is None:
            return FoldedField(name, joined((name,)), self._way, settles=False, has_nulls=True, table=None, items=None)
        return found


def _field(name: str, entry: Mapping[str, Any], way: str) -> FoldedField:
    items = None
    if "by" in entry:
        begins: Sequence[Sequence[str]] = entry.get("begins", ())
        items = ItemsTable(
            entry["by"], tuple(map(tuple, begins)), tuple(entry.get("id", ())), tuple(entry.get("json", ()))
        )
    table = FoldTable(entry["of"]) if "of" in entry else None
    into: str = entry.get("into", name)
    step, own_way = joined((name,)), entry.get("way", way)
    return FoldedField(into, step, own_way, "settles" in entry, "nulls" not in entry, table, items)
