"""The payloads in a text as the linter finds them, and what stands at a place of one."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..check.detection import Resemblance
from ..check.document import Document, Location
from ..check.document_reader import format_of, json_document, read_documents
from ..check.text_source import Unreadable
from ..finding import Span
from ..finding.pointer import joined
from ..finding.shape import is_array, is_object
from ..payloads.payload_finder import FoundPayload, PayloadFinder
from ..payloads.pointed_payloads import pointed_places
from ..payloads.recording import RecordedStream
from .editor_file import FileRole
from .unfinished_json import completed_document

__all__ = ["PayloadInText", "PlaceInPayload", "payloads_of", "place_in"]


class PayloadInText(NamedTuple):
    """A payload, and the artifact that it is."""

    document: Document
    artifact: str


class PlaceInPayload(NamedTuple):
    """What stands at a place: a value, or its key."""

    steps: tuple[str, ...]
    on_key: bool
    span: Span


def payloads_of(
    role: FileRole, text: str, line: int, prepare: Callable[[object], None] | None = None
) -> Iterator[PayloadInText]:
    """The payloads of a *text*, whole or unfinished; of a file that is read by lines those of one *line*.

    *prepare* is given the value of each document before payloads are looked for in it.
    """
    finder = PayloadFinder(role.dialect, role.rows())
    for document in _documents(role.name, text, line):
        whole = completed_document(document)
        if not whole.complete and not finder.is_sequence(whole):
            continue
        if prepare is not None:
            prepare(whole.value)
        for found in _found(role, whole, finder):
            yield from _known(role, found)


def _documents(name: str, text: str, line: int) -> Iterator[Document]:
    if format_of(name) == "jsonl":
        lines = text.split("\n")
        if 0 < line <= len(lines):
            yield json_document(lines[line - 1].rstrip("\r"), name, line, is_line=True)
        return
    try:
        yield from read_documents(io.BytesIO(text.encode(errors="replace")), name)
    except Unreadable:
        return


def _found(role: FileRole, document: Document, finder: PayloadFinder) -> Iterator[FoundPayload]:
    if role.pointers:
        for _, places in pointed_places([document], role.pointers, strict=False):
            for place in places:
                yield from finder.pointed(place, document, "auto")
    elif finder.is_payload(document):
        yield FoundPayload("", document, "", document)
    else:
        yield from finder.found(document)


def _known(role: FileRole, found: FoundPayload) -> Iterator[PayloadInText]:
    """The documents of what was found, of which it is known what they are."""
    exchange = found.recording.exchange if found.recording else None
    sides = (exchange.request, exchange.answer) if exchange else (found.payload,)
    for side in sides:
        parts = side.events if isinstance(side, RecordedStream) else (side,)
        for part in parts:
            if part is None or not part.complete:
                continue
            name = found.artifact
            if exchange is not None or name not in role.dialect.artifacts:
                artifact = Resemblance(part.value, role.dialect, is_line=part.is_line).artifact()
                name = artifact.name if artifact else ""
            if name:
                yield PayloadInText(part, name)


def place_in(document: Document, line: int, column: int) -> PlaceInPayload | None:
    """What stands at a line and column of the file, the innermost; None where that is outside of the document."""
    at = (line, column)
    value, steps = document.value, list[str]()
    location = document.location("")
    if location is None or not _may_hold(location.value, at):
        return None
    found: PlaceInPayload | None = None
    while (inner := _member_at(document, joined(steps), value, at)) is not None:
        step, location = inner
        steps.append(step)
        if location.key is not None and _holds(location.key, at):
            return PlaceInPayload((*steps,), True, location.key)
        if not _may_hold(location.value, at):
            return None
        value = value[step] if is_object(value) else value[int(step)] if is_array(value) else None
        found = PlaceInPayload((*steps,), False, location.value) if _holds(location.value, at) else None
    return found


def _member_at(document: Document, pointer: str, value: object, at: tuple[int, int]) -> tuple[str, Location] | None:
    """The last member that begins at a place or before it."""
    found: tuple[str, Location] | None = None
    last = (0, 0)
    for key in value if is_object(value) else ():
        location = document.location(f"{pointer}{joined([key])}")
        if location is not None and last <= _beginning(location) <= at:
            found, last = (key, location), _beginning(location)
    return _item_at(document, pointer, len(value), at) if is_array(value) else found


def _item_at(document: Document, pointer: str, count: int, at: tuple[int, int]) -> tuple[str, Location] | None:
    """The last of the items of an array that begins there or before, searched for by halves: they stand in a row."""
    found: tuple[str, Location] | None = None
    first, last = 0, count - 1
    while first <= last:
        middle = (first + last) // 2
        location = document.location(f"{pointer}/{middle}")
        if location is None:
            return None
        if _start(location.value) <= at:
            found, first = (str(middle), location), middle + 1
        else:
            last = middle - 1
    return found


def _beginning(location: Location) -> tuple[int, int]:
    return _start(location.key or location.value)


def _start(span: Span) -> tuple[int, int]:
    return span.line, span.column


def _holds(span: Span, at: tuple[int, int]) -> bool:
    return _start(span) <= at < (span.end_line, span.end_column)


def _may_hold(span: Span, at: tuple[int, int]) -> bool:
    """Whether a place is in a stretch; of objects and arrays in YAML only the beginning is known."""
    return _holds(span, at) or (_start(span) == (span.end_line, span.end_column) and _start(span) <= at)
