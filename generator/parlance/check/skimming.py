"""Lines and events that are seen to be clean before anything is made of them: most of a large file is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .faultless import FaultlessReader

if TYPE_CHECKING:
    from .streams.stream_event import TakenAlone

__all__ = ["BLOCK", "Skimmer"]

BLOCK = 256
"""So many clean lines are counted together, few enough for a progress bar to move."""

_MOST_IN_VAIN = 64
"""So many more lines in which something is found than clean ones, and no more are skimmed: each is read twice."""


class Skimmer:
    """Finds lines and events that are clean, once it has a test for that."""

    def __init__(self) -> None:
        self.is_clean: Callable[[Any], bool] | None = None
        """Whether nothing is wrong with a value; it may be too cautious. None where every line is to be judged."""

        self.fits: Callable[[Any, int, int], bool] | None = None
        """Whether the value of a clean line with this number and length goes with the lines before it."""

        self.take_event: Callable[[bytes], TakenAlone] | None = None
        """Takes the data of an event of a stream, if nothing is found in it."""

        self._reader = FaultlessReader()
        self._in_vain = 0
        """How many more lines were not clean than were."""

    def passes(self, line: bytes, number: int, size: int) -> bool:
        """Whether a line is JSON without any fault, and its value clean; *size* counts the blank lines before it."""
        if self.is_clean is None:
            return False
        try:
            value = self._reader.read(line)
            is_clean = self.is_clean(value) and (self.fits is None or self.fits(value, number, size))
        except (ValueError, TypeError, RecursionError):
            is_clean = False
        if is_clean:
            self._in_vain -= self._in_vain > 0
            return True
        self._in_vain += 1
        if self._in_vain > _MOST_IN_VAIN:
            self.is_clean = None
        return False
