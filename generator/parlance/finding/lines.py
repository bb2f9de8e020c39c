"""Where the lines of a text begin: one meaning of a line for every reader, report, excerpt, fix and diff.

A line ends with a line feed, and a carriage return just before it belongs to that end. Nothing else ends a line: a
carriage return alone, U+0085, U+2028 and the like are characters in one, whatever the format makes of them: to YAML
a key may begin after each, to JSON a carriage return is white space. So git and GitHub count, tomllib, and SARIF where
`newlineSequences` is absent (2.1.0, section 3.14.26): a place means the same line to all that read it.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

__all__ = ["Lines", "lines_of"]

_END = "\n"


def lines_of(text: str) -> list[str]:
    """The lines of *text*, each with its end; the last may have none."""
    lines = text.split(_END)
    return [*(f"{line}{_END}" for line in lines[:-1]), *[lines[-1]][: bool(lines[-1])]]


class Lines:
    """A text whose characters have a line and a column."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.text = text
        self.first_line = first_line
        """The number of its first line in the file."""

        self._last: tuple[int, str | None] | None = None
        """The line that was asked for last: many findings of a long one cost one copy of it."""

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        while at := self.text.find(_END, starts[-1]) + 1:
            starts.append(at)
        return starts

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both from 1."""
        row = bisect_right(self._starts, offset) - 1
        return self.first_line + row, offset - self._starts[row] + 1

    def offset(self, line: int, column: int) -> int:
        """Where the character stands that has this line and column."""
        return self._starts[line - self.first_line] + column - 1

    def start(self, offset: int) -> int:
        """Where the line begins that a character stands in."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def line(self, number: int) -> str | None:
        """The line of the file with this number, without its end; None if it is not part of the text."""
        if self._last is None or self._last[0] != number:
            self._last = (number, self._cut(number - self.first_line))
        return self._last[1]

    def _cut(self, row: int) -> str | None:
        if not 0 <= row < len(self._starts):
            return None
        if row + 1 == len(self._starts):
            return self.text[self._starts[row] :]
        return self.text[self._starts[row] : self._starts[row + 1] - 1].removesuffix("\r")
