"""The documents of one file to verdicts: exchanges where it was said that they are some, else as any other file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..check.dialect import Dialect
from ..check.document import Document
from ..check.file_verdicts import Judged
from ..check.reports.tally import OTHER_TRAFFIC
from ..finding import Finding
from .exchange_judge import ExchangeJudge
from .inner_documents import location_of
from .recording_reader import recordings

__all__ = ["judge_decoded", "judge_exchanges"]


def judge_exchanges(documents: Iterable[Document], dialect: Dialect, name: str, *, lint: bool = False) -> Iterator[Judged]:
    """The verdict on each exchange in the documents of a file; what is none is counted as other traffic."""
    form, judge = dialect.exchanges[name], ExchangeJudge(dialect, name, lint=lint)
    end = dialect.streams[form.stream].end if form.stream else None
    for document in documents:
        size = document.size
        for recording in recordings(document, form, end):
            counted = Document(None, complete=False, source=document.source, size=size, is_line=document.is_line)
            size = 0
            if recording.exchange is None:
                yield Judged(counted, OTHER_TRAFFIC, ())
                continue
            span = None
            findings: list[Finding] = []
            for finding in judge.judge(recording.exchange):
                if finding.span is None:
                    span = span or location_of(recording.document, recording.at)
                    finding = replace(finding, span=span)
                findings.append(finding)
            findings.sort(key=_order)
            yield Judged(counted, name, tuple(findings), (None,) * len(findings))


def judge_decoded(document: Document, dialect: Dialect, name: str, *, lint: bool = False) -> tuple[Finding, ...]:
    """What is found in the exchanges of one document."""
    return tuple(one for judged in judge_exchanges([document], dialect, name, lint=lint) for one in judged.findings)


def _order(finding: Finding) -> tuple[int, int]:
    return (finding.span.line, finding.span.column) if finding.span else (0, 0)
