"""The Code Quality report of GitLab, which it shows in a merge request."""

from __future__ import annotations

from ...finding import Finding, Severity
from .json_finding import json_rows, json_text
from .reporter import Context, Reporter, Write, labelled
from .repository_path import repository_path
from .spool import Spool, in_blocks
from .tally import Outcome, reaches

__all__ = ["GitlabReporter"]

_LESSER = {Severity.ERROR: "minor", Severity.WARNING: "minor", Severity.INFO: "info"}
"""What a finding is that does not make the run fail."""


class GitlabReporter(Reporter):
    """An array of issues: a major one is what the run fails for, a blocker what cannot be read."""

    def __init__(self, write: Write, context: Context) -> None:
        from .fingerprint import Fingerprints

        super().__init__(write, context)
        self._issues = Spool()
        self._fingerprints = Fingerprints(by_dialect=bool(context.dialects))

    def show(self, finding: Finding, file: str, line: str | None) -> None:
        """Keep the finding."""
        path, span = repository_path(file), finding.span
        lines = {"begin": span.line, "end": span.end_line} if span else {"begin": 1}
        issue = {
            "description": labelled(f"{finding.name}: {finding.message}", self.context.label(finding)),
            "check_name": finding.code,
            "fingerprint": self._fingerprints.across_files(finding, path, line),
            "severity": self._severity(finding.severity),
            "location": {"path": path, "lines": lines},
        }
        self._issues.add(json_text(issue))

    def finish(self, outcome: Outcome) -> None:
        """Write the array, with what could not be read."""
        from .fingerprint import digest

        for problem in outcome.problems:
            unread = {
                "description": str(problem),
                "check_name": "unreadable",
                "fingerprint": digest("unreadable", repository_path(problem.file), problem.reason),
                "severity": "blocker",
                "location": {"path": repository_path(problem.file), "lines": {"begin": 1}},
            }
            self._issues.add(json_text(unread))
        for block in in_blocks(json_rows(row for (row,) in self._issues.rows())):
            self.write(block)
        self.write("\n")
        self._issues.close()

    def _severity(self, severity: Severity) -> str:
        least = self.context.fail_on
        return "major" if least is not None and reaches(severity, least) else _LESSER[severity]
