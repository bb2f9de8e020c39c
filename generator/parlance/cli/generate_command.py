"""`parlance generate`: the spec to every binding, or whether the bindings are what the spec gives."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..emit.lock import LOCK_NAME, Lock, has_lock, read_lock
from ..emit.unknown_files import UnknownFiles, unknown_files
from ..finding import SpecError, did_you_mean
from ..folders import spec_folder
from ..generation.freshness import is_current
from ..generation.job import GenerationJob
from ..targets.target_names import NEEDS, with_needs
from . import completed_values
from .from_schema_command import Order as SchemaOrder
from .from_schema_command import generate_standalone, refuse_alone, schema_options
from .generation_apart import generate_apart
from .generation_report import counted, say_drift, say_preview, show_diff, shown
from .invocation import settings_options
from .report_schema import report_schema_option
from .repository_generation import generate_repository
from .settings import Settings, read_settings
from .spec_faults import show_faults
from .spec_options import source_of, spec_options
from .terminal import say

if TYPE_CHECKING:
    from ..pipeline import Result

__all__ = ["generate"]

_OUTPUT = "generated"
_FEW = 3
"""How many files that were not generated are named."""


def _contract_schema() -> str:
    from ..contract.json_schema import contract_schema

    return contract_schema()


@click.command()
@spec_options
@click.option(
    "--dialect",
    "dialects",
    metavar="ID",
    multiple=True,
    shell_complete=completed_values.dialects,
    help="Only this dialect: id, alias or openai@DATE.",
)
@click.option(
    "--target",
    "targets",
    metavar="NAME",
    multiple=True,
    shell_complete=completed_values.targets,
    help="Only this target, such as models.",
)
@click.option("--output", metavar="PATH", help=f"The folder, or with --from-schema the file.  [default: {_OUTPUT}]")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file is stale.")
@click.option("--diff", is_flag=True, help="Write nothing; print a diff, and exit with 1 if there is one.")
@click.option("--emit", type=click.Choice(["contract"]), help="Print one dialect as JSON, or write it to --output.")
@click.option("--templates", metavar="FOLDER", help="Render own templates over one dialect, into --output.")
@report_schema_option(_contract_schema, "Show the JSON Schema of what --emit contract writes, and exit.")
@schema_options
@settings_options
def generate(  # noqa: PLR0913, PLR0917 - an option each
    spec: str | None,
    overlays: tuple[str, ...],
    dialects: tuple[str, ...],
    targets: tuple[str, ...],
    output: str | None,
    check: bool,
    diff: bool,
    emit: str | None,
    templates: str | None,
    from_schema: str | None,
    **schema: Any,
) -> int:
    """Write the bindings of every dialect: Python, JSON Schema, OpenAPI and reference pages.

    With --dialect or --target, all other files in the folder are kept. Where there are overlays and no dialect is
    named, theirs are written. The settings spec, overlays, output, dialects and targets can also be set in
    [tool.parlance] of pyproject.toml, or in parlance.toml. Where the settings have tables [[tool.parlance.target]],
    as `parlance init` writes, and no option names anything else, what they say is written.

    \b
    Examples:
      parlance generate
      parlance generate --dialect openai --target models --output src/bindings
      parlance generate --overlay gateway.yaml --output src/gateway
      parlance generate --check
      parlance generate --dialect openai --templates tables --output docs/wire
      parlance generate --from-schema order.schema.json --output order.py

    Exit codes: 0 done, or nothing is stale; 1 a file is stale (--check, --diff); 2 the spec or an argument is wrong.
    """  # noqa: D301 click reads the backspace
    if check and diff:
        message = "--check and --diff cannot be used together"
        raise click.UsageError(message)
    if from_schema is not None:
        alone = not (spec or overlays or dialects or targets)
        return _standalone(from_schema, output, schema, alone=alone, check=check, diff=diff)
    refuse_alone(schema)
    settings = read_settings(Path.cwd())
    if emit or templates:
        return generate_apart(source_of(_overridden(settings, spec, overlays)), dialects, output, emit, templates)
    if settings.target and not (spec or overlays or dialects or targets or output):
        return generate_repository(settings, check=check, diff=diff)
    if overlays:
        settings = settings._replace(overlays=tuple(map(Path, overlays)))
    job = _job(settings, spec, dialects, targets, output)
    if not (check or diff or output or settings.output or job.output.exists()):
        return say_preview(job)
    lock = read_lock(job.output)
    unknown = UnknownFiles() if job.partial else unknown_files(job.output, {*lock.outputs, LOCK_NAME})
    if not unknown.leftovers and (check or has_lock(job.output, lock)) and is_current(job, lock):
        # By hashes alone, in a hundredth of the time of generating.
        _show_foreign(job, unknown.foreign)
        if check:
            say(f"{shown(job.output)} is up to date: {len(lock.outputs)} files")
        elif diff:
            say("0 files would change", err=True)
        else:
            say(f"{_written(job, lock)}: nothing changed")
        return 0
    from ..emit.tree import OutputError

    try:
        result = _result(job, lock, write=not (check or diff))
    except SpecError as error:
        show_faults(error.findings)
        return 2
    except OutputError as error:
        raise click.ClickException(str(error)) from None
    _show_foreign(job, result.foreign)
    if check:
        return _report_drift(job, lock, result, [*_flags(dialects, targets), *_places(spec, overlays, output)])
    return show_diff(job.output, result.tree.files, result.changes) if diff else _report_written(job, result)


def _standalone(  # noqa: PLR0913 - the options that are left
    from_schema: str, output: str | None, schema: dict[str, Any], *, alone: bool, check: bool, diff: bool
) -> int:
    if not alone:
        message = "--from-schema cannot be used with --spec, --overlay, --dialect or --target"
        raise click.UsageError(message)
    if output is None:
        message = "--from-schema needs --output MODULE.py, or --output - to print the module"
        raise click.UsageError(message)
    return generate_standalone(SchemaOrder(from_schema, output=output, **schema), check=check, diff=diff)


def _overridden(settings: Settings, spec: str | None, overlays: tuple[str, ...]) -> Settings:
    """The settings with what options say of the spec."""
    settings = settings._replace(overlays=tuple(map(Path, overlays))) if overlays else settings
    return settings if spec is None else settings._replace(spec=Path(spec))


def _job(
    settings: Settings, spec: str | None, dialects: tuple[str, ...], targets: tuple[str, ...], output: str | None
) -> GenerationJob:
    chosen = targets or settings.targets or tuple(NEEDS)
    for name in chosen:
        if name not in NEEDS:
            advice = did_you_mean(name, NEEDS) or f"; there are {', '.join(NEEDS)}"
            message = f"there is no target {name!r}{advice}"
            raise click.UsageError(message)
    source = Path(spec) if spec is not None else settings.spec or spec_folder()
    folder = Path(output) if output is not None else settings.output or Path(_OUTPUT)
    if Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(source)):
        message = f"{shown(folder)} lies in the folder of the spec; choose another one with --output"
        raise click.UsageError(message)
    return GenerationJob(
        spec=source,
        overlays=settings.overlays,
        output=folder,
        dialects=dialects or settings.dialects,
        targets=with_needs(chosen),
        partial=bool(dialects or targets),
    )


def _result(job: GenerationJob, lock: Lock, *, write: bool) -> Result:
    from ..pipeline import generate as run
    from .progress_bar import Progress

    progress = Progress()
    gc.disable()  # hardly anything is thrown away before the end, and looking for it takes a tenth of the time
    try:
        line = "generating {} ({}/{})"
        return run(job, lock, lambda what, done, total: progress.say(line.format(what, done + 1, total)), write=write)
    finally:
        gc.enable()
        progress.clear()


def _show_foreign(job: GenerationJob, paths: tuple[str, ...]) -> None:
    """Name what somebody put between generated files, where it is easily taken for one of them."""
    for path in paths[:_FEW]:
        say(f"{shown(job.output / path)} was not generated; it belongs in another folder", err=True)
    if len(paths) > _FEW:
        say(f"and {len(paths) - _FEW} more files were not generated", err=True)


def _report_written(job: GenerationJob, result: Result) -> int:
    made = result.changes
    parts = {"new": made.added, "changed": made.altered, "removed": made.removed}
    counts = ((name, sum(path != LOCK_NAME for path in paths)) for name, paths in parts.items())
    changed = ", ".join(f"{count} {name}" for name, count in counts if count) or "nothing changed"
    say(f"{_written(job, result.tree.lock)}: {changed}")
    return 0


def _written(job: GenerationJob, lock: Lock) -> str:
    """What stands in the folder."""
    files, dialects = counted(len(lock.outputs), "file"), counted(len(lock.dialects), "dialect")
    return f"{files} for {dialects} in {shown(job.output)}"


def _report_drift(job: GenerationJob, lock: Lock, result: Result, flags: Iterable[str]) -> int:
    from ..generation.drift import changed_inputs, drift

    tree = result.tree
    stale = [path for path in result.changes.all if path != LOCK_NAME]
    if not stale and lock.outputs == tree.lock.outputs:
        say(f"{shown(job.output)} is up to date: {counted(len(tree.files), 'file')}")
        if reasons := changed_inputs(job, lock):
            say(f"{'; '.join(reasons)}: no file comes out different")
        return 0
    say_drift(drift(job, lock, tree, result.changes), [shown(job.output / path) for path in stale or [LOCK_NAME]])
    say(" ".join(["run: parlance generate", *flags]))
    return 1


def _flags(dialects: Iterable[str], targets: Iterable[str]) -> Iterator[str]:
    for name in dialects:
        yield f"--dialect {name}"
    for name in targets:
        yield f"--target {name}"


def _places(spec: str | None, overlays: Iterable[str], output: str | None) -> Iterator[str]:
    import shlex

    if spec is not None:
        yield f"--spec {shlex.quote(spec)}"
    for path in overlays:
        yield f"--overlay {shlex.quote(path)}"
    if output is not None:
        yield f"--output {shlex.quote(output)}"
