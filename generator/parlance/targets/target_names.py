"""The names of all targets, for those who need no more of them: their code takes longer to load than to ask for one."""

from __future__ import annotations

from collections.abc import Collection, Mapping

__all__ = ["NEEDS", "TOGETHER", "with_needs"]

NEEDS: Mapping[str, tuple[str, ...]] = {
    "enums": (),
    "dicts": (),
    "params": (),
    "models": ("enums",),
    "validators": ("dicts",),
    "rules": ("dicts", "validators"),
    "strategies": ("dicts", "validators", "rules"),
    "typescript": (),
    "jsonschema": (),
    "openapi": (),
    "markdown": (),
    "changes": (),
    "contract": (),
}
"""Every target, in the order of work, and the targets whose files its files import."""

TOGETHER = frozenset({"changes"})
"""Targets that make files of all dialects together, and none of a single one."""


def with_needs(chosen: Collection[str]) -> tuple[str, ...]:
    """These targets and those that they need, in the order of work."""
    needed = {need for name in chosen for need in NEEDS[name]}
    return tuple(name for name in NEEDS if name in chosen or name in needed)
