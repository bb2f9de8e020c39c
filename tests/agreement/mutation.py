"""Payloads made from payloads: one to four changes, each at a place and of a kind that readers may differ about."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

from .sampling import LONGEST, ODD, Sampler
from .shape import Place, Shape, at, is_array, is_object, put

__all__ = ["Mutator"]

_Change = Callable[[Any, Place], Any]


class _Impossible(Exception):
    """Not at this place."""


class Mutator:
    """Changes documents by what their schema says; the same seed makes the same changes."""

    def __init__(self, shape: Shape, random: Random) -> None:
        self._shape = shape
        self._random = random
        self._sampler = Sampler(shape, random)
        self._changes: dict[_Change, int] = {
            self._resample: 26,
            self._add_known: 14,
            self._edge: 12,
            self._drop: 6,
            self._rename: 2,
            self._misspell: 2,
            self._duplicate_key: 2,
            self._add_unknown: 2,
            self._swap: 3,
            self._replace: 9,
            self._respell: 4,
            self._array: 8,
            self._retag: 3,
            self._nest: 2,
        }

    def mutant(self, document: Any) -> Any:
        """*document*, changed; what is given may be changed too."""
        for _ in range(self._random.choices((1, 2, 3, 4), (50, 25, 15, 10))[0]):
            (change,) = self._random.choices([*self._changes], [*self._changes.values()])
            document = self._somewhere(change, document)
        return document

    def _somewhere(self, change: _Change, document: Any) -> Any:
        """*document* with one change, at a place where it is possible; as it is where there is none."""
        places = self._shape.places(document)
        for place in self._random.sample(places, min(len(places), 100)):
            try:
                return change(document, place)
            except _Impossible:
                continue
        return document

    def _resample(self, document: Any, place: Place) -> Any:
        """Another value that is right there."""
        # The whole and its large parts seldom: most of what the seed holds should stay.
        if not place.schemas or (len(place.path) < 1 and self._random.random() < 0.8):
            raise _Impossible
        return put(document, place.path, copy.deepcopy(self._sampler.value(self._random.choice(place.schemas))))

    def _add_known(self, document: Any, place: Place) -> Any:
        fields = [item for schema in place.schemas for item in schema.get("properties", {}).items()]
        if not is_object(place.value) or not fields:
            raise _Impossible
        name, schema = self._random.choice(fields)
        place.value[name] = copy.deepcopy(self._sampler.value(schema))
        return document

    def _edge(self, document: Any, place: Place) -> Any:
        """A number, a length or a count just inside or outside of a bound."""
        bounded = [
            (keyword, schema[keyword], schema)
            for schema in place.schemas
            for keyword in schema
            if keyword[:3] in ("min", "max", "exc")
        ]
        if not bounded:
            raise _Impossible
        keyword, bound, schema = self._random.choice(bounded)
        beyond = bound + self._random.choice((-1, 0, 1))
        if keyword.endswith("imum"):
            small = self._random.choice((-0.01, 0, 0.01)) if abs(bound) < 2**50 else 0
            return put(document, place.path, self._random.choice((beyond, bound + small, float(bound))))
        if not 0 <= beyond < LONGEST:
            raise _Impossible
        return put(document, place.path, self._sized(keyword, beyond, schema))

    def _sized(self, keyword: str, size: int, schema: dict[str, Any]) -> Any:
        if keyword.endswith("Length"):
            return self._random.choice("a0é😀") * size
        if keyword.endswith("Items"):
            item = self._sampler.value(schema["items"], 5)
            return [copy.deepcopy(item) for _ in range(size)]
        return {f"{number}": self._sampler.value(schema.get("additionalProperties", {}), 5) for number in range(size)}

    def _drop(self, document: Any, place: Place) -> Any:
        if not place.path:
            raise _Impossible
        del at(document, place.path[:-1])[place.path[-1]]
        return document

    def _rename(self, document: Any, place: Place) -> Any:
        """A key becomes another that is known somewhere."""
        return self._respelled(document, place, self._known_name(document), keep=False)

    def _misspell(self, document: Any, place: Place) -> Any:
        key = str(place.path[-1]) if place.path else ""
        cut = self._random.randrange(len(key) + 1)
        spellings = (key[:cut] + key[cut + 1 :], key[:cut] + "e" + key[cut:], key.upper(), f"{key} ", key.title())
        return self._respelled(document, place, self._random.choice(spellings), keep=False)

    def _duplicate_key(self, document: Any, place: Place) -> Any:
        name = self._random.choice((self._known_name(document), "copy"))
        return self._respelled(document, place, name, keep=True)

    def _respelled(self, document: Any, place: Place, name: str, *, keep: bool) -> Any:
        if not place.path or not isinstance(place.path[-1], str):
            raise _Impossible
        parent = at(document, place.path[:-1])
        parent[name] = copy.deepcopy(parent[place.path[-1]]) if keep else parent.pop(place.path[-1])
        return document

    def _known_name(self, document: Any) -> str:
        names = [part for place in self._shape.places(document) for part in place.path if isinstance(part, str)]
        return self._random.choice(names or ["name"])

    def _add_unknown(self, document: Any, place: Place) -> Any:
        if not is_object(place.value):
            raise _Impossible
        name = self._random.choice(("x-unknown", "", "nmae", "a/b~c", "漢", "__class__", "self", "model_config"))
        place.value[name] = copy.deepcopy(self._random.choice(ODD))
        return document

    def _swap(self, document: Any, place: Place) -> Any:
        other = self._random.choice(self._shape.places(document))
        shared = min(len(place.path), len(other.path))
        if place.path[:shared] == other.path[:shared]:
            raise _Impossible
        left, right = copy.deepcopy(place.value), copy.deepcopy(other.value)
        return put(put(document, place.path, right), other.path, left)

    def _replace(self, document: Any, place: Place) -> Any:
        if not place.path and self._random.random() < 0.9:
            raise _Impossible
        return put(document, place.path, copy.deepcopy(self._random.choice(ODD)))

    def _respell(self, document: Any, place: Place) -> Any:
        """Nearly the same value."""
        match place.value:
            case bool(value):
                near: Any = (int(value), float(value), str(value).lower())
            case int(value):
                near = (float(value), value + 0.5, str(value), bool(value), -value)
            case float(value):
                near = (int(value), str(value), value * 10, -value) if abs(value) < 1e300 else (0,)
            case str(value):
                texts = (f"{value}\n", f"\n{value}", f"{value} ", f"{value}\u0301", value.upper(), value[:-1], "")
                near = (*texts, [value])
            case _:
                raise _Impossible
        return put(document, place.path, self._random.choice(near))

    def _array(self, document: Any, place: Place) -> Any:
        """Another number of items, or another order."""
        if not is_array(place.value):
            raise _Impossible
        items: list[Any] = place.value
        schema = next((each for each in place.schemas if "items" in each), None)
        match self._random.choice(("empty", "double", "repeat", "reverse", "new", "odd")):
            case "empty":
                items.clear()
            case "double":
                items.extend(copy.deepcopy(items[:100]))
            case "repeat":
                items.extend(copy.deepcopy(items[:1]))
            case "reverse":
                items.reverse()
            case "new" if schema:
                item = copy.deepcopy(self._sampler.value(schema["items"]))
                items.insert(self._random.randrange(len(items) + 1), item)
            case _:
                items.append(copy.deepcopy(self._random.choice(ODD)))
        return document

    def _retag(self, document: Any, place: Place) -> Any:
        """A record claims to be another one."""
        cases = [case for schema in place.schemas for case in schema.get("allOf", ()) if "properties" in case["if"]]
        if not is_object(place.value) or not cases:
            raise _Impossible
        ((tag, expected),) = self._random.choice(cases)["if"]["properties"].items()
        known = expected["const"]
        place.value[tag] = self._random.choice((known, known, "other", 1, None, [known]))
        return document

    def _nest(self, document: Any, place: Place) -> Any:
        value = copy.deepcopy(place.value)
        wrapped = [[value], {"value": value}, {"type": "text", "text": value}]
        if is_array(value) and value:
            wrapped.append(value[0])
        return put(document, place.path, self._random.choice(wrapped))
