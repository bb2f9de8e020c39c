"""What came with each of several versions of a spec, as dated lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from .change_report import change_line, summary_line
from .contract_change import ContractChange

__all__ = ["ChangelogEntry", "changelog_as_json", "changelog_as_text", "meant"]


@dataclass(frozen=True)
class ChangelogEntry:
    """A version, and what it changed."""

    version: str
    day: date | None
    changes: Sequence[ContractChange]

    @property
    def title(self) -> str:
        """`2026-08-14 3f2a9c41d0be`."""
        return f"{self.day} {self.version}" if self.day else self.version


def meant(changes: Sequence[ContractChange]) -> list[ContractChange]:
    """The changes that are more than other words."""
    return [change for change in changes if change.kind != "description-changed"]


def changelog_as_text(entries: Sequence[ChangelogEntry]) -> Iterator[str]:
    """A title for each version, the newest first, and a line for each change, the worst of an artifact first."""
    for entry in reversed(entries):
        yield f"{entry.title}: {summary_line(entry.changes)}"
        for change in entry.changes:
            yield f"  {change_line(change)}"
        yield ""
    if not entries:
        yield "no change"


def changelog_as_json(entries: Sequence[ChangelogEntry]) -> str:
    """The versions, the newest first, with all that is known of each change."""
    versions = [
        {
            "version": entry.version,
            "day": entry.day and entry.day.isoformat(),
            "changes": [change.as_json() for change in entry.changes],
        }
        for entry in reversed(entries)
    ]
    return f"{json.dumps({'versions': versions}, indent=2, ensure_ascii=False)}\n"
