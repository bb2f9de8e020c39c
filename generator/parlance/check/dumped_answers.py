"""Answers as an SDK writes them again: with null for all that did not come, or without all that is null."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from ..finding.pointer import joined, parent, tokens, value_at
from ..finding.shape import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from ..runtime.python.artifact import Artifact
    from .document import Document

__all__ = ["as_received", "is_dump", "without_absent"]

_MISSING, _UNEXPECTED_NULL = "PAR101", "PAR104"


def is_dump(value: object, artifact: Artifact) -> bool:
    """Whether the fields of a value stand in the order in which an SDK writes them; servers have others."""
    order = artifact.dump_order
    return bool(order) and is_object(value) and (*islice(value, len(order)),) == order


def as_received(document: Document, artifact: Artifact) -> Document:
    """What came of what an SDK wrote; its places stay as they are."""
    document = without_absent(document, artifact)
    absent = _places(document.value, artifact, _MISSING)
    if not document.complete or not absent:
        return document
    faulty = {one.pointer for one in artifact.check(_changed(document.value, absent))}
    return document._replace(value=_changed(document.value, absent - faulty))


def without_absent(document: Document, artifact: Artifact) -> Document:
    """The document without the nulls that no server sends; required fields stay."""
    nulls = _places(document.value, artifact, _UNEXPECTED_NULL)
    if not document.complete or not nulls:
        return document
    required = {one.pointer for one in artifact.check(_changed(document.value, frozenset(), nulls))}
    return document._replace(value=_changed(document.value, frozenset(), nulls - required))


def _places(value: object, artifact: Artifact, code: str) -> AbstractSet[str]:
    """Where the validator finds a fault in a field of an object."""
    found = {one.pointer for one in artifact.check(value) if one.code == code and one.pointer}
    return {one for one in found if is_object(value_at(value, parent(one)))}


def _changed(value: object, absent: AbstractSet[str], present: AbstractSet[str] = frozenset(), at: str = "") -> object:
    """A copy of a value, which stands *at* a pointer, with null for *absent* fields, without *present* ones."""
    if is_object(value):
        kept = ((key, item, f"{at}{joined([key])}") for key, item in value.items())
        fields = {key: _changed(item, absent, present, place) for key, item, place in kept if place not in present}
        return fields | {tokens(one)[-1]: None for one in absent if parent(one) == at}
    if is_array(value):
        return [_changed(item, absent, present, f"{at}/{index}") for index, item in enumerate(value)]
    return value
