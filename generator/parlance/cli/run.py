"""A run over files: what is found goes to every report that was asked for, and is counted for the exit code."""

from __future__ import annotations

import os
from contextlib import ExitStack
from types import TracebackType
from typing import Self

import click

from ..check.document import Document
from ..check.excerpt import printable
from ..check.reports import REPORTERS, Context, Describe, Outcome, Reporter, Tally
from ..check.reports.reporter import Write
from ..finding import Finding, Severity
from .output_file import OutputFile
from .progress import ReadingProgress
from .reporting import Reporting

__all__ = ["Run"]

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


class Run:
    """Its report files are in their places when it is left without an exception."""

    def __init__(
        self,
        reporting: Reporting,
        dialect: str,
        describe: Describe,
        *,
        fix_with: str = "--fix",
        size: int | None = None,
    ) -> None:
        self.outcome = Outcome()
        self.progress = ReadingProgress(size)
        self._reporting = reporting
        self._dialect = dialect
        self._describe = describe
        self._fix_with = fix_with
        self._reporters: list[Reporter] = []
        self._outputs: list[tuple[Reporter, OutputFile]] = []
        self._files = ExitStack()
        self._interrupts = False
        """Whether findings are written between two lines of progress."""

    def __enter__(self) -> Self:
        with self._files:  # where one file cannot be written, none is
            for path, form in self._reporting.files.items():
                file = self._files.enter_context(OutputFile(path))
                reporter = self._reporter(form, file.write, styled=False)
                self._reporters.append(reporter)
                self._outputs.append((reporter, file))
            self._files = self._files.pop_all()
        if self._reporting.form is not None:
            shown = self._reporter(self._reporting.form, _print_aside if self._reporting.aside else _print, styled=True)
            self._interrupts = shown.streams
            self._reporters.append(shown)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.progress.clear()
        self._files.__exit__(kind, error, traceback)

    def complain(self, problem: str) -> None:
        """Say what cannot be read."""
        self.outcome.problems.append(problem)
        self.progress.clear()
        click.echo(f"error: {printable(problem)}", err=True)

    def begin(self, file: str) -> None:
        """Turn to *file*."""
        self.outcome.files[file] = Tally()

    def abandon(self, file: str, reason: str) -> None:
        """Give up on *file*; what was found in it stands."""
        self.outcome.files.pop(file, None)
        self.complain(f"{file}: {reason}")

    def checked(self, file: str, document: Document, artifact: str | None) -> None:
        """Count a document of *file*."""
        for tally in (self.outcome.total, self.outcome.files[file]):
            tally.add_document(artifact)
        count = self.outcome.total.documents.total()
        self.progress.advance(document.size, f"{printable(file)}: {count:,} documents checked")

    def found(self, finding: Finding, file: str, line: str | None) -> None:
        """Report a finding; *line* is the line of the text where it begins."""
        for tally in (self.outcome.total, self.outcome.files[file]):
            tally.add(finding)
        if self._interrupts:
            self.progress.clear()
        for reporter in self._reporters:
            reporter.show(finding, file, line)

    def finish(self) -> int:
        """Complete the reports, each for itself; the exit code."""
        self.progress.clear()
        files = [reporter for reporter, _ in self._outputs]
        for reporter, file in self._outputs:
            reporter.finish(self.outcome)
            try:
                file.complete()
            except click.ClickException as error:
                self.complain(error.message)
        for reporter in self._reporters:
            if reporter not in files:
                reporter.finish(self.outcome)
        if self.outcome.problems:
            return 2
        least = self._reporting.fail_on
        return 1 if least is not None and self.outcome.total.reaches(least) else 0

    def _reporter(self, form: str, write: Write, *, styled: bool) -> Reporter:
        context = Context(
            dialect=self._dialect,
            describe=self._describe,
            version=_version,
            statistics=self._reporting.statistics,
            fix_with=self._fix_with,
            style=_styled if styled else None,
        )
        return REPORTERS[form](write, context)


def _version() -> str | None:
    try:
        from .. import __version__
    except ModuleNotFoundError:  # a copy that nobody installed
        return None
    return __version__


def _print(text: str) -> None:
    click.echo(text, nl=False, color=_colour())


def _print_aside(text: str) -> None:
    click.echo(text, nl=False, err=True, color=_colour())


def _styled(text: str, severity: Severity) -> str:
    return click.style(text, fg=_COLOURS[severity], bold=True)


def _colour() -> bool | None:
    """Never where `NO_COLOR` is set; else on a terminal only."""
    return False if os.environ.get("NO_COLOR") else None
