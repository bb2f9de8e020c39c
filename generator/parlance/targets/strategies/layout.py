"""Calls and displays of Python as a tree, laid out within a hundred columns."""

from __future__ import annotations

from dataclasses import dataclass

from ...backends.python.text import WIDTH

__all__ = ["Group", "Source", "laid_out"]

_STEP = "    "


@dataclass(frozen=True, slots=True)
class Group:
    """Something in brackets: `Array(…)`, `{…}`."""

    start: str
    items: tuple[Source, ...]
    end: str


Source = str | Group


def laid_out(source: Source, indent: str = "", lead: str = "", tail: str = "") -> list[str]:
    """The lines of `lead` + *source* + `tail`: one if it fits, else one for each item."""
    flat = f"{indent}{lead}{_flat(source)}{tail}"
    if isinstance(source, str) or len(flat) <= WIDTH or not source.items:
        return [flat]
    lines = [f"{indent}{lead}{source.start}"]
    for item in source.items:
        lines += _item(item, indent + _STEP)
    return [*lines, f"{indent}{source.end}{tail}"]


def _item(item: Source, indent: str) -> list[str]:
    return laid_out(item, indent, tail=",")


def _flat(source: Source) -> str:
    if isinstance(source, str):
        return source
    return f"{source.start}{', '.join(map(_flat, source.items))}{source.end}"
