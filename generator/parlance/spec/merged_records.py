"""The fields of a record with those that its `allOf` lists, and where each of them stands in the document."""

from __future__ import annotations

from collections.abc import Mapping

from ..finding import LocatedList, LocatedMap
from .bundle import PREFIX
from .located import Node, Path

__all__ = ["SCHEMAS", "field_paths", "is_record", "with_merged_records", "written_path"]

SCHEMAS = ("components", "schemas")
_FIELD = 5
"""Steps to a field: components, schemas, the record, properties, the field."""


def is_record(schema: Node) -> bool:
    """Whether a schema is a record."""
    return isinstance(schema, LocatedMap) and ("properties" in schema or "allOf" in schema)


def field_paths(schemas: LocatedMap, name: str) -> dict[str, Path]:
    """The fields of the record *name*, in order, each with its path in the document; nothing if it is no record."""
    paths: dict[str, Path] = {}
    ahead, seen = [name], set[str]()
    while ahead:
        name = ahead.pop(0)
        schema = schemas.get(name)
        if name in seen or not isinstance(schema, LocatedMap):
            continue
        seen.add(name)
        properties = schema.get("properties")
        for field in properties if isinstance(properties, LocatedMap) else ():
            paths.setdefault(field, (*SCHEMAS, name, "properties", field))
        ahead = [*_listed(schema), *ahead]
    return paths


def _listed(schema: LocatedMap) -> list[str]:
    """The records of which a schema has the fields, too."""
    parts = schema.get("allOf")
    others = [schema, *(parts if isinstance(parts, LocatedList) else ())]
    return [
        str(part["$ref"]).removeprefix(PREFIX) for part in others if isinstance(part, LocatedMap) and "$ref" in part
    ]


def with_merged_records(document: LocatedMap) -> LocatedMap:
    """The document as if each record had the fields of those that it lists; what is not a list of fields is shared."""
    before: LocatedMap = document["components"]["schemas"]
    schemas = LocatedMap(before.at)
    for name, schema in before.items():
        schemas.put(name, _merged(schema, field_paths(before, name), before), before.places[name])
    components = LocatedMap(document["components"].at)
    components.put("schemas", schemas, before.at)
    result = LocatedMap(document.at)
    for key, value in document.items():
        result.put(key, components if key == "components" else value, document.places[key])
    return result


def _merged(schema: Node, paths: Mapping[str, Path], schemas: LocatedMap) -> Node:
    if not isinstance(schema, LocatedMap) or "allOf" not in schema:
        return schema
    result = LocatedMap(schema.at)
    for key, value in schema.items():
        result.put(key, value, schema.places[key])
    properties = LocatedMap(schema.at)
    for field, (_, _, holder, _, _) in paths.items():
        own = schemas[str(holder)]["properties"]
        properties.put(field, own[field], own.places[field])
    result.put("properties", properties, schema.at)
    return result


def written_path(document: LocatedMap, path: Path) -> Path:
    """Where what has a path in the merged document stands in the one that was written."""
    if len(path) < _FIELD or path[:2] != SCHEMAS or path[3] != "properties":
        return path
    own = field_paths(document["components"]["schemas"], str(path[2])).get(str(path[4]))
    return path if own is None else (*own, *path[_FIELD:])
