"""Lines that are seen to be clean before anything is made of them: most of a large file is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from types import ModuleType
from typing import Any

from . import json_reader

__all__ = ["BLOCK", "Skimmer"]

BLOCK = 256
"""So many clean lines are counted together, few enough for a progress bar to move."""

_MOST_IN_VAIN = 64
"""So many more lines in which something is found than clean ones, and no more are skimmed: each is read twice."""

_TRIED = 16
"""So many lines show whether a file is written compactly; proving it of others costs more than it saves."""


class Skimmer:
    """Reads lines and finds those that are clean, once it has a test for that."""

    def __init__(self) -> None:
        self.is_clean: Callable[[Any], bool] | None = None
        """Whether nothing is wrong with a value; it may be too cautious. None where every line is to be judged."""

        self._tried = self._proven = 0
        self._in_vain = 0
        """How many more lines were not clean than were."""

    @cached_property
    def _orjson(self) -> ModuleType | None:
        """What reads fast; None where it is not there, or not worth its while."""
        return _orjson()

    def passes(self, line: bytes) -> bool:
        """Whether a line is JSON without any fault, and its value clean."""
        if self.is_clean is None:
            return False
        try:
            is_clean = self.is_clean(self._read(line))
        except (ValueError, TypeError, RecursionError):
            is_clean = False
        self._in_vain = max(self._in_vain - 1, 0) if is_clean else self._in_vain + 1
        if self._in_vain > _MOST_IN_VAIN:
            self.is_clean = None
        return is_clean

    def _read(self, line: bytes) -> object:
        """The value of a line. Raises `ValueError` where something may be wrong with the text."""
        if self._orjson is None:
            return json_reader.read_faultless(line.decode())
        value = self._orjson.loads(line)
        # What is written as it was read has each key once, no half of a character, and no number that was rounded.
        is_proven = self._orjson.dumps(value) == line.rstrip(b"\r\n")
        self._tried += 1
        self._proven += is_proven
        if self._tried == _TRIED and self._proven < _TRIED // 2:
            self._orjson = None
        if is_proven and not json_reader.may_be_too_deep(line):
            return value
        return json_reader.read_faultless(line.decode())


def _orjson() -> ModuleType | None:
    try:
        import orjson
    except ModuleNotFoundError:  # the extra `fast`
        return None
    return orjson
