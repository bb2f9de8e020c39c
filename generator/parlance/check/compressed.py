"""A file that gzip made, read as what it was; how much that may be is bounded."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, cast

from .text_source import Unreadable

if TYPE_CHECKING:
    from typing import IO

    from .document_reader import Stream

__all__ = ["Unpacked"]

_LARGEST = 1 << 30
"""How many bytes are unpacked of a file: logs of a day have fewer, and a bomb has more."""


class Unpacked:
    """A stream of what was compressed."""

    def __init__(self, stream: Stream) -> None:
        self._file = gzip.GzipFile(fileobj=cast("IO[bytes]", stream))
        self._left = _LARGEST

    def read(self, size: int, /) -> bytes:
        """The next *size* bytes; fewer at the end."""
        try:
            return self._counted(self._file.read(size))
        except (OSError, EOFError, zlib.error) as error:
            raise _unreadable(error) from None

    def readline(self, size: int, /) -> bytes:
        """The next line with its end, or *size* bytes of it; empty at the end."""
        try:
            return self._counted(self._file.readline(size))
        except (OSError, EOFError, zlib.error) as error:
            raise _unreadable(error) from None

    def _counted(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            message = f"unpacked, it is more than {_LARGEST >> 30} GiB"
            raise Unreadable(message)
        return data


def _unreadable(error: Exception) -> Unreadable:
    """What is wrong with the compressed data."""
    if isinstance(error, EOFError):
        return Unreadable("its gzip data breaks off; fetch it again")
    if isinstance(error, OSError) and error.errno is not None:
        return Unreadable((error.strerror or str(error)).lower())
    return Unreadable("it is no gzip data, as its name says; fetch it again, or rename it")
