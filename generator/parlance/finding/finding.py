"""One fault, as every check of the project reports it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .place import Span
from .printable import printable
from .severity import Severity

__all__ = ["ConformanceError", "Finding", "Fix", "Report", "TextEdit"]


@dataclass(frozen=True, slots=True)
class TextEdit:
    """A stretch of a file, and the text that takes its place."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of text that removes a finding: all of its edits are made, or none."""

    title: str
    """What it does, as a command."""

    safe: bool
    """Whether the meaning of the document is certain to stay the same."""

    edits: tuple[TextEdit, ...]
    """At least one, in the order of the text; none overlaps another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault and where it is."""

    code: str
    """Stable and never reused, such as `PAR101`."""

    severity: Severity
    pointer: str
    """JSON Pointer (RFC 6901) from the root of the document; empty for the root itself."""

    message: str
    span: Span | None = None
    """None where there is no text, as for a decoded payload."""

    help: str | None = None
    """What to do about it."""

    fix: Fix | None = None
    name: str = ""
    """The code's name in words, such as `missing-field`; for a code of the catalogue it need not be given."""

    dialect: str = ""
    """The id of the dialect that it is a fault in, where a command reports it; a library's caller knows it."""

    chunk: int | None = None
    """In a stream, the number of the chunk that it is about, from 0; *pointer* is inside that."""

    def __post_init__(self) -> None:
        """Look up the name of a code that is built in."""
        if not self.name:
            from .catalogue import CATALOGUE

            object.__setattr__(self, "name", CATALOGUE[self.code].name)


    def __str__(self) -> str:
        """One line, as the concise report has it: where it is, the code, its name and the message, safe to print."""
        place = f"{self.span.file}:{self.span.line}:{self.span.column}" if self.span else self.pointer or "(root)"
        return printable(f"{place}: {self.code} {self.name} {self.message}")


class ConformanceError(ValueError):
    """A payload that has errors; its text is the report's."""

    def __init__(self, report: Report) -> None:
        super().__init__(str(report))
        self.report = report

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, warnings included."""
        return self.report.findings

    def __reduce__(self) -> tuple[type[ConformanceError], tuple[Report]]:
        """What copies it, also into another process."""
        return type(self), (self.report,)


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict on one document; false where there is an error. Iterating over it gives the findings."""

    findings: tuple[Finding, ...] = ()
    unjudged: tuple[str, ...] = ()
    """Pointers to what was left alone, such as the body of a batch line for another endpoint."""

    @property
    def ok(self) -> bool:
        """Whether there is no error; warnings and advice do not count."""
        return not self.findings or all(finding.severity is not Severity.ERROR for finding in self.findings)

    def __bool__(self) -> bool:
        """Whether there is no error."""
        return self.ok

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __str__(self) -> str:
        """A line for each finding, or `no findings`; then one for each part that was not judged."""
        lines = [str(finding) for finding in self.findings] or ["no findings"]
        return "\n".join([*lines, *(f"{pointer or 'the document'} was not judged" for pointer in self.unjudged)])

    def _repr_html_(self) -> str:
        """A table of the findings, for notebooks."""
        from .report_html import html_of  # only notebooks need it

        return html_of(self)

    def to_dict(self) -> dict[str, Any]:
        """What `json.dumps` takes: the findings as the JSON report of the command line has them, without a file."""
        from .finding_json import as_json  # only those who ask for it need it

        return {
            "ok": self.ok,
            "findings": [as_json(finding) for finding in self.findings],
            "unjudged": [*self.unjudged],
        }

    def raise_for_errors(self) -> None:
        """Raise `ConformanceError` where there is an error."""
        if not self.ok:
            raise ConformanceError(self)
