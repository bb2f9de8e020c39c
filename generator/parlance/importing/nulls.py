"""`nullable`: where it stands, and what it means there."""

from __future__ import annotations

from dataclasses import replace

from ..finding.shape import is_array
from ..schemas.drafts import Draft
from .imported_files import ValueLocation
from .report import ImportReport
from .rewrites import Node
from .value_forms import Shape

__all__ = ["is_null_alone", "name_of", "shape_of_null_alone", "with_null"]


def name_of(draft: Draft) -> str:
    """What reasons call the version of a document."""
    return draft.value if draft.is_openapi else "JSON Schema"


def with_null(at: ValueLocation, node: Node, shape: Shape, draft: Draft, report: ImportReport) -> Shape:
    """The shape, which accepts null where `nullable` says it; in documents of *draft* it may mean nothing."""
    nullable = node.get("nullable")
    if nullable is not None and not isinstance(nullable, bool):
        raise at.below("nullable").error("PAR903", "`nullable` must be true or false")
    if not nullable:
        return shape
    reason = None
    if draft is not Draft.OPENAPI_3_0:
        name = name_of(draft)
        reason = f"{name} says null by type; `nullable` has no meaning there, and its author means it."
    elif "enum" in node and None not in node["enum"]:
        reason = "OpenAPI 3.0 asks for null among the values as well; its author means it."
    words = _type_words(node)
    after = {"type": [*words, "null"]} if words else {"anyOf": ["…", {"type": "null"}]}
    reason = reason or "OpenAPI 3.1 says null by type."
    report.add("nullable", at.below("nullable"), {"nullable": True}, after, reason)
    return shape if shape.takes_null else replace(shape, null=True)


def shape_of_null_alone(at: ValueLocation, node: Node, report: ImportReport) -> Shape:
    """A schema that says nothing of values but `nullable`."""
    if node.get("nullable") is True:
        report.add("nullable", at.below("nullable"), {"nullable": True}, {})
    return Shape(at, is_any=True)


def is_null_alone(node: Node) -> bool:
    """Whether `nullable: true` is all that a schema says."""
    return node.get("nullable") is True and not node.keys() - {"nullable", "description", "title"}


def _type_words(node: Node) -> list[str]:
    types = node.get("type", [])
    words = types if is_array(types) else [types]
    return [str(word) for word in words if word != "null"]
