"""Findings to text, for people and for programs: a module for each format."""

from __future__ import annotations

from .concise import ConciseReporter
from .description import Describe, Description, described_by
from .github import GithubReporter
from .gitlab import GitlabReporter
from .json_lines import JsonLinesReporter
from .json_report import JsonReporter
from .junit import JunitReporter
from .reporter import Context, Reporter
from .sarif import SarifReporter
from .summary import skipped_files
from .tally import Outcome, Problem, RunMessage, Tally
from .text_report import TextReporter

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
    "skipped_files",
]

REPORTERS: dict[str, type[Reporter]] = {
    "text": TextReporter,
    "concise": ConciseReporter,
    "json": JsonReporter,
    "json-lines": JsonLinesReporter,
    "sarif": SarifReporter,
    "github": GithubReporter,
    "gitlab": GitlabReporter,
    "junit": JunitReporter,
}
"""By the name that a user gives."""
