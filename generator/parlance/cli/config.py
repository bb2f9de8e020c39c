"""`parlance config`: the settings that are in force, each with where it is set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import click

from ..finding.shape import is_object
from .settings import read_settings
from .settings_file import schema, schema_text
from .terminal import say

__all__ = ["config"]


@click.command
@click.option("--schema", "show_schema", is_flag=True, help="Show the JSON Schema of the settings.")
def config(show_schema: bool) -> int:
    """Show the settings of the working folder.

    Settings are read from [tool.parlance] in pyproject.toml, or from parlance.toml, in the nearest folder above.
    Environment variables (PARLANCE_DIALECT, PARLANCE_SELECT=PAR3,PAR4 …) override the file, and options override
    both.

    \b
    Examples:
      parlance config
      parlance config --schema > parlance.schema.json
    """  # noqa: D301 click reads the backspace
    if show_schema:
        click.echo(schema_text(), nl=False)
        return 0
    settings = read_settings(Path.cwd())
    for key in schema()["properties"]:
        if key in settings.origins:
            shown = _shown(getattr(settings, key.replace("-", "_")))
            say(f"{key} = {shown}  # {settings.origin(key)}")
    if not settings.origins:
        click.echo("nothing is set: there is no parlance.toml, and no [tool.parlance] in a pyproject.toml")
    return 0


def _shown(value: object) -> str:
    """A value as TOML has it."""
    if is_object(value):
        return f"{{{', '.join(f'{json.dumps(name)} = {_shown(inner)}' for name, inner in value.items())}}}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_shown, cast('tuple[object, ...]', value)))}]"
    return json.dumps(value if isinstance(value, bool | int) else str(value), ensure_ascii=False)
