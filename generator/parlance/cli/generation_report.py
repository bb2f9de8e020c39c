"""What is said of generated files: how many are stale, and what would change in them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..emit.lock import LOCK_NAME
from ..finding import lines_of
from .terminal import pass_on, say
from .unified_diff import UnifiedDiff

if TYPE_CHECKING:
    from ..emit.tree import Changes
    from ..generation.job import GenerationJob

_FEW = 3
"""How many dialects are named."""

__all__ = ["counted", "say_drift", "say_preview", "show_diff", "shown"]


def show_diff(folder: Path, files: Mapping[str, bytes], changed: Changes) -> int:
    """Print what would change; the exit code."""
    for path in changed.all:
        place = folder / path
        old = place.read_bytes().decode(errors="replace").replace("\r\n", "\n") if place.is_file() else ""
        new = files[path].decode() if path in files else ""
        if path != LOCK_NAME:
            diff = UnifiedDiff(shown(place), pass_on)
            diff.compare(lines_of(old), lines_of(new))
            diff.finish()
    count = sum(path != LOCK_NAME for path in changed.all)
    say(f"{counted(count, 'file')} would change", err=True)
    return 1 if count else 0


def say_drift(reasons: Sequence[str], stale: Sequence[str]) -> None:
    """Print why files are stale, how many, and the first of them."""
    verdict = f"{len(stale)} files are stale, {stale[0]} first" if len(stale) > 1 else f"1 file is stale, {stale[0]}"
    if len(reasons) == 1:
        say(f"{reasons[0]}: {verdict}")
    else:
        say(*reasons, verdict)


def say_preview(job: GenerationJob) -> int:
    """Say what a run would write into a folder that nobody asked for; the exit code."""
    from ..spec_source import SpecSource

    spec = SpecSource(job.spec, job.overlays).load()
    every = [dialect.id for dialect in spec.dialects] or [spec.base.id]
    names = [*job.dialects] or [*spec.overlays.values()] or every
    dialects = ", ".join(names) if len(names) <= _FEW else f"{len(names)} dialects"
    say(f"would write {', '.join(job.targets)} of {dialects} to {shown(job.output)}")
    say(f"nothing was written: there is no folder {shown(job.output)}, and the settings have no target", err=True)
    say("run: parlance init, and choose what you need; or say --output FOLDER", err=True)
    return 2


def counted(count: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def shown(path: Path) -> str:
    """*path* from the working folder, where it lies within."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
