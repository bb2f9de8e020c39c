"""`parlance lint`: files to everything that can be said of them."""

from __future__ import annotations

from pathlib import Path

import click

from ..check.reports import described_by
from .checking import check_file, total_size
from .fixing import Fixing, fixing_options
from .mending import Fixes
from .plan import Flags, Plan
from .reporting import Reporting, reporting_options
from .run import Run
from .selection_options import selection_options
from .source_options import source_options
from .wanted import Wanted

__all__ = ["lint"]


@click.command
@source_options
@selection_options
@fixing_options
@click.option("--baseline", metavar="FILE", help="Say nothing of the findings that are listed in this file.")
@click.option("--baseline-update", "update", is_flag=True, help="Add what is found to the baseline.")
@click.option("--baseline-prune", "prune", is_flag=True, help="Take out of the baseline what is found no more.")
@reporting_options
def lint(  # noqa: PLR0913, an option each
    *,
    names: tuple[str, ...],
    dialect: str | None,
    artifact: str,
    stdin_filename: str | None,
    no_ignore: bool,
    selection: dict[str, object],
    fixing: Fixing,
    baseline: str | None,
    update: bool,
    prune: bool,
    reporting: Reporting,
) -> int:
    """Check files as validate does, and say what is deprecated, ignored, or likely to go wrong.

    The settings in [tool.parlance] of pyproject.toml, or in parlance.toml, hold for the files beside and below;
    parlance config shows them.

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
    plan = Plan(Flags({"dialect": dialect, "baseline": baseline and Path(baseline), **selection}), artifact)
    wanted = Wanted(plan, update=update, prune=prune)
    chosen = plan.choose(names, no_ignore=no_ignore)
    files = reporting.apart_from(names, chosen.files)
    fixes = Fixes(fixing)
    jobs = [fixes.of(wanted.of(job)) for job in plan.jobs(files, stdin_filename, lint=True)]
    ids = ", ".join(dict.fromkeys(job.dialect.id for job in jobs)) or plan.dialect(plan.of_run).id
    describe = described_by({code: rule for one in plan.dialects for code, rule in one.rules.items()})
    with Run(fixes.reporting(reporting, files), ids, describe, fix_with="--fix", size=total_size(jobs)) as run:
        for problem in chosen.problems:
            run.complain(problem)
        for job in jobs:
            check_file(run, job)
        wanted.finish(run)
        code = run.finish()
    return fixes.finish(run.outcome, code)
