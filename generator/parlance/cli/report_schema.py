"""The option that shows the JSON Schema of a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

__all__ = ["report_schema_option"]


def report_schema_option(
    text: Callable[[], str], words: str = "Show the JSON Schema of the report as JSON, and exit."
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command `--report-schema`, which shows *text* and exits; *words* are its help."""

    def show(context: click.Context, _: click.Parameter, requested: bool) -> None:
        if requested and not context.resilient_parsing:
            click.echo(text(), nl=False)
            context.exit()

    return click.option(
        "--report-schema",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help=words,
    )
