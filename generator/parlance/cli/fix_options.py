"""The options that have findings fixed: which, and whether in the files or only for show."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

import click

__all__ = ["FixOptions", "with_fix_options"]


class FixOptions(NamedTuple):
    """What is to be fixed, and how."""

    enabled: bool = False
    """Whether anything is to be fixed, or shown as fixed."""

    unsafe: bool = False
    """Whether fixes are applied that may change what a document means."""

    diff: bool = False
    """Whether files stay as they are, and a diff is printed."""


def with_fix_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give *command* the options, and pass them on as the argument `fix_options`."""

    @wraps(command)
    def wrapped(*, fix: bool, unsafe_fixes: bool, diff: bool, **others: Any) -> int:
        if unsafe_fixes and not (fix or diff):
            message = "--unsafe-fixes needs --fix or --diff"
            raise click.UsageError(message)
        return command(fix_options=FixOptions(enabled=fix or diff, unsafe=unsafe_fixes, diff=diff), **others)

    decorated: Callable[..., int] = wrapped
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


_OPTIONS = (
    click.option("--fix", is_flag=True, help="Apply safe fixes; for standard input, print the result."),
    click.option("--unsafe-fixes", is_flag=True, help="Apply fixes that may change what a document means, too."),
    click.option("--diff", is_flag=True, help="Print what --fix would change, and change nothing."),
)
