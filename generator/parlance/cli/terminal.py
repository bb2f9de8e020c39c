"""Words for people, which cannot steer their terminal whatever names and files are in them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click

from ..finding.printable import printable, printable_line

__all__ = ["UsageProblems", "error_lines", "pass_on", "quoted_path", "say"]


class UsageProblems(click.UsageError):
    """Several mistakes in what the user gave, a line for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        super().__init__("\n".join(map(printable, problems)))


_CLICK_WORDS = ("Could", "Got", "Invalid", "Missing", "No", "Option")
"""How messages of click begin; ours begin with a small letter."""


def error_lines(error: click.ClickException) -> list[str]:
    """What is printed of an error: how the command is called, if it was called wrongly, then `error: …`.

    A command that needs a subcommand and is given none has its help in place of an error.
    """
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.message.split("\n")
    if isinstance(error, UsageProblems):
        return [f"error: {problem}" for problem in error.message.split("\n")]
    lines: list[str] = []
    if isinstance(error, click.UsageError) and error.ctx is not None:
        lines += [*error.ctx.get_usage().split("\n"), f"Try '{error.ctx.command_path} --help' for help.", ""]
    message = error.format_message().removesuffix(".")
    if isinstance(error, click.MissingParameter):
        message = " ".join(message.split())  # choices come line by line
    if message.startswith(_CLICK_WORDS):
        message = f"{message[0].lower()}{message[1:]}"
    return [*lines, f"error: {printable(message)}"]


def say(*lines: object, err: bool = False) -> None:
    """Print lines of a message, each of which stays one whatever names are in it.

    Where even standard error is full, there is nobody to report to.
    """
    try:
        click.echo("\n".join(printable_line(str(line)) for line in lines), err=err)
    except OSError:
        if not err:
            raise


def pass_on(text: str) -> None:
    """Print lines of a file as they are for a program, and as they can be shown on a terminal."""
    if sys.stdout is not None and sys.stdout.isatty():
        text = "\n".join(map(printable, text.split("\n")))
    click.echo(text, nl=False)


def quoted_path(path: str) -> str:
    """*path* as a diff names a file: in quotes, with octal escapes, where it is not plain."""
    if path.isprintable() and not path.startswith('"'):
        return path
    plain = (chr(byte) if 0x20 <= byte < 0x7F and byte not in b'"\\' else f"\\{byte:03o}" for byte in os.fsencode(path))
    return f'"{"".join(plain)}"'
