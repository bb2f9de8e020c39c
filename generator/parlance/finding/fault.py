"""A fault of a spec, put into words and thrown."""

from __future__ import annotations

from collections.abc import Iterable

from .catalogue import CATALOGUE
from .finding import Finding
from .place import Place, Span

__all__ = ["SpecError", "as_line", "fault"]


class SpecError(Exception):
    """A spec, or the choice of a dialect, that cannot be used; it carries every fault that was found."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(dict.fromkeys(findings))
        super().__init__("\n".join(map(as_line, self.findings)))


def fault(code: str, at: Place | None, message: str, *, pointer: str = "", advice: str | None = None) -> Finding:
    """The finding *code* at a place of a spec."""
    span = None if at is None else Span(at.file, at.line, at.column, at.line, at.column + 1)
    return Finding(
        code=code, severity=CATALOGUE[code].severity, pointer=pointer, message=message, span=span, help=advice
    )


def as_line(finding: Finding) -> str:
    """A finding on one line."""
    place = f"{finding.span}: " if finding.span else ""
    advice = f" ({finding.help})" if finding.help else ""
    return f"{place}{finding.code} {finding.message}{advice}"
