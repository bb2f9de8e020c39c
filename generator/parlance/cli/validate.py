"""`parlance validate`: files to findings on standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from ..check.dialect import Dialect, UnknownArtifact, UnknownDialect
from ..check.document import Document
from ..check.engine import Verdict, judge
from ..check.excerpt import printable
from ..check.reader import read_documents
from ..check.report import Tally, as_json, as_text, json_line, json_text, summary
from ..finding import Severity
from .files import select
from .progress import Progress

__all__ = ["validate"]

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


@click.command
@click.argument("names", nargs=-1, metavar="[FILE | FOLDER | PATTERN | -]...")
@click.option("--dialect", metavar="ID", help="A dialect, an alias, or a date of the base: openai@2025-03-01.")
@click.option(
    "--as",
    "artifact",
    metavar="ARTIFACT",
    default="auto",
    show_default=True,
    help="request, response, chunk, … or auto.",
)
@click.option(
    "--output-format",
    "form",
    type=click.Choice(["text", "json", "json-lines"]),
    default="text",
    show_default=True,
    help="How to write the findings.",
)
@click.option("--stdin-filename", metavar="NAME", help="What to call standard input; its ending tells the format.")
def validate(names: tuple[str, ...], dialect: str | None, artifact: str, form: str, stdin_filename: str | None) -> int:
    """Check JSON, JSON Lines and YAML files against a dialect.

    A folder stands for the *.json, *.jsonl, *.ndjson, *.yaml and *.yml files in it, and - for standard input.

    \b
    Examples:
      parlance validate request.json
      parlance validate --as response --dialect openai-2024-06 'replies/**/*.json'
      curl … | parlance validate --as response -

    Exit codes: 0 where there is no error, even if there are warnings; 1 where there is one; 2 where
    a file cannot be read or an argument is wrong.
    """  # noqa: D301 click reads the backspace
    if not names:
        raise click.UsageError("name a file, a folder, or - for standard input")
    from ..library import find_dialect

    try:
        chosen = find_dialect(dialect)
        if artifact != "auto":
            chosen.artifact(artifact)
    except (UnknownDialect, UnknownArtifact) as error:
        raise click.UsageError(str(error)) from None
    selection = select(names)
    run = _FORMS[form](chosen)
    for problem in selection.problems:
        run.complain(problem)
    for file in selection.files:
        run.check(file, (stdin_filename or "<stdin>") if file == "-" else file, artifact)
    run.finish()
    if run.unreadable:
        return 2
    return 1 if run.total.severities[Severity.ERROR] else 0


class _Run:
    """One run over all files; the forms of output differ in what they make of a document."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.total = Tally()
        self.files: dict[str, Tally] = {}
        self.unreadable = False
        self.progress = Progress()

    def complain(self, problem: str) -> None:
        """Say what cannot be read."""
        self.unreadable = True
        self.progress.clear()
        click.echo(f"error: {printable(problem)}", err=True)

    def check(self, path: str, name: str, artifact: str) -> None:
        """Check every document of a file."""
        tally = self.files[name] = Tally()
        try:
            for document in _documents(path, name):
                verdict = judge(document, self.dialect, artifact)
                for counts in (tally, self.total):
                    counts.add(verdict.artifact, verdict.findings)
                self.progress.advance(name, self.total.documents.total())
                if verdict.findings:
                    self.progress.clear()
                    self.show(document, verdict)
        except _UnreadableError as error:
            self.complain(f"{name}: {error}")
            del self.files[name]

    def show(self, document: Document, verdict: Verdict) -> None:
        """Write the findings of a document."""
        raise NotImplementedError

    def finish(self) -> None:
        """Write what comes last."""


class _TextRun(_Run):
    def show(self, document: Document, verdict: Verdict) -> None:
        for finding in verdict.findings:
            line = document.source.line(finding.span.line) if document.source and finding.span else None
            click.echo("\n".join([*as_text(finding, line, document.file, _styled), ""]), color=_colour())

    def finish(self) -> None:
        self.progress.clear()
        if self.files:
            faulty = sum(bool(tally.severities) for tally in self.files.values())
            click.echo(summary(self.dialect.id, self.total, len(self.files), faulty))


class _JsonRun(_Run):
    def __init__(self, dialect: Dialect) -> None:
        super().__init__(dialect)
        self.findings: list[dict[str, Any]] = []

    def show(self, document: Document, verdict: Verdict) -> None:
        self.findings.extend(as_json(finding, document.file) for finding in verdict.findings)

    def finish(self) -> None:
        self.progress.clear()
        files = [{"file": name, **tally.as_json()} for name, tally in self.files.items()]
        whole = {"files": len(files), **self.total.as_json()}
        report = {"dialect": self.dialect.id, "files": files, "findings": self.findings, "summary": whole}
        click.echo(json_text(report))


class _JsonLinesRun(_Run):
    def show(self, document: Document, verdict: Verdict) -> None:
        for finding in verdict.findings:
            click.echo(json_line(as_json(finding, document.file)))


_FORMS: dict[str, type[_Run]] = {"text": _TextRun, "json": _JsonRun, "json-lines": _JsonLinesRun}


class _UnreadableError(Exception):
    """A file that the operating system does not hand over."""


def _documents(path: str, name: str) -> Iterator[Document]:
    try:
        if path == "-":
            yield from read_documents(sys.stdin.buffer, name)
        else:
            with Path(path).open("rb") as stream:
                yield from read_documents(stream, name)
    except OSError as error:
        raise _UnreadableError((error.strerror or str(error)).lower()) from None


def _styled(text: str, severity: Severity) -> str:
    return click.style(text, fg=_COLOURS[severity], bold=True)


def _colour() -> bool | None:
    """Never where `NO_COLOR` is set; else on a terminal only."""
    return False if os.environ.get("NO_COLOR") else None
