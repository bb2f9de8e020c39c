"""Bytes of a file to documents, by the file's format."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from ..finding.text_fault import TextFault
from . import json_reader
from .document import Document, JsonPlaces, YamlPlaces
from .encoding import decode
from .faultless import FaultlessReader
from .payload import plain
from .skimming import BLOCK, Skimmer
from .text_source import EncodedSource, InnerSource, TextSource, Unreadable

if TYPE_CHECKING:
    from ..yaml_text.nodes import YamlDocument

__all__ = [
    "COMPRESSED",
    "FORMATS",
    "PAGES",
    "InputTooLarge",
    "Stream",
    "block_documents",
    "decoded_document",
    "ending_of",
    "format_of",
    "is_compressed",
    "json_document",
    "read_documents",
    "read_whole",
    "yaml_document",
]

FORMATS = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".har": "json",
    ".jsonc": "relaxed",
    ".json5": "relaxed",
    ".sse": "events",
    ".txt": "text",
    ".ipynb": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".http": "http",
    ".rest": "http",
    ".bru": "bruno",
}
"""What the endings of file names mean."""

PAGES = frozenset({"markdown", "http", "bruno"})
"""The formats of files in which there is something else between payloads."""

_RELAXED = "relaxed"
"""The format of files in which comments, commas at the end and the like are right."""

COMPRESSED = ".gz"
"""How the name of a file ends that gzip made."""

_LARGEST = 256 << 20
"""How many bytes a document may have, so that what never ends, such as a device, is given up."""

_LARGE = 1 << 18
"""From so many bytes on it pays to read a text with what reads fastest."""

_BLOCK = 1 << 20
"""How many bytes are read at once: few enough for an interrupt to be seen between two reads."""

_OPENING = ("{", "[")
"""How nearly every JSON text begins, and no event stream does."""

_BLANK = re.compile(rb"[ \t\r\n]*\Z")
_INEXACT = frozenset({"PAR002", "PAR007"})
"""Faults of bytes after which the text is not exactly what they say."""

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Stream(Protocol):
    """An open file."""

    def read(self, size: int, /) -> bytes:
        """The next *size* bytes; fewer at the end."""
        ...

    def readline(self, size: int, /) -> bytes:
        """The next line with its end, or *size* bytes of it; empty at the end."""
        ...


class InputTooLarge(Unreadable):
    """A document of which the end is too far away."""

    def __init__(self) -> None:
        super().__init__(f"it holds a document of more than {_LARGEST >> 20} MiB")


def read_documents(
    stream: Stream, file: str, skimmer: Skimmer | None = None, *, form: str | None = None
) -> Iterator[Document]:
    """The documents of an open file. Lines and events are read one at a time, everything else as a whole.

    Lines and events that pass the *skimmer* are handed over by the block, as one document without a value. *form* is
    a value of `FORMATS` that counts whatever the file is called.
    """
    skimmer = skimmer or Skimmer()
    kind = form or format_of(file)
    if is_compressed(file):
        from .compressed import Unpacked

        stream = Unpacked(stream)
    if kind == "events":
        return _event_documents(stream, file, skimmer)
    if kind == "jsonl":
        return _lines(stream, file, skimmer)
    data = read_whole(stream)
    if kind == "yaml":
        return _yaml_documents(data, file)
    if kind in PAGES:
        return _page_documents(data, file, kind)
    if kind in {None, "text"} and _is_lines(data):
        return _lines(io.BytesIO(data), file, skimmer)
    return iter((json_document(data, file, size=len(data)),))


def format_of(file: str) -> str | None:
    """What the name of a file says of its format, a value of `FORMATS`."""
    return FORMATS.get(ending_of(file))


def ending_of(file: str) -> str:
    """How a name ends, in lower case; of a file which gzip made, how it would end without that."""
    return PurePath(file[: -len(COMPRESSED)] if is_compressed(file) else file).suffix.lower()


def is_compressed(file: str) -> bool:
    """Whether a name is that of a file which gzip made."""
    return file.lower().endswith(COMPRESSED)


def _page_documents(data: bytes, file: str, kind: str) -> Iterator[Document]:
    """The documents in the blocks of code of a page; together they take all of it."""
    text, _ = decode(data)
    size = len(data)
    for document in block_documents(TextSource(file, text), kind):
        yield document._replace(size=size)
        size = 0


def block_documents(source: TextSource, kind: str = "markdown") -> Iterator[Document]:
    """The documents in those blocks of code of a page that are JSON; its *kind* is one of `PAGES`."""
    from .fenced_blocks import fenced_blocks
    from .relaxed_text import moved, relaxed_document
    from .request_bodies import bruno_bodies, http_bodies
    from .shell_bodies import shell_bodies

    blocks = {"markdown": fenced_blocks, "http": http_bodies, "bruno": bruno_bodies}[kind]
    for block in chain.from_iterable(map(shell_bodies, blocks(source.text))):
        if block.is_json:
            inner = InnerSource(source, block.text, block.offsets)
            found = json_document(block.text, source.file)
            document = moved(found if found.complete else relaxed_document(found), inner)
            yield document._replace(address=block.address)


def read_whole(stream: Stream) -> bytes:
    """All that is left; `InputTooLarge` where that is too much."""
    data = bytearray()
    while block := stream.read(_BLOCK):
        data += block
        if len(data) > _LARGEST:
            raise InputTooLarge
    return bytes(data)


def _event_documents(stream: Stream, file: str, skimmer: Skimmer) -> Iterator[Document]:
    """The events of a file, and its end."""
    from .streams.event_documents import EventDocuments  # most files are none

    events = EventDocuments(file)
    while block := stream.read(_BLOCK):
        yield from events.skimmed(block, skimmer)
    yield from events.close()


def _read_lines(stream: Stream) -> Iterator[bytes]:
    while line := stream.readline(_LARGEST + 1):
        if len(line) > _LARGEST:
            raise InputTooLarge
        yield line


def json_document(
    data: bytes | str, file: str = "", first_line: int = 1, *, size: int = 0, is_line: bool = False
) -> Document:
    """The one document of a JSON text, which takes *size* bytes of its file."""
    if len(data) >= _LARGE and isinstance(data, bytes) and (found := _faultless(data, file, first_line)):
        return found._replace(size=size, is_line=is_line)
    text, faults = decode(data)
    source = TextSource(file, text, first_line)
    if not text.startswith(_OPENING):
        from .event_stream import event_stream

        if stream := event_stream(text):
            return Document(None, (stream,), complete=False, source=source, size=size, is_line=is_line)
    if faults and _is_cut(text, faults):
        return Document(None, tuple(faults), complete=False, source=source, size=size, is_line=is_line)
    value, more, complete = json_reader.read(source)
    found = Document(value, (*faults, *more), complete, source, JsonPlaces(source), size=size, is_line=is_line)
    return found if complete else _other_form(found)


def _faultless(data: bytes, file: str, first_line: int) -> Document | None:
    """The document of a text without faults, read fast; None of any other."""
    try:
        value = FaultlessReader().read(data)
    except (ValueError, TypeError, RecursionError):
        return None
    source = EncodedSource(file, data, first_line)
    return Document(value, source=source, places=JsonPlaces(source))


def _other_form(document: Document) -> Document:
    """A text that is not JSON as what it is instead, where that can be seen."""
    from .relaxed_text import explained, relaxed_document, with_templates

    if format_of(document.file) == _RELAXED:
        document = relaxed_document(document)
    document = document if document.complete else with_templates(document)
    return document if document.complete else explained(document)


def decoded_document(payload: object) -> Document:
    """A payload that has no text."""
    value, faults, complete = plain(payload)
    return Document(value, tuple(faults), complete)


def _is_cut(text: str, faults: list[TextFault]) -> bool:
    """Whether the text ends within a character: that it also ends within a bracket needs no second finding."""
    return any(fault.code == "PAR002" and fault.start == len(text) - 1 for fault in faults)


def _is_lines(data: bytes) -> bool:
    """Whether a text without a telling name is a document a line."""
    first, _, rest = data.lstrip().partition(b"\n")
    if _BLANK.match(rest) or not first.strip().startswith((b"{", b"[")):
        return False
    return json_document(first).complete


def _lines(stream: Stream, file: str, skimmer: Skimmer) -> Iterator[Document]:
    from .event_stream import event_stream, may_begin

    size = 0
    for number, line in enumerate(_read_lines(stream), 1):
        size += len(line)
        if _BLANK.match(line):
            continue
        rest = stream
        if line.startswith(_WIDE_MARKS) or may_begin(decode(line)[0].rstrip("\r\n")):
            data = line + read_whole(stream)
            if line.startswith(_WIDE_MARKS) or event_stream(decode(data)[0]):
                yield json_document(data, file, number, size=size - len(line) + len(data))
                return
            rest = io.BytesIO(data[len(line) :])
        ahead = [line, *islice(_read_lines(rest), 1)]
        if all(map(_goes_on, ahead)) and len(ahead) > 1:
            from .text_sequence import spread_documents

            data = b"".join(ahead) + read_whole(rest)
            text, faults = decode(data)
            documents = [] if faults else [*spread_documents(TextSource(file, text, number), size - len(line))]
            if documents:
                yield from documents
                return
            ahead, rest = [], io.BytesIO(data)
        lines = enumerate(chain(ahead, _read_lines(rest)), number)
        yield from _line_documents(lines, file, size - len(line), skimmer)
        return
    yield json_document(b"", file, size=size, is_line=True)


def _goes_on(line: bytes) -> bool:
    """Whether a line begins, or goes on with, a document that does not end with it."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return True
    return False


def _line_documents(lines: Iterable[tuple[int, bytes]], file: str, before: int, skimmer: Skimmer) -> Iterator[Document]:
    """A document for each line that is not blank, all with their numbers; there are so many bytes *before* them."""
    size, skimmed, row = before, 0, 0
    for row, line in lines:
        length = len(line)
        if skimmer.passes(line, row, length if skimmed else size + length):
            size += length
            skimmed += 1
            if skimmed == BLOCK:
                yield _skimmed(file, row, size, skimmed)
                size = skimmed = 0
            continue
        if skimmed:
            yield _skimmed(file, row - 1, size, skimmed)
            size = skimmed = 0
        size += length
        if not _BLANK.match(line):
            yield json_document(line.rstrip(b"\r\n"), file, row, size=size, is_line=True)
            size = 0
    if skimmed:
        yield _skimmed(file, row, size, skimmed)


def _skimmed(file: str, row: int, size: int, count: int) -> Document:
    """So many clean lines, up to one of this number."""
    return Document(None, complete=False, source=TextSource(file, "", row), size=size, is_line=True, skimmed=count)


def yaml_document(text: str, file: str = "", first_line: int = 1) -> Document:
    """The document of a YAML text; without a value where there is not exactly one."""
    first, *others = islice(_read_yaml(text, file, first_line), 2)
    return first._replace(complete=False) if others else first


def _yaml_documents(data: bytes, file: str) -> Iterator[Document]:
    exact: bool | None = None
    for document in _read_yaml(data, file):
        source = document.source
        if exact is None:
            exact = all(fault.code not in _INEXACT for fault in document.faults)
            mark = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
            size = mark + len(source.text.encode()) if exact and source else len(data)
        else:
            size = len(source.text.encode()) if exact and source else 0
        yield document._replace(size=size)


def _read_yaml(data: bytes | str, file: str, first_line: int = 1) -> Iterator[Document]:
    """Each document with its part of the text: up to where the next one begins."""
    from . import yaml_reader  # PyYAML costs as much to import as all the rest
    from .event_stream import event_stream

    text, faults = decode(data)
    documents = yaml_reader.read(text)
    document = next(documents, None)
    if _is_doubtful(document) and (events := event_stream(text, throughout=True)):
        yield Document(None, (events,), complete=False, source=TextSource(file, text, first_line))
        return
    if document is None:
        fault = TextFault("PAR009", "there is no document in this text", 0, 0, "write one, or remove the file")
        yield Document(None, (*faults, fault), complete=False, source=TextSource(file, text, first_line))
    while document is not None:
        following = next(documents, None)
        part = text[document.start : following.start if following else len(text)]
        source, root = TextSource(file, part, first_line), document.root
        found = (*faults, *document.faults)
        places = YamlPlaces(source, document)
        yield Document(root and root.value, found, root is not None, source, places, document.remarks)
        first_line += part.count("\n")
        document, faults = following, []


def _is_doubtful(document: YamlDocument | None) -> bool:
    """Whether a text may be of another format: what it says is broken, or only words."""
    return document is None or bool(document.faults) or (document.root is not None and type(document.root.value) is str)
