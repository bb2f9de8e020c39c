"""Rows of the spec, and of users, that say how a kind of document is recognised and where payloads lie in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from ..finding import SpecError
from ..finding.pointer import value_at
from ..finding.shape import is_array, is_object
from ..folders import grammar_file, snapshot_file, spec_folder
from ..spec.grammar import Grammar
from ..spec.reading import read_list
from ..spec.snapshot import Snapshot
from ..spec.spec_files import SpecFiles
from .pointer_patterns import constants_fit, first_match

__all__ = ["Body", "Container", "PayloadPlace", "Rows", "container_of", "containers"]

_FOLDER = "containers"


class Body(NamedTuple):
    """Where one side of an exchange may stand in an entry."""

    at: str
    is_base64: bool = False
    marked_by: Mapping[str, Any] = {}
    """What an entry says where the text is base64, by pointer."""

    is_hex: bool = False
    each: str = ""
    """In a list: the pointer, from each item, of a chunk or of a piece of the text of a stream."""

    def is_encoded(self, entry: object) -> bool:
        """Whether what stands in *entry* is written in base64."""
        marks = self.marked_by.items()
        return self.is_base64 or (bool(marks) and all(value_at(entry, at) == word for at, word in marks))


class PayloadPlace(NamedTuple):
    """Where a payload of one kind may stand in a document."""

    at: str = ""
    """A pattern from the root, or from the element that has `constants`."""

    within: str = ""
    """A pattern of the elements that `constants` are asked of."""

    constants: Mapping[str, Any] = {}
    artifact: str = "auto"
    field: str = ""
    """The field of the artifact that the value is, where it is not all of one."""

    assembled: Mapping[str, str] = {}
    """The fields of the payload, and the pointer of each from `at`."""

    spread: tuple[str, ...] = ()
    """Pointers to objects that have further fields of the payload."""

    names: Mapping[str, str] = {}
    """What fields are called there, and what they are called in the payload."""

    is_base64: bool = False
    is_joined: bool = False
    """Whether a text may be written as a list of its lines."""

    is_markdown: bool = False


class Container(NamedTuple):
    """How a kind of document is recognised, and where exchanges and payloads lie in it."""

    name: str
    known_by: tuple[str, ...] = ()
    constants: Mapping[str, Any] = {}
    absent: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    is_loose: bool = False
    """Whether other documents look alike, so that only payloads show that it is one."""

    is_dumped: bool = False
    """Whether an SDK may have written the answers, with null for every field that did not come."""

    entries: str = ""
    """The pattern of what holds an exchange each."""

    method: tuple[str, ...] = ()
    url: tuple[str, ...] = ()
    request: tuple[Body, ...] = ()
    status: tuple[str, ...] = ()
    response: tuple[Body, ...] = ()
    stream: tuple[Body, ...] = ()
    payloads: tuple[PayloadPlace, ...] = ()

    @property
    def may_hold_payloads(self) -> bool:
        """Whether it is said where payloads lie in such a document."""
        return bool(self.request or self.payloads)

    @property
    def is_list(self) -> bool:
        """Whether one document may hold several exchanges."""
        return bool(self.entries)

    def fits(self, value: object, file: str = "") -> bool:
        """Whether a document is seen to be of this kind."""
        if self.files and not any(fnmatchcase(PurePath(file).name, pattern) for pattern in self.files):
            return False
        if not all(first_match(value, pattern) is not None for pattern in self.known_by):
            return False
        return constants_fit(value, self.constants) and all(first_match(value, one) is None for one in self.absent)


Rows = Callable[[], Sequence[Container]]
"""Gives the rows of containers, which are read when they are needed."""


def container_of(value: object, rows: Iterable[Container], file: str = "") -> Container | None:
    """How a document holds payloads, if it is known to."""
    if not (is_object(value) or is_array(value)):
        return None
    return next((row for row in rows if row.fits(value, file)), None)


def containers(*own: Path, overlays: Iterable[Path] = (), folder: Path | None = None) -> tuple[Container, ...]:
    """The rows in *own* files, of *overlays* and of the *folder* of a spec, and those that come with the tool.

    Raises `SpecError`.
    """
    in_folder = sorted((folder / _FOLDER).glob("*.yaml")) if folder is not None else ()
    return _rows(_states(own), _states(overlays), _states(in_folder))


_States = tuple[tuple[Path, int], ...]
"""Files, and facts by which a change of them shows."""


def _states(paths: Iterable[Path]) -> _States:
    return tuple((path, path.stat().st_mtime_ns if path.exists() else 0) for path in paths)


@cache
def _rows(own: _States, overlays: _States, in_folder: _States) -> tuple[Container, ...]:
    """The rows of files as they were at a time."""
    grammar = grammar_file()
    files = SpecFiles(spec_folder(), Grammar(grammar), Snapshot.read(snapshot_file(), grammar))
    rows = [row for path, _ in own for row in files.read_own(path, _FOLDER)]
    headers = files.read_overlays([path for path, _ in overlays]).values()
    rows += [row for header in headers for row in header.get(_FOLDER, ())]
    rows += [row for path, _ in in_folder for row in files.read_own(path, _FOLDER)]
    rows += [row for file in files.read(files.names(_FOLDER), _FOLDER, read_list).values() for row in file]
    if files.findings:
        raise SpecError(files.findings)
    return tuple(map(_container, rows))


def _container(row: Mapping[str, Any]) -> Container:
    return Container(
        name=str(row["name"]),
        known_by=_texts(row.get("known-by", ())),
        constants=dict(row.get("where", {})),
        absent=_texts(row.get("without", ())),
        files=_texts(row.get("files", ())),
        is_loose=bool(row.get("loose", False)),
        is_dumped=bool(row.get("dumped", False)),
        entries=str(row.get("entries", "")),
        method=_texts(row.get("method", ())),
        url=_texts(row.get("url", ())),
        request=tuple(map(_body, row.get("request", ()))),
        status=_texts(row.get("status", ())),
        response=tuple(map(_body, row.get("response", ()))),
        stream=tuple(map(_body, row.get("stream", ()))),
        payloads=tuple(map(_place, row.get("payloads", ()))),
    )


def _texts(value: Iterable[object]) -> tuple[str, ...]:
    return tuple(map(str, value))


def _body(row: Mapping[str, Any]) -> Body:
    encoded = row.get("base64", False)
    marks = dict(encoded) if is_object(encoded) else {}
    return Body(str(row["at"]), encoded is True, marks, bool(row.get("hex", False)), str(row.get("each", "")))


def _place(row: Mapping[str, Any]) -> PayloadPlace:
    artifact, _, field = str(row.get("as", "auto")).partition(".")
    return PayloadPlace(
        at=str(row.get("at", "")),
        within=str(row.get("within", "")),
        constants=dict(row.get("where", {})),
        artifact=artifact,
        field=field,
        assembled={str(name): str(pointer) for name, pointer in row.get("fields", {}).items()},
        spread=_texts(row.get("spread", ())),
        names={str(name): str(new) for name, new in row.get("names", {}).items()},
        is_base64=bool(row.get("base64", False)),
        is_joined=bool(row.get("joined", False)),
        is_markdown=bool(row.get("markdown", False)),
    )
