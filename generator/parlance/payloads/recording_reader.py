"""Documents of a file to the exchanges in them, whatever records them and however it writes the bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..check.document import Document
from ..check.event_stream import event_stream
from ..check.faultless import FaultlessReader
from ..finding import Finding
from ..finding.catalogue import CATALOGUE
from ..finding.pointer import value_at
from ..finding.shape import is_array
from .addresses import path_of
from .container_rows import Body, Container, container_of
from .encodings import UndecodableBody, plain_value, unpacked
from .inner_documents import chunk_documents, inner_document, is_within, location_of, stream_documents, text_document
from .pointer_patterns import matches
from .recording import Answer, Exchange, RecordedStream, Recording

if TYPE_CHECKING:
    from ..runtime.python.exchange import ExchangeFormat

__all__ = ["RecordingReader", "recordings"]

_NOT_AN_EXCHANGE = "PAR750"
_UNREADABLE = "PAR751"
_ANSWERED = range(200, 500)
"""Statuses with which an answer comes: others stand for a request that was given up, or for a gateway."""

_OTHER_THAN_JSON = "PAR010"
"""The code of what YAML can say and JSON cannot, such as binary data."""


_READER = FaultlessReader()


def recordings(
    document: Document, form: ExchangeFormat, end: str | None, rows: Iterable[Container]
) -> Iterator[Recording]:
    """What *document* holds by the *rows*; *end* is what comes after the last chunk of a stream."""
    if not document.complete:
        yield Recording(document, "", Exchange(None, None, faults=tuple(document.text_findings())))
        return
    if is_array(document.value) and document.value:
        for number, value in enumerate(document.value):
            inner = inner_document(document, f"/{number}", value)
            yield from _of_value(inner, form, end, rows)
        return
    yield from _of_value(document, form, end, rows)


def _of_value(
    document: Document, form: ExchangeFormat, end: str | None, every: Iterable[Container]
) -> Iterator[Recording]:
    rows = [row for row in every if row.request]
    container = container_of(document.value, rows)
    if container is None:
        message = "this is no exchange: it has no `request` beside its `response` or `stream`"
        advice = f"known are {', '.join(row.name for row in rows)}"
        found = _finding(document, "", _NOT_AN_EXCHANGE, message, advice)
        yield Recording(document, "", Exchange(None, None, faults=(found,)))
        return
    yield from RecordingReader(document, container, form, end).recordings()


class _OpenedBody(NamedTuple):
    """A body as it was found: a value, a text, or bytes."""

    at: str
    value: object
    each: str = ""
    """Where in an item of a list a chunk stands."""


class RecordingReader:
    """Reads the entries of one document.

    Where it was not said that they are exchanges, *resembles* decides about what has no address: is a value like an
    artifact? Then what has no answer is no mistake, either.
    """

    def __init__(
        self,
        document: Document,
        container: Container,
        form: ExchangeFormat,
        end: str | None,
        resembles: Callable[[object, str], bool] | None = None,
    ) -> None:
        self._document = document
        self._resembles = resembles
        self._container = container
        self._form = form
        self._end = end
        self._faults: list[Finding] = []
        tagged = [fault.pointer for fault in document.faults if fault.code == _OTHER_THAN_JSON]
        self._tagged = frozenset(tagged)
        """What YAML has a tag for: of a body it is the one for binary data."""

    def recordings(self) -> Iterator[Recording]:
        """All of them; what is wrong with the text of the whole is said with the first one."""
        faults = self._document.faults
        rest = [fault for fault in faults if fault.code != _OTHER_THAN_JSON or not self._container.is_list]
        bodies = [*self._bodies()] if rest else []
        rest = [fault for fault in rest if not any(is_within(fault.pointer, body) for body in bodies)]
        self._faults += self._document._replace(faults=tuple(rest)).text_findings()
        for at, entry, _ in matches(self._document.value, self._container.entries):
            yield Recording(self._document, at, self._exchange(at, entry))
            self._faults = []

    def _bodies(self) -> Iterator[str]:
        """Where bodies stand, which say themselves what is wrong with them."""
        kinds = (*self._container.request, *self._container.response, *self._container.stream)
        for at, entry, _ in matches(self._document.value, self._container.entries):
            yield from (f"{at}{found.pointer}" for body in kinds for found in matches(entry, body.at))

    def _exchange(self, at: str, entry: object) -> Exchange | None:
        if not self._is_ours(entry):
            return None
        request = self._opened(at, entry, self._container.request)
        answer = self._opened(at, entry, self._container.response)
        stream = self._opened(at, entry, self._container.stream)
        found = self._first(entry, self._container.status)
        status = found if isinstance(found, int) else 200
        if self._resembles is not None:
            if not (request or answer or stream) or not self._is_like(entry, request, answer, stream):
                return None
        elif request is None:
            self._complain(at, "this exchange has no request", "add it; what has none is --as response")
        elif answer is None and stream is None and status in _ANSWERED:
            self._complain(at, "this request has no answer", "add it; what has none is --as request")
        return Exchange(
            request=self._read(request),
            answer=self._stream(stream) if stream is not None else self._answer(answer),
            status=status,
            faults=tuple(self._faults),
            is_dumped=self._container.is_dumped,
        )

    def _is_ours(self, entry: object) -> bool:
        """Whether an entry is the traffic of this interface, as far as it says."""
        method, url = self._first(entry, self._container.method), self._first(entry, self._container.url)
        if isinstance(method, str) and method.lower() != self._form.method:
            return False
        return not isinstance(url, str) or path_of(url).endswith(self._form.path)

    def _is_like(self, entry: object, request: _OpenedBody | None, *answers: _OpenedBody | None) -> bool:
        """Whether an entry without an address has a side that resembles what it should be."""
        test, form = self._resembles, self._form
        if test is None or isinstance(self._first(entry, self._container.url), str):
            return True
        if request is not None and test(plain_value(request.value), form.request):
            return True
        found = [plain_value(answer.value) for answer in answers if answer is not None]
        return request is None and any(test(value, form.response) for value in found)

    @staticmethod
    def _first(entry: object, pointers: Iterable[str]) -> object:
        """What stands at the first of the pointers at which there is something."""
        for pointer in pointers:
            value = value_at(entry, pointer)
            if value is not None:
                return value
        return None

    def _opened(self, at: str, entry: object, bodies: Sequence[Body]) -> _OpenedBody | None:
        """The body that stands in an entry, unpacked; bytes where it cannot be, which are empty."""
        for body in bodies:
            value = value_at(entry, body.at)
            if body.each and is_array(value):
                value = [value_at(item, body.each) for item in value]
            pointer = f"{at}{body.at}"
            if value is None or value == "":
                continue
            try:
                is_base64 = body.is_encoded(entry) or pointer in self._tagged
                return _OpenedBody(pointer, unpacked(value, is_base64=is_base64, is_hex=body.is_hex), body.each)
            except UndecodableBody as error:
                self._complain(pointer, str(error), error.advice, _UNREADABLE)
                return _OpenedBody(pointer, b"")
        return None

    def _read(self, opened: _OpenedBody | None) -> Document | None:
        """The document of a body; None where there is none."""
        if opened is None or opened.value == b"":
            return None
        if isinstance(opened.value, str | bytes):
            return text_document(self._document, opened.at, opened.value, _READER)
        return inner_document(self._document, opened.at, opened.value)

    def _answer(self, opened: _OpenedBody | None) -> Answer | None:
        """An answer, which is a stream where its text is one."""
        if opened is not None and _is_stream(_joined(opened.value)):
            return self._stream(opened)
        return self._read(opened)

    def _stream(self, opened: _OpenedBody | None) -> Answer | None:
        if opened is None or opened.value == b"":
            return None
        value = _joined(opened.value)
        if isinstance(value, str | bytes):
            data = value if isinstance(value, bytes) else value.encode(errors="replace")
            return RecordedStream(stream_documents(self._document, opened.at, value), data)
        if is_array(value):
            return RecordedStream(chunk_documents(self._document, opened.at, value, self._end, opened.each))
        self._complain(opened.at, "this is no stream", "write the text of its events, or a list of its chunks")
        return None

    def _complain(self, pointer: str, message: str, advice: str, code: str = _NOT_AN_EXCHANGE) -> None:
        self._faults.append(_finding(self._document, pointer, code, message, advice))


def _joined(value: object) -> object:
    """The bytes of a stream that is written as a list of its lines, or of other pieces; any other value as it is."""
    if is_array(value) and value and all(isinstance(each, str) for each in value) and _is_stream(str(value[0])):
        return "".join(map(str, value)).encode()
    return value


def _is_stream(body: object) -> bool:
    if not isinstance(body, str | bytes):
        return False
    start = body if isinstance(body, str) else body[: 1 << 16].decode(errors="replace")
    return event_stream(start) is not None


def _finding(document: Document, pointer: str, code: str, message: str, advice: str) -> Finding:
    span = location_of(document, pointer)
    return Finding(
        code=code, severity=CATALOGUE[code].severity, pointer=pointer, message=message, span=span, help=advice
    )
