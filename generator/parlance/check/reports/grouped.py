"""Findings by file: its name once, then a line or two for each finding, at most 80 columns wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...finding.printable import printable, printable_line
from ..excerpt import WIDTH, cut, fill
from .repeats import Repeats
from .reporter import Context, Reporter, Write, labelled
from .summary import last_lines
from .tally import Outcome
from .text_report import fix_mark, more_like_it

if TYPE_CHECKING:
    from ...finding import Finding

__all__ = ["GroupedReporter"]

_INDENT = "  "


class GroupedReporter(Reporter):
    """`file:`, then `  line:column severity CODE name: message` for each of its findings."""

    streams = True
    counts = True

    def __init__(self, write: Write, context: Context) -> None:
        super().__init__(write, context)
        self._repeats = Repeats(context.max_findings, self._write_repeats)
        self._file: str | None = None
        """The file whose name was written last."""

    def show(self, finding: Finding, file: str, line: str | None) -> None:  # noqa: ARG002
        """Write the finding, unless only counts are written, or enough equal ones were written."""
        if self.context.statistics or not self._repeats.is_shown(finding, file):
            return
        begun = self._begun(file)
        where = f"{finding.span.line}:{finding.span.column} " if finding.span else ""
        message = labelled(printable(finding.message), self.context.label(finding))
        text = f"{where}{finding.severity} {finding.code} {finding.name}{fix_mark(finding)}: {message}"
        lines = fill(text, WIDTH, _INDENT)
        if style := self.context.style:
            lines[0] = lines[0].replace(finding.code, style(finding.code, finding.severity), 1)
        self.write(begun + "".join(f"{line}\n" for line in lines))

    def finish(self, outcome: Outcome) -> None:
        """Write the counts, if they are asked for, and the sentence."""
        self._repeats.close()
        lines = [*last_lines(outcome, self.context, self._repeats.hidden)]
        gap = "\n" if lines and self._file is not None else ""
        self.write(gap + "".join(f"{line}\n" for line in lines))

    def _begun(self, file: str) -> str:
        """The name of the file, if it is another than before."""
        if file == self._file:
            return ""
        gap = "" if self._file is None else "\n"
        self._file = file
        return f"{gap}{printable_line(file)}:\n"

    def _write_repeats(self, finding: Finding, file: str, count: int) -> None:
        begun = self._begun(file)
        more = labelled(more_like_it(finding, count), self.context.label(finding))
        self.write(f"{begun}{cut(f'{_INDENT}{more}')}\n")
