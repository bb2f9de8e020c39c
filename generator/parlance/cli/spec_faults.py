"""The faults of a spec or a schema, shown with the lines that they stand in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..finding import Finding
from .printing import say

__all__ = ["show_faults"]


def show_faults(findings: Iterable[Finding]) -> None:
    """Print each finding on standard error."""
    from ..check.reports.text import as_text

    files: dict[str, list[str]] = {}
    for finding in findings:
        span, line = finding.span, None
        if span is not None:
            lines = files[span.file] if span.file in files else files.setdefault(span.file, _lines(span.file))
            line = lines[span.line - 1] if span.line <= len(lines) else None
        say(*as_text(finding, line, span.file if span else "parlance"), err=True)


def _lines(file: str) -> list[str]:
    path = Path(file)
    try:
        return path.read_text("utf-8").splitlines() if path.is_file() else []
    except (OSError, ValueError):
        return []
