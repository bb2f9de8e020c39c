"""What a run came to, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from ...finding import Finding, Severity

__all__ = ["Outcome", "Tally"]

_RANKS = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass
class Tally:
    """What was counted in a file, or in all of them."""

    documents: Counter[str] = field(default_factory=Counter[str])
    """How many documents of each artifact."""

    severities: Counter[Severity] = field(default_factory=Counter[Severity])
    codes: Counter[str] = field(default_factory=Counter[str])
    fixable: int = 0
    """How many findings have a fix that is safe."""

    unsafely_fixable: int = 0

    def add_document(self, artifact: str | None) -> None:
        """Count a document."""
        self.documents[artifact or "undetermined"] += 1

    def add(self, finding: Finding) -> None:
        """Count a finding."""
        self.severities[finding.severity] += 1
        self.codes[finding.code] += 1
        if finding.fix is not None:
            self.fixable += finding.fix.safe
            self.unsafely_fixable += not finding.fix.safe

    def reaches(self, least: Severity) -> bool:
        """Whether some finding is at least this severe."""
        return any(self.severities[severity] for severity in _RANKS[: _RANKS.index(least) + 1])

    def ranked(self) -> list[tuple[str, int]]:
        """Each code with its count, the most frequent first."""
        return sorted(self.codes.items(), key=lambda one: (-one[1], one[0]))

    def as_json(self) -> dict[str, Any]:
        """The counts by name."""
        return {
            "documents": self.documents.total(),
            "artifacts": dict(self.documents),
            "errors": self.severities[Severity.ERROR],
            "warnings": self.severities[Severity.WARNING],
            "notes": self.severities[Severity.INFO],
            "fixable": self.fixable,
        }


@dataclass
class Outcome:
    """What is known when every file was read."""

    total: Tally = field(default_factory=Tally)
    files: dict[str, Tally] = field(default_factory=dict[str, Tally])
    """Every file that was read to its end, the clean ones too."""

    problems: list[str] = field(default_factory=list[str])
    """What could not be read, and why."""
