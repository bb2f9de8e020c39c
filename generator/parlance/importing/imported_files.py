"""The files that are imported, each read once: from the folder of the first and from where the user says."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from ..check.document import Document, YamlPlaces
from ..check.document_reader import json_document
from ..check.encoding import decode
from ..check.text_source import TextSource
from ..finding import Finding, Place, SpecError, did_you_mean, fault
from ..finding.pointer import joined, tokens
from ..finding.shape import is_array, is_object
from ..schemas.documents import SchemaDocument
from ..schemas.reachable_files import OutsideError, ReachableFiles
from ..spec.reading import shown
from ..yaml_text.event_reader import read
from ..yaml_text.events import NoParserError
from .import_usage import ImportUsage

__all__ = ["ImportedFiles", "SourceFile", "ValueLocation"]

_LARGEST = 32 << 20
"""Bytes: ten times the largest document of a provider that we know."""


@dataclass(frozen=True, eq=False)
class SourceFile:
    """One file, with its value and its places."""

    document: SchemaDocument
    path: Path
    sha256: str
    remarks: Mapping[str, str]
    """By pointer, the kind that YAML 1.1 gives to what YAML 1.2 reads as a text."""

    repeated_anchors: Mapping[str, int] = field(default_factory=dict[str, int])
    """Anchors that are defined again, and the lines."""

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.document.text.file


class ValueLocation(NamedTuple):
    """A value in a file."""

    file: SourceFile
    pointer: str

    @property
    def value(self) -> Any:
        """The value that stands there."""
        return self.file.document.at(self.pointer)

    @property
    def line(self) -> int:
        """The line that it begins in."""
        return self.place.line

    @property
    def place(self) -> Place:
        """Where its key stands, or itself where it has none."""
        span = self.file.document.fault("PAR903", self.pointer, "", key=True).span
        return Place(span.file, span.line, span.column) if span else Place(self.file.name, 1, 1)

    def below(self, *keys: str | int) -> ValueLocation:
        """The value under these keys and indexes."""
        return ValueLocation(self.file, self.pointer + joined(keys))

    def fault(self, code: str, message: str, advice: str | None = None) -> Finding:
        """The finding *code* here."""
        return self.file.document.fault(code, self.pointer, message, advice=advice, key=True)

    def error(self, code: str, message: str, advice: str | None = None) -> SpecError:
        """The finding *code* as an exception."""
        return SpecError([self.fault(code, message, advice)])


class ImportedFiles:
    """The file that is imported, and those that it refers to."""

    def __init__(self, path: Path, mapped: Mapping[str, Path]) -> None:
        self._reachable = ReachableFiles([path.absolute().parent], mapped.items())
        self._files: dict[Path, SourceFile] = {}
        self.main = self._read(path)

    def referred(self, at: ValueLocation, reference: object) -> ValueLocation:
        """What a `$ref`, whose schema stands at *at*, leads to. Raises `SpecError`."""
        here = at.below("$ref")
        if not isinstance(reference, str):
            raise here.error("PAR903", "$ref must be a text", "write it as '#/components/schemas/Name'")
        address, _, fragment = reference.partition("#")
        file = self._file(here, address)
        pointer = unquote(fragment)
        if pointer and not pointer.startswith("/"):
            pointer = self._anchor(here, file, pointer)
        found = ValueLocation(file, pointer)
        self._check(here, found, reference)
        return found

    def _file(self, here: ValueLocation, address: str) -> SourceFile:
        if not address or address in self._own_names(here.file):
            return here.file
        try:
            mapped = self._reachable.mapped(address)
        except OutsideError as error:
            message = f"{address} leads out of the folder {shown(error.folder)}"
            raise here.error("PAR904", message) from None
        if mapped is not None:
            return self._read(mapped)
        if "://" in address or address.startswith(("//", "urn:")):
            advice = f"have a copy, and say --ref {address}=FILE"
            raise here.error("PAR904", f"{address} is elsewhere, and nothing is fetched", advice)
        path = (here.file.path.parent / unquote(address)).resolve()
        if not self._reachable.has(path):
            message = f"{address} leads out of the folder of {self.main.name}"
            raise here.error("PAR904", message, f"copy the file into the folder, or say --ref {address}=FILE")
        if not path.is_file():
            near = [each.name for each in sorted(path.parent.glob("*")) if each.is_file()]
            raise here.error("PAR904", f"there is no file {address}{did_you_mean(path.name, near)}")
        return self._read(path)

    def _own_names(self, file: SourceFile) -> list[str]:
        root = file.document.value
        return [str(root[key]).partition("#")[0] for key in ("$id", "id") if is_object(root) and key in root]

    def _anchor(self, here: ValueLocation, file: SourceFile, name: str) -> str:
        """The pointer of the schema with the `$anchor` *name*, or with draft 6's `$id` of `#name`."""
        ahead: list[tuple[str, Any]] = [("", file.document.value)]
        while ahead:
            pointer, value = ahead.pop()
            if is_object(value):
                if value.get("$anchor") == name or value.get("$id") == f"#{name}":
                    return pointer
                ahead += [(pointer + joined([key]), child) for key, child in value.items()]
            elif is_array(value):
                ahead += [(f"{pointer}/{index}", child) for index, child in enumerate(value)]
        raise here.error("PAR904", f"no schema has the anchor {name!r}")

    def _check(self, here: ValueLocation, target: ValueLocation, reference: str) -> None:
        value, path = target.file.document.value, tokens(target.pointer)
        for depth, token in enumerate(path):
            try:
                value = ValueLocation(target.file, joined(path[: depth + 1])).value
            except LookupError:
                guess = did_you_mean(token, value) if is_object(value) else ""
                where = joined(path[:depth]) or "the document"
                message = f"{reference} leads nowhere: {where} has no {token!r}{guess}"
                raise here.error("PAR904", message) from None

    def _read(self, path: Path) -> SourceFile:
        key = Path(os.path.realpath(path))
        if key not in self._files:
            self._files[key] = _read_file(path)
        return self._files[key]


def _read_file(path: Path) -> SourceFile:
    name = shown(path)
    data = _bytes(path, name)
    text, document, repeated = _document(data, path, name)
    findings = [*document.text_findings()]
    if findings:
        raise SpecError(findings)
    found = SchemaDocument(name, name, document.value, document)
    lines = {anchor: text.count("\n", 0, start) + 1 for anchor, start in repeated.items()}
    return SourceFile(found, path, hashlib.sha256(data).hexdigest(), document.remarks, lines)


def _bytes(path: Path, name: str) -> bytes:
    start = Place(name, 1, 1)
    if path.exists() and not path.is_file():
        raise SpecError([fault("PAR901", start, "this is no file", advice="name the file of a document")])
    try:
        if (size := path.stat().st_size) > _LARGEST:
            message = f"the file has {size:,} bytes, and a document has {_LARGEST:,} at most"
            raise SpecError([fault("PAR901", start, message, advice="cut it to the operation that you need")])
        return path.read_bytes()
    except OSError as error:
        message = f"cannot be read: {(error.strerror or str(error)).lower()}"
        raise SpecError([fault("PAR901", start, message)]) from None


def _document(data: bytes, path: Path, name: str) -> tuple[str, Document, Mapping[str, int]]:
    """The text, its only document, and the anchors that are defined again."""
    text, faults = decode(data)
    if not text.strip():
        message, advice = "the file is empty", "name a document of OpenAPI 3, or a JSON Schema"
        raise SpecError([fault("PAR901", Place(name, 1, 1), message, advice=advice)])
    is_yaml = path.suffix.lower() in (".yaml", ".yml")
    if path.suffix.lower() == ".json" or (not is_yaml and text.lstrip().startswith(("{", "["))):
        return text, json_document(data, name), {}
    try:
        documents = list(read(text, ImportUsage()))
    except NoParserError as error:
        raise SpecError([fault("PAR901", Place(name, 1, 1), error.message, advice=error.advice)]) from None
    if not documents:
        raise SpecError([fault("PAR901", Place(name, 1, 1), "the file holds no document, comments alone")])
    source = TextSource(name, text, 1)
    first = documents[0]
    found = [*faults, *first.faults]
    if len(documents) > 1:
        at = Place(name, text.count("\n", 0, documents[1].start) + 1, 1)
        advice = "keep one, and remove `---`"
        raise SpecError([fault("PAR901", at, "a second document begins here", advice=advice)])
    root = first.root
    places = YamlPlaces(source, first)
    document = Document(root and root.value, tuple(found), root is not None, source, places, first.remarks)
    return text, document, first.repeated_anchors
