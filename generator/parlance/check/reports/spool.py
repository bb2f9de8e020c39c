"""What a report holds until its end, since its sums stand first: in memory while it is little, then on disk."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import IO

__all__ = ["Spool", "in_blocks"]

_MOST = 1 << 20
"""How many bytes are held in memory: more than most reports have."""

_BLOCK = 1 << 16
"""About so many characters are written at a time: each time, the terminal is asked to show them."""


class Spool:
    """Rows of texts, one after the other.

    The file on disk has no name, so that nothing is left of a run that is killed.
    """

    def __init__(self) -> None:
        self._stream: IO[bytes] = io.BytesIO()
        self._is_on_disk = False
        self._size = 0
        self.count = 0
        """How many rows there are."""

    def add(self, *row: str) -> int:
        """Append a row; the place where it begins."""
        start, line = self._size, json.dumps(row).encode() + b"\n"
        try:
            if not self._is_on_disk and start + len(line) > _MOST:
                self._move()
            self._stream.write(line)
        except OSError as error:
            raise _full(error) from None
        self._size += len(line)
        self.count += 1
        return start

    def rows(self, start: int = 0, count: int | None = None) -> Iterator[list[str]]:
        """The rows from a place on, or so many of them. Nothing is added while they are read."""
        try:
            self._stream.seek(start)
            for _ in range(self.count if count is None else count):
                row: list[str] = json.loads(self._stream.readline())
                yield row
        except OSError as error:
            raise _full(error) from None

    def close(self) -> None:
        """Give up what is held."""
        self._stream.close()

    def _move(self) -> None:
        from tempfile import TemporaryFile  # with what makes random names; few reports are so large

        stream = TemporaryFile()  # noqa: SIM115 closed with the spool
        stream.write(self._stream.getvalue() if isinstance(self._stream, io.BytesIO) else b"")
        self._stream, self._is_on_disk = stream, True


def in_blocks(pieces: Iterable[str]) -> Iterator[str]:
    """The same text in fewer pieces."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield "".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield "".join(waiting)


def _full(error: OSError) -> OSError:
    """*error* with the folder that it is about, which the user did not name."""
    from tempfile import gettempdir

    return OSError(error.errno, error.strerror, gettempdir())
