"""What `validate` and `lint` do: files to findings, by settings and options, and to an exit code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import click

from ..check.dialect import Dialect
from ..check.document_reader import FORMATS
from ..check.reports import Context, Problem, described_by
from ..check.skipped import Skipped
from ..finding import Severity
from ..finding.printable import printable
from .check_options import CheckOptions
from .checking import Job, check_file, skip_reason, total_size
from .file_selection import FileSelection
from .finding_policy import FindingPolicy
from .fix_files import FixRun
from .fix_options import FixOptions
from .input_files import UnreadableFile
from .invocation import Verbosity, verbosity
from .job_factory import Flags, JobFactory
from .narration import say_checked, say_settings, say_skipped
from .reporting import DEFAULTS
from .run import Run
from .tables import TABLES, check_tables, of_table
from .terminal import say

__all__ = ["check"]


def check(options: CheckOptions, *, lint: bool, fix_options: FixOptions) -> int:
    """Check the files, for all that can be said of them with *lint*; the exit code."""
    flags = Flags(_settings(options), options.extend_exclude)
    factory = JobFactory(flags, options.artifact, options.cache, options.dialects, options.pointers)
    compared = factory.compared(factory.of_run)
    _check_fixing(fix_options, compared)
    policy = FindingPolicy(factory, lint=lint, update=options.update, prune=options.prune)
    endings = FORMATS if options.column is None else TABLES
    chosen = factory.choose(options.names, no_ignore=options.no_ignore, endings=endings)
    files = options.reporting.apart_from(options.names, chosen.files)
    check_tables(files, options.column, is_fixing=fix_options.enabled)
    fixes = FixRun(fix_options)
    found = factory.jobs(files, chosen.named, options.stdin_filename, lint=lint)
    jobs = [fixes.of(policy.of(of_table(job, options.column))) for job in found]
    if options.show_files:
        return _show_files(chosen, jobs)
    if options.show_settings:
        return _show_settings(factory, jobs)
    level = verbosity()
    if level is Verbosity.VERBOSE:
        say_settings(factory.of_run)
        say_skipped(chosen.skipped)
    context = Context(
        dialect=", ".join(_ids(jobs)) or ", ".join(dialect.id for dialect in compared.values()),
        describe=described_by({code: rule for one in factory.dialects for code, rule in one.rules.items()}),
        version=_version,
        statistics=options.reporting.statistics,
        fix_with="--fix" if lint else "parlance lint --fix",
        max_findings=options.reporting.max_findings,
        fail_on=options.reporting.fail_on,
        docs_url=factory.of_run.docs_url,
        baselines=policy.baselines,
        lines=frozenset(name for dialect in factory.dialects for name in dialect.file_rules),
        dialects=_labels(jobs, compared) if len(compared) > 1 else {},
    )
    with Run(fixes.reporting(options.reporting, files), context, size=total_size(jobs)) as run:
        for problem in chosen.problems:
            run.complain(problem)
        for warning in chosen.warnings:
            say(f"warning: {warning}", err=True)
        for name in chosen.forced_out:
            run.skip(name, Skipped.EXCLUDED)
        for job in jobs:
            check_file(run, job)
            if level is Verbosity.VERBOSE:
                run.progress.clear()
                say_checked(job, run.outcome)
        policy.finish(run)
        code = run.finish()
    if level >= Verbosity.NORMAL and (suggestion := factory.suggestions.text()):
        say(f"note: {printable(suggestion)}", err=True)
    return fixes.finish(run.outcome, code)


def _settings(options: CheckOptions) -> dict[str, object]:
    """The settings that were given as options; with `--fail-on note`, notes are shown, too."""
    if options.settings["advice"] is None and options.reporting.fail_on is Severity.INFO:
        return {**options.settings, "advice": True}
    return dict(options.settings)


def _check_fixing(fix_options: FixOptions, compared: Iterable[str]) -> None:
    """Refuse to fix for several dialects at once: what one of them asks for may be a fault in another."""
    names = [*compared]
    if fix_options.enabled and len(names) > 1:
        message = (
            f"--fix and --diff go with one dialect, for a fix for one may be a fault in another: "
            f"run them with --dialect {names[0]}, then compare again"
        )
        raise click.UsageError(message)


def _ids(jobs: Iterable[Job]) -> list[str]:
    """The dialects that files are held against, each once."""
    return [*dict.fromkeys(one.dialect.id for job in jobs for one in (job, *job.others))]


def _labels(jobs: Iterable[Job], compared: Mapping[str, Dialect]) -> dict[str, str]:
    """The name of each dialect by its id; that of another spec, which has another id, is the id."""
    names = {dialect.id: name for name, dialect in compared.items()}
    return names | {dialect: dialect for dialect in _ids(jobs) if dialect not in names}


def _version() -> str | None:
    try:
        from .. import __version__
    except ModuleNotFoundError:  # a copy that nobody installed
        return None
    return __version__


def _show_files(chosen: FileSelection, jobs: Iterable[Job]) -> int:
    """Print the name of each file that would be checked, with what holds its payloads, and why others would not."""
    problems = list(chosen.problems)
    reasons: dict[str, str | None] = {**chosen.skipped, **dict.fromkeys(chosen.forced_out, Skipped.EXCLUDED)}
    kinds: dict[str, str | None] = {}
    for job in jobs:
        try:
            reasons[job.name], kinds[job.name] = skip_reason(job)
        except UnreadableFile as error:
            problems.append(Problem(job.name, str(error)))
    for name in sorted(reasons):
        remark = f"skipped: {reasons[name]}" if reasons[name] else kinds.get(name)
        say(f"{name}  # {remark}" if remark else name)
    for problem in problems:
        say(f"error: {problem}", err=True)
    return 2 if problems else 0


def _show_settings(factory: JobFactory, jobs: Iterable[Job]) -> int:
    """Print the settings of the first file, or else of the working folder."""
    from .settings_listing import listed_with_defaults

    job = next(iter(jobs), None)
    settings = factory.of_run if job is None else factory.settings(job.path)
    if job is not None:
        say(f"# settings for {job.name}")
    defaults = {"dialect": factory.dialect(settings).id, **DEFAULTS}
    for line in listed_with_defaults(settings, defaults):
        say(line)
    return 0
