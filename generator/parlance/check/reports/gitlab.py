"""The Code Quality report of GitLab, which it shows in a merge request."""

from __future__ import annotations

from typing import Any

from ...finding import Finding, Severity
from .json_text import json_text
from .location import shown_path
from .reporter import Context, Reporter, Write
from .tally import Outcome

__all__ = ["GitlabReporter"]

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


class GitlabReporter(Reporter):
    """An array of issues."""

    def __init__(self, write: Write, context: Context) -> None:
        from .fingerprint import Fingerprints

        super().__init__(write, context)
        self._issues: list[dict[str, Any]] = []
        self._fingerprints = Fingerprints()

    def show(self, finding: Finding, file: str, line: str | None) -> None:
        """Keep the finding."""
        path, span = shown_path(file), finding.span
        lines = {"begin": span.line, "end": span.end_line} if span else {"begin": 1}
        self._issues.append(
            {
                "description": f"{finding.name}: {finding.message}",
                "check_name": finding.code,
                "fingerprint": self._fingerprints.across_files(finding, path, line),
                "severity": _SEVERITIES[finding.severity],
                "location": {"path": path, "lines": lines},
            }
        )

    def finish(self, outcome: Outcome) -> None:  # noqa: ARG002
        """Write the array."""
        self.write(f"{json_text(self._issues)}\n")
