"""The options of every command that reads documents: which, and as what."""

from __future__ import annotations

from collections.abc import Callable

import click

from . import completed_values
from .spec_options import cache_options, spec_options

__all__ = ["source_options"]

_OPTIONS = (
    click.argument("names", nargs=-1, metavar="[FILE | FOLDER | PATTERN | -]..."),
    click.option(
        "--dialect",
        "dialects",
        metavar="ID[,ID…]",
        multiple=True,
        shell_complete=completed_values.dialects,
        help="A dialect, an alias, or a date of the base: openai@2025-03-01; several are compared (repeatable).",
    ),
    click.option(
        "--as",
        "artifact",
        metavar="ARTIFACT",
        default="auto",
        show_default=True,
        shell_complete=completed_values.artifacts,
        help="request, response, chunk, … or auto.",
    ),
    click.option(
        "--column",
        metavar="NAME",
        help="The column with the payloads, in files of Parquet and Arrow; each row is one.",
    ),
    click.option(
        "--at",
        "pointers",
        metavar="POINTER",
        multiple=True,
        help="Where the payloads lie in each document: a JSON Pointer, in which * is every member (repeatable).",
    ),
    click.option("--each", is_flag=True, help="Check the elements of an array, each as a payload."),
    click.option(
        "--exclude",
        metavar="PATTERN[,…]",
        multiple=True,
        help="Skip files in folders and patterns that match, in place of the setting (repeatable).",
    ),
    click.option("--extend-exclude", metavar="PATTERN[,…]", multiple=True, help="Skip these, too (repeatable)."),
    click.option("--force-exclude/--no-force-exclude", default=None, help="Skip excluded files that are named, too."),
    click.option(
        "--skip-unrecognised/--no-skip-unrecognised",
        default=None,
        help="Skip named files that are not payloads, too.",
    ),
    click.option("--show-files", is_flag=True, help="List the files that would be checked or skipped."),
    click.option("--show-settings", is_flag=True, help="Show the settings of the first file, and where they are set."),
    click.option("--stdin-filename", metavar="NAME", help="The name of standard input; its ending decides the format."),
    click.option(
        "--no-ignore",
        "--no-respect-gitignore",
        "no_ignore",
        is_flag=True,
        help="Do not apply .gitignore.",
    ),
)


def source_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give *command* the options, each as an argument of its own."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return spec_options(cache_options(command))
