"""Documents changed with the words that rules are made of: their keys, and the values that they compare with."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any

from agreement.shape import is_array, is_object
from parlance.contract.expression import Expression, Has, Index, Literal, Select, parts
from parlance.contract.ir import Contract
from parlance.contract.rules import ANY
from parlance.program.cases import CasePlace, places_of
from parlance.program.places import places as mentioned

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
        keys = [part.field for part in found if isinstance(part, Select | Has)]
        keys += [str(part.key.value) for part in found if isinstance(part, Index) and isinstance(part.key, Literal)]
        keys += [step for step in _steps(root) if not step.startswith(ANY)]
        values = [part.value for part in found if isinstance(part, Literal)]
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
        elif is_object(value) and "type" in value and chance < 0.152:
            self._grow(value)
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

    def _nest(self, holder: Any, key: Any) -> None:
        """Put a schema into others."""
        for _ in range(self._random.choice((1, 4, 11))):
            kind = self._random.choice(("object", "object", ["object", "null"]))
            inner = {"type": kind, "properties": {"a": holder[key]}, "required": ["a"], "additionalProperties": False}
            holder[key] = inner

    def _grow(self, schema: dict[str, Any]) -> None:
        """Let a schema have as many parts as no server takes."""
        names = [f"name {number}" for number in range(self._random.choice((255, 1_050, 5_050)))]
        if self._random.random() < 0.5:
            schema["enum"] = names
        else:
            schema.update(type="object", required=names, additionalProperties=False)
            schema["properties"] = {name: {"type": "string"} for name in names}

    def _value(self) -> Any:
        if self._random.random() < 0.4:
            return self._random.choice(self._texts)
        return copy.deepcopy(self._random.choice(_VALUES))


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
    for here in _below(root):
        yield from here.path
    for case in _cases(root):
        for path in mentioned(case):
            yield from path


def _places(value: Any, *, in_schema: bool) -> Iterator[tuple[Any, Any, bool]]:
    """Each place of a document as its holder and its key, and whether it may be in a schema."""
    keys: list[Any] = [*value] if is_object(value) else [*range(len(value))] if is_array(value) else []
    for key in keys:
        inside = in_schema or key in {"parameters", "schema"}
        yield value, key, inside
        yield from _places(value[key], in_schema=inside)
