"""The documents in the blocks of code of a text that is Markdown, and stands at a place of another document."""

from __future__ import annotations

from collections.abc import Iterator

from ..check.document_reader import block_documents
from .opening import ValuePlace

__all__ = ["fenced_places"]


def fenced_places(place: ValuePlace) -> Iterator[ValuePlace]:
    """Each with the number of the block."""
    text, places = place.value, place.document.places
    source = places.inside(place.pointer, text) if isinstance(text, str) and places else None
    for number, document in enumerate(block_documents(source) if source else ()):
        if document.complete:
            yield ValuePlace(document, "", document.value, f"{place.shown}/{number}")
