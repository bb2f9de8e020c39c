"""What --fix and --diff do to the files of a run, and what it came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self

from ..check.document import Document
from ..check.engine import Verdict, judge
from ..check.excerpt import printable
from ..check.fixing.mending import mend
from ..check.reader import Stream
from ..check.reports import Outcome
from ..finding import Finding
from .checking import Job
from .fixing import Fixing
from .printing import say
from .reporting import Reporting
from .rewriting import Destination, Diff, Output, Replacement, Watched

__all__ = ["Fixes", "Mending"]

_SHOWN = 10
"""How many fixes of a file that were taken back are told."""


class Fixes:
    """What is fixed in a run."""

    def __init__(self, fixing: Fixing) -> None:
        self._fixing = fixing
        self.fixed = 0
        self.files = 0
        """How many were changed, or would be."""

        self.remarks: list[str] = []
        """What was not fixed, and why."""

    def of(self, job: Job) -> Job:
        """*job*, with what mends its documents."""
        return replace(job, mending=Mending(self, self._fixing, job)) if self._fixing.wanted else job

    def reporting(self, reporting: Reporting, files: Sequence[str]) -> Reporting:
        """What is reported of *files* beside what is fixed, and where; beside a diff nothing is."""
        if self._fixing.diff:
            return replace(reporting, form=None, files={})
        return replace(reporting, aside=self._fixing.wanted and "-" in files)

    def finish(self, outcome: Outcome, code: int) -> int:
        """Say what was fixed, and what was not; the exit code, for which *code* is that of the run."""
        if not self._fixing.wanted:
            return code
        for remark in self.remarks:
            say(f"warning: {printable(remark)}", err=True)
        total = self.fixed + outcome.total.codes.total()
        amount = f"{self.fixed} of {total} finding{'s' * (total != 1)}"
        place = f" in {self.files} file{'s' * (self.files != 1)}" if self.files else ""
        if total:
            say(f"{'Would fix' if self._fixing.diff else 'Fixed'} {amount}{place}", err=True)
        return code if code == 2 or not self._fixing.diff else int(self.files > 0)


class Mending:
    """What is done to one file, which is changed when this is left without an exception."""

    def __init__(self, fixes: Fixes, fixing: Fixing, job: Job) -> None:
        self._fixes = fixes
        self._fixing = fixing
        self._job = job
        self._keep = job.offers() if job.offers else None
        self._stream: Watched | None = None
        self._destination: Destination | None = None
        self._fixed = self._changes = 0
        self._refusals: list[str] = []
        self._unwritable = 0
        """How many fixes there would be for documents that are no faultless JSON."""

        self._spared: set[tuple[str, str]] = set()
        """Code and pointer of what is to stay in a document."""

    def __enter__(self) -> Self:
        if self._fixing.diff:
            self._destination = Diff(self._job.name)
        else:
            self._destination = Output() if self._job.path == "-" else Replacement(self._job.path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Pass on what follows the last document, and complete the file."""
        if self._destination is None or self._stream is None:
            return
        if kind is None:
            rest = self._stream.take()
            self._destination.put(rest, rest)
        self._destination.close(whole=kind is None)
        if kind is None:
            self._fixes.fixed += self._fixed
            self._fixes.files += self._changes > 0
            self._fixes.remarks += self._remarks()

    def watch(self, stream: Stream) -> Stream:
        """*stream*, of which every byte comes to be written."""
        self._stream = Watched(stream)
        return self._stream

    def __call__(self, document: Document, artifact: str) -> Document:
        """*document* as it is when it is mended."""
        mended = mend(document, lambda one, known: self._judged(one, artifact, known), unsafe=self._fixing.unsafe)
        self._fixed += mended.fixed
        self._changes += mended.document is not document
        self._unwritable += mended.unwritable
        self._refusals += [f"{_place(finding)} is not fixed: {reason}" for finding, reason in mended.refusals]
        if self._destination is not None and self._stream is not None:
            old = self._stream.take(document.size)
            self._destination.put(old, _spliced(old, document, mended.document))
        return mended.document

    def _judged(self, document: Document, artifact: str, known: str | None) -> Verdict:
        """The verdict, without repairs of what is not reported; *known* is None before anything is mended."""
        verdict = judge(document, self._job.dialect, known or artifact, lint=self._job.lint)
        if self._keep is None:
            return verdict
        spared = {(one.code, one.pointer) for one in verdict.findings if self._keep(one, _line(one, document)) is None}
        if known is None:
            self._spared = spared
        spared |= self._spared
        told = zip(verdict.findings, verdict.repairs, strict=True)
        repairs = tuple(None if (one.code, one.pointer) in spared else repair for one, repair in told)
        return verdict._replace(repairs=repairs)

    def _remarks(self) -> list[str]:
        told, more = self._refusals[:_SHOWN], len(self._refusals) - _SHOWN
        if more > 0:
            told.append(f"{self._job.name}: {more} more are not fixed for such reasons")
        if self._unwritable:
            what = f"{self._unwritable} finding{'s' * (self._unwritable != 1)}"
            told.append(f"{self._job.name}: {what} could be fixed in a text that is JSON without faults")
        return told


def _place(finding: Finding) -> str:
    return f"{finding.span}: {finding.code} {finding.name}"


def _line(finding: Finding, document: Document) -> str | None:
    return document.source.line(finding.span.line) if document.source and finding.span else None


def _spliced(piece: bytes, before: Document, after: Document) -> bytes:
    """*piece*, in which a document stands, with its new text."""
    if after is before or before.source is None or after.source is None:
        return piece
    body = piece.rstrip(b"\r\n") if before.is_line else piece
    old = before.source.text.encode()
    return body[: len(body) - len(old)] + after.source.text.encode() + piece[len(body) :]
