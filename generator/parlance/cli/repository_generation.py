"""`parlance generate` in a repository whose settings have targets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ..emit.lock import LOCK_NAME
from ..finding import SpecError
from .generation_report import counted, say_drift, show_diff, shown
from .spec_faults import show_faults
from .target_settings import repository_targets, settings_text
from .terminal import say

if TYPE_CHECKING:
    from ..repository.repository_result import RepositoryResult
    from ..repository.state import RepositoryState
    from ..repository.target import RepositoryTarget
    from .settings import Settings

__all__ = ["generate_repository"]


def generate_repository(settings: Settings, *, check: bool, diff: bool) -> int:
    """Write what the targets give, or say whether it is there; the exit code."""
    from ..repository.repository_result import is_up_to_date, known_inputs
    from ..repository.state import read_state

    targets = repository_targets(settings)
    folder = settings.folder
    before = read_state(folder)
    if before is None:
        message = f"{shown(folder / LOCK_NAME)} cannot be read: remove it, and run parlance generate"
        raise click.ClickException(message)
    now = known_inputs(targets, settings_text(settings))
    if is_up_to_date(folder, before, now):
        say(f"{counted(len(before.outputs), 'file')} up to date", err=diff)
        return 0
    result = _result(settings, targets, before)
    if result is None:
        return 2
    if diff:
        return show_diff(folder, result.files, result.changes)
    if check:
        return _report_drift(result)
    return _write(result, len(targets))


def _result(
    settings: Settings, targets: Sequence[RepositoryTarget], before: RepositoryState
) -> RepositoryResult | None:
    """What should be there; None where the spec has faults, which are shown."""
    from ..emit.tree import OutputError
    from ..repository.repository_result import generated, known_inputs
    from ..repository.target import TargetError
    from ..repository.templates import UserTemplateError

    try:
        return generated(settings.folder, targets, before, known_inputs(targets, settings_text(settings)))
    except SpecError as error:
        show_faults(error.findings)
        return None
    except TargetError as error:
        index = next((number for number, each in enumerate(targets) if each is error.target), None)
        at = settings.origin("target", None if index is None else str(index))
        message = f"{at}: {error}"
        raise click.UsageError(message) from None
    except (UserTemplateError, OutputError) as error:
        raise click.UsageError(str(error)) from None


def _report_drift(result: RepositoryResult) -> int:
    from ..repository.repository_result import input_reasons, reasons

    stale = result.changes.all
    if not stale and result.before.outputs == result.state.outputs:
        say(f"{counted(len(result.files), 'file')} up to date")
        if notes := input_reasons(result):
            say(f"{'; '.join(notes)}: no file comes out different")
        return 0
    say_drift(reasons(result), [shown(result.folder / path) for path in stale or (LOCK_NAME,)])
    say("run: parlance generate")
    return 1


def _write(result: RepositoryResult, targets: int) -> int:
    from ..emit.repository_files import write_files
    from ..emit.tree import OutputError
    from ..repository.repository_result import reasons
    from ..repository.state import state_text

    made, before = result.changes, result.before.outputs
    notes = reasons(result) if made.all and before else []
    try:
        write_files(result.folder, result.files, before, made, state_text(result.state))
    except OutputError as error:
        raise click.ClickException(str(error)) from None
    parts = {"new": made.added, "changed": made.altered, "removed": made.removed}
    words = ", ".join(f"{len(paths)} {name}" for name, paths in parts.items() if paths) or "nothing changed"
    say(*notes, f"{counted(len(result.files), 'file')} for {counted(targets, 'target')}: {words}")
    return 0
