"""Whether a file holds payloads at all: the documents of a file to the reason for which it is skipped, or to none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from ..finding.shape import is_object
from ..finding.suggestion import suggestions
from .detection import candidates
from .dialect import Dialect
from .document import Document
from .event_stream import CODE as EVENT_STREAM
from .rough_fields import rough_fields

if TYPE_CHECKING:
    from ..runtime.python.violation import Artifact

__all__ = ["Skipped", "recognise"]

_MOST = 100
"""How many documents are kept until one resembles a payload; a log file has none after thousands."""

_LARGEST = 64 << 20
"""How many bytes of documents are kept."""


class Skipped(StrEnum):
    """Why a file is not checked, in the words of reports."""

    EXCLUDED = "excluded"
    """A pattern of the settings or of an option names it."""

    IGNORED = "ignored by git"
    HIDDEN = "hidden"
    DEPENDENCIES = "dependencies"
    """A folder that package managers fill."""

    UNLIKE = "not a payload"
    """It can be read, and resembles no artifact."""

    BROKEN = "not valid JSON or YAML"
    """It cannot be read, and what can be made out of it resembles no artifact."""

    EVENTS = "an event stream"
    """A response as it was streamed."""

    EMPTY = "empty"


def recognise(documents: Iterable[Document], dialect: Dialect) -> tuple[Skipped | None, Iterator[Document]]:
    """Why a file is no payload, if it is none, and its documents; only the first ones of many are looked at."""
    incoming = iter(documents)
    first: list[Document] = []
    size = 0
    for document in incoming:
        first.append(document)
        size += document.size
        if any(fault.code == EVENT_STREAM for fault in document.faults):
            return Skipped.EVENTS, chain(first, incoming)
        if _is_payload(_value(document), dialect):
            return None, chain(first, incoming)
        if len(first) == _MOST or size > _LARGEST:
            break
    return _reason(first), chain(first, incoming)


def _is_payload(value: object, dialect: Dialect) -> bool:
    """Whether a value resembles an artifact more than by chance: `model` or `user` alone stand in many files."""
    if not is_object(value) or not candidates(value, dialect):
        return False
    return any(_is_close(value, artifact) for artifact in dialect.artifacts.values())


def _is_close(fields: Mapping[str, object], artifact: Artifact) -> bool:
    """Whether several and most of the required fields are there, or half of them and few that are not known."""
    wrong = {name for name, values in artifact.constants.items() if name in fields and fields[name] not in values}
    present = len((fields.keys() & artifact.required) - wrong)
    if present > 1 and 2 * present > len(artifact.required):
        return True
    return present > 0 and 2 * present >= len(artifact.required) and _is_known(fields, artifact)


def _is_known(fields: Mapping[str, object], artifact: Artifact) -> bool:
    """Whether half of the fields are those of *artifact*, rightly spelt or not."""
    if len(fields) > 2 * len(artifact.fields):
        return False
    known = sum(name in artifact.fields or bool(suggestions(name, artifact.fields)) for name in fields)
    return 2 * known >= len(fields)


def _value(document: Document) -> object:
    """What a document holds; of a broken one its outermost fields, as far as they can be made out."""
    return document.value if document.complete or document.source is None else rough_fields(document.source.text)


def _reason(documents: list[Document]) -> Skipped:
    if any(document.complete or _value(document) for document in documents):
        return Skipped.UNLIKE
    codes = {fault.code for document in documents for fault in document.faults}
    return Skipped.EMPTY if codes <= {"PAR009"} else Skipped.BROKEN
