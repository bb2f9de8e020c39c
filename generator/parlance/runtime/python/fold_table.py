"""How pieces are put together: the table of a stream, ready to be asked for each field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any, NamedTuple

from .violation import escape

__all__ = ["FieldCase", "FoldTable", "FoldedField", "ItemsTable"]


class ItemsTable(NamedTuple):
    """How the items of an array are known again."""

    key: str
    """The field by which pieces of the same item are known."""

    begins: tuple[tuple[str, ...], ...]
    """Steps in an item: where there is something, a used key may be that of another item."""

    id: tuple[str, ...]
    """The steps to what no two items share; none where there is no such thing."""

    json: tuple[str, ...]
    """The steps to a JSON text, which shows whether an item is whole; none where there is none."""


class FieldCase(Enum):
    """What is to be done for a field; the simple ones are most of what comes."""

    DROP = auto()
    """Nothing."""

    FIRST = auto()
    """The first value that is not empty stays."""

    LAST = auto()
    """The last one stays."""

    APPEND = auto()
    """Texts and lists are joined."""

    OTHER = auto()
    """Whatever takes more: a field that has another name in the whole, settles it, or grows."""


@dataclass(frozen=True, slots=True)
class FoldedField:
    """What becomes of a field."""

    case: FieldCase
    """What is done for it."""

    into: str
    """The field of the whole; empty where its own fields become those."""

    step: str
    """The step of a pointer to it in a piece."""

    way: str
    """`first`, `last`, `append` or `drop`; what a value gets that is not of the form of `table`."""

    settles: bool = False
    """Whether what it stands in does not grow any more after it."""

    has_nulls: bool = True
    """Whether a null of a piece is one of the whole."""

    table: FoldTable | None = None
    """How its own fields are put together; None where it is taken as it is."""

    items: ItemsTable | None = None
    """Where it is an array of what `table` is about."""


class FoldTable:
    """What becomes of the fields of an object, known or not; what was asked for is kept."""

    def __init__(self, written: Mapping[str, Any], *, is_inlined: bool = False) -> None:
        """A table that *is_inlined* is of an object whose fields become those of another."""
        self._way: str = written["way"]
        entries: Mapping[str, Mapping[str, Any]] = written["fields"]
        found = {name: _field(name, entry, self._way) for name, entry in entries.items()}
        self._sources = Counter(field.into for field in found.values())
        self._is_alone = not is_inlined and "" not in self._sources
        self.fields = {name: self._with_case(field, 1) for name, field in found.items()}
        """A plain dictionary, since every field of every piece is looked up in it."""

        self._most = len(self.fields) + _UNKNOWN
        self.absent: Mapping[str, Any] = written.get("absent", {})
        """What the whole has where no piece brings it."""

        inlined = [field.table for field in found.values() if field.table and not field.into]
        own = [field.into for field in found.values() if field.settles]
        self.settling: frozenset[str] = frozenset(own).union(*(table.settling for table in inlined))
        """The fields after which it does not grow any more."""

    def unknown(self, name: str) -> FoldedField:
        """What becomes of a field that no schema knows."""
        field = FoldedField(FieldCase.OTHER, name, f"/{escape(name)}", self._way)
        field = self._with_case(field, 0)
        if len(self.fields) < self._most:
            self.fields[name] = field
        return field

    def _with_case(self, field: FoldedField, sources: int) -> FoldedField:
        """A field whose case is a simple one, if no other of *sources* becomes the same."""
        is_only = self._is_alone and self._sources[field.into] == sources
        return replace(field, case=_case(field)) if is_only or field.way == "drop" else field


_UNKNOWN = 64
"""So many fields that no table knows are kept: hardly a server sends more, and if one does it must
not fill memory."""


def _field(name: str, entry: Mapping[str, Any], way: str) -> FoldedField:
    items = None
    if "by" in entry:
        begins: Sequence[Sequence[str]] = entry.get("begins", ())
        steps = tuple(entry.get("id", ())), tuple(entry.get("json", ()))
        items = ItemsTable(entry["by"], tuple(map(tuple, begins)), *steps)
    into: str = entry.get("into", name)
    table = FoldTable(entry["of"], is_inlined=not into) if "of" in entry else None
    step, own_way = f"/{escape(name)}", entry.get("way", way)
    settles, has_nulls = "settles" in entry, "nulls" not in entry
    return FoldedField(FieldCase.OTHER, into, step, own_way, settles, has_nulls, table, items)


def _case(field: FoldedField) -> FieldCase:
    """What is done for a field that is the only one to become one of the whole."""
    is_same = f"/{escape(field.into)}" == field.step
    is_simple = field.has_nulls and not field.settles and field.table is None and is_same
    return FieldCase[field.way.upper()] if is_simple or field.way == "drop" else FieldCase.OTHER
