"""The documents of a file to verdicts, as the job of the file says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..check.file_verdicts import Judged, judge_all
from .input_files import UnreadableFile

if TYPE_CHECKING:
    from ..check.document import Document
    from ..check.skimming import Skimmer
    from .checking import Job

__all__ = ["container_name", "judge_file", "recognised"]


def judge_file(documents: Iterable[Document], job: Job, skimmer: Skimmer | None = None) -> Iterator[Judged]:
    """The verdict on each document, or on each payload or exchange in them."""
    if job.pointers:
        return _judge_at(documents, job)
    if job.artifact in job.dialect.exchanges:
        from ..exchanges.exchange_verdicts import judge_exchanges  # with what compiles schemas

        return judge_exchanges(documents, job.dialect, job.artifact, job.rows, lint=job.lint)
    if job.artifact == "auto":
        from ..exchanges.file_payloads import judge_detected

        return judge_detected(documents, job.name, job.dialect, job.rows, lint=job.lint, skimmer=skimmer)
    return judge_all(documents, job.dialect, job.artifact, lint=job.lint, skimmer=skimmer)


def recognised(documents: Iterator[Document], job: Job) -> tuple[str | None, Iterator[Document]]:
    """Why a file is skipped that holds no payload, and its documents."""
    from ..exchanges import file_payloads

    if not job.pointers:
        return file_payloads.recognised(documents, job.dialect, job.rows)
    from ..payloads.pointed_payloads import leads_somewhere

    is_there, documents = leads_somewhere(documents, job.pointers)
    return (None if is_there else f"nothing at {', '.join(job.pointers)}"), documents


def container_name(documents: Iterator[Document], job: Job) -> str | None:
    """Which kind of container a file is; None where it holds payloads as they are, or where the user said it."""
    if job.pointers or job.artifact != "auto":
        return None
    from ..exchanges import file_payloads

    return file_payloads.container_name(documents, job.name, job.dialect, job.rows)


def _judge_at(documents: Iterable[Document], job: Job) -> Iterator[Judged]:
    """The verdict on what stands at the pointers that were given."""
    from ..exchanges.payload_verdicts import PayloadJudge
    from ..payloads.pointed_payloads import NothingThere

    try:
        yield from PayloadJudge(job.dialect, job.rows(), lint=job.lint).judge_at(documents, job.pointers, job.artifact)
    except NothingThere as error:
        raise UnreadableFile(str(error)) from None
