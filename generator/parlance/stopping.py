"""Signals that stop a run: it undoes what is half done, says so, and ends with 128 and the number of the signal."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from enum import Enum, auto
from types import FrameType

__all__ = ["Stopping"]

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


class _Phase(Enum):
    STARTING = auto()
    """Nothing is done yet that could be undone: the first signal ends the process."""

    RUNNING = auto()
    """The first signal raises `KeyboardInterrupt`."""

    STOPPING = auto()
    """What is half done is undone; another signal ends the process, as nothing must be waited for."""

    DONE = auto()
    """The exit code is decided, and no signal changes it."""


class Stopping:
    """The signals of this process, from `begin` on.

    A signal has an effect where nobody ignored or took it before. Whatever an exception in a place where Python only
    reports exceptions may come to, the signal is not forgotten.
    """

    def __init__(self) -> None:
        self.received: signal.Signals | None = None
        self._phase = _Phase.STARTING
        self._before: dict[signal.Signals, object] = {}
        self._hook = sys.unraisablehook

    @property
    def exit_code(self) -> int | None:
        """What a process that was stopped ends with; None where it was not."""
        return None if self.received is None else 128 + self.received

    def begin(self) -> None:
        """Take over the signals."""
        defaults = (signal.SIG_DFL, signal.default_int_handler)
        with suppress(ValueError):  # of a thread that is not the main one, and gets no signals
            for number in (signal.Signals[name] for name in _NAMES if name in signal.Signals.__members__):
                if (before := signal.getsignal(number)) in defaults:
                    signal.signal(number, self._handle)
                    self._before[number] = before
        self._hook, sys.unraisablehook = sys.unraisablehook, self._unraisable

    def run(self) -> None:
        """From now on there is something to be undone."""
        self._phase = _Phase.RUNNING

    def finish(self) -> None:
        """The exit code is decided."""
        self._phase = _Phase.DONE

    def ignore(self) -> None:
        """Ignore the signals until the process is gone: Python itself gives them up before it has ended."""
        for number in self._before:
            signal.signal(number, signal.SIG_IGN)

    def restore(self) -> None:
        """Give the signals back to whoever had them."""
        for number, before in self._before.items():
            signal.signal(number, before)  # type: ignore[arg-type]
        sys.unraisablehook = self._hook

    def _handle(self, number: int, _: FrameType | None) -> None:
        if self._phase is _Phase.DONE:
            return
        is_first, self.received = self.received is None, self.received or signal.Signals(number)
        if self._phase is _Phase.RUNNING and is_first:
            self._phase = _Phase.STOPPING
            raise KeyboardInterrupt
        self._end()

    def _unraisable(self, what: sys.UnraisableHookArgs) -> None:
        """Where an exception has nowhere to go, the interrupt would be lost with it."""
        if self._phase is _Phase.STOPPING and issubclass(what.exc_type, KeyboardInterrupt):
            self._end()
        self._hook(what)

    def _end(self) -> None:
        """End the process: what it was writing is not in its place, and the next run clears it away."""
        with suppress(OSError):
            os.write(2, b"interrupted\n")
        os._exit(self.exit_code or 0)
