"""The faults of a spec or a schema, shown with the lines that they stand in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ..finding import Finding
from .printing import say

__all__ = ["show_faults"]


def show_faults(findings: Iterable[Finding]) -> None:
    """Print each finding on standard error."""
    from ..check.reports.text import as_text

    for finding in findings:
        file = finding.span.file if finding.span else "parlance"
        say("\n".join(as_text(finding, _line(finding), file)), err=True)


def _line(finding: Finding) -> str | None:
    if finding.span is None:
        return None
    lines = _lines(finding.span.file)
    return lines[finding.span.line - 1] if finding.span.line <= len(lines) else None


@cache
def _lines(file: str) -> list[str]:
    path = Path(file)
    try:
        return path.read_text("utf-8").splitlines() if path.is_file() else []
    except (OSError, ValueError):
        return []
