"""A finding as every JSON report shows it."""

from __future__ import annotations

from typing import Any

from .finding import Finding
from .place import Span

__all__ = ["as_json"]


def as_json(finding: Finding, **where: str) -> dict[str, Any]:
    """What a program reads of *finding*; *where* says more of the place, and stands before it."""
    fix = finding.fix
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        **where,
        **_stretch(finding.span),
        "pointer": finding.pointer,
        "chunk": finding.chunk,
        "message": finding.message,
        "help": finding.help,
        "fix": fix
        and {
            "title": fix.title,
            "safe": fix.safe,
            "edits": [{**_stretch(edit.span), "text": edit.text} for edit in fix.edits],
        },
    }


def _stretch(span: Span | None) -> dict[str, int | None]:
    return {
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
    }
