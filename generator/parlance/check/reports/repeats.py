"""Findings that are equal but for their place: which of them to show, and how many there are beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from .fingerprint import without_indices

if TYPE_CHECKING:
    from ...finding import Finding

__all__ = ["Repeats"]

_MOST = 1000
"""How many kinds of finding are remembered at a time, so that no file takes more memory than another."""

_RepeatKey: TypeAlias = tuple[str, str, str, str, str]


class Repeats:
    """Two findings of a file are equal if code, severity, message, dialect and, but for indices, pointer are.

    How many were not shown is known at the end of the file, and passed to *report* then.
    """

    def __init__(self, most: int, report: Callable[[Finding, str, int], object]) -> None:
        """At most *most* equal findings are shown; all for 0."""
        self._most = most
        self._report = report
        self._file = ""
        self._counts: dict[_RepeatKey, tuple[int, Finding]] = {}
        """By kind, the one seen last at the end: how many there were, and the first of them."""

        self.hidden = 0
        """How many findings were not shown."""

    def is_shown(self, finding: Finding, file: str, marks: str = "") -> bool:
        """Count a finding, and decide whether it is shown; those with other *marks* of a comparison are not equal."""
        if not self._most:
            return True
        if file != self._file:
            self.close()
            self._file = file
        pointer = without_indices(finding.pointer)
        key = (finding.code, finding.severity, finding.message, pointer, marks or finding.dialect)
        count, first = self._counts.pop(key, (0, finding))
        self._counts[key] = (count + 1, first)
        if len(self._counts) > _MOST:
            self._forget(next(iter(self._counts)))
        self.hidden += count >= self._most
        return count < self._most

    def close(self) -> None:
        """Report how much of the file was not shown."""
        for key in list(self._counts):
            self._forget(key)

    def _forget(self, key: _RepeatKey) -> None:
        count, first = self._counts.pop(key)
        if count > self._most:
            self._report(first, self._file, count - self._most)
