"""`parlance validate`: files to what a server would refuse of them."""

from __future__ import annotations

import click

from .check_command import check
from .check_options import CheckOptions, check_options
from .fix_options import FixOptions

__all__ = ["validate"]


@click.command
@check_options
def validate(options: CheckOptions) -> int:
    """Check JSON, JSON Lines and YAML files against a dialect.

    A folder stands for the *.json, *.jsonl, *.ndjson, *.yaml and *.yml files in it, and - for standard input.
    What no schema can say is checked too, as far as a server would refuse it; parlance lint says the rest.
    The settings in [tool.parlance] of pyproject.toml, or in parlance.toml, hold for the files beside and below.

    \b
    Examples:
      parlance validate request.json
      parlance validate --as response --dialect openai-2024-06 'replies/**/*.json'
      parlance validate --output-file sarif=parlance.sarif prompts/
      curl … | parlance validate --as response -

    Exit codes: 0 where there is no error, even if there are warnings; 1 where there is one, or what
    --fail-on says; 2 where a file cannot be read or an argument is wrong.
    """  # noqa: D301 click reads the backspace
    return check(options, lint=False, fix_options=FixOptions())
