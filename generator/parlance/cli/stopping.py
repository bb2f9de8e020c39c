"""Signals that end a run as orderly as an interrupt does: what is half done is undone, and nothing is left behind."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

__all__ = ["Stopping"]

_NAMES = ("SIGTERM", "SIGHUP")


class Stopping:
    """What ended a run, if anything did."""

    number = signal.SIGINT

    @contextmanager
    def watch(self) -> Generator[None]:
        """Turn the signals into `KeyboardInterrupt`, where nobody else has a use for them."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        numbers = [signal.Signals[name] for name in _NAMES if name in signal.Signals.__members__]
        ours = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
        for number in ours:
            signal.signal(number, self._stop)
        try:
            yield
        finally:
            for number in ours:
                signal.signal(number, signal.SIG_DFL)

    def _stop(self, number: int, _: FrameType | None) -> None:
        self.number = signal.Signals(number)
        raise KeyboardInterrupt
