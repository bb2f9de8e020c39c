"""Findings for people: the line, a caret under the fault, what to do, and a sentence at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...finding.printable import printable, printable_line
from ..excerpt import GUTTER, WIDTH, columns, cut, excerpt, wrapped
from .repeats import Repeats
from .reporter import Context, Reporter, Style, Write
from .summary import last_lines
from .tally import Outcome

if TYPE_CHECKING:
    from ...finding import Finding

__all__ = ["TextReporter", "as_text", "fix_mark", "more_like_it", "place"]

_MOST = 6
"""How many lines a finding should take; where it needs more, what can be done without is left out."""

_IN_DOUBT = "--fix --unsafe-fixes"
"""How to call for a fix after which the document may mean something else."""


class TextReporter(Reporter):
    """The default on a terminal; at most 80 columns everywhere."""

    streams = True
    counts = True

    def __init__(self, write: Write, context: Context) -> None:
        super().__init__(write, context)
        self._repeats = Repeats(context.max_findings, self._write_repeats)

    def show(self, finding: Finding, file: str, line: str | None) -> None:
        """Write the finding, unless only counts are written, or enough equal ones were written."""
        if not self.context.statistics and self._repeats.is_shown(finding, file):
            self.write("\n".join([*as_text(finding, line, file, self.context.style), "", ""]))

    def finish(self, outcome: Outcome) -> None:
        """Write the counts, if they are asked for, and the sentence."""
        self._repeats.close()
        self.write("".join(f"{line}\n" for line in last_lines(outcome, self.context, self._repeats.hidden)))

    def _write_repeats(self, finding: Finding, file: str, count: int) -> None:  # noqa: ARG002
        self.write(f"{cut(more_like_it(finding, count))}\n\n")


def as_text(finding: Finding, line: str | None, file: str, style: Style | None = None) -> Iterator[str]:
    """The lines that show *finding*; *line* is the line of its source."""
    heading = list(_heading(finding, file, style))
    room = _MOST - len(heading)
    margin = GUTTER
    shown: list[str]
    if finding.span and line is not None:
        shown = excerpt(finding.span, line, printable(finding.message))
        margin = max(GUTTER, len(str(finding.span.line)))
    else:
        shown = wrapped("what", printable(finding.message), margin)
    chunk = "" if finding.chunk is None else f"chunk {finding.chunk}"
    place = ", ".join(filter(None, (chunk, printable(finding.pointer))))
    where = [cut(f"{' ' * margin} = at: {place}")] if place else []
    text = [one for one in shown if one.strip() != "|"]
    advice = _advice(finding, margin, room - len(text))
    below = wrapped("help", printable(advice), margin) if advice else []
    if len(shown) + len(where) + len(below) > room:
        where = []
    if len(shown) + len(below) > room:
        shown = [one for one in shown if one.strip() != "|"]
    yield from (*heading, *shown, *where, *below)


def _heading(finding: Finding, file: str, style: Style | None) -> Iterator[str]:
    """Place and code on a line; on two where the name of the file is long."""
    severity = style(finding.severity, finding.severity) if style else str(finding.severity)
    where, what = f"{place(finding, file)}:", f"{finding.code} {finding.name}{fix_mark(finding)}"
    if columns(f"{where} {finding.severity} {what}") <= WIDTH:
        yield f"{where} {severity} {what}"
    else:
        yield from (where, f"{' ' * (GUTTER + 1)}{severity} {what}")


def place(finding: Finding, file: str) -> str:
    """`file:line:column`, safe to print."""
    return printable_line(f"{file}:{finding.span.line}:{finding.span.column}" if finding.span else file)


def fix_mark(finding: Finding) -> str:
    """The sign of a finding that can be fixed safely."""
    return " [*]" if finding.fix is not None and finding.fix.safe else ""


def _advice(finding: Finding, margin: int, room: int) -> str | None:
    """What to do, or what a fix does and how to call for it; the help beside one in doubt, if both have *room*."""
    fix, advice = finding.fix, finding.help
    if fix is None:
        return advice
    applying = f"{fix.title} ({'--fix' if fix.safe else _IN_DOUBT})"
    if fix.safe or advice in (None, fix.title):
        return applying
    both = f"{advice} ({_IN_DOUBT})" if advice.endswith("?") else f"{advice} ({_IN_DOUBT}: {fix.title})"
    return both if len(wrapped("help", both, margin)) <= min(room, 2) else applying


def more_like_it(finding: Finding, count: int) -> str:
    """How many findings were not shown that are equal to *finding* but for their place."""
    return printable(f"and {count:,} more like it: {finding.code} {finding.message}")
