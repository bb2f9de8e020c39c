"""Where in a payload a mutation can take hold, and what the schema says of each place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeGuard

__all__ = ["JsonSchema", "Place", "Shape", "at", "is_array", "is_object", "put"]

JsonSchema = dict[str, Any]
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """A value in a document, and the schemas that it may follow there; none where it is unknown."""

    path: Path
    value: Any
    schemas: tuple[JsonSchema, ...]


class Shape:
    """A bundle, and payloads seen through it."""

    def __init__(self, bundle: JsonSchema) -> None:
        self._bundle = bundle
        self._definitions: dict[str, JsonSchema] = bundle["$defs"]

    def places(self, document: Any) -> list[Place]:
        """Every value of *document*, the whole included."""
        return list(self._places((), document, (self._bundle,)))

    def _places(self, path: Path, value: Any, schemas: tuple[JsonSchema, ...]) -> Iterator[Place]:
        plain = tuple(view for schema in schemas for view in self.views(schema, value))
        yield Place(path, value, plain)
        if is_object(value):
            for key, child in value.items():
                below = tuple(each["properties"][key] for each in plain if key in each.get("properties", {}))
                extra = tuple(each["additionalProperties"] for each in plain if each.get("additionalProperties"))
                yield from self._places((*path, key), child, below or extra)
        elif is_array(value):
            items = tuple(each["items"] for each in plain if "items" in each)
            for index, child in enumerate(value):
                yield from self._places((*path, index), child, items)

    def views(self, schema: JsonSchema | bool, value: Any) -> Iterator[JsonSchema]:
        """The schemas without references, choices and conditions that *value* may have to follow."""
        if isinstance(schema, bool):
            return
        if "$ref" in schema:
            yield from self.views(self.resolved(schema), value)
        elif "anyOf" in schema:
            for option in schema["anyOf"]:
                yield from self.views(option, value)
        elif "allOf" in schema:
            yield schema
            for case in schema["allOf"]:
                if "not" in case["if"]:  # the rest of an open union, or where the tag is absent
                    yield from self.views(case["then"], value)
                    continue
                ((tag, expected),) = case["if"]["properties"].items()
                if is_object(value) and value.get(tag) == expected["const"]:
                    yield from self.views(case["then"], value)
        else:
            yield schema

    def resolved(self, schema: JsonSchema) -> JsonSchema:
        """What *schema*, a reference, refers to."""
        return self._definitions[schema["$ref"].rpartition("/")[2]]


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether *value* is a JSON object."""
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    """Whether *value* is a JSON array."""
    return isinstance(value, list)


def at(document: Any, path: Path) -> Any:
    """The value at *path*."""
    for part in path:
        document = document[part]
    return document


def put(document: Any, path: Path, value: Any) -> Any:
    """*document* with *value* at *path*, changed in place unless it is the whole."""
    if not path:
        return value
    at(document, path[:-1])[path[-1]] = value
    return document
