"""What all formats have in common: they take one finding after another, then the outcome."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeAlias

from ...finding import Severity
from .description import Describe
from .tally import Outcome

if TYPE_CHECKING:
    from ...finding import Finding

__all__ = ["Context", "Reporter", "Style", "Write", "labelled"]

Style: TypeAlias = Callable[[str, Severity], str]
"""Colours a word by its severity, where there is colour."""

Write: TypeAlias = Callable[[str], object]


class Context(NamedTuple):
    """What a report has to know beside the findings."""

    dialect: str
    describe: Describe
    version: Callable[[], str | None]
    """Finds out the tool's own, if it was installed."""

    statistics: bool = False
    """Whether to say how often each code was found."""

    fix_with: str = "--fix"
    """What to type for findings to be fixed."""

    max_findings: int = 0
    """How many findings of a file that are equal but for their place are shown to people; 0 for all."""

    fail_on: Severity | None = Severity.ERROR
    """The least severity that makes the run fail."""

    baselines: tuple[str, ...] = ()
    """The names of the files of accepted findings."""

    docs_url: str | None = None
    """Where the site is published that has the pages of the rules; None where nobody said so."""

    style: Style | None = None
    is_quiet: bool = False
    """Whether findings are written, and nothing that sums them up."""

    lines: Collection[str] = ()
    """The artifacts of which a file holds one to a line."""

    dialects: Mapping[str, str] = {}
    """Where several are compared, the name that was given for each, by its id."""

    def label(self, finding: Finding) -> str:
        """The name of the dialect of a finding, where several are compared; otherwise empty."""
        return self.dialects.get(finding.dialect, "")

    def dialect_of(self, finding: Finding) -> str:
        """The id of the dialect of a finding."""
        return finding.dialect or self.dialect


def labelled(text: str, label: str) -> str:
    """*text* with the name of a dialect before it, if there is one."""
    return f"{label}: {text}" if label else text


class Reporter(ABC):
    """A report that is being written."""

    streams: ClassVar[bool] = False
    """Whether a finding is written as soon as it is known, and none is held."""

    counts: ClassVar[bool] = False
    """Whether it can say how often each code was found."""

    def __init__(self, write: Write, context: Context) -> None:
        self.write = write
        self.context = context

    @abstractmethod
    def show(self, finding: Finding, file: str, line: str | None) -> None:
        """Take a finding of *file*; *line* is the line of the text where it begins."""

    @abstractmethod
    def finish(self, outcome: Outcome) -> None:
        """Write what comes last, and whatever was held until now."""
