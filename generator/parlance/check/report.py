"""Findings as text for people, and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..finding import Finding, Severity
from .excerpt import GUTTER, WIDTH, excerpt, printable, wrapped

__all__ = ["Style", "Tally", "as_json", "as_text", "json_line", "json_text", "summary"]

Style = Callable[[str, Severity], str]
"""Colours the severity of a finding, where there is colour."""


@dataclass
class Tally:
    """What was counted in a file, or in all of them."""

    documents: Counter[str] = field(default_factory=Counter[str])
    """How many documents of each artifact."""

    severities: Counter[Severity] = field(default_factory=Counter[Severity])

    def add(self, artifact: str | None, findings: tuple[Finding, ...]) -> None:
        """Count a document."""
        self.documents[artifact or "undetermined"] += 1
        self.severities.update(finding.severity for finding in findings)

    def as_json(self) -> dict[str, Any]:
        """The counts by name."""
        count = self.severities
        return {
            "documents": self.documents.total(),
            "artifacts": dict(self.documents),
            "errors": count[Severity.ERROR],
            "warnings": count[Severity.WARNING],
            "notes": count[Severity.INFO],
        }


def as_text(finding: Finding, line: str | None, file: str, style: Style | None = None) -> Iterator[str]:
    """The lines that show *finding*; *line* is the line of its source."""
    severity = style(finding.severity, finding.severity) if style else str(finding.severity)
    place = f"{file}:{finding.span.line}:{finding.span.column}" if finding.span else file
    yield f"{printable(place)}: {severity} {finding.code} {finding.name}"
    margin = GUTTER
    if finding.span and line is not None:
        yield from excerpt(finding.span, line, printable(finding.message))
        margin = max(GUTTER, len(str(finding.span.line)))
    else:
        yield from wrapped("what", printable(finding.message), margin)
    if finding.pointer:
        yield _cut(f"{' ' * margin} = at: {printable(finding.pointer)}")
    if finding.help:
        yield from wrapped("help", printable(finding.help), margin)


def as_json(finding: Finding, file: str) -> dict[str, Any]:
    """What a program reads of *finding*."""
    span = finding.span
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        "file": file,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
        "pointer": finding.pointer,
        "message": finding.message,
        "help": finding.help,
    }


def json_line(value: object) -> str:
    """*value* on one line, in ASCII, so that no encoding can spoil it."""
    return json.dumps(value)


def json_text(value: object) -> str:
    """*value* on many lines."""
    return json.dumps(value, indent=2)


def summary(dialect: str, total: Tally, files: int, faulty: int) -> str:
    """`1 error, 1 warning in 2 of 37 files`, or what conforms."""
    found = [
        _counted(total.severities[severity], noun)
        for severity, noun in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note"))
        if total.severities[severity]
    ]
    if found:
        return f"{', '.join(found)} in {faulty} of {_counted(files, 'file')}"
    kinds = ", ".join(f"{count} {kind}" for kind, count in total.documents.items())
    verb = "conforms" if files == 1 else "conform"
    return f"{_counted(files, 'file')} {verb} to {dialect} ({kinds})"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
