"""Disagreements that are justified: `known.yaml`, matched against what was found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .readers import Verdicts

__all__ = ["Known", "entries", "explanation"]


@dataclass(frozen=True, slots=True)
class Known:
    """One entry."""

    readers: frozenset[str]
    verdict: str
    text: str
    reason: str
    example: Any


@cache
def entries() -> tuple[Known, ...]:
    """All that are known."""
    rows: list[dict[str, Any]] = yaml.load(Path(__file__).with_name("known.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return tuple(
        Known(frozenset(row["readers"]), row["verdict"], row["text"], row["reason"], row["example"]) for row in rows
    )


def explanation(text: str, printed: Verdicts) -> str | None:
    """Why the verdicts on *text* may differ: the reason of the entry that fits, or None."""
    for known in entries():
        off = {verdict for name, verdict in printed.items() if name in known.readers}
        others = {verdict for name, verdict in printed.items() if name not in known.readers}
        if off == {known.verdict} and len(others) == 1 and re.search(known.text, text):
            return known.reason
    return None
