"""Pieces of a stream to the whole that they come to, and for each part of it the piece that touched it last."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from ...finding.pointer import joined, tokens
from ...finding.shape import is_array, is_object
from .fold_table import FoldedField, FoldTable, ItemsTable

__all__ = ["StreamFold", "Touch"]


class Touch(NamedTuple):
    """The piece that brought something, and where in it that stands."""

    piece: int
    pointer: str


class StreamFold:
    """The whole as far as it has come."""

    def __init__(self, table: FoldTable) -> None:
        self._root = _ObjectFold(table)
        self._count = 0

    @property
    def live(self) -> dict[str, Any] | None:
        """What the pieces came to, None before the first one.

        It is not a copy, and of a text that is put together it has only the last piece.
        """
        return self._root.live if self._count else None

    def add(self, piece: object, number: int, at: str = "") -> bool:
        """Take the next piece; whether a part of the whole has come to its end with it."""
        self._count += 1
        return is_object(piece) and self._root.add(piece, number, at)

    def whole(self) -> dict[str, Any]:
        """The whole, which the caller may keep."""
        return self._root.whole()

    def touches(self, pointer: str) -> Iterator[Touch]:
        """What touched the place and all that it stands in, the outermost first; *pointer* is one of `whole`."""
        node: _ObjectFold | _ItemsFold | None = self._root
        value: object = self._root.live
        touch: Touch | None = None
        for token in tokens(pointer):
            below = value.get(token) if is_object(value) else None
            if node is not None:
                touch, node = node.below(token)
            elif touch is not None and below is not None:  # a part of what came in one piece
                touch = touch._replace(pointer=f"{touch.pointer}{joined((token,))}")
            else:
                return
            if touch is None:
                return
            value = below if node is None else node.live
            yield touch

    def is_settled(self, pointer: str) -> bool:
        """Whether the place will not change any more."""
        node: _ObjectFold | _ItemsFold | None = self._root
        settled = False
        for token in tokens(pointer):
            if isinstance(node, _ItemsFold):
                item = node.item(token)
                if item is None or (item.table.settling and not item.is_settled):
                    return False
                settled = settled or item.is_settled
            elif node is not None and token in node.table.settling:
                settled = True
            node = node.below(token)[1] if node else None
        return settled


class _ObjectFold:
    """An object as far as it has come."""

    def __init__(self, table: FoldTable) -> None:
        self.table = table
        self.live: dict[str, Any] = {}
        self.is_settled = False
        self._parts: dict[str, list[str]] = {}
        """The pieces of the texts."""

        self._lists: set[str] = set()
        """The arrays that are its own, and not those of a piece."""

        self._inner: dict[str, _ObjectFold | _ItemsFold] = {}
        self._touches: dict[str, Touch] = {}

    def add(self, piece: Mapping[str, Any], number: int, at: str, table: FoldTable | None = None) -> bool:
        """Take a piece that stands *at* a pointer; whether something has come to its end with it."""
        has_settled = False
        table = table or self.table
        for name, value in piece.items():
            field = table.field(name)
            if field.way == "drop" or (value is None and not field.has_nulls):
                continue
            pointer = f"{at}{joined((name,))}"
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
            items = self._inner.get(into) or _ItemsFold(field.items, field.table)
            if not isinstance(items, _ItemsFold):
                return False
            self._inner[into], self.live[into] = items, items.live
            return items.add(value, number, pointer)
        if field.items is None and field.table is not None and is_object(value):
            inner = self._inner.get(into) or _ObjectFold(field.table)
            if not isinstance(inner, _ObjectFold):
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
        return {**{name: deepcopy(value) for name, value in self.table.absent.items() if name not in found}, **found}

    def below(self, token: str) -> tuple[Touch | None, _ObjectFold | _ItemsFold | None]:
        """What touched a field last, and what it holds if that grows."""
        return self._touches.get(token), self._inner.get(token)

    def text(self, steps: Iterable[str]) -> object:
        """What stands at some steps; a text as far as it has come."""
        node, value = self, None
        for step in steps:
            if not isinstance(node, _ObjectFold):
                return None
            value = "".join(node._parts[step]) if step in node._parts else node.live.get(step)
            node = node._inner.get(step)
        return value


class _ItemsFold:
    """An array of objects as far as it has come."""

    def __init__(self, items: ItemsTable, table: FoldTable) -> None:
        self._items = items
        self._table = table
        self._folds: list[_ObjectFold] = []
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
                fold = _ObjectFold(self._table)
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
        return not _is_empty(other) and _text(own) == _text(other)

    def _is_other(self, index: int, piece: Mapping[str, Any]) -> bool:
        """Whether the beginning of an item cannot be of the one that has its key."""
        own, other = self._folds[index].text(self._items.id), _at(piece, self._items.id)
        if not _is_empty(own) and not _is_empty(other):
            return _text(own) != _text(other)
        return bool(self._items.json) and _is_json(self._folds[index].text(self._items.json))

    def whole(self) -> list[dict[str, Any]]:
        """The array, by the keys of its items where all have one."""
        if all(type(key) is int for key in self._keys):
            order = sorted(range(len(self._keys)), key=self._keys.__getitem__)  # type: ignore[arg-type]
            if order != [*range(len(order))]:
                self._folds = [self._folds[index] for index in order]
                self._keys = [self._keys[index] for index in order]
                self._touches = [self._touches[index] for index in order]
                self.live[:] = [fold.live for fold in self._folds]
        return [fold.whole() for fold in self._folds]

    def item(self, token: str) -> _ObjectFold | None:
        """The item that a token of a pointer names."""
        index = int(token) if token.isdecimal() else len(self._folds)
        return self._folds[index] if index < len(self._folds) else None

    def below(self, token: str) -> tuple[Touch | None, _ObjectFold | None]:
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


def _text(value: object) -> str:
    return str(value)


def _is_json(text: object) -> bool:
    if not isinstance(text, str):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
