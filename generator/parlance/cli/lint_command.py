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
    """Check files as validate does, and report what is deprecated, has no effect, or is likely to go wrong.

    Errors and warnings are reported; --advice, or a --select that names them, adds notes. Settings are read from
    [tool.parlance] in pyproject.toml, or from parlance.toml, in the folder of a file or above; parlance config
    shows them.

    \b
    Examples:
      parlance lint prompts/
      parlance lint --select PAR3 --ignore unanswered-tool-call request.json
      parlance lint --per-file-ignores 'tests/**:PAR2' --severity PAR512=error .
      parlance lint --baseline known.json --baseline-update prompts/
      parlance lint --fix --unsafe-fixes prompts/

    Exit codes: 0 no errors (see --fail-on); 1 errors, or a --diff that is not empty; 2 a file cannot be read or an
    argument is wrong.
    """  # noqa: D301 click reads the backspace
    return check(options, lint=True, fix_options=fix_options)
