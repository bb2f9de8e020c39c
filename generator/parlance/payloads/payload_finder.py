"""Documents of a file to the payloads in them, by the rows of containers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from heapq import merge
from itertools import chain, repeat
from typing import TYPE_CHECKING, NamedTuple

from ..check.detection import Resemblance, is_payload
from ..check.dialect import Dialect
from ..check.document import Document
from ..check.likeness import Likeness
from ..check.text_sequence import pieces
from ..finding import Finding
from ..finding.catalogue import CATALOGUE
from ..finding.pointer import tokens
from ..finding.shape import is_array, is_object
from .addresses import is_of_another_path
from .assembled_documents import assembled
from .container_rows import Container, PayloadPlace, container_of
from .encodings import UndecodableBody
from .fenced_places import fenced_places
from .inner_documents import inner_document, location_of
from .joined_lines import joined_text
from .opening import ValuePlace, opened, places
from .pointer_patterns import constants_fit
from .recording import RecordedStream, Recording
from .recording_reader import RecordingReader, recordings

if TYPE_CHECKING:
    from ..runtime.python.artifact import Artifact

__all__ = ["FoundPayload", "PayloadFinder"]

_LEVELS = 3
"""How many containers may stand in one another; nobody was seen to nest more."""

_DEEPEST_LOOK = 6
"""How many are looked through to see whether there is something to say."""

_TOO_DEEP = "PAR753"
_UNREADABLE = "PAR751"
_UNLISTED, _ROW = "list", "documents in a row"
"""What is counted of containers that have no row: arrays, and texts with several documents."""


class _ContainerFault(NamedTuple):
    code: str
    message: str
    advice: str


class FoundPayload(NamedTuple):
    """One payload, or one entry of a container that holds none."""

    container: str
    """What its container is called."""

    outer: Document
    """The document of the file that it lies in."""

    pointer: str
    """Where in that, through texts that hold documents of their own."""

    payload: Document | RecordedStream | None = None
    artifact: str = "auto"
    field: str = ""
    is_part: bool = False
    """Whether it may lack fields that stand elsewhere, or nowhere."""

    recording: Recording | None = None
    faults: tuple[Finding, ...] = ()
    is_other: bool = False
    """Whether it is something else than a payload."""

    is_dumped: bool = False
    """Whether an SDK may have written it, with null for every field of an answer that did not come."""


class PayloadFinder:
    """Finds payloads of one dialect."""

    def __init__(self, dialect: Dialect, rows: Sequence[Container]) -> None:
        self._dialect = dialect
        self._rows = sorted(rows, key=lambda row: row.is_loose)

    @cached_property
    def _exchange(self) -> str | None:
        return next(iter(self._dialect.exchanges), None)

    def is_payload(self, document: Document) -> bool:
        """Whether a document is a payload itself, and no container."""
        return (
            is_payload(document.value, self._dialect) and self.row(document) is None and not self.is_elsewhere(document)
        )

    def is_elsewhere(self, document: Document) -> bool:
        """Whether a document is said to be sent to another interface, or to come from one."""
        paths = [form.path for form in self._dialect.exchanges.values()]
        return bool(document.address and paths) and is_of_another_path(document.address, paths)

    def row(self, document: Document) -> Container | None:
        """How a document is recognised that looks like no other; None where none of the rows fits."""
        fitting = (self._sure_row(piece.value, piece.file) for piece in self._pieces(document))
        return next(filter(None, fitting), None)

    def _sure_row(self, value: object, file: str) -> Container | None:
        row = container_of(value, self._rows, file)
        return None if row is None or row.is_loose else row

    @staticmethod
    def is_sequence(document: Document) -> bool:
        """Whether a text that is not JSON is one JSON document after the other."""
        return any(True for _ in pieces(document))

    def has_payloads(self, document: Document) -> bool:
        """Whether payloads lie in a document that is none itself."""
        return any(not one.is_other for one in self.found(document))

    def found(self, document: Document) -> Iterator[FoundPayload]:
        """What lies in a document; one of a kind that is not known is something else."""
        if self.is_elsewhere(document):
            yield FoundPayload("", document, "", is_other=True)
            return
        for piece in self._pieces(document):
            place = ValuePlace(piece, "", piece.value, "")
            is_whole = piece is document
            yield from self._inside(place, document, 0) if is_whole else self._detected(place, document, 0, _ROW)

    def pointed(self, place: ValuePlace, outer: Document, artifact: str) -> Iterator[FoundPayload]:
        """What stands where a user says that payloads are: of the *artifact* named, or whatever it resembles."""
        try:
            document = opened(place, is_text_kept=True)
        except UndecodableBody as error:
            yield self._fault(place, outer, "", _ContainerFault(_UNREADABLE, str(error), error.advice))
            return
        if document is None:
            return
        here = FoundPayload("", outer, place.shown, document, artifact)
        if isinstance(document, RecordedStream):
            yield here
        elif artifact in self._dialect.exchanges:
            form = self._dialect.exchanges[artifact]
            end = self._dialect.streams[form.stream].end if form.stream else None
            yield from (
                here._replace(payload=None, recording=one) for one in recordings(document, form, end, self._rows)
            )
        elif artifact != "auto" or not document.complete or is_payload(document.value, self._dialect):
            yield here
        else:
            inside = [*self._inside(ValuePlace(document, "", document.value, place.shown), outer, 1)]
            yield from inside if any(not one.is_other for one in inside) else [here]

    @staticmethod
    def _pieces(document: Document) -> Iterable[Document]:
        """The documents of a text, which may be several, one after the other."""
        return (document,) if document.complete else pieces(document)

    def _inside(self, place: ValuePlace, outer: Document, level: int) -> Iterator[FoundPayload]:
        """What lies in a document that stands at a place."""
        document = place.document
        row = self._sure_row(document.value, outer.file)
        if level >= _LEVELS:
            yield from self._too_deep(place, outer, level)
        elif row is not None:
            yield from self._by_row(row, place, outer, level)
        elif is_array(document.value) and document.value:
            yield from self._listed(place, outer, level)
        else:
            yield from self._loosely(place, outer, level)

    def _listed(self, place: ValuePlace, outer: Document, level: int) -> Iterator[FoundPayload]:
        """What lies in the elements of an array."""
        values = place.document.value
        for number, value in enumerate(values if is_array(values) else ()):
            inner = inner_document(place.document, f"/{number}", value)
            yield from self._detected(ValuePlace(inner, "", value, f"{place.shown}/{number}"), outer, level, _UNLISTED)

    def _loosely(self, place: ValuePlace, outer: Document, level: int) -> Iterator[FoundPayload]:
        """What lies in a document by the first loose row that finds something in it."""
        value = place.document.value
        for row in self._rows if is_object(value) else ():
            if row.is_loose and row.fits(value, outer.file):
                found = [*self._by_row(row, place, outer, level)]
                if any(not one.is_other for one in found):
                    yield from found
                    return
        yield FoundPayload("", outer, place.shown, is_other=True)

    def _too_deep(self, place: ValuePlace, outer: Document, level: int) -> Iterator[FoundPayload]:
        """What is said where a payload lies deeper than payloads are looked for."""
        inside = self._loosely(place, outer, level) if level < _DEEPEST_LOOK else iter(())
        if any(not one.is_other for one in inside):
            yield self._fault(place, outer, "", _DEEPEST)
        else:
            yield FoundPayload("", outer, place.shown, is_other=True)

    def _detected(self, place: ValuePlace, outer: Document, level: int, container: str) -> Iterator[FoundPayload]:
        """A payload as which a document is seen, or what lies in it."""
        document = place.document
        if not is_payload(document.value, self._dialect) or self._sure_row(document.value, outer.file) is not None:
            yield from self._inside(place, outer, level + 1)
            return
        found = FoundPayload(container, outer, place.shown, document)
        likenesses = Resemblance(document.value, self._dialect).likenesses
        best = max(likenesses, key=lambda one: one.score).artifact
        if best.embeds and _has_required(document.value, best):  # a line with a whole payload in it, such as of a batch
            yield found._replace(artifact=best.name)
            return
        whole = max((one for one in likenesses if not one.artifact.is_line), key=lambda one: one.score)
        # What is made for lines of files stands in no other document; a payload without a model there is a part of one.
        if not _has_required(document.value, whole.artifact) and any(
            _has_required(document.value, one.artifact) for one in likenesses if one.artifact.is_line
        ):
            found = found._replace(artifact=whole.artifact.name, is_part=True)
        yield found

    def _by_row(self, row: Container, place: ValuePlace, outer: Document, level: int) -> Iterator[FoundPayload]:
        is_empty = True
        for found in chain(self._exchanges(row, place, outer), self._payloads(row, place, outer, level)):
            is_empty = False
            yield found._replace(container=found.container or row.name, is_dumped=found.is_dumped or row.is_dumped)
        if is_empty:
            yield FoundPayload(row.name, outer, place.shown, is_other=True)

    def _exchanges(self, row: Container, place: ValuePlace, outer: Document) -> Iterator[FoundPayload]:
        name = self._exchange
        if not row.request or name is None:
            return
        form = self._dialect.exchanges[name]
        end = self._dialect.streams[form.stream].end if form.stream else None
        reader = RecordingReader(place.document, row, form, end, self._resembles)
        for recording in reader.recordings():
            is_other = recording.exchange is None
            shown = f"{place.shown}{recording.at}"
            yield FoundPayload(row.name, outer, shown, artifact=name, recording=recording, is_other=is_other)

    def _payloads(self, row: Container, place: ValuePlace, outer: Document, level: int) -> Iterator[FoundPayload]:
        # In the order of the document: what stands in one entry comes together, by whichever pattern it was found.
        streams = [zip(repeat(spot), self._spots(spot, place)) for spot in row.payloads]
        for spot, found in merge(*streams, key=lambda each: _indices(each[1].shown)):
            yield from self._at(spot, found, row.name, outer, level)

    @staticmethod
    def _spots(spot: PayloadPlace, place: ValuePlace) -> Iterator[ValuePlace]:
        for element in places(place.document, spot.within, place.shown) if spot.within else (place,):
            if constants_fit(element.value, spot.constants):
                inner = inner_document(element.document, element.pointer, element.value)
                yield from places(inner if element.pointer else element.document, spot.at, element.shown)

    def _at(
        self, spot: PayloadPlace, place: ValuePlace, container: str, outer: Document, level: int
    ) -> Iterator[FoundPayload]:
        if place.value is None:  # as where what was sent is not recorded
            return
        if spot.is_joined:
            place = joined_text(place)
        if spot.is_markdown:
            for fenced in fenced_places(place):
                yield from self._detected(fenced, outer, level, container)
            return
        if spot.field or spot.assembled:
            document = assembled(place, spot)
            if document is not None:
                yield FoundPayload(container, outer, place.shown, document, spot.artifact, spot.field, is_part=True)
            return
        try:
            document_there = opened(place, is_base64=spot.is_base64)
        except UndecodableBody as error:
            yield self._fault(place, outer, container, _ContainerFault(_UNREADABLE, str(error), error.advice))
            return
        if document_there is None:
            return
        if isinstance(document_there, RecordedStream):
            yield FoundPayload(container, outer, place.shown, document_there)
        elif spot.artifact == "auto":
            yield from self._detected(
                ValuePlace(document_there, "", document_there.value, place.shown), outer, level, container
            )
        else:
            is_other = not self._resembles(document_there.value, spot.artifact) and document_there.complete
            yield FoundPayload(container, outer, place.shown, document_there, spot.artifact, is_other=is_other)

    def _resembles(self, value: object, artifact: str) -> bool:
        """Whether a value is likely to be meant as an artifact."""
        known = self._dialect.artifacts.get(artifact)
        return known is not None and is_object(value) and Likeness(value, known).is_close

    @staticmethod
    def _fault(place: ValuePlace, outer: Document, container: str, fault: _ContainerFault) -> FoundPayload:
        code, message, advice = fault
        finding = Finding(
            code=code,
            severity=CATALOGUE[code].severity,
            pointer=place.shown,
            message=message,
            span=location_of(place.document, place.pointer),
            help=advice,
        )
        return FoundPayload(container, outer, place.shown, faults=(finding,))


def _indices(pointer: str) -> tuple[int, ...]:
    """Which entries of arrays a pointer leads through."""
    return tuple(int(token) for token in tokens(pointer) if token.isdecimal() and token.isascii())


def _has_required(value: object, artifact: Artifact) -> bool:
    return is_object(value) and artifact.required <= value.keys()


_DEEPEST = _ContainerFault(
    _TOO_DEEP,
    f"this stands in {_LEVELS} other containers, and what lies deeper is not looked for",
    "take it out, and check it alone",
)
