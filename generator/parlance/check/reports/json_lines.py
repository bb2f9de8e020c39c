"""Findings for programs that read while the run goes on: a JSON object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .json_finding import as_json, json_line
from .reporter import Reporter
from .tally import Outcome

if TYPE_CHECKING:
    from ...finding import Finding

__all__ = ["JsonLinesReporter"]


class JsonLinesReporter(Reporter):
    """Each line is a `finding` of report.schema.json."""

    streams = True

    def show(self, finding: Finding, file: str, line: str | None) -> None:  # noqa: ARG002
        """Write the finding."""
        self.write(f"{json_line(as_json(finding, file, self.context.dialect_of(finding)))}\n")

    def finish(self, outcome: Outcome) -> None:
        """Write nothing: all has been said."""
