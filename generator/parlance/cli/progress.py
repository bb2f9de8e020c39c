"""A line on the terminal that says how far a long run has come."""

from __future__ import annotations

import sys
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.status import Status

__all__ = ["Progress"]

_PATIENCE = 1.0
"""Seconds without a sign before the line is shown."""

_PAUSE = 0.1


class Progress:
    """Shown on standard error, on a terminal only, and only where the run takes longer than a moment."""

    def __init__(self) -> None:
        self._wanted = sys.stderr.isatty()
        self._next = monotonic() + _PATIENCE
        self._status: Status | None = None

    def advance(self, file: str, documents: int) -> None:
        """Say which file is read, and how many documents were checked."""
        self.say(f"{file}: {documents:,} documents checked")

    def say(self, text: str) -> None:
        """Show *text* in place of what was shown before."""
        if not self._wanted or monotonic() < self._next:
            return
        if self._status is None:
            from rich.console import Console

            self._status = Console(stderr=True, markup=False).status(text)
            self._status.start()
        else:
            self._status.update(text)
        self._next = monotonic() + _PAUSE

    def clear(self) -> None:
        """Make room for something else."""
        if self._status is not None:
            self._status.stop()
            self._status = None
            self._next = monotonic() + _PATIENCE
