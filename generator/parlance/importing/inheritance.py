"""Inheritance in OpenAPI: a `discriminator` on an object, and the schemas whose `allOf` lists that object."""

from __future__ import annotations

from typing import Any

from ..finding.shape import is_array, is_object
from .imported_files import ImportedFiles, ValueLocation

__all__ = ["children"]

_DISCRIMINATOR_VALUE = "x-ms-discriminator-value"
"""https://azure.github.io/autorest/extensions/, read in November 2026."""


def children(at: ValueLocation, node: dict[str, Any], library: ImportedFiles) -> dict[str, ValueLocation]:
    """The schemas that inherit from the one at *at*, by what stands for each; none where it is no base of any."""
    if "discriminator" not in node or node.keys() & {"oneOf", "anyOf", "allOf"}:
        return {}
    home = at.file.document.value.get("components")
    schemas: Any = home.get("schemas") if is_object(home) else None
    found: dict[str, ValueLocation] = {}
    for name, schema in schemas.items() if is_object(schemas) else ():
        place = ValueLocation(at.file, "").below("components", "schemas", name)
        arms = schema.get("allOf") if is_object(schema) else None
        for index, arm in enumerate(arms if is_array(arms) else ()):
            reference = arm.get("$ref") if is_object(arm) else None
            is_local = isinstance(reference, str) and reference.startswith("#")
            if is_local and library.referred(place.below("allOf", index), reference) == at:
                found[_tag(schema, name)] = place
    return found


def _tag(schema: dict[str, Any], name: object) -> str:
    """What stands for a schema: its name, or what AutoRest's extension says, as documents of Azure do."""
    value = schema.get(_DISCRIMINATOR_VALUE)
    return value if isinstance(value, str) else str(name)
