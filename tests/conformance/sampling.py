"""Schemas and values at random, from few words, so that they meet."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from parlance.schemas.drafts import METASCHEMAS, Draft

__all__ = ["Sampler"]

_NAMES = ("a", "b", "c", "aa")
_DEFINITIONS = ("x", "y", "z")
_TYPES = ("string", "object", "array", "number", "integer", "boolean", "null")
_SCALARS = (
    *("type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "multipleOf", "minLength", "maxLength"),
    *("pattern", "minItems", "maxItems", "uniqueItems", "required", "minProperties", "maxProperties"),
)
_APPLICATORS = (
    *("properties", "patternProperties", "additionalProperties", "propertyNames", "items", "contains"),
    *("not", "if", "then", "else", "allOf", "anyOf", "oneOf", "$ref"),
)
_OWN = {
    Draft.DRAFT_7: ("additionalItems", "dependencies"),
    Draft.DRAFT_2020_12: ("prefixItems", "dependentSchemas", "dependentRequired", "minContains", "maxContains")
    + 3 * ("unevaluatedProperties", "unevaluatedItems")
    + ("$dynamicRef",),
}
_DEEPEST = 3


class Sampler:
    """Draws from one stream of random numbers."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - nothing is kept secret with it
        self._makers: dict[str, Callable[[int, Draft], Any]] = {
            "type": lambda _depth, _draft: self._random.choice([self._random.choice(_TYPES), self._some(_TYPES, 1, 3)]),
            "enum": lambda _depth, _draft: self._distinct(),
            "const": lambda _depth, _draft: self.value(),
            "multipleOf": lambda _depth, _draft: self._random.choice([1, 2, 0.5]),
            "pattern": lambda _depth, _draft: self._random.choice(["a", "^a", "a$", "^.$"]),
            "uniqueItems": lambda _depth, _draft: True,
            "required": lambda _depth, _draft: self._some(_NAMES, 0, 2),
            "patternProperties": self._patterns,
            "dependentRequired": lambda _depth, _draft: {self._random.choice(_NAMES): self._some(_NAMES, 0, 1)},
            "dependencies": self._dependencies,
            "items": self._items,
            "$ref": lambda _, draft: self._reference(draft),
            "$dynamicRef": lambda _depth, _draft: self._random.choice(["#n", "#m"]),
            "minimum": self._bound,
            "maximum": self._bound,
            "exclusiveMinimum": self._bound,
            "properties": self._properties,
            "dependentSchemas": self._properties,
            **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), self._list),
        }

    def document(self, draft: Draft) -> dict[str, Any]:
        """A whole schema, with definitions that references lead to; in one of three, one has its own address."""
        schema = self._object(0, draft)
        schema["$schema"] = next(uri for uri, each in METASCHEMAS.items() if each is draft)
        if draft is Draft.DRAFT_7:
            schema["$schema"] += "#"
            schema["definitions"] = {name: self._schema(1, draft) for name in _DEFINITIONS}
            return schema
        schema["$defs"] = self._anchored(1, draft)
        if self._random.random() < 1 / 3:
            inner = {"$id": "https://example.com/inner", "$defs": self._anchored(2, draft)}
            schema["$defs"]["z"] = {**self._object(2, draft), **inner}
        return schema

    def value(self, depth: int = 0) -> Any:
        """A JSON value."""
        kind = self._random.randrange(12 if depth < _DEEPEST else 8)
        if kind < 3:
            return self._random.choice([0, 1, 2, -1, 1.0, 1.5, 3, 10])
        if kind < 6:
            return self._random.choice(["", "a", "b", "ab", "aaa", "c"])
        if kind < 8:
            constants: list[Any] = [None, True, False, [], {}]
            return self._random.choice(constants)
        if kind < 10:
            return [self.value(depth + 1) for _ in range(self._random.randrange(4))]
        return {name: self.value(depth + 1) for name in self._some(_NAMES, 0, 3)}

    def _anchored(self, depth: int, draft: Draft) -> dict[str, Any]:
        """Definitions, two of which a dynamic reference may lead to."""
        definitions: dict[str, Any] = {name: self._schema(depth, draft) for name in _DEFINITIONS}
        for name, anchor in (("x", "n"), ("y", "m")):
            definitions[name] = {**self._object(depth, draft), "$dynamicAnchor": anchor}
        return definitions

    def _schema(self, depth: int, draft: Draft) -> Any:
        if depth > _DEEPEST or self._random.random() < 1 / 12:
            trifles: list[Any] = [True, False, {}, {"type": self._random.choice(_TYPES)}]
            return self._random.choice(trifles)
        return self._object(depth, draft)

    def _object(self, depth: int, draft: Draft) -> dict[str, Any]:
        keywords = (*_SCALARS, *_APPLICATORS, *_APPLICATORS, *_OWN[draft])
        chosen = [self._random.choice(keywords) for _ in range(self._random.choice([1, 2, 2, 3, 4, 5]))]
        return {keyword: self._argument(keyword, depth, draft) for keyword in chosen}

    def _argument(self, keyword: str, depth: int, draft: Draft) -> Any:
        if keyword in self._makers:
            return self._makers[keyword](depth, draft)
        if keyword.startswith(("min", "max")):
            return self._random.randrange(3)
        closed = keyword.startswith(("additional", "unevaluated")) and self._random.random() < 1 / 2
        return False if closed else self._schema(depth + 1, draft)

    def _bound(self, *_: object) -> float:
        return self._random.choice([0, 1, 2, 1.5])

    def _properties(self, depth: int, draft: Draft) -> dict[str, Any]:
        return self._map(_NAMES, depth, draft)

    def _patterns(self, depth: int, draft: Draft) -> dict[str, Any]:
        return self._map(("^a", "b", "a$"), depth, draft)

    def _map(self, names: tuple[str, ...], depth: int, draft: Draft) -> dict[str, Any]:
        return {name: self._schema(depth + 1, draft) for name in self._some(names, 1, 2)}

    def _list(self, depth: int, draft: Draft) -> list[Any]:
        return [self._schema(depth + 1, draft) for _ in range(self._random.randrange(1, 4))]

    def _items(self, depth: int, draft: Draft) -> Any:
        listed = draft is Draft.DRAFT_7 and self._random.random() < 1 / 2
        return self._list(depth, draft) if listed else self._schema(depth + 1, draft)

    def _dependencies(self, depth: int, draft: Draft) -> dict[str, Any]:
        expected = self._some(_NAMES, 0, 1) if self._random.random() < 1 / 2 else self._schema(depth + 1, draft)
        return {self._random.choice(_NAMES): expected}

    def _reference(self, draft: Draft) -> str:
        holder = "definitions" if draft is Draft.DRAFT_7 else "$defs"
        return self._random.choice(["#", *(f"#/{holder}/{name}" for name in _DEFINITIONS)])

    def _distinct(self) -> list[Any]:
        by_text = {repr(value): value for value in (self.value() for _ in range(3))}
        values = list(by_text.values())
        return [value for index, value in enumerate(values) if value not in values[:index]]

    def _some(self, words: tuple[str, ...], least: int, most: int) -> list[str]:
        return self._random.sample(words, self._random.randint(least, most))
