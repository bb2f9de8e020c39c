"""What the terminal shows of how far a long run has come."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID
    from rich.status import Status

__all__ = ["Progress", "ReadingProgress"]

_PATIENCE = 1.0
"""Seconds without a sign before the line is shown."""

_PAUSE = 0.1
"""Seconds between two updates: ten a second look continuous."""


def _can_show() -> bool:
    """Whether standard error is a terminal, and the extra `rich` is there to draw on it."""
    if not sys.stderr.isatty():
        return False
    from importlib.util import find_spec

    return find_spec("rich") is not None


class Progress:
    """Shown on standard error, on a terminal only, and only where the run takes longer than a moment."""

    def __init__(self) -> None:
        self._is_shown = _can_show()
        self._next = monotonic() + _PATIENCE
        self._status: Status | None = None

    def say(self, text: str) -> None:
        """Show *text* in place of what was shown before."""
        if not self._is_shown or monotonic() < self._next:
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


class ReadingProgress:
    """A bar over the bytes of all files; where and when it is shown is as above."""

    def __init__(self, total: int | None) -> None:
        self._is_shown = _can_show()
        self._next = monotonic() + _PATIENCE
        self._total = total
        self._done = 0
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def advance(self, size: int, text: Callable[[], str]) -> None:
        """Add *size* bytes, and show *text* beside them; it is made only when it is shown."""
        self._done += size
        if not self._is_shown or monotonic() < self._next:
            return
        if self._bar is None or self._task is None:
            self._bar, self._task = self._started()
        self._bar.update(self._task, completed=self._done, description=text())
        self._next = monotonic() + _PAUSE

    def clear(self) -> None:
        """Make room for something else."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
            self._next = monotonic() + _PATIENCE

    def _started(self) -> tuple[Bar, TaskID]:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        words = TextColumn("{task.description}", markup=False)
        console = Console(stderr=True)
        bar = Progress(words, BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), console=console, transient=True)
        bar.start()
        return bar, bar.add_task("", total=self._total)
