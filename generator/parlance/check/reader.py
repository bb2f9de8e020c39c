"""Bytes of a file to documents, by the file's format."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from . import json_reader
from .document import Document, JsonPlaces, Spot
from .encoding import decode
from .payload import plain
from .source import Fault, InnerSource, Source, Unreadable

if TYPE_CHECKING:
    from .yaml_reader import YamlDocument

__all__ = ["FORMATS", "Stream", "TooLarge", "decoded_document", "json_document", "read_documents", "read_whole"]

FORMATS = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".yaml": "yaml", ".yml": "yaml"}
"""What the endings of file names mean."""

_LARGEST = 256 << 20
"""How many bytes a document may have, so that what never ends, such as a device, is given up."""

_BLOCK = 1 << 20
_BLANK = re.compile(rb"[ \t\r\n]*\Z")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Stream(Protocol):
    """An open file."""

    def read(self, size: int, /) -> bytes:
        """The next *size* bytes; fewer at the end."""
        ...

    def readline(self, size: int, /) -> bytes:
        """The next line with its end, or *size* bytes of it; empty at the end."""
        ...


class TooLarge(Unreadable):
    """A document of which the end is too far away."""

    def __init__(self) -> None:
        super().__init__(f"it holds a document of more than {_LARGEST >> 20} MiB")


def read_documents(stream: Stream, file: str) -> Iterator[Document]:
    """The documents of an open file. JSON Lines are read a line at a time, everything else as a whole."""
    kind = FORMATS.get(PurePath(file).suffix.lower())
    if kind == "jsonl":
        return _lines(stream, file)
    data = read_whole(stream)
    if kind == "yaml":
        return _yaml_documents(data, file)
    if kind is None and _is_lines(data):
        return _lines(io.BytesIO(data), file)
    return iter((json_document(data, file)._replace(size=len(data)),))


def read_whole(stream: Stream) -> bytes:
    """All that is left; `TooLarge` where that is too much."""
    data = bytearray()
    while block := stream.read(_BLOCK):
        data += block
        if len(data) > _LARGEST:
            raise TooLarge
    return bytes(data)


def _read_lines(stream: Stream) -> Iterator[bytes]:
    while line := stream.readline(_LARGEST + 1):
        if len(line) > _LARGEST:
            raise TooLarge
        yield line


def json_document(data: bytes | str, file: str = "", first_line: int = 1) -> Document:
    """The one document of a JSON text."""
    text, faults = decode(data)
    source = Source(file, text, first_line)
    if _is_cut(text, faults):
        return Document(None, tuple(faults), complete=False, source=source)
    parsed = json_reader.read(source)
    return Document(parsed.value, (*faults, *parsed.faults), parsed.complete, source, JsonPlaces(source))


def decoded_document(payload: object) -> Document:
    """A payload that has no text."""
    value, faults, complete = plain(payload)
    return Document(value, tuple(faults), complete)


def _is_cut(text: str, faults: list[Fault]) -> bool:
    """Whether the text ends within a character: that it also ends within a bracket needs no second finding."""
    return any(fault.code == "PAR002" and fault.start == len(text) - 1 for fault in faults)


def _is_lines(data: bytes) -> bool:
    """Whether a text without a telling name is a document a line."""
    first, _, rest = data.lstrip().partition(b"\n")
    if _BLANK.match(rest) or not first.strip().startswith((b"{", b"[")):
        return False
    return json_document(first).complete


def _lines(stream: Stream, file: str) -> Iterator[Document]:
    empty, size = True, 0
    for number, line in enumerate(_read_lines(stream), 1):
        size += len(line)
        if _BLANK.match(line):
            continue
        if empty and line.startswith(_WIDE_MARKS):
            data = line + read_whole(stream)
            yield json_document(data, file)._replace(size=len(data))
            return
        yield json_document(line.rstrip(b"\r\n"), file, number)._replace(size=size, is_line=True)
        empty, size = False, 0
    if empty:
        yield json_document(b"", file)._replace(size=size, is_line=True)


def _yaml_documents(data: bytes, file: str) -> Iterator[Document]:
    from . import yaml_reader  # PyYAML costs as much to import as all the rest

    text, faults = decode(data)
    source = Source(file, text)
    count = 0
    for document in yaml_reader.read(source):
        count += 1
        root = document.root
        places = _YamlPlaces(source, document)
        found = (*faults, *document.faults)
        size = 0 if count > 1 else len(data)
        yield Document(root and root.value, found, root is not None, source, places, document.remarks, size)
        faults = []
    if not count:
        fault = Fault("PAR009", "there is no document in this text", 0, 0, "write one, or remove the file")
        yield Document(None, (*faults, fault), complete=False, source=source)


class _YamlPlaces:
    """The places in a YAML document."""

    def __init__(self, source: Source, document: YamlDocument) -> None:
        self._source = source
        self._document = document

    def spots(self, pointers: Iterable[str]) -> Mapping[str, Spot]:
        """The places of those pointers that exist."""
        return {pointer: spot for pointer in pointers if (spot := self.spot(pointer))}

    def spot(self, pointer: str) -> Spot | None:
        """The place of one pointer, if it exists."""
        node, span = self._document.find(pointer), self._source.span
        return Spot(span(node.start, node.end), span(*node.key) if node.key else None) if node else None

    def inside(self, pointer: str, text: str) -> Source | None:
        """The *text* of the string at *pointer*, with its place; None where it is written otherwise."""
        node = self._document.find(pointer)
        if node is None or text not in self._source.text[node.start : node.end]:
            return None
        start = self._source.text.index(text, node.start)
        return InnerSource(self._source, text, range(start, start + len(text) + 1))
