"""The options that choose among findings, with the names that ruff gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from ..finding import did_you_mean
from . import completed_values
from .settings_file import schema

__all__ = ["selection_options", "words"]


def selection_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give *command* the options, and what they say as the argument `selection`: settings by name."""

    @wraps(command)
    def wrapped(  # noqa: PLR0913, an option each
        *,
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        extend_select: tuple[str, ...],
        per_file_ignores: tuple[str, ...],
        severity: tuple[str, ...],
        advice: bool | None,
        baseline: str | None,
        **others: Any,
    ) -> int:
        selection: dict[str, object] = {
            "select": words(select),
            "ignore": words(ignore),
            "extend_select": words(extend_select),
            "per_file_ignores": _per_file(per_file_ignores),
            "severities": _severities(severity),
            "advice": advice,
            "baseline": baseline and Path(baseline),
        }
        return command(selection=selection, **others)

    decorated: Callable[..., int] = wrapped
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def words(texts: Iterable[str]) -> tuple[str, ...]:
    """What an option lists that may be repeated, and takes commas."""
    return tuple(word.strip() for text in texts for word in text.split(",") if word.strip())


def _per_file(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Codes by pattern, of `PATTERN:CODE,CODE`."""
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        pattern, _, codes = text.rpartition(":")
        if not pattern or not words([codes]):
            message = f"{text!r} is not PATTERN:CODE"
            raise click.BadParameter(message, param_hint="--per-file-ignores")
        found[pattern] = (*found.get(pattern, ()), *words([codes]))
    return found


def _severities(texts: tuple[str, ...]) -> dict[str, str]:
    """Levels by code, of `CODE=LEVEL`."""
    if not texts:
        return {}
    levels: list[str] = schema()["properties"]["severities"]["additionalProperties"]["enum"]
    found: dict[str, str] = {}
    for text in texts:
        word, _, level = text.partition("=")
        if not word or level not in levels:
            advice = did_you_mean(level, levels) if word and level else ""
            message = f"{text!r} is not CODE=LEVEL with a level of {', '.join(levels)}{advice}"
            raise click.BadParameter(message, param_hint="--severity")
        found[word] = level
    return found


_OPTIONS = (
    click.option(
        "--select",
        metavar="CODE",
        multiple=True,
        shell_complete=completed_values.codes,
        help="Report only these, separated by commas: codes, prefixes such as PAR3, names, or ALL.  "
        "[default: errors and warnings]",
    ),
    click.option(
        "--ignore",
        metavar="CODE",
        multiple=True,
        shell_complete=completed_values.codes,
        help="Do not report these.",
    ),
    click.option(
        "--extend-select",
        metavar="CODE",
        multiple=True,
        shell_complete=completed_values.codes,
        help="Report these, too.",
    ),
    click.option("--advice/--no-advice", default=None, help="Report notes, too."),
    click.option(
        "--per-file-ignores", metavar="PATTERN:CODE", multiple=True, help="Do not report these in files that match."
    ),
    click.option(
        "--severity",
        metavar="CODE=LEVEL",
        multiple=True,
        shell_complete=completed_values.severities,
        help="Set the severity: error, warning, info or off.",
    ),
    click.option("--baseline", metavar="FILE", help="Do not report the findings listed in this file."),
    click.option("--baseline-update", "update", is_flag=True, help="Add all findings to the baseline."),
    click.option("--baseline-prune", "prune", is_flag=True, help="Remove findings that are fixed from the baseline."),
)
