"""Payloads at the pointers that a user gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..check.document import Document
from ..check.first_documents import seen_among
from .opening import ValuePlace, places
from .pointer_patterns import nearest

__all__ = ["NothingThere", "leads_somewhere", "pointed_places"]

_MOST = 100
"""How many documents of a file that nobody named are looked at until a pointer leads to something."""


class NothingThere(Exception):
    """Why a pointer matches nothing in a file, and the nearest that would."""


def pointed_places(
    documents: Iterable[Document], pointers: Sequence[str], *, strict: bool = True
) -> Iterator[tuple[Document, list[ValuePlace]]]:
    """Each document with the places in it.

    Raises `NothingThere` at the end for a pointer that matched nothing, where *strict*.
    """
    left = dict.fromkeys(pointers)
    first: Document | None = None
    for document in documents:
        first = first or (document if document.complete else None)
        found: list[ValuePlace] = []
        for pointer in pointers:
            there = list(places(document, pointer))
            if there:
                left.pop(pointer, None)
            found += there
        yield document, found
    if strict and left and first is not None:
        raise NothingThere("; ".join(f"{pointer} matches nothing: {nearest(first.value, pointer)}" for pointer in left))


def leads_somewhere(documents: Iterable[Document], pointers: Sequence[str]) -> tuple[bool, Iterator[Document]]:
    """Whether a pointer matches something in the first documents, and all documents."""

    def leads(document: Document) -> bool:
        return any(True for pointer in pointers for _ in places(document, pointer))

    return seen_among(documents, _MOST, leads)
