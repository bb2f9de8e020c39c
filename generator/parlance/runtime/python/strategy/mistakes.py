"""Every way to break a shape once, with the code that each deserves."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from ..pattern_search import matches
from .document_places import Steps, places, replaced
from .drawn_values import least, stretched
from .value_shapes import (
    KINDS,
    Array,
    Constant,
    Integer,
    Map,
    Members,
    Number,
    Record,
    Shape,
    Tagged,
    Text,
    accepts,
    by_kind,
)

if TYPE_CHECKING:
    from ..violation import Json

__all__ = ["Broken", "Change", "Mistake", "mistakes"]

Broken: TypeAlias = "tuple[Json, Steps]"
"""What a value has become, and the path from it to what is reported."""

Change: TypeAlias = "Callable[[Json], Broken | None]"
"""Breaks a value; None where it is not of a kind that can be broken so."""


@dataclass(frozen=True)
class Mistake:
    """One way to break one thing."""

    code: str
    """What is reported, such as `PAR103`."""

    severity: str
    """`error`, `warning` or `info`."""

    where: str
    """The field, the record or the rule that is broken, in the spec's words."""

    what: str
    """How, in a few words."""

    changes: tuple[Change, ...] = field(repr=False, compare=False)
    """What may be done to a value; none where a whole document is the mistake's."""

    place: str = field(default="", repr=False)
    """The label of the values that are changed, where it is not that of what is broken."""


def mistakes(shape: Shape, label: str, apart: Collection[str] = ()) -> Iterator[Mistake]:
    """Every mistake in a document of *shape*: each record's once, whatever leads to it.

    The records named in *apart* are not entered.
    """
    yield from _Breaking(apart).of_place(label, shape)


_LONGEST = 20_000
"""Beyond it, a limit of characters is not tried."""

_MOST = 5_000
"""Beyond it, a limit of items is not tried."""

_SAMPLES: dict[str, tuple[Json, ...]] = {
    "string": ("", "other", "7", "true", "null", "漢字"),
    "number": (0, 7, 1.5, -1),
    "boolean": (True, False),
    "object": ({}, {"other": 0}),
    "array": ([], ["other"], [None]),
}
"""Values of each kind."""

_ODD: dict[str, tuple[Json, ...]] = {
    "string": ("other", "", "\n", "other?", "Other", "x" * 80),
    "number": (7.5, -1, 1e9, 0),
    "object": ({"other": 0}, {}, {"": None}),
    "array": ([None], [{}], [["other"]], []),
}
"""Values that are seldom right."""


def _wrong(code: str, label: str, what: str, values: Sequence[Json]) -> Iterator[Mistake]:
    """Other values in place of one; no mistake where there are none."""
    changes = tuple(_putting(each) for each in values)
    if changes:
        yield Mistake(code, "error", label, what, changes)


def _putting(wrong: Json, shape: Shape | None = None, tail: Steps = ()) -> Change:
    return partial(_put, shape, tail, wrong)


def _put(shape: Shape | None, tail: Steps, wrong: Json, value: Json) -> Broken:
    """Another value in place of one, or below one of *shape*."""
    if shape is not None and not isinstance(value, dict):
        value = least(shape)
    return replaced(value, tail, wrong), tail


def _drop(name: str, shape: Shape, value: Json) -> Broken | None:
    given = _as_object(value, shape)
    if name not in given:
        return None
    return {key: item for key, item in given.items() if key != name}, (name,)


class _Breaking:
    """Goes through a shape, and comes to each record once."""

    def __init__(self, apart: Collection[str]) -> None:
        self._seen: set[str] = {*apart}

    def of_place(self, label: str, shape: Shape) -> Iterator[Mistake]:
        """What may be wrong with a value, and inside of it."""
        if label in self._seen:
            return
        self._seen.add(label)
        groups = by_kind(shape)
        wrong = [kind for kind in KINDS if kind not in groups and kind != "null"]
        others = [value for kind in wrong for value in _SAMPLES[kind]]
        yield from _wrong("PAR103", label, "of a wrong type", others)
        if "null" not in groups:
            yield from _wrong("PAR104", label, "null", [None])
        for kind, found in groups.items():
            if len(found) == 1:
                yield from self._of_option(label, found[0])
            else:
                odd = [each for each in _ODD.get(kind, ()) if not accepts(shape, each)]
                if any(getattr(each, "doubtful", ()) for each in found):
                    continue
                yield from _wrong("PAR118", label, "of no known form", odd)

    def _of_option(self, label: str, option: Shape) -> Iterator[Mistake]:
        match option:
            case Text():
                yield from _certain(option, _of_text(label, option))
            case Integer() | Number():
                yield from _certain(option, _of_number(label, option))
            case Constant(value):
                yield from _wrong("PAR105", label, "another value", _others(option, value))
            case Members(listed, base):
                if base is not None:
                    yield from self._of_option(label, base)
                elif listed:
                    others = _others(option, listed[0])
                    found = _wrong("PAR105", label, "an unknown value", others)
                    yield from _certain(option, found)
            case Array():
                yield from _certain(option, _of_array(label, option))
                yield from self.of_place(f"{label}[]", option.items)
            case Map():
                yield from _certain(option, _of_map(label, option))
                yield from self.of_place(f"{label}{{}}", option.values)
            case Tagged():
                yield from self._of_tag(label, option)
            case Record():
                yield from self._of_record(option, None)
            case _:
                pass

    def _of_tag(self, label: str, shape: Tagged) -> Iterator[Mistake]:
        where = f"{label}.{shape.tag}"
        is_open = shape.is_open
        unknown = [
            text for text in ("other", "", "Other") if text not in shape.records and not is_open
        ]
        kinds = [kind for kind in KINDS if kind not in ("null", "string")]
        others = [value for kind in kinds for value in _SAMPLES[kind]]
        tried: list[tuple[str, str, Sequence[Json]]] = [
            ("PAR105", "an unknown value", unknown),
            ("PAR103", "of a wrong type", others),
            ("PAR104", "null", [None]),
        ]
        for code, what, values in tried if shape.others is None else ():
            changes = tuple(_putting(each, shape, (shape.tag,)) for each in values)
            if changes and code not in shape.doubtful:
                yield Mistake(code, "error", where, what, changes, label)
        if shape.default is None and shape.others is None:
            drop = partial(_drop, shape.tag, shape)
            yield Mistake("PAR101", "error", where, "missing", (drop,), label)
        for each in shape.records.values():
            if isinstance(each.shape, Record):
                yield from self._of_record(each.shape, shape.tag)

    def _of_record(self, record: Record, tag: str | None) -> Iterator[Mistake]:
        if record.name in self._seen or f"{record.name} by {tag}" in self._seen:
            return
        self._seen.add(record.name if tag is None else f"{record.name} by {tag}")
        for name in record.required:
            if name != tag:
                where, drop = f"{record.name}.{name}", partial(_drop, name, record)
                yield Mistake("PAR101", "error", where, "missing", (drop,), record.name)
        for name in record.expected:
            where, drop = f"{record.name}.{name}", partial(_drop, name, record)
            yield Mistake("PAR120", "warning", where, "missing", (drop,), record.name)
        yield from _certain(record, _of_keys(record))
        for name, each in record.fields.items():
            if name != tag:
                yield from self.of_place(f"{record.name}.{name}", each)
        if record.extra is not None:
            yield from self.of_place(f"{record.name}{{}}", record.extra)


def _certain(
    shape: Text | Integer | Number | Members | Array | Map | Record, found: Iterator[Mistake]
) -> Iterator[Mistake]:
    """Those that break what is known to be refused."""
    return (each for each in found if each.code not in shape.doubtful)


def _of_text(label: str, shape: Text) -> Iterator[Mistake]:
    lengths = sorted({0, shape.shortest - 1} if shape.shortest else {})
    yield from _wrong("PAR109", label, "too short", ["a" * length for length in lengths])
    sample = str(least(shape)) or "a"
    pattern = shape.search
    if shape.longest is not None and shape.longest <= _LONGEST:
        long = [stretched(sample, shape.longest + more) for more in (1, 2, 100)]
        fitting = [each for each in long if pattern is None or matches(pattern, each)]
        yield from _wrong("PAR110", label, "too long", fitting)
    if pattern is not None:
        within = Text(shortest=shape.shortest, longest=shape.longest)
        tried = ["", "é", " ", "a b", "-", "a", "漢字", *(f"{sample}{end}" for end in "\n!/\u2028")]
        others = [each for each in tried if accepts(within, each) and not matches(pattern, each)]
        yield from _wrong("PAR111", label, "against its pattern", others)


def _of_number(label: str, shape: Integer | Number) -> Iterator[Mistake]:
    if isinstance(shape, Integer):
        start = 1 if shape.least is None else shape.least
        fractions = [each for each in (0.5, start + 0.5, -0.25) if not each.is_integer()]
        yield from _wrong("PAR103", label, "a fraction", fractions)
    step = shape.step or 1
    low, high = shape.least, shape.most
    small = [] if low is None else [low - step, low - 1000 * step]
    small += [] if shape.above is None else [shape.above, shape.above - step]
    large = [] if high is None else [high + step, high + 1000 * step]
    large += [] if shape.below is None else [shape.below, shape.below + step]
    if isinstance(shape, Number) and shape.step is None:
        small += [] if low is None else [math.nextafter(low, -math.inf)]
        large += [] if high is None else [math.nextafter(high, math.inf)]
    for code, what, beyond in (("PAR106", "too small", small), ("PAR107", "too large", large)):
        yield from _wrong(code, label, what, [each for each in beyond if not accepts(shape, each)])
    if shape.step is not None:
        first, free = least(shape), replace(shape, step=None)
        near = [first + part for part in (1, 2, -1, 0.5)] if isinstance(first, int | float) else []
        others = [each for each in near if accepts(free, each) and not accepts(shape, each)]
        yield from _wrong("PAR108", label, "no multiple", others)


def _others(shape: Shape, one: str | int | bool) -> list[Json]:
    """Values of the same kind as *one* that *shape* does not accept."""
    tried: tuple[Json, ...]
    if isinstance(one, bool):
        tried = (not one,)
    elif isinstance(one, str):
        tried = ("other", f"{one} ", one.upper(), one[:-1], f"{one}\n", "ⁿ")
    else:
        tried = (one + 1, one + 0.5, -one - 1, 10**6)
    return [each for each in tried if not accepts(shape, each)]


def _of_array(label: str, shape: Array) -> Iterator[Mistake]:
    def started(value: Json) -> list[Json]:
        given = value if isinstance(value, list) else least(shape)
        return given if isinstance(given, list) and given else [least(shape.items)]

    def filled(most: int, more: int, value: Json) -> Broken:
        items = started(value)
        numbers = range(most + more - len(items))
        return [*items, *(_distinct(items[-1], shape.items, number) for number in numbers)], ()

    def doubled(value: Json) -> Broken:
        items = started(value)
        kept = items if shape.most is None or len(items) < shape.most else items[:-1]
        return [*kept, items[0]], ()

    def cut(value: Json) -> Broken:
        return started(value)[: shape.fewest - 1], ()

    if shape.fewest:
        yield Mistake("PAR112", "error", label, "of too few items", (cut,))
    if shape.most is not None and shape.most <= _MOST:
        longer = tuple(partial(filled, shape.most, more) for more in (1, 2, 3))
        yield Mistake("PAR113", "error", label, "of too many items", longer)
    if shape.unique and shape.most != 1:
        yield Mistake("PAR114", "error", label, "of equal items", (doubled,))


def _distinct(value: Json, shape: Shape, number: int) -> Json:
    """*value* with a number in each of its free texts and numbers."""
    for place in [*places(value, shape, "")]:
        text, each = place.value, place.shape
        if isinstance(text, str) and (changed := _renumbered(text, each, number)) is not None:
            value = replaced(value, place.path, changed)
        elif isinstance(text, int) and not isinstance(text, bool):
            other = text + number + 1
            value = replaced(value, place.path, other) if accepts(each, other) else value
    return value


def _renumbered(text: str, shape: Shape, number: int) -> Json:
    """Another text of a free shape; another member of a listed one."""
    for option in by_kind(shape).get("string", ()):
        if isinstance(option, Members) and option.base is None:
            return option.values[number] if len(option.values) > number else None
        tried = (f"{text}{number}", f"{number}")
        if isinstance(option, Text | Members):
            return next((each for each in tried if accepts(option, each)), None)
    return None


def _of_map(label: str, shape: Map) -> Iterator[Mistake]:
    def filled(most: int, value: Json) -> Broken:
        made = _as_object(value, shape)
        for number in range(most + 1):
            if len(made) <= most and (key := _key(number, shape.keys)) is not None:
                made.setdefault(key, least(shape.values))
        return made, ()

    def cut(value: Json) -> Broken:
        return dict([*_as_object(value, shape).items()][: shape.fewest - 1]), ()

    if shape.fewest:
        yield Mistake("PAR115", "error", label, "of too few fields", (cut,))
    if shape.most is not None and shape.most <= _MOST:
        wider = partial(filled, shape.most)
        yield Mistake("PAR116", "error", label, "of too many fields", (wider,))
    tried = ["", "é", "a b", " ", "-", "/~", "a" * ((shape.keys.longest or 0) + 1)]
    bad = tuple(partial(_keyed, shape, key) for key in tried if not accepts(shape.keys, key))
    if bad:
        yield Mistake("PAR117", "error", label, "with a bad key", bad)


def _as_object(value: Json, shape: Shape) -> dict[str, Json]:
    """A copy of an object; of the least of *shape*, where there is none."""
    given = value if isinstance(value, dict) else least(shape)
    return {**given} if isinstance(given, dict) else {}


def _key(number: int, shape: Text) -> str | None:
    tried = (f"key-{number}", f"key{number}", f"{number}", f"{number + 1}", "a" * (number + 1))
    return next((each for each in tried if accepts(shape, each)), None)


def _keyed(shape: Map, key: str, value: Json) -> Broken:
    kept = [*_as_object(value, shape).items()]
    room = len(kept) if shape.most is None else shape.most - 1
    return {**dict(kept[:room]), key: least(shape.values)}, (key,)


def _of_keys(record: Record) -> Iterator[Mistake]:
    """Fields that a record does not know, and how many there are."""
    name = record.name
    tried = ("x-unheard-of", "~odd/name", "", "漢字漢字漢字")
    known = {*record.fields, *record.refused, *record.silent}
    strange = [each for each in tried if each not in known]
    values: tuple[Json, ...] = (0, None, "a", [], {})
    far = tuple(partial(_added, record, each, value) for value in values for each in strange)
    near = [each for each in record.optional if len(each) > 1 and f"{each}_" not in known]
    for each in record.refused:
        refusals = tuple(partial(_added, record, each, value) for value in values)
        yield Mistake("PAR124", "error", f"{name}.{each}", "refused", refusals, name)
    if record.unknown == "refuse":
        yield Mistake("PAR102", "error", name, "with an unknown field", far)
    if record.unknown in ("keep", "ignore") and near:
        changes = tuple(partial(_misspelt, record, each) for each in near)
        yield Mistake("PAR121", "warning", name, "with a field nearly known", changes)
    if record.unknown == "ignore":
        given = tuple(change for change in far if change.args[-1] is not None)
        yield Mistake("PAR122", "warning", name, "with an ignored field", given)
    if record.fewest > len(record.required):
        fewer = partial(_least_of, record)
        yield Mistake("PAR115", "error", name, "of too few fields", (fewer,))
    if record.most is not None and len(record.fields) > record.most:
        more = partial(_most_of, record)
        yield Mistake("PAR116", "error", name, "of too many fields", (more,))


def _added(record: Record, name: str, item: Json, value: Json) -> Broken:
    return {**_as_object(value, record), name: item}, (name,)


def _misspelt(record: Record, name: str, value: Json) -> Broken:
    given = _as_object(value, record)
    kept = {key: item for key, item in given.items() if key != name}
    return {**kept, f"{name}_": given.get(name, 0)}, (f"{name}_",)


def _least_of(record: Record, value: Json) -> Broken:
    given = _as_object(value, record)
    return {key: item for key, item in given.items() if key in record.present}, ()


def _most_of(record: Record, value: Json) -> Broken:
    made = _as_object(value, record)
    for name, each in record.fields.items():
        if record.most is not None and len(made) <= record.most:
            made.setdefault(name, least(each))
    return made, ()
