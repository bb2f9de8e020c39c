"""The faults of a spec or a schema, shown with the lines that they stand in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..finding import Finding, Lines
from .terminal import say

__all__ = ["show_faults"]


def show_faults(findings: Iterable[Finding], *, err: bool = True) -> None:
    """Print each finding, on standard error unless *err* is false."""
    from ..check.reports.text_report import as_text

    files: dict[str, Lines] = {}
    for finding in findings:
        span, line = finding.span, None
        if span is not None:
            if span.file not in files:
                files[span.file] = _lines(span.file)
            line = files[span.file].line(span.line)
        say(*as_text(finding, line, span.file if span else "parlance"), err=err)


def _lines(file: str) -> Lines:
    """The text of a file as its reader has it; nothing where it cannot be read."""
    from ..check.encoding import decode

    path = Path(file)
    try:
        return Lines(decode(path.read_bytes())[0] if path.is_file() else "")
    except (OSError, ValueError):
        return Lines("")
