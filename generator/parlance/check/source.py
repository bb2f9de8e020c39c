"""A text with its place in a file, and the faults that were found in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from ..finding import Span

__all__ = ["Fault", "InnerSource", "Source"]


class Fault(NamedTuple):
    """What is wrong with a stretch of text, before it has a file."""

    code: str
    message: str
    start: int
    end: int
    help: str | None = None
    pointer: str = ""


class Source:
    """The text of a file, or of one of its lines."""

    def __init__(self, file: str, text: str, first_line: int = 1) -> None:
        self.file = file
        self.text = text
        self.first_line = first_line
        self._shown: tuple[int, str | None] | None = None
        """The line that was asked for last: many findings of a long one cost one copy of it."""

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both from 1."""
        row = bisect_right(self._starts, offset) - 1
        return self.first_line + row, offset - self._starts[row] + 1

    def span(self, start: int, end: int) -> Span:
        """The stretch from one offset to another."""
        return Span(self.file, *self.place(start), *self.place(end))

    def line(self, number: int) -> str | None:
        """The line of the file with this number, without its end; None if it is not part of the text."""
        if self._shown is None or self._shown[0] != number:
            self._shown = (number, self._cut(number - self.first_line))
        return self._shown[1]

    def _cut(self, row: int) -> str | None:
        if not 0 <= row < len(self._starts):
            return None
        end = self._starts[row + 1] - 1 if row + 1 < len(self._starts) else len(self.text)
        return self.text[self._starts[row] : end].removesuffix("\r")


class InnerSource(Source):
    """The text that a string of another text holds; its places are those of the other."""

    def __init__(self, outer: Source, text: str, offsets: Sequence[int]) -> None:
        """*offsets* tells, for each character of *text* and for its end, where it stands in *outer*."""
        super().__init__(outer.file, text)
        self._outer = outer
        self._offsets = offsets

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character in the file, both from 1."""
        return self._outer.place(self._offsets[offset])
