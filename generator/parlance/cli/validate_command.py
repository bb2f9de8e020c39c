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

    In a folder, all *.json, *.jsonl, *.ndjson, *.yaml and *.yml files are checked; - is standard input. Rules that
    no schema can express are checked, too, where a server refuses the payload; parlance lint reports warnings as
    well. Settings are read from [tool.parlance] in pyproject.toml, or from parlance.toml, in the folder of a file
    or above.

    \b
    Examples:
      parlance validate request.json
      parlance validate --as response --dialect openai-2024-06 'replies/**/*.json'
      parlance validate --output-file sarif=parlance.sarif prompts/
      curl … | parlance validate --as response -

    Exit codes: 0 no errors (see --fail-on); 1 errors; 2 a file cannot be read or an argument is wrong.
    """  # noqa: D301 click reads the backspace
    return check(options, lint=False, fix_options=FixOptions())
