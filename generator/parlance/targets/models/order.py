"""Aliases such that each stands after those that it mentions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...contract.ir import Alias
from ..annotation import annotation, words

__all__ = ["in_order"]


def in_order(aliases: Sequence[Alias]) -> list[tuple[Alias, bool]]:
    """Each alias, and whether it leads back to itself."""
    known = {alias.name: alias for alias in aliases}
    mentions = {alias.name: [word for word in words(annotation(alias.type)) if word in known] for alias in aliases}
    return [(known[name], name in _reached(name, mentions)) for name in _after_mentioned(mentions)]


def _after_mentioned(mentions: dict[str, list[str]]) -> list[str]:
    order: dict[str, None] = {}
    entered: set[str] = set()

    def visit(name: str) -> None:
        if name not in entered:
            entered.add(name)
            for other in mentions[name]:
                visit(other)
            order[name] = None

    for name in mentions:
        visit(name)
    return list(order)


def _reached(start: str, mentions: dict[str, list[str]]) -> set[str]:
    return set(_walk(mentions[start], mentions, set()))


def _walk(names: list[str], mentions: dict[str, list[str]], seen: set[str]) -> Iterator[str]:
    for name in names:
        if name not in seen:
            seen.add(name)
            yield name
            yield from _walk(mentions[name], mentions, seen)
