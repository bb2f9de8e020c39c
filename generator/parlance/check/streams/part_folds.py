"""Pieces of objects and of arrays of objects to what they come to, and for each part the piece that touched it last."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from ...finding.shape import is_array, is_object
from .fold_table import FoldedField, FoldTable, ItemsTable

__all__ = ["ItemsFold", "ObjectFold", "Touch"]


class Touch(NamedTuple):
    """The piece that brought something, and where in it that stands."""

    piece: int
    pointer: str


class ObjectFold:
    """An object as far as it has come."""

    def __init__(self, table: FoldTable) -> None:
        self.table = table
        self.live: dict[str, Any] = {}
        self.is_settled = False
        self._parts: dict[str, list[str]] = {}
        """The pieces of the texts."""

        self._lists: set[str] = set()
        """The arrays that are its own, and not those of a piece."""

        self._inner: dict[str, ObjectFold | ItemsFold] = {}
        self._touches: dict[str, Touch] = {}

    def add(self, piece: Mapping[str, Any], number: int, at: str, table: FoldTable | None = None) -> bool:
        """Take a piece that stands *at* a pointer; whether something has come to its end with it."""
        has_settled = False
        table = table or self.table
        for name, value in piece.items():
            field = table.field(name)
            if field.way == "drop" or (value is None and not field.has_nulls):
                continue
            pointer = at + field.step
            if not field.into:
                has_settled |= is_object(value) and self.add(value, number, pointer, field.table)
                continue
            self._touches[field.into] = Touch(number, pointer)
            has_settled |= self._take(field, value, number, pointer)
            if field.settles and not _is_empty(value):
                self.is_settled = has_settled = True
        return has_settled

    def _take(self, field: FoldedField, value: Any, number: int, pointer: str) -> bool:
        into = field.into
        if field.items is not None and field.table is not None and is_array(value):
            items = self._inner.get(into) or ItemsFold(field.items, field.table)
            if not isinstance(items, ItemsFold):
                return False
            self._inner[into], self.live[into] = items, items.live
            return items.add(value, number, pointer)
        if field.items is None and field.table is not None and is_object(value):
            inner = self._inner.get(into) or ObjectFold(field.table)
            if not isinstance(inner, ObjectFold):
                return False
            self._inner[into], self.live[into] = inner, inner.live
            return inner.add(value, number, pointer)
        if into not in self._inner:
            self._put(into, field.way, value)
        return False

    def _put(self, into: str, way: str, value: Any) -> None:
        """Put a plain value beside what there is."""
        old = self.live.get(into)
        if way == "append" and isinstance(value, str) and (old is None or into in self._parts):
            self._parts.setdefault(into, []).append(value)
            self.live[into] = value
        elif way == "append" and (is_array(value) or (is_array(old) and isinstance(value, str))):
            more = value if is_array(value) else [value]
            before = ["".join(self._parts.pop(into))] if into in self._parts else old
            if is_array(before) and into in self._lists:
                before += more
            else:
                self._lists.add(into)
                self.live[into] = [*(before if is_array(before) else ()), *more]
        elif into not in self.live or (not _is_empty(value) and (way != "first" or _is_empty(old))):
            self.live[into] = value

    def whole(self) -> dict[str, Any]:
        """The object, which the caller may keep."""
        found: dict[str, Any] = {}
        for name, value in self.live.items():
            if name in self._inner:
                found[name] = self._inner[name].whole()
            else:
                found[name] = "".join(self._parts[name]) if name in self._parts else deepcopy(value)
        missing = {name: deepcopy(value) for name, value in self.table.absent.items() if found.get(name) is None}
        return {**missing, **found, **missing}

    def below(self, token: str) -> tuple[Touch | None, ObjectFold | ItemsFold | None]:
        """What touched a field last, and what it holds if that grows."""
        return self._touches.get(token), self._inner.get(token)

    def text(self, steps: Sequence[str]) -> object:
        """What stands at some steps; a text as far as it has come."""
        first, *rest = steps
        if rest:
            inner = self._inner.get(first)
            return inner.text(rest) if isinstance(inner, ObjectFold) else None
        return "".join(self._parts[first]) if first in self._parts else self.live.get(first)


class ItemsFold:
    """An array of objects as far as it has come."""

    def __init__(self, items: ItemsTable, table: FoldTable) -> None:
        self._items = items
        self._table = table
        self._folds: list[ObjectFold] = []
        self._keys: list[object] = []
        """The key of each item; None where no piece had one."""

        self._touches: list[Touch] = []
        self.live: list[dict[str, Any]] = []

    def add(self, pieces: Iterable[object], number: int, at: str) -> bool:
        """Take pieces of some items; whether something has come to its end with them."""
        has_settled = False
        for position, piece in enumerate(pieces):
            if not is_object(piece):
                continue
            pointer = f"{at}/{position}"
            index = self._index(piece, position)
            if index is None:
                index = len(self._folds)
                fold = ObjectFold(self._table)
                self._folds.append(fold)
                self._keys.append(_hashable(piece.get(self._items.key)))
                self._touches.append(Touch(number, pointer))
                self.live.append(fold.live)
            self._touches[index] = Touch(number, pointer)
            has_settled |= self._folds[index].add(piece, number, pointer)
        return has_settled

    def _index(self, piece: Mapping[str, Any], position: int) -> int | None:
        """Which item a piece is of, by its place among them; None for a new one."""
        key = _hashable(piece.get(self._items.key))
        begins = any(not _is_empty(_at(piece, steps)) for steps in self._items.begins)
        index = self._latest(key)
        if key is None:  # items without a key are in the order in which they come
            if not self._items.begins:
                return position if position < len(self._folds) else None
            return None if begins and not self._is_same(index, piece) else index
        if index is None or not begins:
            return index
        return index if self._is_same(index, piece) or not self._is_other(index, piece) else None

    def _latest(self, key: object) -> int | None:
        """The last item with a key, or the last one of all; None where there is none."""
        places = range(len(self._keys) - 1, -1, -1)
        return next((index for index in places if key is None or self._keys[index] == key), None)

    def _is_same(self, index: int | None, piece: Mapping[str, Any]) -> bool:
        """Whether an item and the beginning of one have the same id."""
        if index is None or not self._items.id:
            return False
        own, other = self._folds[index].text(self._items.id), _at(piece, self._items.id)
        return not _is_empty(other) and str(own) == str(other)

    def _is_other(self, index: int, piece: Mapping[str, Any]) -> bool:
        """Whether the beginning of an item cannot be of the one that has its key."""
        own, other = self._folds[index].text(self._items.id), _at(piece, self._items.id)
        if not _is_empty(own) and not _is_empty(other):
            return str(own) != str(other)
        return bool(self._items.json) and _is_json(self._folds[index].text(self._items.json))

    def whole(self) -> list[dict[str, Any]]:
        """The array, by the keys of its items where all have one."""
        numbers = [key for key in self._keys if isinstance(key, int)]
        if len(numbers) == len(self._keys):
            order = sorted(range(len(numbers)), key=numbers.__getitem__)
            if order != [*range(len(order))]:
                self._folds = [self._folds[index] for index in order]
                self._keys = [self._keys[index] for index in order]
                self._touches = [self._touches[index] for index in order]
                self.live[:] = [fold.live for fold in self._folds]
        return [fold.whole() for fold in self._folds]

    def item(self, token: str) -> ObjectFold | None:
        """The item that a token of a pointer names."""
        index = int(token) if token.isdecimal() else len(self._folds)
        return self._folds[index] if index < len(self._folds) else None

    def below(self, token: str) -> tuple[Touch | None, ObjectFold | None]:
        """What touched an item last, and the item."""
        item = self.item(token)
        return (None, None) if item is None else (self._touches[int(token)], item)


def _is_empty(value: object) -> bool:
    """Whether a value is what stands for none: null, an empty text or zero."""
    return value is None or value == "" or (value == 0 and value is not False)


def _at(piece: object, steps: Iterable[str]) -> object:
    for step in steps:
        piece = piece.get(step) if is_object(piece) else None
    return piece


def _hashable(key: object) -> object:
    """A key that can be compared; None for what is none."""
    if isinstance(key, float) and key.is_integer():
        return int(key)
    return key if type(key) is int or isinstance(key, str) else None


def _is_json(text: object) -> bool:
    if not isinstance(text, str):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
