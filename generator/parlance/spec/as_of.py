"""A document as of a day: without what did not exist then, and without deprecations that had not begun."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ..finding import LocatedList, LocatedMap
from .bundle import PREFIX
from .located import Node, copied

__all__ = ["as_of"]

_LISTS = ("allOf", "anyOf", "oneOf")


class _Days(NamedTuple):
    """Which day a date is compared with."""

    base: date
    by_file: Mapping[str, date]

    def at(self, node: LocatedMap, key: str) -> date:
        """The day of the file that a date is written in."""
        return self.by_file.get(node.places[key].file, self.base)


def as_of(document: LocatedMap, day: date, released: Mapping[str, date] | None = None) -> LocatedMap:
    """A copy of *document* that holds what existed on *day*; what is written in a file of *released*, on that day."""
    days = _Days(day, released or {})
    before: LocatedMap = document["components"]["schemas"]
    schemas = LocatedMap(before.at)
    for name, schema in before.items():
        schemas.put(name, _schema(schema, days), before.places[name])
    for name, schema in schemas.items():
        _forget_dropped(name, schema, before, schemas)
    components = LocatedMap(document["components"].at)
    components.put("schemas", schemas, document["components"].places["schemas"])
    result = LocatedMap(document.at)
    for key, value in document.items():
        result.put(key, components if key == "components" else copied(value), document.places[key])
    _forget_documents(result["paths"], days)
    return result


def _forget_documents(paths: LocatedMap, days: _Days) -> None:
    """Take out the documents that did not exist; a path that held only such ones goes with them."""
    for path in [*paths]:
        contents = [
            holder["content"]
            for operation in paths[path].values()
            for holder in (operation.get("requestBody", {}), *operation["responses"].values())
            if "content" in holder
        ]
        for content in contents:
            for media_type in [name for name, media in content.items() if not _exists(media, days)]:
                del content[media_type], content.places[media_type]
        if contents and not any(contents):
            del paths[path], paths.places[path]


def _exists(node: Node, days: _Days) -> bool:
    if not isinstance(node, LocatedMap):
        return True
    since, until = node.get("x-since"), node.get("x-until")
    return (since is None or since <= days.at(node, "x-since")) and (until is None or until > days.at(node, "x-until"))


def _schema(schema: Node, days: _Days) -> Node:
    if not isinstance(schema, LocatedMap):
        return copied(schema)
    undue = "x-deprecated-since" in schema and schema["x-deprecated-since"] > days.at(schema, "x-deprecated-since")
    result = LocatedMap(schema.at)
    for key, value in schema.items():
        if undue and key in {"x-deprecated-since", "x-replaced-by"}:
            continue
        if key in _LISTS:
            child: Node = _members(value, days)
        elif key == "properties":
            child = _fields(value, days)
        elif key in {"items", "additionalProperties", "x-others"}:
            child = _schema(value, days)
        else:
            child = copied(value)
        result.put(key, child, schema.places[key])
    return _collapsed(result)


def _members(members: LocatedList, days: _Days) -> LocatedList:
    result = LocatedList(members.at)
    for member, at in zip(members, members.places, strict=True):
        if _exists(member, days):
            result.add(_schema(member, days), at)
    return result


def _fields(fields: LocatedMap, days: _Days) -> LocatedMap:
    result = LocatedMap(fields.at)
    for name, field in fields.items():
        if _exists(field, days):
            result.put(name, _schema(field, days), fields.places[name])
    return result


def _collapsed(schema: LocatedMap) -> LocatedMap:
    """An `anyOf` with one member left is that member; what stood beside it stays.

    A union with a discriminator stays one, so that a tag which has not come yet is a single fault of the tag.
    """
    if "discriminator" in schema:
        _prune_mapping(schema)
    members = schema.get("anyOf", ())
    if len(members) != 1:
        return schema
    result = LocatedMap(schema.at)
    for source in (members[0], schema):
        for name, value in source.items():
            dated = source is not schema and name in {"x-since", "x-until"}
            if name != "anyOf" and not dated:
                result.put(name, value, source.places[name])
    return result


def _prune_mapping(schema: LocatedMap) -> None:
    mapping = schema.get("discriminator", {}).get("mapping")
    if mapping:
        present = {member.get("$ref") for member in schema["oneOf"]}
        for value in [value for value, target in mapping.items() if target not in present]:
            del mapping[value], mapping.places[value]


def _forget_dropped(name: str, schema: LocatedMap, before: LocatedMap, after: LocatedMap) -> None:
    """Take names of fields that did not exist out of `required` and `x-expected`."""
    for key in ("required", "x-expected"):
        names = schema.get(key)
        if not names or all(field in schema.get("properties", {}) for field in names):
            continue
        dropped = _field_names(name, before) - _field_names(name, after)
        kept = LocatedList(names.at)
        for field, at in zip(names, names.places, strict=True):
            if field not in dropped:
                kept.add(field, at)
        schema.put(key, kept, schema.places[key])


def _field_names(name: str, schemas: LocatedMap, within: frozenset[str] = frozenset()) -> set[str]:
    schema = schemas.get(name, {})
    names = set(schema.get("properties", {}))
    if name not in within:
        for part in [schema] if "$ref" in schema else schema.get("allOf", ()):
            names |= _field_names(part["$ref"].removeprefix(PREFIX), schemas, within | {name})
    return names
