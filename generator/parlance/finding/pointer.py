"""JSON Pointers (RFC 6901): keys to text and back."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["joined", "parent", "tokens"]


def tokens(pointer: str) -> list[str]:
    """The keys and indexes of a pointer."""
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def joined(keys: Iterable[str | int]) -> str:
    """The pointer to what lies under these keys and indexes."""
    return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in keys)


def parent(pointer: str) -> str:
    """The pointer to the container of what *pointer* points to."""
    return pointer.rpartition("/")[0]
