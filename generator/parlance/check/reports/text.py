"""Findings for people: the line, a caret under the fault, what to do, and a sentence at the end."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ...finding import Finding, Severity
from ..excerpt import GUTTER, WIDTH, excerpt, printable, printable_line, wrapped
from .reporter import Context, Reporter, Style
from .tally import Outcome

__all__ = ["TextReporter", "as_text", "fix_mark", "last_lines", "place"]


_MOST = 6
"""How many lines a finding should take; where it needs more, what can be done without is left out."""


class TextReporter(Reporter):
    """The default on a terminal; at most 80 columns everywhere."""

    streams = True
    counts = True

    def show(self, finding: Finding, file: str, line: str | None) -> None:
        """Write the finding, unless only counts are wanted."""
        if not self.context.statistics:
            self.write("\n".join([*as_text(finding, line, file, self.context.style), "", ""]))

    def finish(self, outcome: Outcome) -> None:
        """Write the counts, if wanted, and the sentence."""
        self.write("".join(f"{line}\n" for line in last_lines(outcome, self.context)))


def as_text(finding: Finding, line: str | None, file: str, style: Style | None = None) -> Iterator[str]:
    """The lines that show *finding*; *line* is the line of its source."""
    severity = style(finding.severity, finding.severity) if style else str(finding.severity)
    yield f"{place(finding, file)}: {severity} {finding.code} {finding.name}{fix_mark(finding)}"
    margin = GUTTER
    shown: list[str]
    if finding.span and line is not None:
        shown = excerpt(finding.span, line, printable(finding.message))
        margin = max(GUTTER, len(str(finding.span.line)))
    else:
        shown = wrapped("what", printable(finding.message), margin)
    where = [_cut(f"{' ' * margin} = at: {printable(finding.pointer)}")] if finding.pointer else []
    text = [one for one in shown if one.strip() != "|"]
    advice = _advice(finding, margin, _MOST - 1 - len(text))
    below = wrapped("help", printable(advice), margin) if advice else []
    if len(shown) + len(where) + len(below) >= _MOST:
        where = []
    if len(shown) + len(below) >= _MOST:
        shown = [one for one in shown if one.strip() != "|"]
    yield from (*shown, *where, *below)


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
    mending = f"{fix.title} ({'--fix' if fix.safe else '--fix --unsafe-fixes'})"
    if fix.safe or advice is None:
        return mending
    both = f"{advice} (--fix --unsafe-fixes)" if advice.endswith("?") else f"{advice}; {mending}"
    return both if len(wrapped("help", both, margin)) <= min(room, 2) else mending


def last_lines(outcome: Outcome, context: Context) -> Iterator[str]:
    """How often each code was found, if that is wanted, and what it all comes to."""
    if context.statistics and outcome.total.codes:
        counts = outcome.total.ranked()
        width = len(str(counts[0][1]))
        yield from (f"{count:>{width}}  {code}  {context.describe(code).name}" for code, count in counts)
        yield ""
    if outcome.files:
        yield from textwrap.wrap(_summary(outcome, context), WIDTH, break_on_hyphens=False)


def _summary(outcome: Outcome, context: Context) -> str:
    """`1 error, 1 warning in 2 of 37 files; 1 fixable with --fix`, or what conforms."""
    total, files = outcome.total, len(outcome.files)
    found = [
        _counted(total.severities[severity], noun)
        for severity, noun in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note"))
        if total.severities[severity]
    ]
    if found:
        faulty = sum(bool(tally.severities) for tally in outcome.files.values())
        return f"{', '.join(found)} in {faulty} of {_counted(files, 'file')}{_fixable(outcome, context)}"
    kinds = ", ".join(f"{count} {kind}" for kind, count in total.documents.items())
    verb = "conforms" if files == 1 else "conform"
    return f"{_counted(files, 'file')} {verb} to {context.dialect} ({kinds})"


def _fixable(outcome: Outcome, context: Context) -> str:
    total = outcome.total
    safe, unsafe = total.fixable, total.unsafely_fixable
    if not safe:
        return f"; {unsafe} fixable with {context.fix_with} --unsafe-fixes" if unsafe else ""
    return f"; {safe} fixable with {context.fix_with}" + (f", {unsafe} more with --unsafe-fixes" if unsafe else "")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
