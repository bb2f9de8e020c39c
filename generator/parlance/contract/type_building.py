"""Schemas to types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ..finding import Finding, did_you_mean, fault
from .attestation import Attestation
from .field_policies import policy_of
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
    Policy,
    Refused,
    Supported,
    Tagged,
    Text,
    Type,
    Union,
)
from .limits import limit_faults
from .merging import Merging
from .source import Schema, place, referred

__all__ = ["TypeBuilder"]


class TypeBuilder:
    """Makes the types of one document, and gathers what is wrong with its schemas."""

    def __init__(self, merging: Merging, attestation: Attestation, day: date, findings: list[Finding]) -> None:
        self._merging = merging
        self._attestation = attestation
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
        made = self._joined_union(schema, options)
        members = zip(options, schema["anyOf"], strict=True)
        unprinted = tuple(option for option, member in members if not member.get("x-printed", True))
        return replace(made, unprinted=unprinted) if unprinted and isinstance(made, Union) else made

    def _joined_union(self, schema: Schema, options: list[Type]) -> Type:
        joined = _joined(options)
        flat = joined.options if isinstance(joined, Union) else (joined,)
        tagged = [option for option in flat if isinstance(option, Tagged)]
        policies = self._policies_of(schema, "anyOf")
        if policies and (tagged or not any(isinstance(each, Tagged) for each in self._distinguished(flat))):
            self._policy_without_tag(schema)
        if len(tagged) > 1:
            message = "two unions, each distinguished by a field, stand in one"
            self._findings.append(fault("PAR908", place(schema, "anyOf"), message, advice="make one of them"))
        if tagged:
            return joined
        doubtful = self._attestation.doubts_end(schema, "anyOf")
        return _joined(
            self._with_policies(replace(option, doubtful=doubtful), policies) if isinstance(option, Tagged) else option
            for option in self._distinguished(flat)
        )

    def _policies_of(self, schema: Schema, key: str) -> dict[str, Policy]:
        """The policies of the members of a union, by the names of their records."""
        return {
            self._merging.followed(referred(member)): policy
            for member in schema[key]
            if "$ref" in member and not isinstance(policy := policy_of(member), Supported)
        }

    def _policy_without_tag(self, schema: Schema) -> None:
        member = next(member for member in schema["anyOf"] if "x-policy" in member)
        message = "no constant of a field distinguishes the members of this union, so that none has a policy"
        advice = "remove the member, or say the policy of the field"
        self._findings.append(fault("PAR903", place(member, "x-policy"), message, advice=advice))

    def _with_policies(self, tagged: Tagged, policies: Mapping[str, Policy]) -> Tagged:
        """The union without the records that are refused, and with what is done with some."""
        found = {value: policies[name] for value, name in tagged.options if name in policies}
        refused = {value for value, each in found.items() if isinstance(each, Refused) and not each.is_hearsay}
        options = tuple(pair for pair in tagged.options if pair[0] not in refused)
        return replace(tagged, options=options, policies=tuple(found.items()))

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
        default = schema["discriminator"].get("x-default")
        options: dict[str, str] = {}
        for index, option in enumerate(schema["oneOf"]):
            name = self._merging.followed(referred(option))
            at = place(schema["oneOf"], index)
            value = (self._merging.constants(name) or {}).get(tag)
            optional = self._merging.optional_constants(name).get(tag) if self._merging.is_record(name) else None
            if value is None and optional == default:
                value = default
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
        if not pairs:
            return Anything()
        if default is not None:
            self._check_default(schema["discriminator"], tag, options)
        is_open = schema.get("x-open", False)
        if "x-others" in schema and not is_open:
            message = "x-others is for an open union"
            self._findings.append(fault("PAR903", place(schema, "x-others"), message, advice="say x-open: true"))
        tagged = Tagged(
            tag,
            pairs,
            default=default,
            open=is_open,
            others=self._others(schema["x-others"]) if "x-others" in schema else None,
            doubtful=not is_open and self._attestation.doubts_end(schema, "oneOf"),
        )
        return self._with_policies(tagged, self._policies_of(schema, "oneOf"))

    def _others(self, schema: Schema) -> str:
        """The record for the rest."""
        name = self._merging.followed(referred(schema))
        if not self._merging.is_record(name):
            message = f"x-others names a record, and {name} is none"
            self._findings.append(fault("PAR903", place(schema, "$ref"), message))
        return name

    def _check_default(self, discriminator: Schema, tag: str, options: Mapping[str, str]) -> None:
        """Find a default that chooses no record, or one that requires the field."""
        value, at = discriminator["x-default"], place(discriminator, "x-default")
        if value not in options:
            message = f"no record has {value!r} for {tag!r}{did_you_mean(value, options)}"
            self._findings.append(fault("PAR904", at, message))
        elif (self._merging.constants(options[value]) or {}).get(tag) == value:
            message = f"{options[value]} requires {tag!r}, so that it is never absent"
            advice = f"take {tag!r} out of what it requires"
            self._findings.append(fault("PAR909", at, message, advice=advice))

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
            doubtful=self._attestation.doubts(schema, _TEXT_BOUNDS),
        )

    def integer(self, schema: Schema) -> Integer:
        """A whole number."""
        doubtful = self._attestation.doubts(schema, _NUMBER_BOUNDS)
        return Integer(**_bounds(schema), format=schema.get("format"), doubtful=doubtful)

    def number(self, schema: Schema) -> Number:
        """Any number."""
        return Number(**_bounds(schema), doubtful=self._attestation.doubts(schema, _NUMBER_BOUNDS))

    def array(self, schema: Schema) -> Array:
        """A list."""
        return Array(
            items=self.type(schema["items"]),
            min_items=schema.get("minItems"),
            max_items=schema.get("maxItems"),
            unique_items=schema.get("uniqueItems", False),
            doubtful=self._attestation.doubts(schema, _ARRAY_BOUNDS),
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
            doubtful=self._attestation.doubts(schema, _MAP_BOUNDS),
        )


_TEXT_BOUNDS = {"min_length": "minLength", "max_length": "maxLength", "pattern": "pattern"}
_NUMBER_BOUNDS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusive_minimum": "exclusiveMinimum",
    "exclusive_maximum": "exclusiveMaximum",
    "multiple_of": "multipleOf",
}
_ARRAY_BOUNDS = {"min_items": "minItems", "max_items": "maxItems", "unique_items": "uniqueItems"}
_MAP_BOUNDS = {"min_properties": "minProperties", "max_properties": "maxProperties"}
"""The attributes of a type, and the keywords that they are from."""

_MAKERS: dict[str, Callable[[TypeBuilder, Schema], Type]] = {
    "string": TypeBuilder.text,
    "integer": TypeBuilder.integer,
    "number": TypeBuilder.number,
    "boolean": lambda shapes, schema: Boolean(),  # noqa: ARG005
    "null": lambda shapes, schema: Null(),  # noqa: ARG005
    "array": TypeBuilder.array,
    "object": TypeBuilder.map,
}


def _bounds(schema: Schema) -> dict[str, Any]:
    return {name: schema.get(key) for name, key in _NUMBER_BOUNDS.items()}


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
