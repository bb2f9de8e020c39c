"""The options that have findings fixed: which, and whether in the files or only for show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click

__all__ = ["Fixing", "fixing_options"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixing:
    """What the user wants to be fixed."""

    wanted: bool = False
    """Whether anything is."""

    unsafe: bool = False
    """Whether that goes for fixes that may change what a document means."""

    diff: bool = False
    """Whether files stay as they are, and what would change is shown."""


def fixing_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give *command* the options, and what they say as the argument `fixing`."""

    @wraps(command)
    def wrapped(*, fix: bool, unsafe_fixes: bool, diff: bool, **others: Any) -> int:
        if unsafe_fixes and not (fix or diff):
            message = "--unsafe-fixes goes with --fix or --diff"
            raise click.UsageError(message)
        return command(fixing=Fixing(wanted=fix or diff, unsafe=unsafe_fixes, diff=diff), **others)

    decorated: Callable[..., int] = wrapped
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


_OPTIONS = (
    click.option("--fix", is_flag=True, help="Mend what can be mended safely; of standard input, print the result."),
    click.option("--unsafe-fixes", is_flag=True, help="Mend also where that may change what a document means."),
    click.option("--diff", is_flag=True, help="Change no file, and show what --fix would change."),
)
