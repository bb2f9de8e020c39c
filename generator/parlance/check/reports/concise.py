"""Findings for people in a hurry, and for editors: one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...finding.printable import printable
from .repeats import Repeats
from .reporter import Context, Reporter, Write, labelled
from .summary import last_lines
from .tally import Outcome
from .text_report import fix_mark, more_like_it, place

if TYPE_CHECKING:
    from ...finding import Finding

__all__ = ["ConciseReporter"]


class ConciseReporter(Reporter):
    """`file:line:column: CODE name message`."""

    streams = True
    counts = True

    def __init__(self, write: Write, context: Context) -> None:
        super().__init__(write, context)
        self._repeats = Repeats(context.max_findings, self._write_repeats)

    def show(self, finding: Finding, file: str, line: str | None) -> None:  # noqa: ARG002
        """Write the finding, unless only counts are written, or enough equal ones were written."""
        if self.context.statistics or not self._repeats.is_shown(finding, file):
            return
        style = self.context.style
        code = style(finding.code, finding.severity) if style else finding.code
        where = place(finding, file)
        what = labelled(f"{code} {finding.name} {printable(finding.message)}", self.context.label(finding))
        self.write(f"{where}: {what}{fix_mark(finding)}\n")

    def finish(self, outcome: Outcome) -> None:
        """Write the counts, if they are asked for, and the sentence."""
        self._repeats.close()
        self.write("".join(f"{line}\n" for line in last_lines(outcome, self.context, self._repeats.hidden)))

    def _write_repeats(self, finding: Finding, file: str, count: int) -> None:
        more = labelled(more_like_it(finding, count), self.context.label(finding))
        self.write(f"{printable(file)}: {more}\n")
