"""Definitions of a contract as JSON Schema 2020-12, with the same verdict as the validators: errors only."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from ..contract.ir import (
    Alias,
    Anything,
    Array,
    Boolean,
    Constant,
    Contract,
    Definition,
    Enumeration,
    Field,
    Integer,
    JsonValue,
    Map,
    Named,
    Nothing,
    Null,
    Number,
    Presence,
    Record,
    Tagged,
    Text,
    Type,
    Union,
    UnknownFields,
)
from ..contract.references import mentions, reached
from .phrases import described

__all__ = ["Dispatch", "Schema", "by_tag", "definition_schema", "reachable"]

Schema = dict[str, JsonValue]
Dispatch = Callable[[Tagged, str], Schema]
"""A tagged union and the prefix of references to its schema."""


def reachable(contract: Contract, root: str) -> list[Definition]:
    """The definitions that *root* leads to, itself included, in the order of the spec."""
    known = {definition.name: definition for definition in contract.definitions}
    found = reached([root], lambda name: (other for other, _ in mentions(known[name])))
    return [definition for definition in contract.definitions if definition.name in found]


def definition_schema(definition: Definition, prefix: str, dispatch: Dispatch) -> Schema:
    """The schema of one definition; references are *prefix* and a name."""
    schema: Schema = {"title": definition.name, "description": described(definition)}
    match definition:
        case Record():
            schema |= _record(definition, prefix, dispatch)
        case Enumeration():
            schema |= _enumeration(definition)
        case Alias():
            schema |= _type(definition.type, prefix, dispatch)
        case _:
            assert_never(definition)
    if definition.history.deprecation:
        schema["deprecated"] = True
    if not isinstance(definition, Record) and definition.has_default:
        schema["default"] = definition.default
    return schema


def _record(record: Record, prefix: str, dispatch: Dispatch) -> Schema:
    schema: Schema = {
        "type": "object",
        "properties": {field.name: _field(field, prefix, dispatch) for field in record.fields},
    }
    required: list[JsonValue] = [field.name for field in record.fields if field.presence is Presence.REQUIRED]
    if required:
        schema["required"] = required
    if record.extra is not None:
        schema["additionalProperties"] = _type(record.extra, prefix, dispatch)
    elif record.unknown is UnknownFields.REFUSE:
        schema["additionalProperties"] = False
    return schema | _present(minProperties=record.min_properties, maxProperties=record.max_properties)


def _field(field: Field, prefix: str, dispatch: Dispatch) -> Schema:
    schema: Schema = {"description": described(field), **_type(field.type, prefix, dispatch)}
    if field.history.deprecation:
        schema["deprecated"] = True
    if field.has_default:
        schema["default"] = field.default
    return schema


def _enumeration(enumeration: Enumeration) -> Schema:
    values: list[JsonValue] = [member.value for member in enumeration.members]
    schema = _scalar(enumeration.base)
    if values or not enumeration.open:
        schema["examples" if enumeration.open else "enum"] = values
    return schema


def _type(kind: Type, prefix: str, dispatch: Dispatch) -> Schema:
    match kind:
        case Text() | Integer() | Number() | Boolean() | Null():
            return _scalar(kind)
        case Anything():
            return {}
        case Nothing():
            return {"not": {}}
        case Constant():
            return {"const": kind.value}
        case Named():
            return {"$ref": f"{prefix}{kind.name}"}
        case Tagged():
            return dispatch(kind, prefix)
        case Array():
            limits = _present(minItems=kind.min_items, maxItems=kind.max_items, uniqueItems=kind.unique_items or None)
            return {"type": "array", "items": _type(kind.items, prefix, dispatch), **limits}
        case Map():
            limits = _present(
                propertyNames=_scalar(kind.keys) if kind.keys else None,
                minProperties=kind.min_properties,
                maxProperties=kind.max_properties,
            )
            return {"type": "object", "additionalProperties": _type(kind.values, prefix, dispatch), **limits}
        case Union():
            return _union(kind, prefix, dispatch)
        case _:
            assert_never(kind)


def _scalar(kind: Text | Integer | Number | Boolean | Null) -> Schema:
    match kind:
        case Text():
            limits = _present(
                minLength=kind.min_length,
                maxLength=kind.max_length,
                pattern=kind.pattern,
                contentMediaType=kind.media_type,
            )
            if kind.excluded:
                limits["not"] = {"enum": [*kind.excluded]}
            return {"type": "string", **limits}
        case Integer() | Number():
            limits = _present(
                minimum=kind.minimum,
                maximum=kind.maximum,
                exclusiveMinimum=kind.exclusive_minimum,
                exclusiveMaximum=kind.exclusive_maximum,
                multipleOf=kind.multiple_of,
            )
            return {"type": "integer" if isinstance(kind, Integer) else "number", **limits}
        case Boolean():
            return {"type": "boolean"}
        case Null():
            return {"type": "null"}
        case _:
            assert_never(kind)


def by_tag(tagged: Tagged, prefix: str) -> Schema:
    """A chain of conditions on the tag, so that a mistake is reported by one variant instead of by all."""
    tags: list[JsonValue] = [value for value, _ in tagged.options]
    cases: list[JsonValue] = [_case({"const": value}, tagged.tag, f"{prefix}{name}") for value, name in tagged.options]
    if tagged.default is not None:
        default = f"{prefix}{dict(tagged.options)[tagged.default]}"
        cases.append({"if": {"not": {"required": [tagged.tag]}}, "then": {"$ref": default}})
    schema: Schema = {"type": "object", "properties": {tagged.tag: {"enum": tags}}}
    refused: list[JsonValue] = [*sorted(tagged.refused)]
    if tagged.open and tagged.others is None:
        schema["properties"] = {tagged.tag: {"type": "string", **({"not": {"enum": refused}} if refused else {})}}
    elif tagged.open:
        schema["properties"] = {tagged.tag: {"not": {"enum": refused}}} if refused else {}
        is_known: Schema = {"properties": {tagged.tag: {"enum": tags}}}
        is_known |= {} if tagged.default is not None else {"required": [tagged.tag]}
        cases.append({"if": {"not": is_known}, "then": {"$ref": f"{prefix}{tagged.others}"}})
    if tagged.default is None and tagged.others is None:
        schema["required"] = [tagged.tag]
    schema["allOf"] = cases
    return schema


def _case(value: Schema, tag: str, reference: str) -> Schema:
    return {"if": {"properties": {tag: value}, "required": [tag]}, "then": {"$ref": reference}}


def _union(union: Union, prefix: str, dispatch: Dispatch) -> Schema:
    options = [_type(option, prefix, dispatch) for option in union.options]
    first, *others = options
    # Keywords for one JSON type say nothing of another, so null passes them; only these ask for more than a type.
    plain = isinstance(first.get("type"), str) and not {"enum", "const", "allOf"} & first.keys()
    if plain and others == [{"type": "null"}]:
        first["type"] = [first["type"], "null"]
        return first
    return {"anyOf": [*options]}


def _present(**keywords: JsonValue) -> Schema:
    return {name: value for name, value in keywords.items() if value is not None}
