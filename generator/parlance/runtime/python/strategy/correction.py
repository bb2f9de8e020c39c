"""A document with faults to the nearest one that has none, or that has only the expected one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .document_places import Steps, at, path_of, pointer_to, replaced, without
from .drawn_values import least
from .value_shapes import (
    Array,
    Map,
    Members,
    NamedShape,
    Record,
    Shape,
    Tagged,
    accepts,
    by_kind,
    kind_of,
)

if TYPE_CHECKING:
    from ..rule import Edit, Rule
    from ..violation import Json, Violation

__all__ = ["Corrected", "Correction", "ExpectedFinding"]

_NAMES = 30
"""How many texts are tried in place of one that names nothing."""

_GRADES = {"error": 0, "warning": 1, "info": 2}

_PLAIN: tuple[Json, ...] = (None, 0, 1, False, True, "", "a")


@dataclass(frozen=True)
class ExpectedFinding:
    """The one finding that a document is to have."""

    code: str
    """Such as `PAR301`."""

    path: Steps
    """Where it is found."""


@dataclass(frozen=True)
class Corrected:
    """A document that was made better."""

    document: Json
    """What has become of it."""

    expected: ExpectedFinding | None
    """Where the finding that it is to have stands now."""

    left: int
    """How many findings stay beside it."""


class Correction:
    """Documents of one shape, and what is found in them."""

    def __init__(
        self,
        shape: Shape,
        find: Callable[[Json], list[Violation]],
        rules: dict[str, Rule],
        embeds: Sequence[Steps],
        known: Sequence[Json],
    ) -> None:
        """Keep what is given; *embeds* are where other artifacts stand, with rules of their own.

        What the documents in *known* have in a place is tried in the same place of others.
        """
        self._known = known
        self._shape = shape
        self._embeds = embeds
        self._find = find
        self._rules = rules

    def corrected(
        self,
        document: Json,
        expected: ExpectedFinding | None = None,
        *,
        minimum: str = "info",
        tolerated: str = "",
        thorough: bool = False,
    ) -> Corrected | None:
        """*document* with no finding but the *expected* one; None where that cannot be had.

        Findings milder than *minimum* are left alone; those milder than *tolerated* may stay where
        nothing helps. Each step takes a finding away, so that there is an end. Who is *thorough*
        looks for the cause in other places, too.
        """
        others = self._others(document, expected, minimum)
        while others:
            for changed, still in self._steps(document, others, expected, thorough=thorough):
                left = self._others(changed, still, minimum)
                if left is not None and len(left) < len(others):
                    document, expected, others = changed, still, left
                    break
            else:
                break
        limit = _GRADES.get(tolerated, 2)
        if others is None or any(_GRADES[each.severity] <= limit for each in others):
            return None
        return Corrected(document, expected, len(others))

    def _others(
        self, document: Json, expected: ExpectedFinding | None, minimum: str
    ) -> list[Violation] | None:
        """What else is found, the gravest first; None where the expected finding is absent."""
        found = [
            each for each in self._find(document) if _GRADES[each.severity] <= _GRADES[minimum]
        ]
        found.sort(key=lambda each: _GRADES[each.severity])
        if expected is None:
            return found
        pointer = pointer_to(expected.path)
        others = [each for each in found if (each.code, each.pointer) != (expected.code, pointer)]
        return others if len(others) == len(found) - 1 else None

    def _steps(
        self,
        document: Json,
        others: list[Violation],
        expected: ExpectedFinding | None,
        *,
        thorough: bool,
    ) -> Iterator[tuple[Json, ExpectedFinding | None]]:
        for found in others:
            yield from self._changes(document, found, expected)
        if thorough and isinstance(document, dict):
            for key, value in document.items():
                if isinstance(value, str):
                    yield from self._alternatives(document, (key,), expected)

    def _changes(
        self, document: Json, found: Violation, expected: ExpectedFinding | None
    ) -> Iterator[tuple[Json, ExpectedFinding | None]]:
        """What might remove one finding, the smallest change first."""
        path = path_of(found.pointer, document)
        kept = () if expected is None else expected.path
        rule = self._rules.get(found.code)
        if rule is not None and rule.fix is not None:
            inner = self._embedded(path, document)
            edits = rule.fix.edits(at(document, inner), pointer_to(path[len(inner) :]))
            if edits:
                yield replaced(document, inner, _edited(at(document, inner), edits)), expected
        if kept[: len(path)] != path:
            yield from self._alternatives(document, path, expected)
        while path:
            if kept[: len(path)] != path:
                yield without(document, path), _moved(expected, path)
            path = path[:-1]

    def _embedded(self, path: Steps, document: Json) -> Steps:
        """The place of the artifact of which *path* is a part."""
        above = (each for each in self._embeds if path[: len(each)] == each)
        return next((each for each in above if at(document, each)), ())

    def _alternatives(
        self, document: Json, path: Steps, expected: ExpectedFinding | None
    ) -> Iterator[tuple[Json, ExpectedFinding | None]]:
        """Another value in the same place, where only some values are right: the likest first."""
        value, shape = at(document, path), _shape_at(self._shape, document, path)
        if shape is None:
            return
        if value is None:
            yield replaced(document, path, least(shape)), expected
            return
        others = (*self._others_of(shape, value), *self._seen_at(path), *_texts_in(document))
        for other in others:
            if other != value and accepts(shape, other):
                yield replaced(document, path, other), expected

    def _seen_at(self, path: Steps) -> list[Json]:
        return self._seen.get(tuple("*" if isinstance(key, int) else key for key in path), [])

    @cached_property
    def _seen(self) -> dict[tuple[str, ...], list[Json]]:
        """The texts that known documents have, by place."""
        found: dict[tuple[str, ...], list[Json]] = {}
        for document in self._known:
            for where, text in _texts(document, ()):
                there = found.setdefault(where, [])
                if text not in there and len(there) < _NAMES:
                    there.append(text)
        return found

    @staticmethod
    def _others_of(shape: Shape, value: Json) -> Iterator[Json]:
        """Values of a shape that may do where *value* does not: listed ones, then plain ones."""
        kinds = by_kind(shape)
        for option in kinds.get(kind_of(value), ()):
            if isinstance(option, Members):
                others: list[str | int] = [*option.values]
                yield from sorted(others, key=lambda each: -_alike(str(each), str(value)))
        yield from (each for each in _PLAIN if kind_of(each) in kinds and accepts(shape, each))


def _texts(value: Json, where: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    match value:
        case str():
            yield where, value
        case dict():
            for key, item in value.items():
                yield from _texts(item, (*where, key))
        case list():
            for item in value:
                yield from _texts(item, (*where, "*"))
        case _:
            pass


def _texts_in(document: Json) -> list[str]:
    """The texts of a document: what a name in it should be may be among them."""
    return [*dict.fromkeys(text for _, text in _texts(document, ()))][:_NAMES]


def _shape_at(shape: Shape, document: Json, path: Steps) -> Shape | None:
    """The shape that is asked for at *path*, whether there is something or not."""
    for key in path:
        found = by_kind(shape).get(kind_of(document), ())
        if len(found) != 1:
            return None
        inner = _below(found[0], document, key)
        if inner is None:
            return None
        shape, document = inner, at(document, (key,))
    return shape


def _below(option: Shape, value: Json, key: str | int) -> Shape | None:
    match option:
        case Tagged():
            chosen = option.chosen(value) if isinstance(value, dict) else None
            inner = chosen.shape if isinstance(chosen, NamedShape) else chosen
            return None if inner is None else _below(inner, value, key)
        case Record():
            return option.fields.get(str(key))
        case Map():
            return option.values
        case Array():
            return option.items
        case _:
            return None


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    differing = (index for index, (left, right) in enumerate(pairs) if left != right)
    return next(differing, min(len(one), len(other)))


def _moved(expected: ExpectedFinding | None, path: Steps) -> ExpectedFinding | None:
    """The expected finding, at its place after what stood at *path* is gone."""
    depth = len(path) - 1
    if expected is None or len(expected.path) <= depth or expected.path[:depth] != path[:-1]:
        return expected
    before, here = expected.path[depth], path[-1]
    if isinstance(before, int) and isinstance(here, int) and here < before:
        return ExpectedFinding(
            expected.code, (*expected.path[:depth], before - 1, *expected.path[depth + 1 :])
        )
    return expected


def _edited(document: Json, edits: list[Edit]) -> Json:
    """*document* with the edits of a rule, from the last place to the first."""
    paths = [(path_of(edit.pointer, document), edit) for edit in edits]
    paths.sort(key=lambda pair: [str(key).zfill(9) for key in pair[0]], reverse=True)
    for path, edit in paths:
        document = _with_edit(document, path, edit)
    return document


def _with_edit(document: Json, path: Steps, edit: Edit) -> Json:
    value = at(document, path)
    match edit.operation:
        case "remove":
            return without(document, path)
        case "replace":
            return replaced(document, path, edit.value)
        case "rename":
            return replaced(without(document, path), (*path[:-1], edit.name or ""), value)
        case "add":
            return replaced(document, (*path, edit.name or ""), edit.value)
        case _:
            items = value if isinstance(value, list) else []
            return replaced(document, path, [*items, edit.value])
