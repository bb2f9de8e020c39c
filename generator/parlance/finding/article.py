"""A noun with its indefinite article."""

from __future__ import annotations

__all__ = ["with_article"]


def with_article(name: str) -> str:
    """`a Name`, or `an Alias`; a name that begins with U is taken to sound like `you`."""
    return f"{'an' if name[:1] in 'AEIOaeio' else 'a'} {name}"
