"""Where the pieces of a file go while it is fixed: to a file in its place, to standard output, or into a diff."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ..check.document_reader import Stream
from ..emit.temp_file import TempFile
from ..finding import lines_of
from .terminal import pass_on

__all__ = ["Destination", "Diff", "Replacement", "StandardOutput", "Unwritable", "Watched"]


class Unwritable(Exception):
    """A file that cannot be written, though it can be read."""


class Watched:
    """A stream that keeps what was read of it until somebody takes it."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._kept = bytearray()

    def read(self, size: int, /) -> bytes:
        """The next *size* bytes; fewer at the end."""
        data = self._stream.read(size)
        self._kept += data
        return data

    def readline(self, size: int, /) -> bytes:
        """The next line with its end, or *size* bytes of it."""
        line = self._stream.readline(size)
        self._kept += line
        return line

    def take(self, size: int | None = None) -> bytes:
        """The next *size* bytes of what was read; all of them for None."""
        piece = bytes(self._kept[:size])
        del self._kept[: len(piece)]
        return piece


class Destination(Protocol):
    """Gets every piece of a file, in order."""

    def put(self, old: bytes, new: bytes) -> None:
        """A piece as it was and as it is; a document, or a line with the blank ones before it."""
        ...

    def close(self, *, whole: bool) -> None:
        """The end; what was put is of no use unless it is the *whole* file."""
        ...

    @property
    def remarks(self) -> Sequence[str]:
        """What somebody should know of what was written."""
        ...


class Replacement:
    """A file beside another, which takes its place if it differs; with its rights, and where a link leads to."""

    def __init__(self, path: str, name: str) -> None:
        self._target = Path(os.path.realpath(path))
        self._name = name
        self.remarks: list[str] = []
        self._draft: TempFile | None = None
        self._same = 0
        """How many bytes there are before the first change."""

    def put(self, old: bytes, new: bytes) -> None:
        """Write the piece, unless all is as it was so far."""
        if self._draft is None and old == new:
            self._same += len(old)
            return
        try:
            if self._draft is None:
                self._draft = self._begun()
                self._copy_beginning(self._draft)
            self._draft.stream.write(new)
        except OSError as error:
            raise self._failure(error) from None

    def close(self, *, whole: bool) -> None:
        """Put the file in its place, or leave no trace of it."""
        if self._draft is None:
            return
        try:
            if whole:
                self._draft.replace()
                self.remarks += [f"{self._name}: {loss}" for loss in self._draft.losses]
        except OSError as error:
            raise self._failure(error) from None
        finally:
            self._draft.discard()

    def _begun(self) -> TempFile:
        if not self._target.is_file():
            message = "it cannot be fixed: it is not a regular file"
            raise Unwritable(message)
        if not os.access(self._target, os.W_OK):
            message = "it cannot be fixed: it is read-only"
            raise Unwritable(message)
        return TempFile(self._target)

    def _copy_beginning(self, temp_file: TempFile) -> None:
        """Write all that stands before the first change."""
        with self._target.open("rb") as original:
            left = self._same
            while left and (block := original.read(min(left, 1 << 20))):
                temp_file.stream.write(block)
                left -= len(block)

    def _failure(self, error: OSError) -> Unwritable:
        return Unwritable(f"it cannot be fixed: {(error.strerror or str(error)).lower()}")


class StandardOutput:
    """Standard output."""

    remarks = ()

    def put(self, old: bytes, new: bytes) -> None:  # noqa: ARG002
        """Print the piece."""
        sys.stdout.buffer.write(new)

    def close(self, *, whole: bool) -> None:
        """Let go of what was printed."""
        if whole:
            sys.stdout.buffer.flush()


class Diff:
    """A diff on standard output."""

    remarks = ()

    def __init__(self, name: str) -> None:
        from .unified_diff import UnifiedDiff  # with difflib, for --diff only

        self._diff = UnifiedDiff(name, pass_on)

    def put(self, old: bytes, new: bytes) -> None:
        """Print what is different, as soon as it is known how it ends."""
        if old == new:
            for line in _lines(old):
                self._diff.keep(line)
        else:
            self._diff.compare(_lines(old), _lines(new))

    def close(self, *, whole: bool) -> None:
        """Print the rest."""
        if whole:
            self._diff.finish()


def _lines(piece: bytes) -> list[str]:
    return lines_of(piece.decode(errors="replace"))
