"""Files to findings in a run: read, checked, and reported where they are wanted."""

from __future__ import annotations

import os
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol

import click

from ..check.dialect import Dialect
from ..check.document import Document
from ..check.lines import Judged, judge_all
from ..check.reader import Stream, TooLarge, read_documents
from ..check.recognition import Skipped, recognise
from ..check.selection import Withheld
from ..finding import Finding
from .rewriting import Unwritable
from .run import Run

__all__ = [
    "Filter",
    "Interrupted",
    "Job",
    "Keep",
    "Mender",
    "UnreadableError",
    "check_file",
    "skip_reason",
    "total_size",
]


class Filter(Protocol):
    """Decides about findings."""

    def __call__(self, finding: Finding, line: str | None, /) -> Finding | Withheld:
        """The finding as it is reported, or why it is not. *line* is where it begins."""
        ...


class Keep(Protocol):
    """Decides about findings that might be fixed."""

    def __call__(self, finding: Finding, line: str | None, /) -> Finding | None:
        """The finding as it is reported; None where it is not. *line* is where it begins."""
        ...


class Mender(Protocol):
    """Mends the documents of a file, which is changed when this is left without an exception."""

    def __enter__(self) -> object: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None, /
    ) -> None: ...

    def watch(self, stream: Stream, /) -> Stream:
        """*stream*, of which every byte comes to be written."""
        ...

    def __call__(self, document: Document, artifact: str, /) -> Document:
        """*document* as it is when it is mended."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """A file, and how it is checked."""

    path: str
    """`-` for standard input."""

    name: str
    """What it is called in reports."""

    dialect: Dialect
    artifact: str = "auto"
    lint: bool = False
    may_skip: bool = False
    """Whether the file is skipped if it holds no payload."""

    is_excluded: bool = False
    """Whether it is skipped whatever it holds."""

    filter: Filter | None = None
    offers: Callable[[], Keep] | None = None
    """Makes what decides about findings that might be fixed."""

    mending: Mender | None = None


class Interrupted(click.Abort):
    """Says how far a run had come when it was stopped."""


class UnreadableError(Exception):
    """A file that the operating system does not hand over, or not as it was."""


def total_size(jobs: Iterable[Job]) -> int | None:
    """How many bytes there are to read; None where that cannot be known."""
    total = 0
    for job in jobs:
        try:
            facts = Path(job.path).stat()
        except OSError:
            continue
        if job.path == "-" or not stat.S_ISREG(facts.st_mode):
            return None
        total += facts.st_size
    return total


def check_file(run: Run, job: Job) -> None:
    """Check every document of a file, and report what is found."""
    run.begin(job.name)
    count, is_lines = 0, False
    try:
        with job.mending or nullcontext():
            reason, documents = _recognised(job)
            if reason is not None:
                run.skip(job.name, reason)
                if job.path == "-" and job.mending:  # which passes on what it reads
                    deque(documents, maxlen=0)
                return
            for judged in judge_all(documents, job.dialect, job.artifact, lint=job.lint, mend=job.mending):
                if not judged.again:
                    is_lines, source = judged.document.is_line, judged.document.source
                    count = source.first_line if is_lines and source else count + 1
                    run.checked(job.name, judged.document, judged.artifact)
                _report(run, job, judged)
    except (UnreadableError, Unwritable) as error:
        run.abandon(job.name, str(error))
    except KeyboardInterrupt:
        raise Interrupted(_progress(job, count, is_lines)) from None


def skip_reason(job: Job) -> Skipped | None:
    """Why a file would be skipped, if it would be; `UnreadableError` where that cannot be seen."""
    return _recognised(job)[0]


def _recognised(job: Job) -> tuple[Skipped | None, Iterator[Document]]:
    """Why a file is skipped, if it is, and its documents."""
    documents = _documents(job)
    if job.is_excluded:
        return Skipped.EXCLUDED, documents
    return recognise(documents, job.dialect.artifacts) if job.may_skip else (None, documents)


def _report(run: Run, job: Job, judged: Judged) -> None:
    source = judged.document.source
    for finding in judged.findings:
        line = source.line(finding.span.line) if source and finding.span else None
        result = job.filter(finding, line) if job.filter else finding
        if isinstance(result, Withheld):
            run.withheld(result, job.name)
        else:
            run.found(result, job.name, line)


def _progress(job: Job, count: int, is_lines: bool) -> str:
    if not is_lines:
        return f"interrupted while {job.name} was checked"
    whole = _lines(job.path)
    noun = "line" if count == 1 and not whole else "lines"
    return f"interrupted after {count:,} {f'of {whole:,} ' if whole else ''}{noun} of {job.name}"


def _lines(path: str) -> int | None:
    """How many lines a file has; None for what cannot be read twice."""
    if path == "-" or not Path(path).is_file():
        return None
    count, last = 0, b"\n"
    try:
        with Path(path).open("rb") as stream:
            while block := stream.read(1 << 20):
                count += block.count(b"\n")
                last = block[-1:]
    except OSError:
        return None
    return count + (last != b"\n")


def _documents(job: Job) -> Iterator[Document]:
    try:
        if job.path == "-":
            yield from read_documents(_watched(job, _standard_input()), job.name)
            return
        with Path(job.path).open("rb") as stream:
            before = os.fstat(stream.fileno())
            read = 0
            for document in read_documents(_watched(job, stream), job.name):
                read += document.size
                if stat.S_ISREG(before.st_mode) and read > before.st_size:
                    raise UnreadableError(_CHANGED)
                yield document
        _check_unchanged(job.path, before)
    except OSError as error:
        raise UnreadableError((error.strerror or str(error)).lower()) from None
    except TooLarge as error:
        raise UnreadableError(str(error)) from None


def _standard_input() -> Stream:
    if sys.stdin is None:
        message = "it is closed"
        raise UnreadableError(message)
    return sys.stdin.buffer


def _watched(job: Job, stream: Stream) -> Stream:
    return job.mending.watch(stream) if job.mending else stream


_CHANGED = "it changed while it was read; check it again when it is complete"


def _check_unchanged(path: str, before: os.stat_result) -> None:
    """Refuse a verdict on a file that is another by now."""
    if not stat.S_ISREG(before.st_mode):
        return
    try:
        after = Path(path).stat()
    except FileNotFoundError:
        message = "it was removed while it was read"
        raise UnreadableError(message) from None
    if (before.st_size, before.st_mtime_ns, before.st_ino) != (after.st_size, after.st_mtime_ns, after.st_ino):
        raise UnreadableError(_CHANGED)
