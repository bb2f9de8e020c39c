"""A whole taken apart into pieces that come to it: the way back from what a stream's table says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from ..piece_values import is_array, is_object
from .drawn_values import least
from .value_shapes import Array, Record, Shape, accepts, options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hypothesis.strategies import DrawFn

__all__ = ["taken_apart"]

_CUTS = 2
"""At most so many cuts of a text: a piece more shows nothing else."""


class _Pieces(NamedTuple):
    """What an object is sent in, in order."""

    head: dict[str, Any]
    """The first piece."""

    tail: list[dict[str, Any]]
    """Those after it."""

    last: dict[str, Any]
    """What ends it, by itself."""

    until: dict[str, None]
    """What stands for that in the pieces before."""

    again: dict[str, Any]
    """What a later piece has of a field without which it must not be."""


def taken_apart(
    draw: DrawFn, whole: Mapping[str, Any], table: Mapping[str, Any], shape: Shape
) -> list[Any]:
    """Pieces of a *shape* that come to a whole, but for what no piece can carry."""
    for name, own in _fields(shape):
        entry = table["fields"].get(name, {})
        if entry.get("into") == "":  # an envelope around each piece
            return [{name: each} for each in taken_apart(draw, whole, entry["of"], own)]
    apart = _Cut(draw).of(whole, table, shape)
    plain = {name: value for name, value in apart.head.items() if not _is_container(value)}
    grown = {name: value for name, value in apart.head.items() if _is_container(value)}
    fields = _required(shape)
    before = [{**each, **apart.until} for each in apart.tail]
    arrays = (name for name, _ in _fields(shape) if "by" in table["fields"].get(name, {}))
    none: dict[str, Any] = {name: [] for name in arrays}
    pieces = [*before, *([none | apart.last | grown] if apart.last else [])]
    if grown and not apart.last:
        pieces[:1] = [{**grown, **each} for each in pieces[:1]] or [grown]
    return [_filled({**plain, **each}, fields, apart.again) for each in pieces]


class _Cut:
    """Takes objects apart, with texts cut where it is drawn."""

    def __init__(self, draw: DrawFn) -> None:
        self._draw = draw

    def of(self, whole: Mapping[str, Any], table: Mapping[str, Any], shape: Shape) -> _Pieces:
        """What an object is sent in; its own pieces are not filled up yet."""
        found = _Pieces({}, [], {}, {}, {})
        fields = dict(_fields(shape))
        for name, own in fields.items():
            entry = table["fields"].get(name, {})
            way, into = entry.get("way", table["way"]), entry.get("into", name)
            if way != "drop" and into in whole:
                self._field(name, whole[into], entry, way, own, found)
        return found

    def _field(
        self,
        name: str,
        value: Any,
        entry: Mapping[str, Any],
        way: str,
        shape: Shape,
        found: _Pieces,
    ) -> None:
        if "by" in entry and is_array(value):
            found.tail.extend({name: [each]} for each in self._items(value, entry, shape))
        elif "of" in entry and is_object(value):
            inner = self.of(value, entry["of"], shape)
            head, *tail = _sent(inner, shape)
            found.head[name] = head
            always = _required(shape)
            found.again[name] = {each: inner.again[each] for each in inner.again if each in always}
            found.tail.extend({name: each} for each in tail)
        elif way == "append" and isinstance(value, str):
            found.head[name] = ""
            found.tail.extend({name: each} for each in self._texts(value))
        elif "settles" in entry and accepts(shape, value):
            found.last[name] = value
            if accepts(shape, None):
                found.until[name] = None
        elif accepts(shape, value):
            found.head[name] = value
            if way == "first":
                found.again[name] = value

    def _items(self, value: list[Any], entry: Mapping[str, Any], shape: Shape) -> Iterator[Any]:
        """The pieces of the items of an array, one item after the other or, at random, mixed."""
        items = next(each.items for each in options(shape) if isinstance(each, Array))
        queues: list[list[Any]] = []
        for number, item in enumerate(value):
            whole: dict[str, Any] = item if is_object(item) else {}
            pieces = _sent(self.of(whole, entry["of"], items), items)
            queues.append([{**each, entry["by"]: number} for each in pieces])
        is_mixed = not entry.get("begins") and len(queues) > 1 and self._draw(st.booleans())
        begun = 0  # they begin in order
        while any(queues):
            left = [number for number, queue in enumerate(queues) if queue and number <= begun]
            number = left[self._draw(st.integers(0, len(left) - 1)) if is_mixed else 0]
            begun = max(begun, number + 1)
            yield queues[number].pop(0)

    def _texts(self, text: str) -> list[str]:
        count = self._draw(st.integers(0, min(_CUTS, max(len(text) - 1, 0)))) if text else 0
        cuts = sorted({self._draw(st.integers(1, len(text) - 1)) for _ in range(count)})
        ends = [*cuts, len(text)]
        return [text[start:end] for start, end in zip([0, *cuts], ends, strict=True) if start < end]


def _sent(pieces: _Pieces, shape: Shape) -> list[dict[str, Any]]:
    """The pieces in order, each with what every one must have."""
    fields = _required(shape)
    parts = [{**each, **pieces.until} for each in (pieces.head, *pieces.tail)]
    parts += [pieces.last] if pieces.last else []
    return [_filled(each, fields, pieces.again) for each in parts]


def _filled(
    piece: Mapping[str, Any], fields: Mapping[str, Shape], again: Mapping[str, Any]
) -> dict[str, Any]:
    """A piece with what it has to have and has not: what was there *again*, or else the least."""
    missing = {name: shape for name, shape in fields.items() if name not in piece}
    filled = {
        name: again[name] if name in again else _nothing(shape) for name, shape in missing.items()
    }
    return {**filled, **piece}


def _nothing(shape: Shape) -> Any:
    """What says least: null, an empty object or array, or else the least value."""
    empty: tuple[Any, ...] = (None, {}, [])
    return next((each for each in empty if accepts(shape, each)), least(shape))


def _is_container(value: object) -> bool:
    return isinstance(value, dict | list)


def _fields(shape: Shape) -> Iterator[tuple[str, Shape]]:
    for option in options(shape):
        if isinstance(option, Record):
            yield from {**option.required, **option.expected, **option.optional}.items()


def _required(shape: Shape) -> dict[str, Shape]:
    records = [option for option in options(shape) if isinstance(option, Record)]
    return dict(records[0].present) if len(records) == 1 else {}
