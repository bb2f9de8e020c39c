"""JSON Pointers (RFC 6901): keys to text and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from .shape import is_array, is_object

__all__ = ["joined", "parent", "tokens", "value_at", "with_ancestors"]


def tokens(pointer: str) -> list[str]:
    """The keys and indexes of a pointer."""
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


_steps = lru_cache(maxsize=1 << 10)(tokens)
"""The same of pointers that are followed again and again, as those of a container."""


def joined(keys: Iterable[str | int]) -> str:
    """The pointer to what lies under these keys and indexes."""
    return "".join([f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in keys])


def parent(pointer: str) -> str:
    """The pointer to the container of what *pointer* points to."""
    return pointer.rpartition("/")[0]


def with_ancestors(pointer: str) -> Iterator[str]:
    """A pointer, and those to all that it stands in."""
    while pointer:
        yield pointer
        pointer = parent(pointer)
    yield ""


def value_at(document: object, pointer: str) -> object:
    """What *pointer* points to in a document; None where nothing is."""
    value = document
    for token in _steps(pointer):
        if is_object(value):
            value = value.get(token)
        elif is_array(value) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            return None
    return value
