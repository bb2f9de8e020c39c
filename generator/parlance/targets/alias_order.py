"""Aliases such that each stands after those that it mentions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..contract.ir import Alias, Definition
from ..contract.references import mentions, reached

__all__ = ["in_order"]


def in_order(definitions: Iterable[Definition]) -> list[tuple[Alias, bool]]:
    """Each alias among *definitions*, and whether aliases alone lead from it back to itself."""
    aliases = {each.name: each for each in definitions if isinstance(each, Alias)}
    mentioned = {name: [other for other, _ in mentions(alias) if other in aliases] for name, alias in aliases.items()}
    return [
        (aliases[name], name in reached(mentioned[name], mentioned.__getitem__)) for name in _after_mentioned(mentioned)
    ]


def _after_mentioned(mentioned: Mapping[str, Sequence[str]]) -> list[str]:
    order: dict[str, None] = {}
    entered: set[str] = set()

    def visit(name: str) -> None:
        if name not in entered:
            entered.add(name)
            for other in mentioned[name]:
                visit(other)
            order[name] = None

    for name in mentioned:
        visit(name)
    return list(order)
