"""Files to findings in a run: read, checked, filtered and reported."""

from __future__ import annotations

import stat
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

import click

from ..check.dialect import Dialect
from ..check.document import Document
from ..check.document_reader import Stream
from ..check.file_verdicts import Judged
from ..check.reports import Problem
from ..check.skimming import Skimmer
from ..check.skipped import Skipped
from ..finding.printable import printable
from .input_files import (
    ChangedFile,
    Original,
    UnreadableFile,
    count_lines,
    documents,
    opened,
    standard_input,
    table_rows,
)
from .judging import container_name, judge_file, recognised
from .run import Run

if TYPE_CHECKING:
    from ..check.other_dialects import Suggestions
    from ..payloads.container_rows import Container
    from ..spec_source import SpecSource
    from .report_rows import Filter, ReportRow

__all__ = ["Fixer", "Interrupted", "Job", "check_file", "skip_reason", "total_size"]


class Fixer(Protocol):
    """Fixes the documents of a file."""

    def fixed(self, stream: Stream, read: Callable[[Stream], Iterator[Document]], /) -> Generator[Document]:
        """Every document of *stream* as it is when it is fixed; at the end the file is in its place."""
        ...


class Job(NamedTuple):
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
    fix_filter: Callable[[], Filter] | None = None
    """Makes another `filter`, for what may be fixed."""

    fixer: Fixer | None = None
    suggestions: Suggestions | None = None
    """What looks at payloads with findings, where nobody named a dialect."""

    column: str | None = None
    """Of a table, the column with the payloads."""

    pointers: tuple[str, ...] = ()
    """Where its payloads lie, if the user said that."""

    row_files: tuple[Path, ...] = ()
    """Files of the user with rows of containers."""

    spec: SpecSource | None = None
    """What the dialect is made from, which may have rows of containers, too."""

    others: tuple[Job, ...] = ()
    """The same file against the dialects that it is compared in."""

    @property
    def form(self) -> str | None:
        """How the file is read, if the user said what it is and that decides it."""
        return "events" if self.artifact in self.dialect.streams and not self.pointers else None

    def rows(self) -> Sequence[Container]:
        """How containers are recognised, and where payloads lie in them."""
        from ..payloads.container_rows import containers

        overlays, folder = (self.spec.overlays, self.spec.folder) if self.spec else ((), None)
        return containers(*self.row_files, overlays=overlays, folder=folder)


class Interrupted(click.Abort):
    """Says how far a run had come when it was stopped."""


def total_size(jobs: Iterable[Job]) -> int | None:
    """How many bytes there are to read, twice what is to be fixed; None where that cannot be known."""
    total = 0
    for job in jobs:
        try:
            facts = Path(job.path).stat()
        except OSError:
            continue
        if job.path == "-" or not stat.S_ISREG(facts.st_mode):
            return None
        total += facts.st_size * (2 if job.fixer else 1)
    return total


def check_file(run: Run, job: Job) -> None:
    """Fix a file, if the job has a fixer, then check every document of it, and report what is found; or skip it."""
    run.begin(job.name)
    reading = _Reading(run, job)
    try:
        if job.path == "-":
            reading.check_standard_input()
        elif job.column is not None:
            reading.check_table(job.column)
        elif job.fixer is None:
            with opened(job.path) as stream:
                reading.check_or_skip(reading.documents(stream, Original.of(job.path, stream)))
        else:
            reading.fix_and_check(job.fixer)
    except UnreadableFile as error:
        run.abandon(job.name, str(error))
    except KeyboardInterrupt:
        raise Interrupted(reading.progress()) from None


def skip_reason(job: Job) -> tuple[str | None, str | None]:
    """Why a file would be skipped, if it would be, and else which container it is, if any.

    `UnreadableFile` where that cannot be seen.
    """
    if job.path == "-":
        return _seen(job, documents(standard_input(), job.name, form=job.form))
    with opened(job.path) as stream:
        return _seen(job, documents(stream, job.name, Original.of(job.path, stream), form=job.form))


def _seen(job: Job, given: Iterator[Document]) -> tuple[str | None, str | None]:
    reason, given = _recognised(job, given)
    return reason, None if reason else container_name(given, job)


def _recognised(job: Job, given: Iterator[Document]) -> tuple[str | None, Iterator[Document]]:
    """Why a file is skipped, if it is, and its documents."""
    if job.is_excluded:
        return Skipped.EXCLUDED, given
    if not job.may_skip:
        return None, given
    reason, given = recognised(given, job)
    for other in job.others:  # what is a payload to one of them is checked
        if reason is None:
            break
        reason, given = recognised(given, other)
    return reason, given


class _Reading:
    """One file in a run, and how far it was read."""

    def __init__(self, run: Run, job: Job) -> None:
        self._run = run
        self._job = job
        self._count = 0
        self._is_lines = False
        self._skimmer = Skimmer()

    def documents(self, stream: Stream, original: Original | None = None) -> Iterator[Document]:
        """The documents to be checked, many clean lines as one."""
        self._skimmer.is_clean = None
        return documents(stream, self._job.name, original, self._skimmer, self._job.form)

    def check_table(self, column: str) -> None:
        """Check each row of a table."""
        self._skimmer.is_clean = None
        with opened(self._job.path) as stream:
            original = Original.of(self._job.path, stream)
        self.check(table_rows(original, self._job.name, column, self._skimmer))

    def check_standard_input(self) -> None:
        """Check what cannot be read twice; what is fixed of it is printed first, a document at a time."""
        stream = standard_input()
        if self._job.fixer is None:
            self.check_or_skip(self.documents(stream))
            return
        with closing(self._job.fixer.fixed(stream, self._to_fix)) as fixed:
            self.check(fixed)

    def _to_fix(self, stream: Stream) -> Iterator[Document]:
        """The documents of standard input; none where it is skipped, which passes it on as it is."""
        given = documents(stream, self._job.name, form=self._job.form)
        if (found := self._unless_skipped(given)) is None:
            deque(given, maxlen=0)
            return iter(())
        return found

    def fix_and_check(self, fixer: Fixer) -> None:
        """Write the file with its fixes, and check what is there then; where it cannot be written, all is found."""
        from .rewriting import Unwritable

        path, name = self._job.path, self._job.name
        with opened(path) as stream:
            original = Original.of(path, stream)
            if not original.is_regular:
                self.check_or_skip(self.documents(stream, original))
                if name in self._run.outcome.files and self._run.outcome.files[name].fixable:
                    self._run.complain(Problem(name, "it cannot be fixed: it is not a regular file"))
                return
            looked_at = documents(stream, name, original._replace(must_stay=False), form=self._job.form)
            if self._unless_skipped(looked_at) is None:
                return
            stream.seek(0)
            try:
                self._fix(fixer, stream, original)
            except (Unwritable, ChangedFile) as error:
                self._run.complain(Problem(name, str(error)))
                stream.seek(0)
                self.check(self.documents(stream, original._replace(must_stay=False)))
                if isinstance(error, ChangedFile):  # nobody knows what was not read of it
                    self._run.outcome.files.pop(name, None)
                return
        with opened(path) as stream:
            self.check(self.documents(stream, Original.of(path, stream)))

    def _fix(self, fixer: Fixer, stream: BinaryIO, original: Original) -> None:
        name = self._job.name
        with closing(fixer.fixed(stream, lambda one: documents(one, name, original, form=self._job.form))) as fixed:
            for document in fixed:
                self._advance(document)
                self._run.progress.advance(document.size, lambda: f"{printable(name)}: {self._count:,} documents fixed")
        self._count = 0

    def _unless_skipped(self, given: Iterator[Document]) -> Iterator[Document] | None:
        """The documents of a file; None where it is skipped."""
        reason, found = _recognised(self._job, given)
        if reason is not None:
            self._run.skip(self._job.name, reason)
        return found if reason is None else None

    def check_or_skip(self, given: Iterator[Document]) -> None:
        """Report what is found in the documents, unless they are no payloads."""
        if (found := self._unless_skipped(given)) is not None:
            self.check(found)

    def check(self, given: Iterable[Document]) -> None:
        """Report what is found in the documents."""
        job = self._job
        if job.others:
            self._compare(given)
            return
        for judged in judge_file(given, job, self._skimmer):
            if not judged.again:
                self._advance(judged.document)
                self._run.checked(job.name, judged)
            if judged.findings:
                self._report(self._reported(judged, job))

    def _compare(self, given: Iterable[Document]) -> None:
        """Report what each dialect finds in the documents: what several find alike stands together."""
        from .comparison import judged_by_each, side_by_side

        for verdicts in judged_by_each(given, (self._job, *self._job.others)):
            _, first = verdicts[0]
            if not first.again:
                self._advance(first.document)
                self._run.checked(self._job.name, first)
            for job, judged in verdicts:
                if not judged.again:
                    self._run.checked_as(job.name, judged, job.dialect.id)
            self._report(side_by_side(self._reported(judged, job) for job, judged in verdicts))

    def _advance(self, document: Document) -> None:
        self._is_lines, source = document.is_line, document.source
        self._count = source.first_line if self._is_lines and source else self._count + 1

    def _report(self, rows: Iterable[ReportRow]) -> None:
        for row in rows:
            self._run.found(row.finding, self._job.name, row.line)

    def _reported(self, judged: Judged, job: Job) -> list[ReportRow]:
        """What is to be reported of a document."""
        if not judged.findings:
            return []
        if job.suggestions is not None and judged.document.complete:
            job.suggestions.look_at(judged.document.value, judged.artifact, job.dialect)
        from .fixability import confirmed  # with all that fixes; most documents have no finding
        from .report_rows import filtered_rows

        rows, withheld, spared = filtered_rows(judged, job)
        for reason in withheld:
            self._run.withheld(reason, job.name, job.dialect.id)
        return confirmed(rows, judged, job.dialect, spared, job.fix_filter)

    def progress(self) -> str:
        """How far a run had come when it was stopped."""
        job = self._job
        if job.column is not None:
            return f"interrupted after {self._count:,} {'row' if self._count == 1 else 'rows'} of {job.name}"
        if not self._is_lines:
            return f"interrupted while {job.name} was checked"
        whole = count_lines(job.path)
        noun = "line" if self._count == 1 and not whole else "lines"
        return f"interrupted after {self._count:,} {f'of {whole:,} ' if whole else ''}{noun} of {job.name}"
