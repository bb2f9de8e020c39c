"""What holds for one call of the command: how much it says, in colour or not, and where its settings come from.

The options may stand before the name of a subcommand or behind it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import IntEnum
from typing import Any, TypeVar, cast

import click

from .settings_sources import SettingsSources

__all__ = ["Verbosity", "color", "settings_options", "settings_sources", "verbosity", "verbosity_options"]

_Command = TypeVar("_Command", bound=Callable[..., Any])
_META = "parlance."
_OFF = ("", "0")
"""What an environment variable holds that asks for no colour."""


class Verbosity(IntEnum):
    """How much is said beside the findings."""

    QUIET = -1
    NORMAL = 0
    VERBOSE = 1


def verbosity() -> Verbosity:
    """How much this call says. Raises `click.UsageError` where both is asked for."""
    is_quiet, is_verbose = bool(_given("quiet", default=False)), bool(_given("verbose", default=False))
    if is_quiet and is_verbose:
        message = "--quiet and --verbose cannot be used together"
        raise click.UsageError(message)
    return Verbosity(is_verbose - is_quiet)


def color() -> bool | None:
    """Whether output is coloured; None where that is for the terminal to say.

    The option counts over NO_COLOR, that over FORCE_COLOR and CLICOLOR_FORCE, and these over CLICOLOR and TERM.
    """
    when = _given("color", default="auto")
    environment = os.environ.get
    if when != "auto":
        return when == "always"
    if environment("NO_COLOR"):
        return False
    if any(environment(name, "") not in _OFF for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return False if environment("CLICOLOR") == "0" or environment("TERM") == "dumb" else None


def settings_sources() -> SettingsSources:
    """Where the settings of this call come from. Raises `click.UsageError`."""
    texts = cast("tuple[str, ...]", _given("config", default=()))
    return SettingsSources.of(texts, is_isolated=bool(_given("isolated", default=False)))


def _given(name: str, *, default: object) -> object:
    context = click.get_current_context(silent=True)
    return default if context is None else context.meta.get(f"{_META}{name}", default)


def _keep(context: click.Context, parameter: click.Parameter, value: object) -> None:
    """Note what was given; what stands before the subcommand holds unless it is said again behind it."""
    key = f"{_META}{parameter.name}"
    if isinstance(value, tuple):
        context.meta[key] = (*cast("tuple[str, ...]", context.meta.get(key, ())), *cast("tuple[str, ...]", value))
    elif value not in (None, False):
        context.meta[key] = value


def verbosity_options(command: _Command) -> _Command:
    """Give *command* `--quiet`, `--verbose` and `--color`."""
    return _with(command, _OUTPUT)


def settings_options(command: _Command) -> _Command:
    """Give *command* `--config` and `--isolated`."""
    return _with(command, _SETTINGS)


def _with(command: _Command, options: tuple[Callable[[_Command], _Command], ...]) -> _Command:
    for option in reversed(options):
        command = option(command)
    return command


_OUTPUT: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "-q", "--quiet", is_flag=True, expose_value=False, callback=_keep, help="Print findings and errors only."
    ),
    click.option(
        "-v",
        "--verbose",
        is_flag=True,
        expose_value=False,
        callback=_keep,
        help="Say on standard error what is read, as what, and what is skipped.",
    ),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        expose_value=False,
        callback=_keep,
        help="Whether the output is coloured.  [default: auto, on a terminal]",
    ),
)
_SETTINGS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--config",
        metavar="FILE|KEY=VALUE",
        multiple=True,
        expose_value=False,
        callback=_keep,
        help="A file of settings in place of those found, or one setting over all files (repeatable).",
    ),
    click.option("--isolated", is_flag=True, expose_value=False, callback=_keep, help="Read no file of settings."),
)
