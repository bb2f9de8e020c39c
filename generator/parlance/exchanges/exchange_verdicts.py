"""The documents of one file to verdicts: exchanges where it was said that they are some, else as any other file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..check.dialect import Dialect
from ..check.document import Document
from ..check.event_stream import unexpected
from ..check.file_verdicts import Judged
from ..check.reports.tally import OTHER_TRAFFIC
from ..finding import Finding
from ..payloads.container_rows import Rows, containers
from ..payloads.inner_documents import location_of
from ..payloads.recording import Recording
from ..payloads.recording_reader import recordings
from .exchange_judge import ExchangeJudge

__all__ = ["judge_decoded", "judge_exchanges"]


def judge_exchanges(
    documents: Iterable[Document], dialect: Dialect, name: str, rows: Rows = containers, *, lint: bool = False
) -> Iterator[Judged]:
    """The verdict on each exchange in the documents of a file; what is none is counted as other traffic."""
    form, judge = dialect.exchanges[name], ExchangeJudge(dialect, name, lint=lint)
    end = dialect.streams[form.stream].end if form.stream else None
    for document in documents:
        if document.event is not None:
            found = unexpected(document.source)
            yield Judged(document, None, tuple(found.text_findings()), (None,))
            return
        size = document.size
        for recording in recordings(document, form, end, rows()):
            counted = Document(None, complete=False, source=document.source, size=size, is_line=document.is_line)
            size = 0
            if recording.exchange is None:
                yield Judged(counted, OTHER_TRAFFIC, ())
                continue
            findings = sorted(_placed(judge.judge(recording.exchange), recording), key=_order)
            yield Judged(counted, name, tuple(findings), (None,) * len(findings))


def judge_decoded(
    document: Document, dialect: Dialect, name: str, rows: Rows = containers, *, lint: bool = False
) -> tuple[Finding, ...]:
    """What is found in the exchanges of one document."""
    return tuple(
        one for judged in judge_exchanges([document], dialect, name, rows, lint=lint) for one in judged.findings
    )


def _placed(findings: Iterable[Finding], recording: Recording) -> Iterator[Finding]:
    """Findings with a place, which is that of the exchange where nothing is known of it."""
    for finding in findings:
        yield finding if finding.span else replace(finding, span=location_of(recording.document, recording.at))


def _order(finding: Finding) -> tuple[int, int]:
    return (finding.span.line, finding.span.column) if finding.span else (0, 0)
