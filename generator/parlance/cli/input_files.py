"""A file to its documents, with an error in words for all that keeps it from being read as it is."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ..check.document import Document
from ..check.document_reader import Stream, is_compressed, read_documents
from ..check.skimming import Skimmer
from ..check.text_source import Unreadable

__all__ = [
    "ChangedFile",
    "Original",
    "UnreadableFile",
    "count_lines",
    "documents",
    "opened",
    "standard_input",
    "table_rows",
]


class UnreadableFile(Exception):
    """A file that the operating system does not hand over."""


class ChangedFile(UnreadableFile):
    """A file that is another now than when it was opened."""


@contextmanager
def opened(path: str) -> Generator[BinaryIO]:
    """The file, open."""
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise UnreadableFile(_reason(error)) from None
    with stream:
        yield stream


def standard_input() -> Stream:
    """Standard input, unless nobody gave any."""
    if sys.stdin is None:
        message = "it is closed"
        raise UnreadableFile(message)
    return sys.stdin.buffer


class Original(NamedTuple):
    """An open file as it was when it was opened."""

    path: str
    facts: os.stat_result
    must_stay: bool = True
    """Whether its documents are of no use if it is another when they are read."""

    @classmethod
    def of(cls, path: str, stream: BinaryIO) -> Original:
        """What *stream* is, which was opened by *path*."""
        return cls(path, os.fstat(stream.fileno()))

    @property
    def is_regular(self) -> bool:
        """Whether it is a file that can be read twice."""
        return stat.S_ISREG(self.facts.st_mode)

    def check(self) -> None:
        """Refuse what was read of a file that is another by now."""
        try:
            after = Path(self.path).stat()
        except FileNotFoundError:
            message = "it was removed while it was read"
            raise ChangedFile(message) from None
        except OSError as error:
            raise UnreadableFile(_reason(error)) from None
        before = self.facts
        if (before.st_size, before.st_mtime_ns, before.st_ino) != (after.st_size, after.st_mtime_ns, after.st_ino):
            raise ChangedFile(_CHANGED)


def documents(
    stream: Stream,
    name: str,
    original: Original | None = None,
    skimmer: Skimmer | None = None,
    form: str | None = None,
) -> Iterator[Document]:
    """The documents of a *stream*; of an *original* that grows, not more than there was.

    *form* is how it is read whatever it is called, as `read_documents` has it.
    """
    is_packed = is_compressed(name)
    read, watched = 0, original is not None and original.is_regular
    try:
        for document in read_documents(stream, name, skimmer, form=form):
            read += 0 if is_packed else document.size
            if original and watched and read > original.facts.st_size:
                if original.must_stay:
                    raise ChangedFile(_CHANGED)
                return
            yield document
    except OSError as error:
        raise UnreadableFile(_reason(error)) from None
    except Unreadable as error:
        raise UnreadableFile(str(error)) from None
    if original and watched and original.must_stay:
        original.check()


def table_rows(original: Original, name: str, column: str, skimmer: Skimmer) -> Iterator[Document]:
    """The rows of a table that are not null."""
    from ..arrow.table_documents import table_documents  # with pyarrow

    if not original.is_regular:
        message = "it is no regular file, as a table is read from"
        raise UnreadableFile(message)
    try:
        yield from table_documents(original.path, name, column, skimmer)
    except Unreadable as error:
        original.check()
        raise UnreadableFile(str(error)) from None
    original.check()


def count_lines(path: str) -> int | None:
    """How many lines a file has; None for what cannot be read twice."""
    if path == "-" or not Path(path).is_file():
        return None
    count, last = 0, b"\n"
    try:
        with Path(path).open("rb") as stream:
            while block := stream.read(1 << 20):
                count += block.count(b"\n")
                last = block[-1:]
    except OSError:
        return None
    return count + (last != b"\n")


_CHANGED = "it changed while it was read; check it again when it is complete"


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
