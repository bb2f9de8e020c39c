"""Pieces of objects and arrays to what they come to, and for each part the last piece of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum, auto
from io import StringIO
from typing import Any, ClassVar, NamedTuple, TypeAlias

from .fold_table import FieldCase, FoldedField, FoldTable, ItemsTable
from .piece_values import is_array, is_empty, is_json, is_object, key_of, value_at_steps
from .violation import escape

__all__ = ["At", "Extent", "ItemsFold", "ObjectFold", "Touch"]

_DROP, _OTHER = FieldCase.DROP, FieldCase.OTHER
_SAME = frozenset({FieldCase.DROP, FieldCase.FIRST, FieldCase.LAST})
"""What becomes of a field that is no more for coming twice."""
_FIRST, _LAST, _APPEND = FieldCase.FIRST, FieldCase.LAST, FieldCase.APPEND

At: TypeAlias = "tuple[At, str | int] | None"
"""A place in a piece: the one around it and a step of a pointer, or a number; None for itself."""

Texts: TypeAlias = "AbstractSet[tuple[int, str]]"
"""Texts in a piece, by the identity of the object that has one, and its name there."""


class Extent(Enum):
    """How much is seen of what has come."""

    WHOLE = auto()
    """All of it."""

    SETTLED = auto()
    """All but the items of arrays that may still grow."""

    DRAFT = auto()
    """All, but of texts in such items the last piece only: they may be long."""

    LIVE = auto()
    """Of all texts the last piece only."""


class Touch(NamedTuple):
    """The piece that brought something, and where in it that stands."""

    piece: int
    """Its number, from 0."""

    at: At
    """The place in it."""

    @property
    def pointer(self) -> str:
        """The place; most are never asked for."""
        steps: list[str] = []
        at = self.at
        while at is not None:
            at, step = at
            steps.append(step if isinstance(step, str) else f"/{step}")
        return "".join(reversed(steps))


class ObjectFold:
    """An object as far as it has come."""

    takes: ClassVar[type] = dict
    """What its pieces are."""

    def __init__(self, table: FoldTable) -> None:
        self.table = table
        self.live: dict[str, Any] = {}
        self.is_settled = False
        self._texts: dict[str, StringIO] = {}
        """What is strung together."""

        self._lists: set[str] = set()
        """The arrays that are its own, and not those of a piece."""

        self._inner: dict[str, ObjectFold | ItemsFold] = {}
        self._touches: dict[str, tuple[int, At] | tuple[int, At, None]] = {}
        """The last piece of a field, and where in it; with None, where its object stands."""

        self._view: tuple[Extent, dict[str, Any]] | None = None
        """The object as it was seen last, if nothing has come since."""

    @property
    def is_open(self) -> bool:
        """Whether something has still to come before it is at its end."""
        return bool(self.table.settling) and not self.is_settled

    def add(self, piece: Any, number: int, at: At, table: FoldTable | None = None) -> bool:
        """Take an object that stands *at* a place; whether something has come to its end."""
        # This is a third of what is done for a chunk: what is simple calls nothing.
        has_settled, self._view = False, None
        live, texts, touches, here = self.live, self._texts, self._touches, (number, at, None)
        table = self.table if table is None else table
        fields = table.fields
        for name, value in piece.items():
            field = fields.get(name) or table.unknown(name)
            case = field.case
            if case is _FIRST and live.get(name):  # as most fields of most pieces
                touches[name] = here
            elif case is _OTHER:
                if value is None and not field.has_nulls:
                    continue
                into = field.into
                known = self._inner.get(into)
                place = (at, field.step)
                if value is None and known is None and into in live:
                    touches[into] = (number, place)
                elif known is None or field.settles or not isinstance(value, known.takes):
                    has_settled |= self._add(field, value, number, at)
                else:
                    touches[into] = (number, place)
                    has_settled |= known.add(value, number, place)
            elif case is not _DROP:
                touches[name] = here
                if name in self._inner:
                    continue
                if case is _LAST and value:
                    live[name] = value
                elif case is _APPEND and name in texts and isinstance(value, str):
                    texts[name].write(value)
                    live[name] = value
                elif name not in live or live[name] is not value:
                    self._put(name, field.way, value)
        return has_settled

    def _add(self, field: FoldedField, value: Any, number: int, at: At) -> bool:
        """Take what a piece has of a field that may take more, likewise."""
        into, table, place = field.into, field.table, (at, field.step)
        if not into and table is not None:
            return is_object(value) and self.add(value, number, place, table)
        self._touches[into] = (number, place)
        has_settled, known = False, self._inner.get(into)
        if known is not None:
            has_settled = isinstance(value, known.takes) and known.add(value, number, place)
        elif value is None and into in self.live:
            pass
        elif table is None or not self._begin(field, table, value):
            self._put(into, field.way, value)
        else:
            has_settled = self._inner[into].add(value, number, place)
        if field.settles and not is_empty(value):
            self.is_settled = has_settled = True
        return has_settled

    def _begin(self, field: FoldedField, table: FoldTable, value: object) -> bool:
        """Make what grows of pieces such as a value; False where it is none of them."""
        if not isinstance(value, ObjectFold.takes if field.items is None else ItemsFold.takes):
            return False
        fold = ObjectFold(table) if field.items is None else ItemsFold(field.items, table)
        self._texts.pop(field.into, None)
        self._inner[field.into], self.live[field.into] = fold, fold.live
        return True

    def _put(self, into: str, way: str, value: Any) -> None:
        """Put a plain value beside what there is."""
        old = self.live.get(into)
        if way == "append" and isinstance(value, str) and (old is None or into in self._texts):
            self._texts.setdefault(into, StringIO(newline="")).write(value)
            self.live[into] = value
        elif way == "append" and (is_array(value) or (is_array(old) and isinstance(value, str))):
            more = value if is_array(value) else [value]
            before = [self._texts.pop(into).getvalue()] if into in self._texts else old
            if is_array(before) and into in self._lists:
                before += more
            else:
                self._lists.add(into)
                self.live[into] = [*(before if is_array(before) else ()), *more]
        elif into not in self.live or (not is_empty(value) and (way != "first" or is_empty(old))):
            self.live[into] = value

    def repeats(self, piece: Any, free: Texts, table: FoldTable | None = None) -> bool:
        """Whether an object that was added changes nothing but *free* texts when it comes again."""
        table = self.table if table is None else table
        return is_object(piece) and all(
            value is None
            or value == ""
            or self._repeats(
                table.fields.get(name) or table.unknown(name), value, free, (id(piece), name)
            )
            for name, value in piece.items()
        )

    def _repeats(self, field: FoldedField, value: Any, free: Texts, place: tuple[int, str]) -> bool:
        if field.case in _SAME:
            return True
        if place in free:
            return field.into in self._texts
        if field.settles:
            return False
        if field.table is None:
            return field.way != "append"
        if not field.into:
            return self.repeats(value, free, field.table)
        inner = self._inner.get(field.into)
        return inner is not None and inner.repeats(value, free)

    def view(self, extent: Extent) -> dict[str, Any]:
        """The object, which nobody may change."""
        if self._view is None or self._view[0] is not extent:
            texts = {} if extent is Extent.LIVE else self._texts
            strings = {name: text.getvalue() for name, text in texts.items()}
            inner = {name: fold.view(extent) for name, fold in self._inner.items()}
            found = {**self.live, **strings, **inner}
            absent = self.table.absent.items()
            missing = {name: value for name, value in absent if found.get(name) is None}
            self._view = extent, {**missing, **found, **missing}
        return self._view[1]

    def below(self, token: str) -> tuple[Touch | None, ObjectFold | ItemsFold | None]:
        """What touched a field last, and what it holds if that grows."""
        if token not in self._touches:
            return None, None
        piece, at, *of_object = self._touches[token]
        return Touch(piece, (at, f"/{escape(token)}") if of_object else at), self._inner.get(token)

    def text(self, steps: Sequence[str]) -> object:
        """What stands at some steps; a text as far as it has come."""
        first, *rest = steps
        if rest:
            inner = self._inner.get(first)
            return inner.text(rest) if isinstance(inner, ObjectFold) else None
        return self._texts[first].getvalue() if first in self._texts else self.live.get(first)


class ItemsFold:
    """An array of objects as far as it has come."""

    takes: ClassVar[type] = list
    """What its pieces are."""

    def __init__(self, items: ItemsTable, table: FoldTable) -> None:
        self._items = items
        self._key = items.key
        self._table = table
        self._is_plain = not items.begins
        """Whether items with the same key are one."""

        self._folds: list[ObjectFold] = []
        self._keys: list[int | str | None] = []
        """The key of each item; None where no piece had one."""

        self._latest: dict[int | str, int] = {}
        """The place of the last item that has a key."""

        self._touches: list[tuple[int, At]] = []
        self.live: list[dict[str, Any]] = []

    def add(self, pieces: Any, number: int, at: At) -> bool:
        """Take pieces of some items; whether something has come to its end with them."""
        has_settled = False
        name, latest = self._key, self._latest if self._is_plain else {}
        piece: dict[str, Any]
        for position, piece in enumerate(pieces):
            if type(piece) is not ObjectFold.takes:
                continue
            here, key = (at, position), piece.get(name)
            index = latest.get(key) if type(key) is int else None
            if index is None:
                index = self._index(piece, position)
            if index is None:
                index = self._begin(key_of(key))
            self._touches[index] = (number, here)
            has_settled |= self._folds[index].add(piece, number, here)
        return has_settled

    def _begin(self, key: int | str | None) -> int:
        """The place of a new item."""
        index, fold = len(self._folds), ObjectFold(self._table)
        self._folds.append(fold)
        self._keys.append(key)
        self._touches.append((0, None))
        self.live.append(fold.live)
        if key is not None:
            self._latest[key] = index
        return index

    def _index(self, piece: Mapping[str, Any], position: int) -> int | None:
        """Which item a piece is of, by its place among them; None for a new one."""
        known, key = self._items, key_of(piece.get(self._items.key))
        begins = any(not is_empty(value_at_steps(piece, steps)) for steps in known.begins)
        if key is None:  # items without a key are in the order in which they come
            if not known.begins:
                return position if position < len(self._folds) else None
            index = len(self._folds) - 1 if self._folds else None
            return None if begins and not self._is_same(index, piece) else index
        index = self._latest.get(key)
        if index is None or not begins:
            return index
        return index if self._is_same(index, piece) or not self._is_other(index, piece) else None

    def _is_same(self, index: int | None, piece: Mapping[str, Any]) -> bool:
        """Whether an item and the beginning of one have the same id."""
        if index is None or not self._items.id:
            return False
        own, other = self._folds[index].text(self._items.id), value_at_steps(piece, self._items.id)
        return not is_empty(other) and str(own) == str(other)

    def _is_other(self, index: int, piece: Mapping[str, Any]) -> bool:
        """Whether the beginning of an item cannot be of the one that has its key."""
        own, other = self._folds[index].text(self._items.id), value_at_steps(piece, self._items.id)
        if not is_empty(own) and not is_empty(other):
            return str(own) != str(other)
        return bool(self._items.json) and is_json(self._folds[index].text(self._items.json))

    def repeats(self, pieces: Any, free: Texts) -> bool:
        """Whether items that were added change nothing but *free* texts when they come again."""
        return is_array(pieces) and all(self._repeats(piece, free) for piece in pieces)

    def _repeats(self, piece: Any, free: Texts) -> bool:
        key = piece.get(self._key) if is_object(piece) else None
        if type(key) is not int or key not in self._latest:
            return False
        begins = any(not is_empty(value_at_steps(piece, steps)) for steps in self._items.begins)
        return not begins and self._folds[self._latest[key]].repeats(piece, free)

    def _sort(self) -> None:
        """Put the items in the order of their keys where all have one."""
        numbers = [key for key in self._keys if isinstance(key, int)]
        order = sorted(range(len(numbers)), key=numbers.__getitem__)
        if len(numbers) < len(self._keys) or order == [*range(len(order))]:
            return
        self._folds = [self._folds[index] for index in order]
        self._keys = [self._keys[index] for index in order]
        self._latest = {key: index for index, key in enumerate(self._keys) if key is not None}
        self._touches = [self._touches[index] for index in order]
        self.live[:] = [fold.live for fold in self._folds]

    def view(self, extent: Extent) -> list[dict[str, Any]]:
        """The array, by the keys of its items where all have one; nobody may change it."""
        self._sort()
        if extent in {Extent.WHOLE, Extent.LIVE}:
            return [fold.view(extent) for fold in self._folds]
        return [
            fold.view(Extent.LIVE if fold.is_open else Extent.WHOLE)
            for fold in self._folds
            if extent is Extent.DRAFT or not fold.is_open
        ]

    def item(self, token: str) -> ObjectFold | None:
        """The item that a token of a pointer names."""
        index = int(token) if token.isdecimal() else len(self._folds)
        return self._folds[index] if index < len(self._folds) else None

    def has_final_place(self, token: str) -> bool:
        """Whether no item that comes later can stand before the one that a token names.

        Where all have numbers for keys, one that is missing may still come.
        """
        before = self._keys[: int(token) + 1]
        is_numbered = all(isinstance(key, int) for key in self._keys)
        return not is_numbered or before == [*range(len(before))]

    def below(self, token: str) -> tuple[Touch | None, ObjectFold | None]:
        """What touched an item last, and the item."""
        item = self.item(token)
        return (None, None) if item is None else (Touch(*self._touches[int(token)]), item)
