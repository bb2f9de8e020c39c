"""The documents of a file to verdicts where nobody said what they are: payloads as they are, or in a container."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..check.detection import seen_payload
from ..check.document_reader import PAGES, format_of
from ..check.file_verdicts import judge_all
from ..check.skipped import Skipped

if TYPE_CHECKING:
    from ..check.dialect import Dialect
    from ..check.document import Document
    from ..check.file_verdicts import Judged
    from ..check.skimming import Skimmer
    from ..payloads.container_rows import Rows

__all__ = ["container_name", "judge_detected", "recognised"]

_DOUBTFUL = frozenset({Skipped.UNLIKE, Skipped.BROKEN, Skipped.TEMPLATE})
"""What is said of files in which payloads may lie all the same."""


def judge_detected(  # noqa: PLR0913, of which each caller has its own
    documents: Iterable[Document],
    file: str,
    dialect: Dialect,
    rows: Rows,
    *,
    lint: bool,
    skimmer: Skimmer | None = None,
) -> Iterator[Judged]:
    """The verdict on each payload of a file."""
    documents, is_payload = seen_payload(documents, dialect)
    if is_payload and format_of(file) not in PAGES:
        return judge_all(documents, dialect, lint=lint, skimmer=skimmer)
    from .payload_verdicts import PayloadJudge, container_in  # with what compiles schemas

    found = rows()
    is_container, _, documents = container_in(documents, dialect, found)
    if is_container or format_of(file) in PAGES:
        return PayloadJudge(dialect, found, lint=lint).judge(documents)
    return judge_all(documents, dialect, lint=lint, skimmer=skimmer)


def recognised(documents: Iterator[Document], dialect: Dialect, rows: Rows) -> tuple[str | None, Iterator[Document]]:
    """Why a file is skipped that holds no payload, and its documents."""
    from ..check.recognition import recognise

    reason, documents = recognise(documents, dialect)
    if reason not in _DOUBTFUL:
        documents, is_payload = seen_payload(documents, dialect)
        if is_payload or reason is not None:
            return reason, documents
    from .payload_verdicts import container_in

    is_container, kind, documents = container_in(documents, dialect, rows())
    return (None if is_container else kind or reason), documents


def container_name(documents: Iterator[Document], file: str, dialect: Dialect, rows: Rows) -> str | None:
    """Which kind of container a file is; None where it holds payloads as they are."""
    documents, is_payload = seen_payload(documents, dialect)
    if is_payload and format_of(file) not in PAGES:
        return None
    from .payload_verdicts import container_in

    return container_in(documents, dialect, rows())[1]
