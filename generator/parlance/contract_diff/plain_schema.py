"""A type as a JSON Schema without names: what a change shows of what comes and of what goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..contract.ir import Array, Field, Integer, Presence, Text, Type, UnknownFields
from .type_parts import Definitions, ObjectPart, Scalar, ScalarForm, TypeParts, parts_of

__all__ = ["SchemaExpansion", "facets"]

_MOST = 400
"""Fields that are shown of one type; the largest that came in one day to any dialect of ours has 60."""


def facets(form: ScalarForm) -> dict[str, Any]:
    """The keywords that bound a text or a number."""
    if isinstance(form, Text):
        found: dict[str, Any] = {
            "minLength": form.min_length,
            "maxLength": form.max_length,
            "pattern": form.pattern,
            "format": form.format,
            "contentMediaType": form.media_type,
            "not": {"enum": sorted(form.excluded)} if form.excluded else None,
        }
    else:
        found = {
            "minimum": form.minimum,
            "maximum": form.maximum,
            "exclusiveMinimum": form.exclusive_minimum,
            "exclusiveMaximum": form.exclusive_maximum,
            "multipleOf": form.multiple_of,
            "format": form.format if isinstance(form, Integer) else None,
        }
    return {key: value for key, value in found.items() if value is not None}


class SchemaExpansion:
    """The types of one contract, each name replaced by what it stands for."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._open: list[str] = []
        """The names that are being replaced."""

        self._left = _MOST

    def of(self, kind: Type) -> dict[str, Any]:
        """The schema of a type."""
        self._left = _MOST
        return self._type(kind)

    def of_parts(self, parts: TypeParts) -> dict[str, Any]:
        """The schema of some parts of a type."""
        self._left = _MOST
        return self._united(parts)

    def of_object(self, part: ObjectPart) -> dict[str, Any]:
        """The schema of the objects of a union that have this form."""
        self._left = _MOST
        return self._object(part)

    def of_field(self, field: Field) -> dict[str, Any]:
        """The schema of a field, with its default."""
        self._left = _MOST
        return self._field(field)

    def _type(self, kind: Type) -> dict[str, Any]:
        return self._united(parts_of(kind, self._definitions))

    def _field(self, field: Field) -> dict[str, Any]:
        schema = self._type(field.type)
        if field.has_default:
            schema = schema | {"default": field.default}
        return schema | {"deprecated": True} if field.history.deprecation else schema

    def _united(self, parts: TypeParts) -> dict[str, Any]:
        if parts.anything:
            return {}
        options = [*self._options(parts)]
        if parts.null:
            options.append({"type": "null"})
        return options[0] if len(options) == 1 else {"anyOf": options} if options else {"not": {}}

    def _options(self, parts: TypeParts) -> Iterator[dict[str, Any]]:
        if parts.booleans:
            yield {"type": "boolean"} if len(parts.booleans) > 1 else {"const": next(iter(parts.booleans))}
        yield from _scalars("string", parts.texts, parts.text_values)
        yield from _scalars("number", parts.numbers, parts.number_values)
        yield from sorted((self._array(each) for each in parts.arrays), key=repr)
        yield from sorted((self._object(each) for each in parts.objects), key=repr)
        if parts.tagged is not None and parts.tagged.open:
            yield {"type": "object", "required": [parts.tagged.tag]}

    def _array(self, array: Array) -> dict[str, Any]:
        items = self._type(array.items)
        found = {
            "items": items or None,
            "minItems": array.min_items or None,
            "maxItems": array.max_items,
            "uniqueItems": array.unique_items or None,
        }
        return {"type": "array"} | {key: value for key, value in found.items() if value is not None}

    def _object(self, part: ObjectPart) -> dict[str, Any]:
        if part.name is None:
            return self._fields(part)
        if part.name in self._open or self._left <= 0:
            return {"$ref": f"#/components/schemas/{part.name}"}
        self._open.append(part.name)
        schema = self._fields(part)
        self._open.pop()
        return schema

    def _fields(self, part: ObjectPart) -> dict[str, Any]:
        self._left -= len(part.fields)
        others = self._type(part.extra) if part.extra is not None else None
        found = {
            "properties": {name: self._field(part.fields[name]) for name in sorted(part.fields)} or None,
            "required": sorted(each.name for each in part.fields.values() if each.presence is Presence.REQUIRED)
            or None,
            "additionalProperties": False if part.unknown is UnknownFields.REFUSE else others,
            "propertyNames": facets(part.keys) if part.keys else None,
            "minProperties": part.min_properties,
            "maxProperties": part.max_properties,
        }
        return {"type": "object"} | {key: value for key, value in found.items() if value is not None}


def _scalars(kind: str, forms: list[ScalarForm], values: dict[Scalar, Any]) -> Iterator[dict[str, Any]]:
    yield from sorted(({"type": _type_word(form)} | facets(form) for form in forms), key=repr)
    if len(values) == 1 and not forms:
        yield {"const": next(iter(values))}
    elif values:
        yield {"type": kind, "enum": sorted(values)}


def _type_word(form: ScalarForm) -> str:
    return "string" if isinstance(form, Text) else "integer" if isinstance(form, Integer) else "number"
