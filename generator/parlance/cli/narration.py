"""What `--verbose` says on standard error: each file with what it is checked as, or why it is not."""

from __future__ import annotations

from collections.abc import Mapping

from ..check.reports import Outcome
from ..check.reports.summary import counted_documents
from .checking import Job
from .settings import Settings
from .terminal import say

__all__ = ["say_checked", "say_settings", "say_skipped"]


def say_settings(settings: Settings) -> None:
    """Name what the settings of the working folder come from."""
    places = dict.fromkeys(origin.rpartition(":")[0] or origin for origin in settings.origins.values())
    say(f"settings: {', '.join(places) or 'none'}", err=True)


def say_skipped(skipped: Mapping[str, str]) -> None:
    """Name what folders and patterns do not stand for."""
    for name, reason in sorted(skipped.items()):
        say(f"{name}: skipped, {reason}", err=True)


def say_checked(job: Job, outcome: Outcome) -> None:
    """Name a file that was turned to, and what became of it."""
    if job.name in outcome.skipped:
        say_skipped({job.name: outcome.skipped[job.name]})
    elif job.name in outcome.files:
        dialects = ", ".join(dict.fromkeys(one.dialect.id for one in (job, *job.others)))
        say(f"{job.name}: {counted_documents(outcome.files[job.name], job.dialect.file_rules)} ({dialects})", err=True)
