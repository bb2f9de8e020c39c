"""Answers as an SDK writes them again: with null for every field that did not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..finding.pointer import joined, parent, value_at
from ..finding.shape import is_array, is_object

if TYPE_CHECKING:
    from ..check.document import Document
    from ..runtime.python.violation import Artifact

__all__ = ["as_received"]

_UNEXPECTED_NULL = "PAR104"


def as_received(document: Document, artifact: Artifact) -> Document:
    """The document without the nulls that no server sends; its places stay as they are."""
    if not document.complete or not is_object(document.value):
        return document
    nulls = {one.pointer for one in artifact.check(document.value) if one.code == _UNEXPECTED_NULL}
    fields = {one for one in nulls if is_object(value_at(document.value, parent(one)))}
    return document._replace(value=_without(document.value, fields)) if fields else document


def _without(value: object, fields: set[str], at: str = "") -> object:
    """A copy of a value, which stands *at* a pointer, without some fields."""
    if is_object(value):
        kept = ((key, item, f"{at}{joined([key])}") for key, item in value.items())
        return {key: _without(item, fields, place) for key, item, place in kept if place not in fields}
    if is_array(value):
        return [_without(item, fields, f"{at}/{index}") for index, item in enumerate(value)]
    return value
