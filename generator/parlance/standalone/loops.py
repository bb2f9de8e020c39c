"""Loops over the parts of a value, with the variables that their bodies use."""

from __future__ import annotations

from collections.abc import Sequence

from .code import Block, Statement, identifiers, lay_out

__all__ = ["counted_over", "mentions", "over"]


def over(items: str, key: str, item: str, body: Sequence[Statement]) -> Block:
    """A loop over properties."""
    uses_key, uses_item = _used(body, key, item)
    if not uses_key:
        return Block(f"for {item} in {items}.values()", None, tuple(body))
    if not uses_item:
        return Block(f"for {key} in {items}", None, tuple(body))
    return Block(f"for {key}, {item} in {items}.items()", None, tuple(body))


def counted_over(items: str, first: int, index: str, item: str, body: Sequence[Statement]) -> Block:
    """A loop over the items from the *first* on, with their numbers."""
    uses_index, uses_item = _used(body, index, item)
    if not uses_item:
        span = f"{first}, len({items})" if first else f"len({items})"
        return Block(f"for {index} in range({span})", None, tuple(body))
    rest = f"{items}[{first}:]" if first else items
    if not uses_index:
        return Block(f"for {item} in {rest}", None, tuple(body))
    start = f", {first}" if first else ""
    return Block(f"for {index}, {item} in enumerate({rest}{start})", None, tuple(body))


def mentions(body: Sequence[Statement], name: str) -> bool:
    """Whether *body* uses a variable."""
    return _used(body, name)[0]


def _used(body: Sequence[Statement], *names: str) -> list[bool]:
    words = identifiers("\n".join(lay_out(body)))
    return [name in words for name in names]
