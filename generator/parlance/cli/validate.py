"""`parlance validate`: files to findings on standard output."""

from __future__ import annotations

import click

from ..check.reports import described_by
from .checking import check_file, total_size
from .plan import Flags, Plan
from .reporting import Reporting, reporting_options
from .run import Run
from .source_options import source_options

__all__ = ["validate"]


@click.command
@source_options
@reporting_options
def validate(  # noqa: PLR0913, an option each
    *,
    names: tuple[str, ...],
    dialect: str | None,
    artifact: str,
    stdin_filename: str | None,
    no_ignore: bool,
    reporting: Reporting,
) -> int:
    """Check JSON, JSON Lines and YAML files against a dialect.

    A folder stands for the *.json, *.jsonl, *.ndjson, *.yaml and *.yml files in it, and - for standard input.
    What no schema can say is checked too, as far as a server would refuse it; parlance lint says the rest.

    \b
    Examples:
      parlance validate request.json
      parlance validate --as response --dialect openai-2024-06 'replies/**/*.json'
      parlance validate --output-file sarif=parlance.sarif prompts/
      curl … | parlance validate --as response -

    Exit codes: 0 where there is no error, even if there are warnings; 1 where there is one, or what
    --fail-on says; 2 where a file cannot be read or an argument is wrong.
    """  # noqa: D301 click reads the backspace
    plan = Plan(Flags({"dialect": dialect}), artifact)
    chosen = plan.choose(names, no_ignore=no_ignore)
    jobs = plan.jobs(reporting.apart_from(names, chosen.files), stdin_filename)
    ids = ", ".join(dict.fromkeys(job.dialect.id for job in jobs)) or plan.dialect(plan.of_run).id
    describe = described_by({code: rule for one in plan.dialects for code, rule in one.rules.items()})
    with Run(reporting, ids, describe, fix_with="parlance lint --fix", size=total_size(jobs)) as run:
        for problem in chosen.problems:
            run.complain(problem)
        for job in jobs:
            check_file(run, job)
        return run.finish()
