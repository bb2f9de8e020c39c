"""Clean documents with one change at a place that a rule asks about: what shows each test of a gate alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from random import Random
from typing import Any, NamedTuple

from agreement.shape import is_array, is_object
from parlance.contract.rules import ANY
from parlance.program.places import EVERY_SCHEMA

__all__ = ["ABSENT", "SingleChange", "single_changes"]

_HOSTS = 1
"""How many documents there are for each place and what is set beside it: what is asked depends on little more."""

ABSENT = object()
"""In place of a value: the field is left out."""


class SingleChange(NamedTuple):
    """A document, a place in it, and what comes to stand there."""

    text: str
    steps: tuple[str | int, ...]
    value: Any

    def made(self) -> Any:
        """The changed document."""
        document = json.loads(self.text)
        holder = document
        for step in self.steps[:-1]:
            holder = holder[step]
        if self.value is ABSENT:
            holder.pop(self.steps[-1], None)
        else:
            holder[self.steps[-1]] = self.value
        return document


class _Holder(NamedTuple):
    """An object or an array in a document."""

    text: str
    steps: tuple[str | int, ...]


def single_changes(
    texts: Iterable[str],
    paths: Iterable[tuple[str, ...]],
    values: Mapping[str, Sequence[Any]],
    words: AbstractSet[object],
    random: Random,
) -> list[SingleChange]:
    """Changes of documents at *paths*, each to all *values* of its key, in any order.

    Rules compare with the *words*: documents differ by where they have them.
    """
    documents = sorted({*texts}, key=len)
    found: list[SingleChange] = []
    for path in sorted({*paths}):
        if not path or path[-1] in {ANY, EVERY_SCHEMA}:
            continue
        for holder in _holders(documents, path[:-1], words):
            found += [SingleChange(holder.text, (*holder.steps, path[-1]), each) for each in values[path[-1]]]
    random.shuffle(found)
    return found


def _holders(documents: Iterable[str], path: tuple[str, ...], words: AbstractSet[object]) -> Iterator[_Holder]:
    """The objects at a path, a few for each way in which what is above them is set."""
    counts: dict[object, int] = {}
    for text in documents:
        document = json.loads(text)
        for steps, beside in _places(document, path, (), ()):
            setting = frozenset((key, word) for key, word in beside if isinstance(word, bool) or word in words)
            counts[setting] = counts.get(setting, 0) + 1
            if counts[setting] <= _HOSTS:
                yield _Holder(text, steps)


def _places(
    value: Any, path: tuple[str, ...], steps: tuple[str | int, ...], setting: tuple[tuple[str, object], ...]
) -> Iterator[tuple[tuple[str | int, ...], tuple[tuple[str, object], ...]]]:
    """The objects that a path leads to, each with the texts and booleans beside its way."""
    if is_object(value):
        setting = (*setting, *((key, each) for key, each in value.items() if isinstance(each, bool | str)))
    if not path:
        if is_object(value):
            yield steps, setting
        return
    step, *rest = path
    if step == EVERY_SCHEMA:
        for inner in _schemas(value):
            below: Any = value
            for each in inner:
                below = below[each]
            yield from _places(below, tuple(rest), (*steps, *inner), (*setting, ("", bool(inner))))
    elif step == ANY:
        members = value.items() if is_object(value) else enumerate(value) if is_array(value) else ()
        for key, item in members:
            yield from _places(item, tuple(rest), (*steps, key), setting)
    elif is_object(value) and step in value:
        yield from _places(value[step], tuple(rest), (*steps, step), setting)


def _schemas(schema: Any) -> Iterator[tuple[str | int, ...]]:
    """A schema and the properties of it."""
    if is_object(schema):
        yield ()
        properties = schema.get("properties")
        for key, each in properties.items() if is_object(properties) else ():
            if is_object(each):
                yield "properties", key
