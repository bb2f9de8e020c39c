"""Containers: where exchanges lie in a document, by rows of the spec."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ..check.document import Document
from ..check.document_reader import read_documents
from ..finding import Place, SpecError, did_you_mean, fault
from ..finding.pointer import value_at
from ..finding.shape import is_array, is_object
from ..folders import spec_folder

__all__ = ["Body", "Container", "container_of", "containers"]

_EACH = "/*"
_KEYS = ("name", "description", "known-by", "entries", "method", "url", "request", "status", "response", "stream")
_NEEDED = ("name", "known-by", "entries", "request")


class Body(NamedTuple):
    """Where one side of an exchange may stand in an entry."""

    at: str
    is_base64: bool = False
    marked_by: tuple[str, str] = ("", "")
    """A pointer, and the value there that marks it as base64."""

    def is_encoded(self, entry: object) -> bool:
        """Whether what stands in *entry* is written in base64."""
        at, word = self.marked_by
        return self.is_base64 or (bool(at) and value_at(entry, at) == word)


class Container(NamedTuple):
    """How a kind of document holds exchanges; pointers are from an entry."""

    name: str
    known_by: tuple[str, ...]
    entries: str
    """The pointer of the array of entries; empty where the document is the one entry."""

    is_list: bool
    method: tuple[str, ...]
    url: tuple[str, ...]
    request: tuple[Body, ...]
    status: tuple[str, ...]
    response: tuple[Body, ...]
    stream: tuple[Body, ...]

    def pointers(self, value: object) -> Iterator[str]:
        """Where the entries of a document are."""
        if not self.is_list:
            yield ""
            return
        entries = value_at(value, self.entries)
        for number in range(len(entries) if is_array(entries) else 0):
            yield f"{self.entries}/{number}"


def container_of(value: object) -> Container | None:
    """How a document holds exchanges, if it is known to."""
    if not is_object(value):
        return None
    found = (each for each in containers() if all(value_at(value, pointer) is not None for pointer in each.known_by))
    return next(found, None)


@cache
def containers(folder: Path | None = None) -> tuple[Container, ...]:
    """The containers in the spec that comes with the tool, or in another *folder*. Raises `SpecError`."""
    paths = sorted((folder or spec_folder() / "containers").glob("*.yaml"))
    return tuple(row for path in paths for row in _rows(path))


def _rows(path: Path) -> Iterator[Container]:
    with path.open("rb") as stream:
        (document,) = read_documents(stream, str(path))
    if faults := [*document.text_findings()]:
        raise SpecError(faults)
    rows = document.value
    if not is_array(rows):
        raise SpecError([_fault(document, "", "containers are a list of rows")])
    for number, row in enumerate(rows):
        yield _container(document, f"/{number}", row)


def _container(document: Document, at: str, row: Any) -> Container:
    if not is_object(row):
        raise SpecError([_fault(document, at, "a row of a container is an object")])
    for key in row:
        if key not in _KEYS:
            guess = did_you_mean(key, _KEYS) or f"; there are {', '.join(_KEYS)}"
            raise SpecError([_fault(document, f"{at}/{key}", f"a container has no {key!r}{guess}", code="PAR902")])
    for key in _NEEDED:
        if key not in row:
            raise SpecError([_fault(document, at, f"a container needs {key!r}")])
    entries = str(row["entries"])
    return Container(
        name=str(row["name"]),
        known_by=_texts(row["known-by"]),
        entries=entries.removesuffix(_EACH),
        is_list=entries.endswith(_EACH),
        method=_texts(row.get("method", ())),
        url=_texts(row.get("url", ())),
        request=_bodies(row["request"]),
        status=_texts(row.get("status", ())),
        response=_bodies(row.get("response", ())),
        stream=_bodies(row.get("stream", ())),
    )


def _texts(value: Iterable[object]) -> tuple[str, ...]:
    return tuple(map(str, value))


def _bodies(rows: Iterable[Mapping[str, Any]]) -> tuple[Body, ...]:
    return tuple(map(_body, rows))


def _body(row: Mapping[str, Any]) -> Body:
    encoded = row.get("base64", False)
    if is_object(encoded):
        ((at, word),) = encoded.items()
        return Body(str(row["at"]), marked_by=(at, str(word)))
    return Body(str(row["at"]), encoded is True)


def _fault(document: Document, pointer: str, message: str, code: str = "PAR903") -> Any:
    location = document.location(pointer)
    span = location.value if location else None
    return fault(code, Place(document.file, span.line, span.column) if span else None, message)
