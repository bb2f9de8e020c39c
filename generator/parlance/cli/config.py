"""`parlance config`: the settings that are in force, each with where it is set."""

from __future__ import annotations

from pathlib import Path

import click

from .invocation import settings_options
from .settings import read_settings
from .settings_file import schema_text
from .settings_listing import listed
from .terminal import say

__all__ = ["config"]


@click.command
@click.option("--schema", "show_schema", is_flag=True, help="Show the JSON Schema of the settings.")
@settings_options
def config(show_schema: bool) -> int:
    """Show the settings of the working folder.

    Settings are read from [tool.parlance] in pyproject.toml, or from parlance.toml, in the nearest folder above.
    Environment variables (PARLANCE_DIALECT, PARLANCE_SELECT=PAR3,PAR4 …) override the file, --config KEY=VALUE
    overrides both, and other options override all. parlance lint --show-settings FILE
    shows those of a file, with defaults.

    \b
    Examples:
      parlance config
      parlance config --schema > parlance.schema.json
    """  # noqa: D301 click reads the backspace
    if show_schema:
        click.echo(schema_text(), nl=False)
        return 0
    settings = read_settings(Path.cwd())
    for line in listed(settings):
        say(line)
    if not settings.origins:
        say("nothing is set: there is no parlance.toml,", "and no [tool.parlance] in a pyproject.toml")
    return 0
