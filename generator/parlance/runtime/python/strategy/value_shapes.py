"""What a value may be: the words in which a dialect's definitions are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from ..equality import comparable, is_multiple, is_unique
from ..pattern_search import matches

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from ..violation import Json

__all__ = [
    "KINDS",
    "Anything",
    "Array",
    "Boolean",
    "Constant",
    "Integer",
    "Map",
    "Members",
    "NamedShape",
    "Null",
    "Number",
    "Record",
    "Shape",
    "Tagged",
    "Text",
    "Union",
    "accepts",
    "by_kind",
    "decided",
    "definition",
    "kind_of",
    "options",
]

KINDS = ("string", "number", "boolean", "object", "array", "null")
"""The kinds of JSON values."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """A string; lengths count code points."""

    shortest: int = 0
    """The fewest characters."""

    longest: int | None = None
    """The most characters; None for any number."""

    search: str | None = None
    """A regular expression, in Python's words, that it has a match of."""

    excluded: tuple[str, ...] = ()
    """What it is not."""

    doubtful: tuple[str, ...] = ()
    """Codes of faults that are none here, only worth a warning: nothing breaks these on purpose."""


@dataclass(frozen=True, kw_only=True)
class Integer:
    """A number without a fraction."""

    least: int | None = None
    """The least that it may be."""

    most: int | None = None
    """The most that it may be."""

    above: int | None = None
    """What it must exceed."""

    below: int | None = None
    """What it must stay below."""

    step: int | None = None
    """What it must be a multiple of."""

    doubtful: tuple[str, ...] = ()
    """Codes of faults that are none here, only worth a warning: nothing breaks these on purpose."""


@dataclass(frozen=True, kw_only=True)
class Number:
    """A finite number."""

    least: float | None = None
    """The least that it may be."""

    most: float | None = None
    """The most that it may be."""

    above: float | None = None
    """What it must exceed."""

    below: float | None = None
    """What it must stay below."""

    step: float | None = None
    """What it must be a multiple of."""

    doubtful: tuple[str, ...] = ()
    """Codes of faults that are none here, only worth a warning: nothing breaks these on purpose."""


@dataclass(frozen=True)
class Boolean:
    """`true` or `false`."""


@dataclass(frozen=True)
class Null:
    """`null`."""


@dataclass(frozen=True)
class Anything:
    """Any value."""


@dataclass(frozen=True, eq=False)
class Constant:
    """One scalar."""

    value: str | int | bool
    """The only value."""


@dataclass(frozen=True, eq=False)
class Members:
    """One of several strings or integers; any other of `base` too, where that is given."""

    values: tuple[str, ...] | tuple[int, ...]
    """Those that are known."""

    base: Text | Integer | None = None
    """What any other value must be; None where there is no other."""

    doubtful: tuple[str, ...] = ()
    """Codes of faults that are none here, only worth a warning: nothing breaks these on purpose."""


@dataclass(frozen=True, eq=False)
class Array:
    """An array of one shape of item."""

    items: Shape
    """What each item must be."""

    fewest: int = 0
    """The fewest items."""

    most: int | None = None
    """The most items; None for any number."""

    unique: bool = False
    """Whether no two items are equal."""

    doubtful: tuple[str, ...] = ()
    """Codes of faults that are none here, only worth a warning: nothing breaks these on purpose."""


@dataclass(frozen=True, eq=False)
class Map:
    """An object whose keys are data."""

    values: Shape
    """What each value must be."""

    keys: Text = Text()
    """What each key must be."""

    fewest: int = 0
    """The fewest fields."""

    most: int | None = None
    """The most fields; None for any number."""

    doubtful: tuple[str, ...] = ()
    """Codes of faults that are none here, only worth a warning: nothing breaks these on purpose."""


@dataclass(frozen=True, eq=False, init=False)
class Union:
    """Any of several shapes."""

    options: tuple[Shape, ...]
    """The shapes, of which one must fit."""

    def __init__(self, *options: Shape) -> None:
        """Keep what is given."""
        object.__setattr__(self, "options", options)


@dataclass(frozen=True, eq=False)
class Tagged:
    """One of several records, distinguished by the text in the field `tag`."""

    tag: str
    """The field whose text decides."""

    records: Mapping[str, NamedShape]
    """The record for each of its values."""

    default: str | None = None
    """The value that is meant where the field is absent; None where it must be there."""

    is_open: bool = False
    """Whether another text chooses another object."""

    others: NamedShape | None = None
    """What that object is, and one without a text there; None for anything."""

    refused: tuple[str, ...] = ()
    """Texts that no document may have there."""

    doubtful: tuple[str, ...] = ()
    """Codes of faults that are none here, only worth a warning: nothing breaks these on purpose."""

    def chosen(self, value: Mapping[str, Json]) -> Shape | None:
        """What an object is by its tag; None for nothing."""
        tag = value.get(self.tag, self.default)
        if isinstance(tag, str) and (tag in self.records or tag in self.refused):
            return self.records.get(tag)
        if self.others is not None:
            return self.others
        return _ANY_OBJECT if self.is_open and isinstance(tag, str) else None


def _none() -> dict[str, Shape]:
    return {}


@dataclass(frozen=True, eq=False, kw_only=True)
class Record:
    """An object with known fields."""

    required: Mapping[str, Shape] = field(default_factory=_none)
    """Their absence is an error."""

    expected: Mapping[str, Shape] = field(default_factory=_none)
    """Documented as always there; their absence is a warning."""

    optional: Mapping[str, Shape] = field(default_factory=_none)
    """Their absence says nothing."""

    unknown: str = "undecided"
    """What becomes of an unknown field: `refuse`, `ignore`, `keep`; `open` where any is meant.

    While it is `undecided`, it is for the dialect to say."""

    refused: tuple[str, ...] = ()
    """Known fields that no document may have."""

    silent: tuple[str, ...] = ()
    """Known fields that do nothing, and are only worth a warning."""

    doubtful: tuple[str, ...] = ()
    """Codes of faults that are none here, only worth a warning: nothing breaks these on purpose."""

    extra: Shape | None = None
    """What an unknown field of an open record must be."""

    fewest: int = 0
    """The fewest fields."""

    most: int | None = None
    """The most fields; None for any number."""

    name: str = ""
    """In the spec."""

    @cached_property
    def fields(self) -> dict[str, Shape]:
        """Every known field."""
        return {**self.required, **self.expected, **self.optional}

    @property
    def present(self) -> dict[str, Shape]:
        """The fields that are always there."""
        return {**self.required, **self.expected}


class NamedShape:
    """A shape with a name. Called, it is a strategy for values of it."""

    def __init__(self, name: str, make: Callable[[], Shape]) -> None:
        """Keep what is given; the shape is made when it is first asked for."""
        self.name = name
        """In the spec."""
        self._make = make
        self.__doc__ = make.__doc__

    @cached_property
    def shape(self) -> Shape:
        """What it stands for."""
        made = self._make()
        if isinstance(made, Record):
            object.__setattr__(made, "name", self.name)
        return made

    def __call__(self) -> SearchStrategy[Any]:
        """Values of the shape, to which no rule was applied."""
        from .drawn_values import values

        return values(self)


Shape: TypeAlias = (
    Text
    | Integer
    | Number
    | Boolean
    | Null
    | Anything
    | Constant
    | Members
    | Array
    | Map
    | Union
    | Tagged
    | Record
    | NamedShape
)
"""What a value must be."""


def definition(name: str) -> Callable[[Callable[[], Shape]], NamedShape]:
    """Make a definition of a function, which gives its shape."""

    def made(make: Callable[[], Shape]) -> NamedShape:
        return NamedShape(name, make)

    return made


def decided(definition: NamedShape, unknown: str) -> NamedShape:
    """A copy in which every record that was undecided does *unknown* with unknown fields."""
    made: dict[NamedShape, NamedShape] = {}

    def named(shape: NamedShape) -> NamedShape:
        if shape not in made:
            made[shape] = NamedShape(shape.name, lambda: copy(shape.shape))
        return made[shape]

    def copy(shape: Shape) -> Shape:
        match shape:
            case NamedShape():
                return named(shape)
            case Array():
                return replace(shape, items=copy(shape.items))
            case Map():
                return replace(shape, values=copy(shape.values))
            case Union():
                return Union(*map(copy, shape.options))
            case Tagged():
                records = {value: named(record) for value, record in shape.records.items()}
                others = None if shape.others is None else named(shape.others)
                return replace(shape, records=records, others=others)
            case Record():
                return replace(
                    shape,
                    required=copies(shape.required),
                    expected=copies(shape.expected),
                    optional=copies(shape.optional),
                    unknown=unknown if shape.unknown == "undecided" else shape.unknown,
                    extra=None if shape.extra is None else copy(shape.extra),
                )
            case _:
                return shape

    def copies(shapes: Mapping[str, Shape]) -> dict[str, Shape]:
        return {name: copy(shape) for name, shape in shapes.items()}

    return named(definition)


_ANY_OBJECT = Map(Anything())


def kind_of(value: Json) -> str:
    """Which of `KINDS` a value is."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def options(shape: Shape) -> Iterator[Shape]:
    """What a shape comes down to: neither a name nor a choice."""
    match shape:
        case NamedShape():
            yield from options(shape.shape)
        case Union():
            for each in shape.options:
                yield from options(each)
        case _:
            yield shape


@cache
def by_kind(shape: Shape) -> dict[str, tuple[Shape, ...]]:
    """The options of a shape, by the kind of value that they admit."""
    found: dict[str, tuple[Shape, ...]] = {}
    for option in options(shape):
        for kind in _kinds(option):
            found[kind] = (*found.get(kind, ()), option)
    return found


def _kinds(option: Shape) -> tuple[str, ...]:
    match option:
        case Text():
            return ("string",)
        case Integer() | Number():
            return ("number",)
        case Boolean():
            return ("boolean",)
        case Null():
            return ("null",)
        case Constant(value):
            return (kind_of(value),)
        case Members(values, base):
            words = isinstance(values[0], str) if values else isinstance(base, Text)
            return ("string",) if words else ("number",)
        case Array():
            return ("array",)
        case Map() | Tagged() | Record():
            return ("object",)
        case _:
            return KINDS


def accepts(shape: Shape, value: Json) -> bool:
    """Whether a value is of a shape."""
    return any(_accepts(option, value) for option in by_kind(shape).get(kind_of(value), ()))


def _accepts(option: Shape, value: Json) -> bool:
    match option, value:
        case Text(), str():
            within = _counted(len(value), option.shortest, option.longest)
            if value in option.excluded:
                return False
            return within and (option.search is None or matches(option.search, value))
        case Integer() | Number(), int() | float():
            return _number(option, value)
        case Constant(expected), _:
            return comparable(value) == comparable(expected)
        case Members(listed, base), _:
            return value in listed or (base is not None and accepts(base, value))
        case Array(), list():
            if not _counted(len(value), option.fewest, option.most):
                return False
            differ = not option.unique or is_unique(value)
            return differ and all(accepts(option.items, item) for item in value)
        case Map(), dict():
            if not _counted(len(value), option.fewest, option.most):
                return False
            named = all(accepts(option.keys, key) for key in value)
            return named and all(accepts(option.values, item) for item in value.values())
        case Tagged(), dict():
            chosen = option.chosen(value)
            return chosen is not None and accepts(chosen, value)
        case Record(), dict():
            return _record(option, value)
        case _:
            return True


def _record(record: Record, value: dict[str, Json]) -> bool:
    if not record.required.keys() <= value.keys():
        return False
    if not _counted(len(value), record.fewest, record.most):
        return False
    fields = record.fields
    if not value.keys().isdisjoint((*record.refused, *record.silent)):
        return False
    if record.unknown == "refuse" and not value.keys() <= fields.keys():
        return False
    others = Anything() if record.extra is None else record.extra
    return all(accepts(fields.get(key, others), item) for key, item in value.items())


def _number(shape: Integer | Number, value: float) -> bool:
    if isinstance(shape, Integer) and isinstance(value, float) and not value.is_integer():
        return False
    return (
        (shape.least is None or value >= shape.least)
        and (shape.most is None or value <= shape.most)
        and (shape.above is None or value > shape.above)
        and (shape.below is None or value < shape.below)
        and (shape.step is None or is_multiple(value, shape.step))
    )


def _counted(count: int, fewest: int, most: int | None) -> bool:
    return fewest <= count and (most is None or count <= most)
