"""Schemas to types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from ..finding import Finding, fault
from .ir import (
    Anything,
    Array,
    Boolean,
    Constant,
    Integer,
    Map,
    Named,
    Null,
    Number,
    Tagged,
    Text,
    Type,
    Union,
)
from .limits import limit_faults
from .merging import Merging
from .source import Schema, place, referred

__all__ = ["Shapes"]


class Shapes:
    """Makes the types of one document, and gathers what is wrong with its schemas."""

    def __init__(self, merging: Merging, day: date, findings: list[Finding]) -> None:
        self._merging = merging
        self._day = day
        self._findings = findings

    def type(self, schema: Schema) -> Type:
        """What a value of the schema is."""
        self._findings.extend(limit_faults(schema))
        if "$ref" in schema:
            return Named(referred(schema))
        if "const" in schema:
            return Constant(schema["const"])
        if "anyOf" in schema:
            return self._union(schema)
        if "oneOf" in schema:
            return self._tagged(schema)
        types = schema.get("type")
        if isinstance(types, list):
            return _joined([_MAKERS[types[0]](self, schema), Null()])
        return _MAKERS[types](self, schema) if types else Anything()

    def _union(self, schema: Schema) -> Type:
        if not schema["anyOf"]:
            self._empty(schema, "anyOf")
            return Anything()
        options = [self.type(option) for option in schema["anyOf"]]
        joined = _joined(options)
        flat = joined.options if isinstance(joined, Union) else (joined,)
        tagged = [option for option in flat if isinstance(option, Tagged)]
        if len(tagged) > 1:
            message = "two unions, each distinguished by a field, stand in one"
            self._findings.append(fault("PAR908", place(schema, "anyOf"), message, advice="make one of them"))
        return joined if tagged else _joined(self._distinguished(flat))

    def _distinguished(self, options: tuple[Type, ...]) -> list[Type]:
        """The options, with all of the records as one `Tagged` where a constant distinguishes them."""
        records = {
            option.name: constants
            for option in options
            if isinstance(option, Named) and (constants := self._merging.constants(option.name)) is not None
        }
        tag = _common_tag(list(records.values()))
        if tag is None:
            return list(options)
        pairs = tuple((constants[tag], name) for name, constants in records.items())
        first = next(iter(records))
        return [
            Tagged(tag, pairs) if option == Named(first) else option
            for option in options
            if not (isinstance(option, Named) and option.name in records and option.name != first)
        ]

    def _tagged(self, schema: Schema) -> Type:
        tag = schema["discriminator"]["propertyName"]
        options: dict[str, str] = {}
        for index, option in enumerate(schema["oneOf"]):
            name = self._merging.followed(referred(option))
            at = place(schema["oneOf"], index)
            value = (self._merging.constants(name) or {}).get(tag)
            if value is None:
                message = f"{name} does not tell itself apart: it must require {tag!r}, a constant text"
                self._findings.append(fault("PAR909", at, message))
            elif value in options:
                message = f"{name} and {options[value]} both have {value!r} for {tag!r}"
                self._findings.append(fault("PAR908", at, message))
            else:
                options[value] = name
        if not schema["oneOf"]:
            self._empty(schema, "oneOf")
        self._check_mapping(schema["discriminator"], options)
        pairs = tuple(options.items())
        return Tagged(tag, pairs) if pairs else Anything()

    def _check_mapping(self, discriminator: Schema, options: Mapping[str, str]) -> None:
        mapping = discriminator.get("mapping", {})
        for value in mapping:
            name = self._merging.followed(referred({"$ref": mapping[value]}))
            if options.get(value) != name:
                reason = f"that value is the one of {options[value]}" if value in options else f"{name} has another"
                message = f"the mapping sends {value!r} to {name}, and {reason}"
                self._findings.append(fault("PAR908", place(mapping, value), message, advice="leave the mapping out"))

    def _empty(self, schema: Schema, key: str) -> None:
        message = f"no form of this union exists on {self._day}"
        advice = "date what holds it, or remove that"
        self._findings.append(fault("PAR909", place(schema, key), message, advice=advice))

    def text(self, schema: Schema) -> Text:
        """A string, or the rule for the keys of a map."""
        return Text(
            min_length=schema.get("minLength"),
            max_length=schema.get("maxLength"),
            pattern=schema.get("pattern"),
            format=schema.get("format"),
            media_type=schema.get("contentMediaType"),
        )

    def integer(self, schema: Schema) -> Integer:
        """A whole number."""
        return Integer(**_bounds(schema), format=schema.get("format"))

    def number(self, schema: Schema) -> Number:
        """Any number."""
        return Number(**_bounds(schema))

    def array(self, schema: Schema) -> Array:
        """A list."""
        return Array(
            items=self.type(schema["items"]),
            min_items=schema.get("minItems"),
            max_items=schema.get("maxItems"),
            unique_items=schema.get("uniqueItems", False),
        )

    def map(self, schema: Schema) -> Map:
        """An object whose keys are data."""
        values = schema.get("additionalProperties", True)
        keys = schema.get("propertyNames")
        if keys is not None:
            self._findings.extend(limit_faults(keys))
        return Map(
            values=Anything() if values is True else self.type(values),
            keys=None if keys is None else self.text(keys),
            min_properties=schema.get("minProperties"),
            max_properties=schema.get("maxProperties"),
        )


_MAKERS: dict[str, Callable[[Shapes, Schema], Type]] = {
    "string": Shapes.text,
    "integer": Shapes.integer,
    "number": Shapes.number,
    "boolean": lambda shapes, schema: Boolean(),  # noqa: ARG005
    "null": lambda shapes, schema: Null(),  # noqa: ARG005
    "array": Shapes.array,
    "object": Shapes.map,
}


def _bounds(schema: Schema) -> dict[str, Any]:
    return {
        "minimum": schema.get("minimum"),
        "maximum": schema.get("maximum"),
        "exclusive_minimum": schema.get("exclusiveMinimum"),
        "exclusive_maximum": schema.get("exclusiveMaximum"),
        "multiple_of": schema.get("multipleOf"),
    }


def _joined(options: Iterable[Type]) -> Type:
    """A union without unions or equals in it, null last; or its only option."""
    flat: dict[tuple[str, Type], Type] = {}
    for option in options:
        for part in option.options if isinstance(option, Union) else (option,):
            # In Python 1 equals True, and so do constants of them.
            kind = type(part.value).__name__ if isinstance(part, Constant) else ""
            flat.setdefault((kind, part), part)
    kinds = list(flat.values())
    if Anything() in kinds:
        return Anything()
    if Null() in kinds:
        kinds.remove(Null())
        kinds.append(Null())
    return kinds[0] if len(kinds) == 1 else Union(tuple(kinds))


def _common_tag(records: list[Mapping[str, str]]) -> str | None:
    """The field whose constant differs in every one of several records."""
    if len(records) < 2:
        return None
    for tag in records[0]:
        values = {constants.get(tag) for constants in records}
        if None not in values and len(values) == len(records):
            return tag
    return None
