"""Documents changed with the words that rules are made of: their keys, and the values that they compare with."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random
from typing import Any

from agreement.shape import is_array, is_object
from parlance.contract.expression import Expression, Has, Index, Literal, Name, Select, parts
from parlance.contract.ir import Contract
from parlance.contract.rules import ANY
from parlance.program.cases import CasePlace, places_of
from parlance.program.places import EVERY_SCHEMA, Path, path_of
from parlance.program.places import places as mentioned

from .single_changes import ABSENT, SingleChange, single_changes

__all__ = ["Vocabulary"]

_ALIKE = {"schema": "a schema", "parameters": "a schema", "url": "an address", "image_url": "an address"}
"""Keys under which the same things stand."""

_TYPES: tuple[Any, ...] = (
    "object", "array", "string", "integer", ["object", "null"], ["array"], ["string", "null"], [], None, 3,
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, 2, -1, 1.5, 10**6, "", "a", [], {}, [None], ["a"], ["a", None, "a"], "x" * 65, "A?",
    "AAAA", "data:image/png;base64,AAAA", "data:image/tiff;base64,AAAA", "DATA:application/pdf;base64,AAA", "data:,x",
    "https://example.com/a", "ftp://a", "ft:gpt-4o", "#", "#/$defs/a", "(", {"a": {"type": "object"}}, {"(": True},
    {"type": "object", "properties": {}}, [{"type": "array"}], [str(each) for each in range(251)], {"a" * 120_001: 1},
)  # fmt: skip

_SHORTEST, _LONGEST = 8, 200_000
"""Between which a number in a rule is taken for a limit of a size."""

_DEEPEST = 64
"""Up to which a limit may be one of depth."""


class Vocabulary:
    """Changes documents of one artifact."""

    def __init__(self, contract: Contract, artifact: str, random: Random, donors: Iterable[str]) -> None:
        """*donors* are documents of which parts come into others."""
        self._random = random
        self._parts: dict[str, list[str]] = {}
        for text in donors:
            for holder, key, _ in _places(json.loads(text), in_schema=False):
                self._parts.setdefault(_ALIKE.get(key, str(key)), []).append(json.dumps(holder[key]))
        root = places_of([rule for rule in contract.rules if rule.artifact == artifact])
        found = [part for case in _cases(root) for part in parts(case)]
        self._paths = sorted({*_paths(root)})
        keys = [part.field for part in found if isinstance(part, Select | Has)]
        keys += [str(part.key.value) for part in found if isinstance(part, Index) and isinstance(part.key, Literal)]
        keys += [step for step in _steps(root) if not step.startswith(ANY)]
        values = [part.value for part in found if isinstance(part, Literal)]
        numbers = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
        limits = [*numbers, *(each.maximum for here in _below(root) for each in here.sums)]
        self._limits = sorted({limit for limit in limits if _SHORTEST < limit <= _LONGEST}) or [_SHORTEST]
        self._texts = [*dict.fromkeys([value for value in values if isinstance(value, str)]), "a"]
        self._keys = [*dict.fromkeys([*keys, *self._texts])]
        self._object_changes: tuple[Callable[[dict[str, Any]], object], ...] = (
            lambda value: value.update(type=copy.deepcopy(self._random.choice(_TYPES))),
            self._put,
            self._put,
            lambda value: value.pop(self._random.choice([*value]), None) if value else None,
        )
        self._array_changes: tuple[Callable[[list[Any]], object], ...] = (
            lambda value: value.insert(0, copy.deepcopy(self._random.choice(value))) if value else None,
            lambda value: value.append(copy.deepcopy(self._random.choice(value))) if value else None,
            lambda value: value.pop(self._random.randrange(len(value))) if value else None,
            self._random.shuffle,
        )

    def single_changes(self, documents: Iterable[str]) -> list[SingleChange]:
        """*documents* with one value at a place that a rule asks about."""
        values: dict[str, Sequence[Any]] = {}
        grown = [*self._sized()] if any(EVERY_SCHEMA in path for path in self._paths) else []
        for path in self._paths:
            key = path[-1] if path else ""
            if key in values:
                continue
            parts_ = [json.loads(text) for text in dict.fromkeys(self._parts.get(_ALIKE.get(key, key), ()))]
            values[key] = [*parts_, *_VALUES, *(each for name, each in grown if name == key), ABSENT]
        return single_changes(documents, self._paths, values, {*self._texts}, self._random)

    def _sized(self) -> Iterator[tuple[str, Any]]:
        """Keywords of schemas with a value of each size that a rule speaks of, or of the one below or above it."""
        for size in (limit + more for limit in self._limits for more in (-1, 0, 1)):
            for count in {size, min(size, 20)}:
                names = _names(count, size if count != size else 0)
                schemas = {name: {"type": "string"} for name in names}
                yield "enum", names
                for keyword in ("properties", "$defs", "definitions"):
                    yield keyword, schemas
            yield "const", "x" * size
            if size <= _DEEPEST:
                yield "properties", _nested(size)

    def changed(self, document: Any) -> Any:
        """*document* with one to three changes; what is given may be changed too."""
        for _ in range(self._random.choice((1, 1, 2, 3))):
            places = [*_places(document, in_schema=False)]
            if not places:
                return document
            schemas = [each for each in places if each[2]]
            holder, key, _ = self._random.choice(schemas if schemas and self._random.random() < 0.5 else places)
            self._change(holder, key)
        return document

    def _change(self, holder: Any, key: Any) -> None:
        value, chance = holder[key], self._random.random()
        if (parts_ := self._parts.get(_ALIKE.get(key, str(key)))) and self._random.random() < 0.3:
            holder[key] = json.loads(self._random.choice(parts_))
        elif is_object(value) and "type" in value and chance < 0.15:
            self._nest(holder, key)
        elif is_object(value) and "type" in value and chance < 0.154:
            self._grow(value)
        elif is_array(value) and value and chance < 0.004:
            holder[key] = [self._random.choice(value) for _ in range(self._size())]
        elif isinstance(value, str) and chance < 0.02:
            holder[key] = ((value or "a") * self._size())[: self._size()]
        elif is_object(value) and chance < 0.7:
            self._random.choice(self._object_changes)(value)
        elif is_array(value) and chance < 0.7:
            self._random.choice(self._array_changes)(value)
        elif chance < 0.8:
            holder[key] = self._value()
        elif is_object(holder) and chance < 0.95:
            self._put(holder)
        elif is_object(holder):
            del holder[key]

    def _put(self, holder: dict[str, Any]) -> None:
        holder[self._random.choice(self._keys)] = self._value()

    def _size(self) -> int:
        """A size that some rule speaks of, or the one below or above it."""
        return self._random.choice(self._limits) + self._random.choice((-1, 0, 1))

    def _nest(self, holder: Any, key: Any) -> None:
        """Put a schema into others."""
        depths = [limit + more for limit in self._limits if limit <= _DEEPEST for more in (-1, 0, 1)]
        for _ in range(self._random.choice((1, 4, *depths))):
            kind = self._random.choice(("object", "object", ["object", "null"]))
            inner = {"type": kind, "properties": {"a": holder[key]}, "required": ["a"], "additionalProperties": False}
            holder[key] = inner

    def _grow(self, schema: dict[str, Any]) -> None:
        """Let a schema have as many parts as a rule speaks of, or names of so many characters in all."""
        size = self._size()
        names = _names(size, 0) if self._random.random() < 0.5 else _names(min(size, 20), size)
        match self._random.choice(("properties", "enum", "$defs", "definitions", "const")):
            case "properties":
                schema.update(type="object", required=names, additionalProperties=False)
                schema["properties"] = {name: {"type": "string"} for name in names}
            case "enum":
                schema["enum"] = names
            case "const":
                schema["const"] = "x" * size
            case keyword:
                schema[keyword] = {name: {"type": "string"} for name in names}

    def _value(self) -> Any:
        if self._random.random() < 0.4:
            return self._random.choice(self._texts)
        return copy.deepcopy(self._random.choice(_VALUES))


def _names(count: int, size: int) -> list[str]:
    """So many names, of so many characters in all where they are not as short as can be."""
    names = [f"{number:05}".ljust(size // count, "x") for number in range(count - 1)]
    return [*names, "last".ljust(size - sum(map(len, names)), "x")]


def _nested(depth: int) -> dict[str, Any]:
    """Properties of which one has others in it, and so on."""
    properties: dict[str, Any] = {"a": {"type": "string"}}
    for _ in range(depth):
        inner = {"type": "object", "properties": properties, "required": ["a"], "additionalProperties": False}
        properties = {"a": inner}
    return properties


def _below(root: CasePlace) -> Iterator[CasePlace]:
    yield root
    for each in root.below.values():
        yield from _below(each)


def _cases(root: CasePlace) -> Iterator[Expression]:
    for here in _below(root):
        yield from here.cases
        yield from (part for each in here.sums for part in (each.when, each.measure))
        yield from (part for each in here.pairs for part in (each.opens_when, each.opens_ids, each.closes_id))


def _steps(root: CasePlace) -> Iterator[str]:
    """The keys of all places, those that expressions mention among them."""
    for path in _paths(root):
        yield from path


def _paths(root: CasePlace) -> Iterator[Path]:
    """All places, those that expressions mention among them."""
    for here in _below(root):
        yield here.path
    for case in _cases(root):
        yield from mentioned(case)
        for part in parts(case):
            if isinstance(part, Has) and isinstance(part.of, Name) and (holder := path_of(part.of.name)) is not None:
                yield *holder, part.field


def _places(value: Any, *, in_schema: bool) -> Iterator[tuple[Any, Any, bool]]:
    """Each place of a document as its holder and its key, and whether it may be in a schema."""
    keys: list[Any] = [*value] if is_object(value) else [*range(len(value))] if is_array(value) else []
    for key in keys:
        inside = in_schema or key in {"parameters", "schema"}
        yield value, key, inside
        yield from _places(value[key], in_schema=inside)
