"""Findings as a table in Markdown: for a comment on a pull request, or the summary of a job."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...finding.printable import printable
from .repeats import Repeats
from .reporter import Context, Reporter, Write, labelled
from .repository_path import repository_path
from .spool import Spool, in_blocks
from .summary import sentences
from .tally import Outcome
from .text_report import fix_mark, more_like_it

if TYPE_CHECKING:
    from ...finding import Finding

__all__ = ["MarkdownReporter"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$@])")
_HEAD = "| place | severity | code | what is wrong |\n|---|---|---|---|\n"


class MarkdownReporter(Reporter):
    """A heading, what it all comes to, and a row for each finding."""

    counts = True
    most: int | None = None
    """How many characters the rows may take; None for any number."""

    def __init__(self, write: Write, context: Context) -> None:
        super().__init__(write, context)
        self._rows = Spool()
        self._size = self._dropped = 0
        self._repeats = Repeats(context.max_findings, self._add_repeats)

    def show(self, finding: Finding, file: str, line: str | None) -> None:  # noqa: ARG002
        """Keep the finding, unless enough equal ones were kept."""
        if self._repeats.is_shown(finding, file):
            message = labelled(finding.message, self.context.label(finding))
            what = _cell(message) + (f"<br>help: {_cell(finding.help)}" if finding.help else "")
            place = f":{finding.span.line}:{finding.span.column}" if finding.span else ""
            self._add(finding, f"{repository_path(file)}{place}", f"{what}{_cell(fix_mark(finding))}")

    def finish(self, outcome: Outcome) -> None:
        """Write the table, below the sentence."""
        self._repeats.close()
        for block in in_blocks(self._parts(outcome)):
            self.write(block)
        self._rows.close()

    def _parts(self, outcome: Outcome) -> Iterator[str]:
        yield "## parlance\n"
        for sentence in sentences(outcome, self.context, self._repeats.hidden):
            yield f"\n{_cell(sentence)}\n"
        if outcome.problems:
            yield "\n" + "".join(f"* {_cell(f'error: {problem}')}\n" for problem in outcome.problems)
        if self.context.statistics and outcome.total.codes:
            yield "\n| count | code | name |\n|---|---|---|\n"
            for code, count in outcome.total.ranked():
                yield f"| {count:,} | {code} | {self.context.describe(code).name} |\n"
        if self._rows.count:
            yield f"\n{_HEAD}"
            yield from (row for (row,) in self._rows.rows())
        if self._dropped:
            yield f"\nand {self._dropped:,} more, for which there is no room here\n"

    def _add_repeats(self, finding: Finding, file: str, count: int) -> None:
        self._add(finding, repository_path(file), _cell(more_like_it(finding, count)))

    def _add(self, finding: Finding, place: str, what: str) -> None:
        row = f"| {_cell(place)} | {finding.severity} | {finding.code} {finding.name} | {what} |\n"
        self._size += len(row.encode())
        if self.most is not None and self._size > self.most:
            self._dropped += 1
        else:
            self._rows.add(row)


def _cell(text: str) -> str:
    """*text* on one line, in which nothing is markup, a mention or the end of a cell."""
    return _SPECIAL.sub(r"\\\1", printable(" ".join(text.split("\n")))).replace("\\@", "&#64;").replace("\\<", "&lt;")
