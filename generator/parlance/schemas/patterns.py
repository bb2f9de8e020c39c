"""How a module searches for each regular expression: with Python's `re`, or with a program in linear time."""

from __future__ import annotations

from functools import cache

from ..regex import Linear, Means, Program, choose

__all__ = ["means", "programs"]


@cache
def means(pattern: str) -> Means:
    """How to search for *pattern*. Raises `RegexError` for what is none, and for what might never end."""
    return choose(pattern)


def programs(patterns: set[str]) -> dict[str, Program]:
    """The programs of those that need one, in the order of their text."""
    chosen = ((pattern, means(pattern)) for pattern in sorted(patterns))
    return {pattern: way.program for pattern, way in chosen if isinstance(way, Linear)}
