"""The summary of a step of GitHub Actions, which the page of a run shows: a report in Markdown."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..check.reports.markdown_report import MarkdownReporter

__all__ = ["StepSummary", "SummaryFile", "summary_file"]

_VARIABLE = "GITHUB_STEP_SUMMARY"
_MOST = 1_000_000
"""Bytes: GitHub refuses a summary of more than 1 MiB."""


class StepSummary(MarkdownReporter):
    """What the markdown report has, as far as there is room for it."""

    most = _MOST


class SummaryFile:
    """A text that is appended to a file when it is complete: what other steps wrote there stays."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._parts: list[str] = []

    def write(self, text: str) -> None:
        """Keep *text*."""
        self._parts.append(text)

    def complete(self) -> None:
        """Append what was kept. Raises `click.ClickException`."""
        try:
            with Path(self.name).open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write("".join(self._parts))
        except OSError as error:
            message = f"{self.name} ({_VARIABLE}) cannot be written: {(error.strerror or str(error)).lower()}"
            raise click.ClickException(message) from None


def summary_file() -> SummaryFile | None:
    """The file that GitHub Actions names; None where it names none."""
    name = os.environ.get(_VARIABLE)
    return SummaryFile(name) if name else None
