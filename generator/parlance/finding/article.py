"""A noun with its indefinite article, and several in a row."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["listed", "with_article"]


def listed(names: Sequence[str]) -> str:
    """`a, b or c`; at least one."""
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]


def with_article(name: str) -> str:
    """`a Name`, or `an Alias`; a name that begins with U is taken to sound like `you`."""
    return f"{'an' if name[:1] in 'AEIOaeio' else 'a'} {name}"
