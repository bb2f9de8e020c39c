"""Findings for people in a hurry, and for editors: one line each."""

from __future__ import annotations

from ...finding import Finding
from ..excerpt import printable
from .reporter import Reporter
from .tally import Outcome
from .text import fix_mark, last_lines, place

__all__ = ["ConciseReporter"]


class ConciseReporter(Reporter):
    """`file:line:column: CODE name message`."""

    streams = True
    counts = True

    def show(self, finding: Finding, file: str, line: str | None) -> None:  # noqa: ARG002
        """Write the finding, unless only counts are wanted."""
        if self.context.statistics:
            return
        style = self.context.style
        code = style(finding.code, finding.severity) if style else finding.code
        where = place(finding, file)
        self.write(f"{where}: {code} {finding.name} {printable(finding.message)}{fix_mark(finding)}\n")

    def finish(self, outcome: Outcome) -> None:
        """Write the counts, if wanted, and the sentence."""
        self.write("".join(f"{line}\n" for line in last_lines(outcome, self.context)))
