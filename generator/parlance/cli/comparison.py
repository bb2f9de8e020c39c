"""A file against several dialects: it is read once, and what they find alike stands together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import tee, zip_longest
from typing import TYPE_CHECKING, TypeAlias

from ..check.document import Document
from ..check.file_verdicts import Judged
from ..finding import Finding
from .judging import judge_file

if TYPE_CHECKING:
    from .checking import Job
    from .report_rows import ReportRow

__all__ = ["judged_by_each", "side_by_side"]

_Key: TypeAlias = tuple[bool, int, int, str, str, int]


def judged_by_each(documents: Iterable[Document], jobs: Sequence[Job]) -> Iterator[list[tuple[Job, Judged]]]:
    """Each document with the verdict of each job's dialect; then what each has to say of all lines together."""
    copies = tee(documents, len(jobs))  # none gets ahead of the others by more than the lines that detection reads
    verdicts = (judge_file(copy, job) for copy, job in zip(copies, jobs, strict=True))
    for row in zip_longest(*verdicts):
        yield [(job, judged) for job, judged in zip(jobs, row, strict=True) if judged is not None]


def side_by_side(reported: Iterable[Sequence[ReportRow]]) -> list[ReportRow]:
    """The rows of a document from several dialects in the order of its text, those of one place and code together."""
    keyed: list[tuple[_Key, ReportRow]] = []
    for rows in reported:
        before = Counter[tuple[str, str]]()
        for row in rows:
            finding = row.finding
            keyed.append((_key(finding, before[finding.code, finding.pointer]), row))
            before[finding.code, finding.pointer] += 1
    return [row for _, row in sorted(keyed, key=lambda pair: pair[0])]


def _key(finding: Finding, number: int) -> _Key:
    span = finding.span
    line, column = (span.line, span.column) if span else (0, 0)
    return span is None, line, column, finding.code, finding.pointer, number
