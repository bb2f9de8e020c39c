"""The documents of a file to verdicts, as the job of the file says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..check.file_verdicts import Judged, judge_all

if TYPE_CHECKING:
    from ..check.document import Document
    from ..check.skimming import Skimmer
    from .checking import Job

__all__ = ["judge_file"]


def judge_file(documents: Iterable[Document], job: Job, skimmer: Skimmer | None = None) -> Iterator[Judged]:
    """The verdict on each document, or on each exchange in them."""
    if job.artifact not in job.dialect.exchanges:
        return judge_all(documents, job.dialect, job.artifact, lint=job.lint, skimmer=skimmer)
    from ..exchanges.exchange_verdicts import judge_exchanges  # with what compiles schemas

    return judge_exchanges(documents, job.dialect, job.artifact, lint=job.lint)
