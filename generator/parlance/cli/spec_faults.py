"""The faults of a spec or a schema, shown with the lines that they stand in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from ..finding import Finding

__all__ = ["show_faults"]


def show_faults(findings: Iterable[Finding]) -> None:
    """Print each finding on standard error."""
    from ..check.reports.text import as_text

    for finding in findings:
        file = finding.span.file if finding.span else "parlance"
        click.echo("\n".join(as_text(finding, _line(finding), file)), err=True)


def _line(finding: Finding) -> str | None:
    if finding.span is None:
        return None
    try:
        lines = Path(finding.span.file).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return None
    return lines[finding.span.line - 1] if finding.span.line <= len(lines) else None
