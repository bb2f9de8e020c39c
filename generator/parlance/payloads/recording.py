"""A request with what answers it, as it was read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..check.document import Document
from ..finding import Finding

__all__ = ["Answer", "Exchange", "RecordedStream", "Recording"]


class RecordedStream(NamedTuple):
    """The events of a stream, the last of which is its end."""

    events: Iterable[Document]
    data: bytes | None = None
    """Its text; None where it is recorded as chunks."""


Answer = Document | RecordedStream


class Exchange(NamedTuple):
    """Both sides; None for one that could not be read, or that is of no interest."""

    request: Document | None
    answer: Answer | None
    status: int = 200
    faults: tuple[Finding, ...] = ()
    """What keeps a side from being read; pointers are those of findings."""

    is_dumped: bool = False
    """Whether an SDK may have written the answer, with null for every field that did not come."""


class Recording(NamedTuple):
    """What stands at one place of a file: an exchange, or something else."""

    document: Document
    """What holds it; `source` is the text of all of it."""

    at: str
    """The pointer to it."""

    exchange: Exchange | None
    """None for the traffic of another interface."""
