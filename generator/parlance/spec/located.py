"""Getting about in located data: the place of a path, the schemas inside a schema, copies that keep their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..finding import LocatedList, LocatedMap, Place

__all__ = ["Node", "Path", "copied", "documents", "place_of", "relocated", "subschemas"]

Path = tuple[str | int, ...]
"""Keys and indexes from the root of a document."""

Node = Any
"""A value as YAML holds it: a located mapping or list, or a scalar."""


def place_of(root: Node, path: Path) -> Place | None:
    """Where the last part of *path* is written, or what comes nearest to it."""
    place: Place | None = getattr(root, "at", None)
    value = root
    for part in path:
        if isinstance(value, LocatedMap) and part in value:
            value, place = value[str(part)], value.places[str(part)]
        elif isinstance(value, LocatedList) and isinstance(part, int) and part < len(value):
            value, place = value[part], value.places[part]
        else:
            break
    return place


def copied(value: Node) -> Node:
    """A copy that shares no mapping and no list, and knows the same places."""
    if isinstance(value, LocatedMap):
        mapping = LocatedMap(value.at)
        for key, child in value.items():
            mapping.put(key, copied(child), value.places[key])
        return mapping
    if isinstance(value, LocatedList):
        items = LocatedList(value.at)
        for child, at in zip(value, value.places, strict=True):
            items.add(copied(child), at)
        return items
    return value


def relocated(value: Node, at: Place) -> Node:
    """A copy all of which stands at one place."""
    if isinstance(value, LocatedMap):
        mapping = LocatedMap(at)
        for key, child in value.items():
            mapping.put(key, relocated(child, at), at)
        return mapping
    if isinstance(value, LocatedList):
        items = LocatedList(at)
        for child in value:
            items.add(relocated(child, at), at)
        return items
    return value


def subschemas(schema: LocatedMap) -> Iterator[tuple[Path, Node]]:
    """The schemas directly inside a schema, each with its path from there."""
    for key in ("allOf", "anyOf", "oneOf"):
        for index, child in enumerate(schema.get(key, ())):
            yield (key, index), child
    for name, child in schema.get("properties", {}).items():
        yield ("properties", name), child
    for key in ("items", "additionalProperties", "x-others"):
        if isinstance(schema.get(key), LocatedMap):
            yield (key,), schema[key]


def documents(paths: LocatedMap) -> Iterator[tuple[Path, LocatedMap]]:
    """The documents of every operation (OpenAPI's media type objects), each with its path from `paths`."""
    for path, methods in paths.items():
        for method, operation in methods.items():
            body = operation.get("requestBody")
            if body is not None:
                for media_type, document in body["content"].items():
                    yield (path, method, "requestBody", "content", media_type), document
            for status, response in operation["responses"].items():
                for media_type, document in response.get("content", {}).items():
                    yield (path, method, "responses", status, "content", media_type), document
