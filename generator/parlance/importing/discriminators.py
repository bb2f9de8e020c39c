"""The `discriminator` of a union: its field, and the schemas that the values of that mean."""

from __future__ import annotations

from typing import Any

from ..finding import SpecError
from ..finding.shape import is_object
from .imported_files import ImportedFiles, ValueLocation
from .rewrites import Node

__all__ = ["discriminator"]


def discriminator(
    at: ValueLocation, node: Node, library: ImportedFiles
) -> tuple[str | None, dict[str, ValueLocation] | None]:
    """The field by which the members of the union at *at* are distinguished, and the schema that each value means."""
    if "discriminator" not in node:
        return None, None
    place = ValueLocation(at.file, at.pointer.rpartition("/")[0]).below("discriminator")
    value = node["discriminator"]
    if not is_object(value) or not isinstance(value.get("propertyName"), str):
        raise place.error("PAR903", "`discriminator` must have a `propertyName`", "name the field that differs")
    mapping = value.get("mapping")
    if not is_object(mapping):
        return value["propertyName"], None
    return value["propertyName"], {
        str(name): _mapped(place.below("mapping", name), reference, library) for name, reference in mapping.items()
    }


def _mapped(at: ValueLocation, reference: Any, library: ImportedFiles) -> ValueLocation:
    """What an entry of a `mapping` leads to: a reference, or the name of a schema."""
    is_name = isinstance(reference, str) and not reference.startswith("#") and "/" not in reference
    if is_name and reference in at.file.document.value.get("components", {}).get("schemas", {}):
        reference = f"#/components/schemas/{reference}"
    if not isinstance(reference, str):
        raise at.error("PAR903", "an entry of `mapping` must be a reference")
    try:
        return library.referred(at, reference)
    except SpecError as error:
        raise at.error("PAR904", error.findings[0].message) from None
