"""A spec that cannot be used, as an exception."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what catches this error need not load what a finding is made of
    from .finding import Finding

__all__ = ["SpecError", "as_line"]


class SpecError(Exception):
    """A spec, or the choice of a dialect, that cannot be used; it carries every fault that was found."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(dict.fromkeys(findings))
        super().__init__("\n".join(map(as_line, self.findings)))


def as_line(finding: Finding) -> str:
    """A finding on one line."""
    place = f"{finding.span}: " if finding.span else ""
    advice = f" ({finding.help})" if finding.help else ""
    return f"{place}{finding.code} {finding.message}{advice}"
