"""A report as a table for notebooks: no script, and no colour that a light or a dark page would hide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from .finding import Finding, Report
from .printable import printable
from .severity import Severity

__all__ = ["html_of"]

_CELL = "text-align: left; vertical-align: top; padding: 0.3em 0.8em"
_BORDERS = {Severity.ERROR: "#d1242f", Severity.WARNING: "#bf8700"}
"""The bar beside a finding; the text has the colour of the page."""

_OTHER_BORDER = "#6e7781"
_HEADINGS = ("where", "severity", "code", "what", "help")


def html_of(report: Report) -> str:
    """The counts, a row for each finding, and what was not judged."""
    lines = [f"<p><strong>{_counts(report)}</strong></p>"]
    if report.findings:
        heading = "".join(f'<th style="{_CELL}">{name}</th>' for name in _HEADINGS)
        lines += [f"<table><thead><tr>{heading}</tr></thead><tbody>", *map(_row, report.findings), "</tbody></table>"]
    lines += [f"<p>{_text(pointer) or 'the document'} was not judged</p>" for pointer in report.unjudged]
    return "\n".join(lines)


def _counts(report: Report) -> str:
    counts = Counter(finding.severity for finding in report.findings)
    words = [f"{count} {severity}{'s' if count > 1 else ''}" for severity in Severity if (count := counts[severity])]
    return ", ".join(words) or "no findings"


def _row(finding: Finding) -> str:
    border = f"border-left: 0.3em solid {_BORDERS.get(finding.severity, _OTHER_BORDER)}"
    first, *others = _cells(finding)
    cells = "".join(f'<td style="{_CELL}">{each}</td>' for each in others)
    return f'<tr><td style="{_CELL}; {border}">{first}</td>{cells}</tr>'


def _cells(finding: Finding) -> Iterator[str]:
    lines = [f"<code>{_text(finding.pointer)}</code>" if finding.pointer else "the document"]
    if finding.chunk is not None:
        lines.insert(0, f"chunk {finding.chunk}")
    if finding.span:
        lines.append(f"line {finding.span.line}, column {finding.span.column}")
    yield "<br>".join(lines)
    yield _text(str(finding.severity))
    yield f"<code>{_text(finding.code)}</code> {_text(finding.name)}"
    yield _text(finding.message)
    yield _text(finding.help or "")


def _text(text: str) -> str:
    return escape(printable(text))
