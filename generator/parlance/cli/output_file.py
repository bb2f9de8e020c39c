"""A text file that appears as a whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import click

from ..emit.temp_file import TempFile

__all__ = ["OutputFile"]

_DEVICES = ("/dev/", "/proc/")


class OutputFile:
    """Written beside its place, and moved there when it is complete; what stood there stays until then."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._target = Path(os.path.realpath(name))  # a link stays a link
        # A pipe or a device cannot be replaced, only written to; nor can what standard output is redirected to.
        whole = not name.startswith(_DEVICES) and (not self._target.exists() or self._target.is_file())
        self._draft: TempFile | None = None
        self._error: OSError | None = None
        """Why it cannot be written, from the moment that this is known."""

        try:
            if whole:
                self._draft = TempFile(self._target)
            stream: IO[bytes] = self._draft.stream if self._draft else self._target.open("ab")
            self._stream = TextIOWrapper(stream, encoding="utf-8", errors="backslashreplace", newline="\n")
        except OSError as error:
            raise self._failure(error) from None

    def write(self, text: str) -> None:
        """Append *text*; that it cannot be written is said at the end."""
        if self._error is None:
            try:
                self._stream.write(text)
            except OSError as error:
                self._error = error

    def complete(self) -> None:
        """Put the file in its place; where it cannot be written, that is as it was."""
        try:
            if self._error is not None:
                raise self._error
            self._stream.flush()
            if self._draft is not None:
                self._draft.replace()
        except OSError as error:
            raise self._failure(error) from None
        finally:
            self._discard()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Complete the file, unless that is done; leave no trace of it after an exception."""
        if self._stream.closed:
            return
        if kind is None:
            self.complete()
        else:
            self._discard()

    def _discard(self) -> None:
        if self._draft is not None:
            self._draft.discard()
        with suppress(OSError, ValueError):  # what is still to be written is of no use
            self._stream.close()

    def _failure(self, error: OSError) -> click.ClickException:
        return click.ClickException(f"{self.name} cannot be written: {(error.strerror or str(error)).lower()}")
