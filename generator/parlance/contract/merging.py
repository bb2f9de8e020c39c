"""Records with the fields of those that their `allOf` lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..finding import Finding, Place, did_you_mean, fault
from .source import Schema, place, referred

__all__ = ["Merged", "Merging"]


@dataclass(slots=True)
class Merged:
    """A record's own parts and those it takes over, in order."""

    fields: dict[str, tuple[Schema, Place | None]] = field(default_factory=dict[str, tuple[Schema, Place | None]])
    required: dict[str, Place | None] = field(default_factory=dict[str, Place | None])
    expected: dict[str, Place | None] = field(default_factory=dict[str, Place | None])
    limits: dict[str, Any] = field(default_factory=dict[str, Any])
    """`additionalProperties` and the like; the record's own win over those it takes over."""

    places: dict[str, Place | None] = field(default_factory=dict[str, Place | None])
    """Where each of the limits is written."""


class Merging:
    """The records of one document."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self._schemas = schemas
        self._constants: dict[str, Mapping[str, str] | None] = {}

    def is_record(self, name: str) -> bool:
        """Whether the schema of that name is a record."""
        schema = self._schemas[name]
        return "properties" in schema or "allOf" in schema

    def followed(self, name: str) -> str:
        """The name at the end of a chain of plain references."""
        while "$ref" in self._schemas[name]:
            name = referred(self._schemas[name])
        return name

    def constants(self, name: str) -> Mapping[str, str] | None:
        """The constant texts that a record requires, by field; None if it is no record."""
        if name not in self._constants:
            self._constants[name] = self._found_constants(name) if self.is_record(name) else None
        return self._constants[name]

    def _found_constants(self, name: str) -> Mapping[str, str]:
        merged = self.merged(name, [])
        return {
            field: schema["const"]
            for field, (schema, _) in merged.fields.items()
            if field in merged.required and isinstance(schema.get("const"), str)
        }

    def optional_constants(self, name: str) -> Mapping[str, str]:
        """The constant texts that a record may have and does not require, by field."""
        merged = self.merged(name, [])
        return {
            field: schema["const"]
            for field, (schema, _) in merged.fields.items()
            if field not in merged.required and isinstance(schema.get("const"), str)
        }

    def merged(self, name: str, findings: list[Finding]) -> Merged:
        """The record of that name; what is wrong with it goes to *findings*."""
        merged = Merged()
        self._take(name, merged, findings)
        self._check_names(merged, findings)
        return merged

    def _take(self, name: str, merged: Merged, findings: list[Finding]) -> None:
        schema = self._schemas[name]
        self._take_own(schema, merged, findings)
        for index, part in enumerate(schema.get("allOf", ())):
            other = self.followed(referred(part))
            if self.is_record(other):
                self._take(other, merged, findings)
            else:
                at = place(schema["allOf"], index)
                findings.append(fault("PAR903", at, f"allOf lists records, and {other} is not one"))

    def _take_own(self, schema: Schema, merged: Merged, findings: list[Finding]) -> None:
        properties = schema.get("properties", {})
        for field_name, body in properties.items():
            at = place(properties, field_name)
            if field_name in merged.fields:
                first = merged.fields[field_name][1]
                message = f"the field {field_name!r} is declared twice; the first is at {first}"
                findings.append(fault("PAR908", at, message, advice="remove one; allOf only adds fields"))
            merged.fields.setdefault(field_name, (body, at))
        for key, names in (("required", merged.required), ("x-expected", merged.expected)):
            for index, field_name in enumerate(schema.get(key, ())):
                names.setdefault(field_name, place(schema[key], index))
        for key in ("additionalProperties", "minProperties", "maxProperties", "x-unknown-fields"):
            if key in schema and key not in merged.limits:
                merged.limits[key] = schema[key]
                merged.places[key] = place(schema, key)

    def _check_names(self, merged: Merged, findings: list[Finding]) -> None:
        for key, names in (("required", merged.required), ("x-expected", merged.expected)):
            for name, at in names.items():
                if name not in merged.fields:
                    message = f"{key} names {name!r}, and there is no such field{did_you_mean(name, merged.fields)}"
                    findings.append(fault("PAR909", at, message, advice="take it out, or declare the field"))
                elif names is merged.expected and name in merged.required:
                    findings.append(fault("PAR908", at, f"{name!r} is required already", advice="choose one"))
        most = merged.limits.get("maxProperties")
        if most is not None and len(merged.required) > most:
            first = next(iter(merged.required.values()))
            message = f"{len(merged.required)} fields are required, and maxProperties is {most}: no value is left"
            findings.append(fault("PAR909", first, message))
