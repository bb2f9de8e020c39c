"""A run over files: what is found goes to every report that was asked for, and is counted for the exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from ..check.file_verdicts import Judged
from ..check.reports import Context, Outcome, Problem, Reporter, RunMessage, Tally, reporter_of, skipped_files
from ..check.selection import Withheld
from ..finding import Severity
from ..finding.printable import printable
from .invocation import Verbosity, color, verbosity
from .progress_bar import ReadingProgress
from .reporting import Reporting

if TYPE_CHECKING:
    from ..finding import Finding
    from .output_file import OutputFile
    from .step_summary import SummaryFile

__all__ = ["Run"]

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


class Run:
    """Its report files are in their places when it is left without an exception."""

    def __init__(self, reporting: Reporting, context: Context, *, size: int | None = None) -> None:
        self.outcome = Outcome(parts={dialect: Outcome() for dialect in context.dialects})
        self.progress = ReadingProgress(size)
        self._reporting = reporting
        self._context = context
        self._reporters: list[Reporter] = []
        self._outputs: list[tuple[Reporter, OutputFile | SummaryFile]] = []
        self._files = ExitStack()
        self._is_quiet = verbosity() is Verbosity.QUIET
        self._color = color()

    def __enter__(self) -> Self:
        with self._files:  # where one file cannot be written, none is
            for path, form in self._reporting.files.items():
                file = self._files.enter_context(_output_file(path))
                reporter = reporter_of(form, self._context)(file.write, self._context)
                self._reporters.append(reporter)
                self._outputs.append((reporter, file))
            self._files = self._files.pop_all()
        if self._reporting.form is not None:
            context = self._context._replace(style=_styled, is_quiet=self._is_quiet)
            self._reporters.append(reporter_of(self._reporting.form, context)(self._print, context))
        if self._reporting.form == "github":
            self._summarise_step()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.progress.clear()
        self._files.__exit__(kind, error, traceback)

    def _summarise_step(self) -> None:
        """Write a summary besides, where GitHub Actions says where to."""
        from .step_summary import StepSummary, summary_file

        if file := summary_file():
            reporter = StepSummary(file.write, self._context)
            self._reporters.append(reporter)
            self._outputs.append((reporter, file))

    def complain(self, problem: Problem) -> None:
        """Say what cannot be read."""
        self.outcome.problems.append(problem)
        self.progress.clear()
        click.echo(f"error: {printable(str(problem))}", err=True)

    def begin(self, file: str) -> None:
        """Turn to *file*."""
        for outcome in self._outcomes():
            outcome.files[file] = Tally()

    def abandon(self, file: str, reason: str) -> None:
        """Give up on *file*; what was found in it stands."""
        self._forget(file)
        self.complain(Problem(file, reason))

    def skip(self, file: str, reason: str) -> None:
        """Leave *file* unchecked."""
        self._forget(file)
        self.outcome.skipped[file] = reason

    def checked(self, file: str, judged: Judged) -> None:
        """Count a document of *file*, or the lines that one stands for."""
        self._count(self.outcome, file, judged)
        total = self.outcome.total
        self.progress.advance(
            judged.document.size,
            lambda: f"{printable(file)}: {total.documents.total():,} documents checked",
        )

    def checked_as(self, file: str, judged: Judged, dialect: str) -> None:
        """Count the verdict of one of the dialects that are compared."""
        self._count(self.outcome.parts[dialect], file, judged)

    @staticmethod
    def _count(outcome: Outcome, file: str, judged: Judged) -> None:
        count = judged.document.skimmed or 1
        unjudged = {one.code for one in judged.unjudged} if judged.unjudged else frozenset[str]()
        outcome.total.add_documents(count, judged.artifact, unjudged)
        outcome.files[file].add_documents(count, judged.artifact, unjudged)
        if judged.contents is not None:
            outcome.total.add_contents(judged.contents)
            outcome.files[file].add_contents(judged.contents)

    def found(self, finding: Finding, file: str, line: str | None) -> None:
        """Report a finding; *line* is the line of the text where it begins."""
        for tally in self._tallies(file, finding.dialect):
            tally.add(finding)
        for reporter in self._reporters:
            reporter.show(finding, file, line)

    def withheld(self, reason: Withheld, file: str, dialect: str) -> None:
        """Count a finding that is not reported."""
        for tally in self._tallies(file, dialect):
            tally.withheld[reason] += 1

    def found_after_all(self, reason: Withheld, finding: Finding, file: str, line: str | None) -> None:
        """Report a finding that was counted as withheld."""
        for tally in self._tallies(file, finding.dialect):
            tally.withheld[reason] -= 1
        self.found(finding, file, line)

    def _outcomes(self) -> Iterator[Outcome]:
        yield self.outcome
        yield from self.outcome.parts.values()

    def _forget(self, file: str) -> None:
        for outcome in self._outcomes():
            outcome.files.pop(file, None)

    def _tallies(self, file: str, dialect: str) -> Iterator[Tally]:
        """Where a finding is counted: a file that was given up has no count of its own."""
        outcomes = [self.outcome]
        if dialect in self.outcome.parts:
            outcomes.append(self.outcome.parts[dialect])
        for outcome in outcomes:
            yield outcome.total
            if file in outcome.files:
                yield outcome.files[file]

    def finish(self) -> int:
        """Complete the reports, each for itself; the exit code."""
        self.progress.clear()
        files = [reporter for reporter, _ in self._outputs]
        for reporter, file in self._outputs:
            reporter.finish(self.outcome)
            try:
                file.complete()
            except click.ClickException as error:
                self.complain(RunMessage(file.name, error.message))
        for reporter in self._reporters:
            if reporter not in files:
                reporter.finish(self.outcome)
        if self.outcome.skipped and not self.outcome.files and not self.outcome.problems and not self._is_quiet:
            click.echo(f"warning: nothing was checked; {skipped_files(self.outcome)}", err=True)
        if self.outcome.problems:
            return 2
        least = self._context.fail_on
        return 1 if least is not None and self.outcome.total.reaches(least) else 0

    def _print(self, text: str) -> None:
        self.progress.clear()
        click.echo(text, nl=False, err=self._reporting.aside, color=self._color)


def _output_file(path: str) -> OutputFile:
    from .output_file import OutputFile  # most runs write none

    return OutputFile(path)


def _styled(text: str, severity: Severity) -> str:
    return click.style(text, fg=_COLOURS[severity], bold=True)
