"""Values of a shape, drawn: the usual and the odd, at the bounds and between them."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from ..equality import comparable
from ..pattern_search import matches
from .value_shapes import (
    Anything,
    Array,
    Boolean,
    Constant,
    Integer,
    Map,
    Members,
    NamedShape,
    Null,
    Number,
    Record,
    Shape,
    Tagged,
    Text,
    Union,
    accepts,
    options,
)

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from ..violation import Json

__all__ = ["drawn", "least", "stretched", "texts", "values"]

_DEEP = 5
"""So far down, a value is as small as it may be."""

_SHORT = 16
"""Characters of a text that is drawn one by one; longer ones repeat such a text."""

_LONG = 3000
"""Characters of a long text, where nothing limits it."""

_LARGEST = 2**53 - 1
"""Integers beyond it are not the same to every reader of JSON."""

_ODD = (
    *("", " ", "Ünïcödé", "e\u0301", "漢字かな", "😀", "👩‍👩‍👧", "مرحبا"),
    *("\u2028", "\x00", "\n", '"\\', "null"),
)
"""Texts that are likely to be mishandled."""

_LEAST = ("a", "1", "0", "A", "", "_", "-", " ")
"""Of what the smallest text may be made."""


def values(shape: Shape) -> SearchStrategy[Any]:
    """Values of a shape."""
    return _values(shape)


@st.composite
def _values(draw: DrawFn, shape: Shape) -> Json:
    return drawn(draw, shape)


def drawn(draw: DrawFn, shape: Shape, depth: int = 0) -> Json:
    """Draw one value of *shape*, which lies *depth* levels down."""
    if depth > _DEEP:
        return least(shape)
    match shape:
        case NamedShape():
            return drawn(draw, shape.shape, depth)
        case Union():
            return drawn(draw, draw(_one_of(shape.options)), depth)
        case Tagged():
            return drawn(draw, draw(_one_of(tuple(shape.records.values()))), depth)
        case Record():
            return _record(draw, shape, depth)
        case Map():
            return _map(draw, shape, depth)
        case Array():
            return _array(draw, shape, depth)
        case Anything():
            return drawn(draw, draw(_one_of(_ANYTHING)), depth + 1)
        case _:
            return draw(_scalars(shape))


@cache
def _one_of(shapes: tuple[Shape, ...]) -> SearchStrategy[Shape]:
    return st.sampled_from([shape for shape in shapes if _has_values(shape)])


@cache
def _counts(least_count: int, most: int) -> SearchStrategy[int]:
    return st.integers(least_count, most)


@cache
def _names(names: tuple[str, ...]) -> SearchStrategy[str]:
    return st.sampled_from(names)


@cache
def _optional_names(record: Record) -> tuple[str, ...]:
    return tuple(name for name, shape in record.optional.items() if _has_values(shape))


def _record(draw: DrawFn, record: Record, depth: int) -> Json:
    made = {name: drawn(draw, each, depth + 1) for name, each in record.present.items()}
    others = _optional_names(record)
    room = len(others) if record.most is None else min(len(others), record.most - len(made))
    count = max(record.fewest - len(made), draw(_counts(0, min(3, max(room, 0))))) if others else 0
    chosen = {draw(_names(others)) for _ in range(count)}
    missing = max(0, record.fewest - len(made) - len(chosen))
    chosen |= set([name for name in others if name not in chosen][:missing])
    for name in others:
        if name in chosen:
            made[name] = drawn(draw, record.optional[name], depth + 1)
    if record.unknown == "open":
        extra = Map(Anything() if record.extra is None else record.extra, Text(shortest=1), 0, 2)
        more = drawn(draw, extra, depth + 1)
        if isinstance(more, dict) and record.most is None:
            known = {*record.fields, *record.refused, *record.silent}
            made |= {key: value for key, value in more.items() if key not in known}
    return made


def _map(draw: DrawFn, shape: Map, depth: int) -> Json:
    count = draw(_counts(shape.fewest, _most(shape, 2)))
    made: dict[str, Json] = {}
    for number in range(count):
        key = draw(texts(shape.keys))
        if key in made:
            key = _numbered(key, number, shape.keys)
        made[key] = drawn(draw, shape.values, depth + 1)
    number = count
    while len(made) < shape.fewest:
        made[_numbered("a", number, shape.keys)] = least(shape.values)
        number += 1
    return made


@cache
def _most(shape: Array | Map, more: int) -> int:
    """How many items are drawn at most: *more* than there must be, where there may be any."""
    if not _has_values(shape.items if isinstance(shape, Array) else shape.values):
        return shape.fewest
    most = shape.fewest + more
    return most if shape.most is None else min(shape.most, most)


def _numbered(text: str, number: int, shape: Text) -> str:
    """Another text of a shape."""
    tried = (f"{text}{number}", f"{number}", f"{text[:-3]}{number}", "a" * (number + 1), text)
    return next((each for each in tried if accepts(shape, each)), text)


def _array(draw: DrawFn, shape: Array, depth: int) -> Json:
    count = draw(_counts(shape.fewest, _most(shape, 3)))
    made = [drawn(draw, shape.items, depth + 1) for _ in range(count)]
    if not shape.unique:
        return made
    found = {comparable(item): item for item in made}
    for option in options(shape.items):
        if len(found) < shape.fewest and isinstance(option, Members | Integer):
            others: list[Json] = [*option.values] if isinstance(option, Members) else [*range(99)]
            for item in others:
                if len(found) < shape.fewest:
                    found.setdefault(comparable(item), item)
    return [*found.values()]


@cache
def _scalars(shape: Shape) -> SearchStrategy[Json]:
    match shape:
        case Text():
            return texts(shape)
        case Integer():
            return _integers(shape)
        case Number():
            return _numbers(shape)
        case Boolean():
            return st.booleans()
        case Constant(value):
            return st.just(value)
        case Members(listed, base):
            known: SearchStrategy[Json] = st.sampled_from([*listed]) if listed else st.nothing()
            return known if base is None else known | known | known | _scalars(base)
        case _:
            return st.none()


@cache
def texts(shape: Text) -> SearchStrategy[str]:
    """Texts of a shape: short, odd and long ones."""
    if shape.search is not None:
        return _patterned(shape, shape.search)
    longest = max(_LONG, shape.shortest) if shape.longest is None else shape.longest
    odd = [text for text in _ODD if accepts(shape, text)]
    longer = (max(_LONG, shape.shortest), shape.shortest + 100)
    lengths = sorted({shape.shortest, *(min(longest, length) for length in longer)})
    long = st.builds(stretched, st.text(min_size=1, max_size=4), st.sampled_from(lengths))
    if shape.shortest > _SHORT:
        return long
    short = st.text(min_size=shape.shortest, max_size=min(longest, _SHORT))
    words = st.integers(0, len(_TALK) - 1).map(lambda start: _fitted(_TALK[start:], shape))
    return short | words | st.sampled_from(odd or [_least_text(shape)]) | long


_TALK = "Is there snow (neige, снег, 雪 ❄️) on the fjords near Bergen? Answer in 3 words, please!"


def _patterned(shape: Text, pattern: str) -> SearchStrategy[str]:
    """Texts that match; of a pattern that only lists characters, drawn one by one."""
    alphabet = "".join(each for each in map(chr, range(32, 127)) if matches(pattern, each))
    if alphabet and matches(pattern, alphabet) and not matches(pattern, f"{alphabet}\x7f"):
        sizes = (max(1, shape.shortest), min(shape.longest or _SHORT, max(_SHORT, shape.shortest)))
        found = st.text(alphabet, min_size=sizes[0], max_size=sizes[1])
        return found | st.just(stretched(alphabet, shape.longest)) if shape.longest else found
    return st.from_regex(re.compile(pattern)).map(lambda text: _fitted(text, shape))


def stretched(text: str, length: int) -> str:
    """Repeat a text until it has so many characters."""
    return (text * (length // len(text) + 1))[:length]


def _fitted(text: str, shape: Text) -> str:
    """*text* if it is of the shape, else what can be made of it, else the smallest that is."""
    whole = text[: shape.longest]
    tried = (text, whole, whole.strip(), stretched(whole or "a", shape.shortest))
    return next((each for each in tried if accepts(shape, each)), str(least(shape)))


def _integers(shape: Integer) -> SearchStrategy[Json]:
    step = shape.step or 1
    low, high = _range(shape)
    whole = _multiples(low, high, step)
    low, high = max(low, -_LARGEST), min(high, _LARGEST)
    edges = sorted({-(-low // step) * step, high // step * step}, key=abs)
    return whole | st.sampled_from(edges) | _multiples(low, high, step).map(float)


def _multiples(low: int, high: int, step: int) -> SearchStrategy[int]:
    return st.integers(-(-low // step), high // step).map(lambda number: number * step)


def _range(shape: Integer) -> tuple[int, int]:
    """The least and the greatest integer that are tried."""
    lows = [] if shape.least is None else [shape.least]
    lows += [] if shape.above is None else [shape.above + 1]
    highs = [] if shape.most is None else [shape.most]
    highs += [] if shape.below is None else [shape.below - 1]
    low = max(lows) if lows else min(-_LARGEST, *highs) if highs else -_LARGEST
    high = min(highs) if highs else max(_LARGEST, low)
    if low < -_LARGEST <= high:
        low = -_LARGEST
    if high > _LARGEST >= low:
        high = _LARGEST
    return low, high


def _numbers(shape: Number) -> SearchStrategy[Json]:
    low = shape.least if shape.above is None else shape.above
    high = shape.most if shape.below is None else shape.below
    if shape.step is not None:
        powers = [shape.step * 2**power for power in range(20)]
        fitting = [each for each in (0, *powers, *(-one for one in powers)) if accepts(shape, each)]
        return st.sampled_from(fitting)
    fractions = st.floats(
        -1e15 if low is None else low,
        1e15 if high is None else high,
        exclude_min=shape.above is not None,
        exclude_max=shape.below is not None,
    )
    tried = [each for each in (0, 1, low, high, -0.0, 0.1, 5e-324) if each is not None]
    edges = [each for each in tried if accepts(shape, each)]
    return st.sampled_from(edges) | fractions if edges else fractions


_ANYTHING: tuple[Shape, ...] = (
    Null(),
    Boolean(),
    Integer(),
    Number(),
    Text(),
    Array(Anything(), 0, 2),
    Map(Anything(), Text(), 0, 2),
)


def least(shape: Shape) -> Json:
    """A small value of a shape, always the same."""
    match shape:
        case NamedShape():
            return least(shape.shape)
        case Union():
            return least(min(shape.options, key=_height))
        case Tagged():
            # A union without records has no value; what breaks one starts here.
            return least(min(shape.records.values(), key=_height)) if shape.records else {}
        case Record():
            names = [*shape.present]
            names += [*shape.optional][: max(0, shape.fewest - len(names))]
            return {name: least(shape.fields[name]) for name in names}
        case Map():
            keys = [_numbered("a", number, shape.keys) for number in range(shape.fewest)]
            return {key: least(shape.values) for key in keys}
        case Array():
            return _least_array(shape)
        case Text():
            return _least_text(shape)
        case Integer() | Number():
            return _least_number(shape)
        case Constant(value):
            return value
        case Members(listed, base):
            return listed[0] if listed else least(base or Text())
        case Boolean():
            return False
        case _:
            return None


def _least_array(shape: Array) -> Json:
    if not shape.unique:
        return [least(shape.items) for _ in range(shape.fewest)]
    for option in options(shape.items):
        if isinstance(option, Members) and len(option.values) >= shape.fewest:
            return [*option.values[: shape.fewest]]
        if isinstance(option, Text):
            return [_numbered("a", number, option) for number in range(shape.fewest)]
    start = _least_number(Integer())
    return [start + number for number in range(shape.fewest)] if isinstance(start, int) else []


@cache
def _least_text(shape: Text) -> str:
    lengths = (max(1, shape.shortest), shape.shortest)
    for each in (character * length for character in _LEAST for length in lengths):
        if accepts(shape, each):
            return each
    found = re.search(r"[A-Za-z0-9]+", shape.search or "")
    return found[0] if found and accepts(shape, found[0]) else _searched(shape)


def _searched(shape: Text) -> str:
    """The smallest text of a pattern that no guess fits."""
    from hypothesis import find

    pattern = st.from_regex(re.compile(shape.search or ""))
    # Hypothesis refuses a search within what is drawn just now, which is known by its thread.
    with ThreadPoolExecutor(max_workers=1) as alone:
        return alone.submit(find, pattern, lambda text: accepts(shape, text)).result()


def _least_number(shape: Integer | Number) -> float:
    bounds = (shape.least, shape.most, shape.above, shape.below)
    near = [each for bound in bounds if bound is not None for each in (bound, bound + 1, bound - 1)]
    step = shape.step
    steps = [] if step is None else [step, -step, *(step * (each // step + 1) for each in near)]
    low, high = shape.above, shape.below
    between = [(low + high) / 2] if low is not None and high is not None else []
    return next((each for each in (1, 0, *near, *steps, *between) if accepts(shape, each)), 0)


_HIGHEST = 99
"""The height of a shape without values, as one that must contain itself; others are lower."""


def _has_values(shape: Shape) -> bool:
    """Whether there is a value of *shape*: a union of which every record is refused has none."""
    return _height(shape) < _HIGHEST


def _height(shape: Shape, seen: frozenset[str] = frozenset()) -> int:
    """How many levels a value of a shape needs at least."""
    match shape:
        case NamedShape():
            return _HIGHEST if shape.name in seen else _height(shape.shape, seen | {shape.name})
        case Union():
            return min((_height(each, seen) for each in shape.options), default=_HIGHEST)
        case Tagged():
            return min((_height(each, seen) for each in shape.records.values()), default=_HIGHEST)
        case Record():
            return 1 + max((_height(each, seen) for each in shape.present.values()), default=0)
        case Array():
            return 1 + _height(shape.items, seen) if shape.fewest else 1
        case Map():
            return 1 + _height(shape.values, seen) if shape.fewest else 1
        case _:
            return 0
