"""Documents made out of documents: what may change without a fault does, as drawn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from .correction import Corrected, Correction, ExpectedFinding
from .document_places import DocumentPlace, Steps, places, replaced, without
from .drawn_values import drawn
from .value_shapes import NamedShape, Record, kind_of

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from ..violation import Json

__all__ = ["Growth"]


@cache
def _numbers(least: int, most: int) -> SearchStrategy[int]:
    return st.integers(least, most)


class Growth:
    """Grows documents of one definition."""

    def __init__(self, root: NamedShape, correction: Correction, seeds: Sequence[Json]) -> None:
        """Keep what is given; *seeds* lend their parts to others."""
        self._root = root
        self._correction = correction
        self._seeds = seeds

    def grown(
        self,
        draw: DrawFn,
        start: Corrected,
        *,
        most: int,
        minimum: str = "info",
        tolerated: str = "",
    ) -> Corrected:
        """A document with up to *most* changes; one that leaves a fault behind is not made."""
        for _ in range(draw(_numbers(0, most))):
            changed = self._changed(draw, start.document, start.expected)
            better = self._correction.corrected(
                changed, start.expected, minimum=minimum, tolerated=tolerated
            )
            if better is not None and better.left <= start.left:
                start = better
        return start

    def _changed(self, draw: DrawFn, document: Json, expected: ExpectedFinding | None) -> Json:
        kept = () if expected is None else expected.path
        found = [
            place
            for place in places(document, self._root, "")
            if place.path and kept[: len(place.path)] != place.path
        ]
        records = [
            place for place in places(document, self._root, "") if isinstance(place.shape, Record)
        ]
        kind = draw(_numbers(0, 4))
        if kind == 0 and found:
            place = _one(draw, found)
            return replaced(document, place.path, drawn(draw, place.shape, len(place.path)))
        if kind in (1, 2) and records:
            return self._with_field(draw, document, _one(draw, records), kept)
        if kind == 3 and found:
            return without(document, _one(draw, found).path)
        return self._spliced(draw, document, expected)

    def _with_field(self, draw: DrawFn, document: Json, place: DocumentPlace, kept: Steps) -> Json:
        value, record = place.value, place.shape
        if not isinstance(record, Record) or not isinstance(value, dict):
            return document
        others = [
            name
            for name in record.fields
            if name not in value and kept[: len(place.path) + 1] != (*place.path, name)
        ]
        if not others:
            return document
        name = _one(draw, others)
        item = drawn(draw, record.fields[name], len(place.path) + 1)
        return replaced(document, (*place.path, name), item)

    def _spliced(self, draw: DrawFn, document: Json, expected: ExpectedFinding | None) -> Json:
        """Items of another document, or the same ones again, at the end of an array."""
        kept = () if expected is None else expected.path
        found = [
            place
            for place in places(document, self._root, "")
            if kind_of(place.value) == "array" and kept != place.path
        ]
        if not found:
            return document
        place = _one(draw, found)
        other = _one(draw, self._seeds)
        lent = [
            each.value
            for each in places(other, self._root, "")
            if each.label == place.label and isinstance(each.value, list)
        ]
        lent = lent or [place.value]
        items: Json = place.value
        more: Json = _one(draw, lent)
        if not isinstance(items, list) or not isinstance(more, list):
            return document
        start = draw(_numbers(0, len(more)))
        return replaced(document, place.path, [*items, *more[start:]])


def _one(draw: DrawFn, found: Sequence[Any]) -> Any:
    return found[draw(_numbers(0, len(found) - 1))]
