"""Where in a document which shape is asked for, and how documents are changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ..violation import escape
from .drawn_values import least
from .value_shapes import Array, Map, NamedShape, Record, Shape, Tagged, accepts, by_kind, kind_of

if TYPE_CHECKING:
    from ..violation import Json

__all__ = [
    "DocumentPlace",
    "Route",
    "Sample",
    "Steps",
    "at",
    "grafted",
    "path_of",
    "places",
    "pointer_to",
    "replaced",
    "routes",
    "without",
]

Steps: TypeAlias = "tuple[str | int, ...]"
"""The keys and indexes that lead to a value."""


@dataclass(frozen=True)
class DocumentPlace:
    """A value in a document, and what is asked of it."""

    path: Steps
    """The keys and indexes that lead to it."""

    label: str
    """Such as `Usage.total_tokens`, `Request.messages[]` or `Metadata{}`; of a record, its name."""

    shape: Shape
    """What it must be."""

    value: Json
    """What it is."""


def places(document: Json, shape: Shape, label: str) -> Iterator[DocumentPlace]:
    """Every value of *document* whose shape is known; each record twice, as a value and as such."""
    yield from _places(document, shape, label, ())


def _places(value: Json, shape: Shape, label: str, path: Steps) -> Iterator[DocumentPlace]:
    yield DocumentPlace(path, label, shape, value)
    found = by_kind(shape).get(kind_of(value), ())
    if len(found) != 1:
        return  # it is not known which one is meant
    match found[0], value:
        case Tagged() as shape, dict():
            chosen = shape.chosen(value)
            if isinstance(chosen, NamedShape) and isinstance(chosen.shape, Record):
                yield from _fields(value, chosen.shape, path, shape.tag)
        case Record() as record, dict():
            yield from _fields(value, record, path, None)
        case Map(values), dict():
            for key, item in value.items():
                yield from _places(item, values, f"{label}{{}}", (*path, key))
        case Array(items), list():
            for index, item in enumerate(value):
                yield from _places(item, items, f"{label}[]", (*path, index))
        case _:
            pass


def _fields(
    value: dict[str, Json], record: Record, path: Steps, tag: str | None
) -> Iterator[DocumentPlace]:
    yield DocumentPlace(path, record.name, record, value)
    fields = record.fields
    for key, item in value.items():
        if key in fields and key != tag:
            yield from _places(item, fields[key], f"{record.name}.{key}", (*path, key))
        elif key not in fields and record.extra is not None:
            yield from _places(item, record.extra, f"{record.name}{{}}", (*path, key))


@dataclass(frozen=True)
class Route:
    """A step from one shape to one inside of it."""

    label: str
    """Of what it leads to."""

    shape: Shape
    """Likewise."""

    option: Shape
    """Which of the options is entered."""

    key: str | None = None
    """The field or key; None for an item, and for a record that is entered itself."""

    tagged: tuple[str, str] | None = None
    """The tag that chooses the record, and its value."""


def routes(shape: Shape, label: str) -> dict[str, tuple[Route, ...]]:
    """The shortest way to every label below *shape*."""
    found: dict[str, tuple[Route, ...]] = {label: ()}
    ahead: list[tuple[str, Shape]] = [(label, shape)]
    for where, each in ahead:
        for step in _steps(where, each):
            if step.label not in found:
                found[step.label] = (*found[where], step)
                ahead.append((step.label, step.shape))
    return found


def _steps(label: str, shape: Shape) -> Iterator[Route]:
    for found in by_kind(shape).values():
        if len(found) != 1:
            continue
        match found[0]:
            case Tagged(tag, records):
                for value, record in records.items():
                    yield Route(record.name, record.shape, record.shape, tagged=(tag, value))
            case Record() as record if label != record.name:
                yield Route(record.name, record, record)
            case Record() as record:
                for name, each in record.fields.items():
                    yield Route(f"{record.name}.{name}", each, record, name)
                if record.extra is not None:
                    yield Route(f"{record.name}{{}}", record.extra, record, "extra")
            case Map(values) as option:
                filled = least(Map(values, option.keys, 1))
                key = next(iter(filled)) if isinstance(filled, dict) else ""
                yield Route(f"{label}{{}}", values, option, key)
            case Array(items) as option:
                yield Route(f"{label}[]", items, option)
            case _:
                pass


Sample: TypeAlias = "Callable[[str, Shape], Json]"
"""Gives a value for a label and its shape."""


def grafted(value: Json, steps: Sequence[Route], sample: Sample, *, after: bool) -> Json:
    """*value* with all that *steps* lead through; of an array the last item, or one *after* it."""
    if not steps:
        return value
    step, *rest = steps
    inner: Json
    match step.option, value:
        case Record() as record, _ if step.key is None:
            return grafted(_become(value, step, record, sample), rest, sample, after=after)
        case Record() | Map(), _:
            kept = value if isinstance(value, dict) else {}
            key = step.key or ""
            inner = kept[key] if key in kept else sample(step.label, step.shape)
            return {**kept, key: grafted(inner, rest, sample, after=after)}
        case Array(), _:
            items = value if isinstance(value, list) else []
            inner = items[-1] if items and not after else sample(step.label, step.shape)
            return [*(items if after else items[:-1]), grafted(inner, rest, sample, after=after)]
        case _:
            return value


def _become(value: Json, step: Route, record: Record, sample: Sample) -> Json:
    """*value* if it is such a record, else one that has what it can of it."""
    tag, expected = step.tagged or ("", None)
    if isinstance(value, dict) and (step.tagged is None or value.get(tag) == expected):
        return value
    made = sample(record.name, record)
    if not isinstance(value, dict) or not isinstance(made, dict):
        return made
    fields = record.fields
    known = {key: item for key, item in value.items() if key in fields}
    return {**made, **{key: item for key, item in known.items() if accepts(fields[key], item)}}


def at(document: Json, path: Steps) -> Json:
    """The value that *path* leads to; None where there is none."""
    for key in path:
        if isinstance(document, dict) and isinstance(key, str):
            document = document.get(key)
        elif isinstance(document, list) and isinstance(key, int) and key < len(document):
            document = document[key]
        else:
            return None
    return document


def replaced(document: Json, path: Steps, value: Json) -> Json:
    """*document* with *value* at *path*; what was given stays as it was."""
    if not path:
        return value
    key, *rest = path
    if isinstance(document, dict) and isinstance(key, str):
        return {**document, key: replaced(document.get(key), tuple(rest), value)}
    if isinstance(document, list) and isinstance(key, int):
        return [*document[:key], replaced(document[key], tuple(rest), value), *document[key + 1 :]]
    return document


def without(document: Json, path: Steps) -> Json:
    """*document* without what is at *path*."""
    holder = at(document, path[:-1])
    key = path[-1]
    if isinstance(holder, dict):
        kept = {name: each for name, each in holder.items() if name != key}
        return replaced(document, path[:-1], kept)
    if isinstance(holder, list) and isinstance(key, int):
        return replaced(document, path[:-1], [*holder[:key], *holder[key + 1 :]])
    return document


def pointer_to(path: Steps) -> str:
    """The JSON Pointer of a path."""
    return "".join(f"/{escape(str(key))}" for key in path)


def path_of(pointer: str, document: Json) -> Steps:
    """The path of a JSON Pointer, whose numbers are indexes where *document* has an array."""
    path: list[str | int] = []
    for token in pointer.split("/")[1:]:
        key: str | int = token.replace("~1", "/").replace("~0", "~")
        if isinstance(document, list) and token.isdecimal():
            key = int(token)
        document = at(document, (key,))
        path.append(key)
    return tuple(path)
