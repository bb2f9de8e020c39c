"""The options of every command that reports findings: in what form, where to, and what makes it fail."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import click

from ..check.reports import REPORTERS
from ..finding import Severity, did_you_mean
from .report_schema import report_schema_option
from .settings import read_settings

__all__ = ["DEFAULTS", "Reporting", "reporting_options"]


class Reporting(NamedTuple):
    """What is printed, in which format, and where."""

    form: str | None
    """What is written to standard output; None where that goes to a file."""

    files: dict[str, str]
    """The format of each file to write."""

    statistics: bool
    max_findings: int
    """How many equal findings of a file are shown to people; 0 for all."""

    fail_on: Severity | None
    """The least severity that makes the command fail."""

    aside: bool = False
    """Whether standard output is for something else, so that what is shown goes to standard error."""

    def apart_from(self, names: Iterable[str], files: Iterable[str]) -> list[str]:
        """*files* without those to write, none of which may be among the *names* that were given."""
        written = {os.path.realpath(file) for file in self.files}
        for name in names:
            if name != "-" and os.path.realpath(name) in written:
                message = f"{name} is to be read, so no report can be written there"
                raise click.UsageError(message)
        return [file for file in files if file == "-" or os.path.realpath(file) not in written]


def reporting_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give *command* the options, and what they say as the argument `reporting`."""

    @wraps(command)
    def wrapped(  # noqa: PLR0913, an option each
        *,
        form: str | None,
        output_files: tuple[str, ...],
        statistics: bool,
        max_findings: int | None,
        fail_on: str | None,
        exit_zero: bool,
        **others: Any,
    ) -> int:
        settings = read_settings(Path.cwd())
        form = form or settings.output_format or str(DEFAULTS["output-format"])
        fail_on = fail_on or settings.fail_on or str(DEFAULTS["fail-on"])
        destinations = [_destination(one) for one in output_files]
        shown = None if any(other is None for other, _ in destinations) else form
        files = _distinct([(other or form, path) for other, path in destinations])
        _check_statistics(statistics, {*files.values(), shown})
        least = None if exit_zero or fail_on == _NEVER else Severity(fail_on)
        most = next(count for count in (max_findings, settings.max_findings, _MAX_FINDINGS) if count is not None)
        reporting = Reporting(form=shown, files=files, statistics=statistics, max_findings=most, fail_on=least)
        return command(reporting=reporting, **others)

    decorated: Callable[..., int] = wrapped
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def _destination(text: str) -> tuple[str | None, str]:
    """Format and path of `FORMAT=PATH`, or of `PATH` alone."""
    head, sign, path = text.partition("=")
    if not sign or "/" in head or os.sep in head:
        head, path = "", text
    elif head not in REPORTERS:
        advice = did_you_mean(head, REPORTERS) or f"; there are {', '.join(REPORTERS)}"
        message = f"there is no format {head!r}{advice} (a file of that name is ./{text})"
        raise click.BadParameter(message, param_hint="--output-file")
    if path in ("", "-"):
        message = "name a file; what goes to standard output is chosen with --output-format"
        raise click.BadParameter(message, param_hint="--output-file")
    return head or None, path


def _distinct(destinations: list[tuple[str, str]]) -> dict[str, str]:
    """The format by path."""
    places = {os.path.realpath(path) for _, path in destinations}
    if len(places) < len(destinations):
        message = "two reports cannot be written to one file"
        raise click.BadParameter(message, param_hint="--output-file")
    return {path: form for form, path in destinations}


def _check_statistics(requested: bool, forms: set[str | None]) -> None:
    if not requested:
        return
    counting = [name for name, reporter in REPORTERS.items() if reporter.counts]
    if not forms.intersection(counting):
        message = f"--statistics goes with a report in {', '.join(counting[:-1])} or {counting[-1]}"
        raise click.UsageError(message)


def _schema() -> str:
    from ..check.reports.json_report import schema_text

    return schema_text()


_NEVER = "never"
_MAX_FINDINGS = 5
"""Of equal findings in a file: half of the ten annotations that GitHub shows of a step."""

DEFAULTS: Mapping[str, object] = {
    "output-format": "text",
    "fail-on": "error",
    "max-findings": _MAX_FINDINGS,
}
"""What holds where nothing is said, by the name of a setting."""

_OPTIONS = (
    click.option(
        "--output-format",
        "form",
        type=click.Choice(list(REPORTERS)),
        metavar="FORMAT",
        help=f"The format of the findings: {', '.join([*REPORTERS][:-1])} or {[*REPORTERS][-1]}.  [default: text]",
    ),
    click.option(
        "--output-file",
        "output_files",
        metavar="[FORMAT=]PATH",
        multiple=True,
        help="Write a report to a file: FORMAT=PATH in addition to what is printed (repeatable), PATH instead of it.",
    ),
    report_schema_option(_schema, "Show the JSON Schema of --output-format json."),
    click.option("--statistics", is_flag=True, help="Print counts by code; in text, instead of the findings."),
    click.option(
        "--max-findings",
        metavar="N",
        type=click.IntRange(min=0),
        help="Show at most N findings of a file that differ only in their place; 0 for all.  "
        f"[default: {_MAX_FINDINGS}]",
    ),
    click.option(
        "--fail-on",
        type=click.Choice([*map(str, Severity), _NEVER]),
        help="Exit with 1 at this severity or above.  [default: error]",
    ),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings."),
)
