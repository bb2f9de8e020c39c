"""Findings to the diagnostics of an editor."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol.types import Diagnostic, DiagnosticSeverity, DiagnosticTag, Position, Range

from ..finding import Finding, Severity
from ..finding.printable import printable
from .text_positions import TextPositions

__all__ = ["SOURCE", "diagnostic", "finding_range", "settings_diagnostic"]

SOURCE = "parlance"
"""Who reports a diagnostic."""

_SEVERITIES = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.INFO: DiagnosticSeverity.Information,
}
_DEPRECATED = "deprecated-"
_WITHOUT_EFFECT: frozenset[str] = frozenset({"field-without-effect", "ignored-field"})
"""Names of faults of what is there in vain, which editors show in grey."""


def diagnostic(finding: Finding, positions: TextPositions) -> Diagnostic:
    """A finding as an editor shows it."""
    lines = [finding.message, *([f"help: {finding.help}"] if finding.help else [])]
    return Diagnostic(
        range=finding_range(finding, positions),
        message="\n".join(map(printable, lines)),
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        source=SOURCE,
        tags=[*_tags(finding)] or None,
        data={"name": finding.name, "pointer": finding.pointer},
    )


def settings_diagnostic(message: str) -> Diagnostic:
    """What is shown in a file whose settings are of no use: it is not checked."""
    text = f"not checked, because of the settings: {printable(message)}"
    start = Position(0, 0)
    return Diagnostic(Range(start, start), text, DiagnosticSeverity.Error, source=SOURCE)


def finding_range(finding: Finding, positions: TextPositions) -> Range:
    """Where a finding is shown: of several lines the first, since an editor would underline all of them."""
    if finding.span is None:
        return Range(Position(0, 0), Position(0, 0))
    start, end = positions.span_offsets(finding.span)
    line_end = positions.text.find("\n", start, end)
    if line_end > start:
        end = line_end - (positions.text[line_end - 1] == "\r")
    return positions.range(start, max(start, end))


def _tags(finding: Finding) -> Iterable[DiagnosticTag]:
    if finding.name.startswith(_DEPRECATED):
        yield DiagnosticTag.Deprecated
    if finding.name in _WITHOUT_EFFECT:
        yield DiagnosticTag.Unnecessary
