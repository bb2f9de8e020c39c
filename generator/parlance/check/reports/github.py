"""Workflow commands of GitHub Actions, which become annotations of a pull request.

GitHub shows ten annotations of a severity and a step. Of equal findings only a few are therefore annotated, so that
one that comes often does not hide the others; the log says how many more there are.
"""

from __future__ import annotations

from ...finding import Finding, Severity
from ...finding.printable import printable
from .repeats import Repeats
from .reporter import Context, Reporter, Write, labelled
from .repository_path import repository_path
from .summary import sentences
from .tally import Outcome
from .text_report import more_like_it

__all__ = ["GithubReporter"]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = {**_DATA, **str.maketrans({":": "%3A", ",": "%2C"})}


class GithubReporter(Reporter):
    """`::error file=…,line=…,col=…,endColumn=…,title=…::message`."""

    streams = True

    def __init__(self, write: Write, context: Context) -> None:
        super().__init__(write, context)
        self._repeats = Repeats(context.max_findings, self._write_repeats)

    def show(self, finding: Finding, file: str, line: str | None) -> None:  # noqa: ARG002
        """Write the finding, unless enough equal ones were written."""
        if not self._repeats.is_shown(finding, file):
            return
        properties = {"file": repository_path(file)}
        span = finding.span
        if span:
            properties |= {"line": str(span.line), "col": str(span.column)}
            if span.end_line == span.line:  # columns of different lines are ignored
                properties["endColumn"] = str(span.end_column)
        properties["title"] = f"{finding.code} {finding.name}"
        message = f"{finding.message}\nhelp: {finding.help}" if finding.help else finding.message
        message = labelled(message, self.context.label(finding))
        self._command(_COMMANDS[finding.severity], properties, message)

    def finish(self, outcome: Outcome) -> None:
        """Write what could not be read, and for the log what it all comes to."""
        self._repeats.close()
        for problem in outcome.problems:
            self._command("error", {"title": "parlance"}, str(problem))
        self.write("".join(f"{line}\n" for line in sentences(outcome, self.context, self._repeats.hidden)))

    def _write_repeats(self, finding: Finding, file: str, count: int) -> None:  # noqa: ARG002
        self.write(f"{labelled(more_like_it(finding, count), self.context.label(finding))}\n")

    def _command(self, command: str, properties: dict[str, str], message: str) -> None:
        shown = ",".join(f"{name}={_quiet(value).translate(_PROPERTY)}" for name, value in properties.items())
        self.write(f"::{command} {shown}::{_quiet(message).translate(_DATA)}\n")


def _quiet(text: str) -> str:
    """*text* with pictures for all that could steer a terminal, but for the ends of lines."""
    return "".join(char if char in "\r\n" else printable(char) for char in text)
