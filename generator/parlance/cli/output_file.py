"""A text file that appears as a whole or not at all."""

from __future__ import annotations

import os
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import click

from .draft import Draft

__all__ = ["OutputFile"]

_DEVICES = ("/dev/", "/proc/")


class OutputFile:
    """Written beside its place, and moved there when all went well; what stood there stays until then."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._target = Path(os.path.realpath(name))  # a link stays a link
        # A pipe or a device cannot be replaced, only written to; nor can what standard output is redirected to.
        whole = not name.startswith(_DEVICES) and (not self._target.exists() or self._target.is_file())
        self._draft: Draft | None = None
        try:
            if whole:
                self._draft = Draft(self._target)
            stream: IO[bytes] = self._draft.stream if self._draft else self._target.open("ab")
            self._stream = TextIOWrapper(stream, encoding="utf-8", errors="backslashreplace", newline="\n")
        except OSError as error:
            raise self._failure(error) from None

    def write(self, text: str) -> None:
        """Append *text*."""
        try:
            self._stream.write(text)
        except OSError as error:
            raise self._failure(error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Put the file in its place, or leave no trace of it."""
        try:
            try:
                self._stream.flush()
                if kind is None and self._draft is not None:
                    self._draft.replace()
            finally:
                if self._draft is not None:
                    self._draft.discard()
                self._stream.close()
        except OSError as failure:
            raise self._failure(failure) from None

    def _failure(self, error: OSError) -> click.ClickException:
        return click.ClickException(f"{self._name} cannot be written: {(error.strerror or str(error)).lower()}")
