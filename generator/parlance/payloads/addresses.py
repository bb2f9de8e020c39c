"""Addresses of requests to the paths that they lead to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

__all__ = ["is_of_another_path", "path_of"]


@lru_cache(maxsize=64)
def path_of(url: str) -> str:
    """The path of an address; empty where it is none."""
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return ""


def is_of_another_path(address: str, paths: Iterable[str]) -> bool:
    """Whether an address, which may begin with a variable, leads to none of the *paths*; not if that cannot be seen."""
    written = path_of(address)
    _, _, path = written.partition("/")  # what stands before is a variable
    last = path.rpartition("/")[2]
    return bool(last) and not set(last) & {"$", "{", "<"} and not written.endswith((*paths,))
