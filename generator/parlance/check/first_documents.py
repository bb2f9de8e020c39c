"""Looking at the first documents of a file, none of which is lost by that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from .document import Document

__all__ = ["seen_among"]


def seen_among(
    documents: Iterable[Document], most: int, test: Callable[[Document], bool]
) -> tuple[bool, Iterator[Document]]:
    """Whether one of the first documents passes a test, *most* of them at most; and all documents."""
    incoming = iter(documents)
    first: list[Document] = []
    for document in islice(incoming, most):
        first.append(document)
        if test(document):
            return True, chain(first, incoming)
    return False, chain(first, incoming)
