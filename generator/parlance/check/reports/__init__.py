"""Findings to text, for people and for programs: a module for each format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from .description import Describe, Description, described_by
from .reporter import Context, Reporter
from .summary import skipped_files
from .tally import Outcome, Problem, RunMessage, Tally

__all__ = [
    "REPORTERS",
    "Context",
    "Describe",
    "Description",
    "Outcome",
    "Problem",
    "Reporter",
    "RunMessage",
    "Tally",
    "described_by",
    "reporter_of",
    "skipped_files",
]

_MODULES = {
    "text": ("text_report", "TextReporter"),
    "concise": ("concise", "ConciseReporter"),
    "grouped": ("grouped", "GroupedReporter"),
    "markdown": ("markdown_report", "MarkdownReporter"),
    "json": ("json_report", "JsonReporter"),
    "json-lines": ("json_lines", "JsonLinesReporter"),
    "sarif": ("sarif", "SarifReporter"),
    "github": ("github", "GithubReporter"),
    "gitlab": ("gitlab", "GitlabReporter"),
    "junit": ("junit", "JunitReporter"),
}


class _Reporters(Mapping[str, type[Reporter]]):
    """The module of a format is loaded when the format is asked for: a run writes one or two of them."""

    def __getitem__(self, form: str) -> type[Reporter]:
        module, name = _MODULES[form]
        reporter: type[Reporter] = getattr(import_module(f"{__name__}.{module}"), name)
        return reporter

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


REPORTERS: Mapping[str, type[Reporter]] = _Reporters()
"""By the name that a user gives."""


def reporter_of(form: str, context: Context) -> type[Reporter]:
    """What writes a format: where several dialects are compared, text is a table."""
    if form == "text" and context.dialects:
        from .comparison_report import ComparisonReporter

        return ComparisonReporter
    return REPORTERS[form]
