"""What is found in a document to what is reported of it: the settings decide, and comments in the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..check.selection import Withheld
from ..check.suppression_comments import is_suppressed

if TYPE_CHECKING:
    from ..check.file_verdicts import Judged
    from ..finding import Finding
    from .checking import Job

__all__ = ["Filter", "FilteredRows", "ReportRow", "filtered_rows"]


class Filter(Protocol):
    """Decides about findings."""

    def __call__(self, finding: Finding, line: str | None, /) -> Finding | Withheld:
        """The finding as it is reported, or why it is not. *line* is where it begins."""
        ...


class ReportRow(NamedTuple):
    """A finding that is reported, and the line where it begins."""

    finding: Finding
    line: str | None


class FilteredRows(NamedTuple):
    """What is reported of a document, and what is not."""

    rows: list[ReportRow]
    withheld: list[Withheld]
    """Why, for each finding that is not reported."""

    spared: set[tuple[str, str]]
    """Code and pointer of each of these, which no fix may change either."""


def filtered_rows(judged: Judged, job: Job) -> FilteredRows:
    """The findings of a document that are reported, and why the others are not."""
    source = judged.document.source
    made = FilteredRows([], [], set())
    for found in judged.findings:
        # Nothing is written into a table.
        finding = replace(found, dialect=job.dialect.id, fix=found.fix if job.column is None else None)
        line = source.line(finding.span.line) if source and finding.span else None
        result: Finding | Withheld = finding
        if is_suppressed(finding, judged.document):
            result = Withheld.DESELECTED
        elif job.filter is not None:
            result = job.filter(finding, line)
        if isinstance(result, Withheld):
            made.withheld.append(result)
            made.spared.add((finding.code, finding.pointer))
        else:
            made.rows.append(ReportRow(result, line))
    return made
