"""`parlance lint`: files to everything that can be said of them."""

from __future__ import annotations

import click

from .check_command import check
from .check_options import CheckOptions, check_options
from .fix_options import FixOptions, with_fix_options

__all__ = ["lint"]


@click.command
@check_options
@with_fix_options
def lint(options: CheckOptions, fix_options: FixOptions) -> int:
    """Check files as validate does, and report what is deprecated, ignored, or likely to go wrong.

    Errors and warnings are reported; --advice, or a --select that names them, adds notes. The settings in
    [tool.parlance] of pyproject.toml, or in parlance.toml, hold for the files beside and below; parlance config
    shows them.

    \b
    Examples:
      parlance lint prompts/
      parlance lint --select PAR3 --ignore unanswered-tool-call request.json
      parlance lint --per-file-ignores 'tests/**:PAR2' --severity PAR512=error .
      parlance lint --baseline known.json --baseline-update prompts/
      parlance lint --fix --unsafe-fixes prompts/

    Exit codes: 0 where there is no error, even if there are warnings; 1 where there is one, or what
    --fail-on says, or where --diff shows something; 2 where a file cannot be read or an argument is wrong.
    """  # noqa: D301 click reads the backspace
    return check(options, lint=True, fix_options=fix_options)
