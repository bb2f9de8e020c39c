"""Places in a text as LSP counts them, and as findings do: offsets to and from both.

LSP ends a line at a line feed, a carriage return, or both, and counts columns in the units that client and server agree
on. Findings end a line at a line feed (`finding.lines`), and count code points. Both start from an offset.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from lsprotocol.types import Position, PositionEncodingKind, Range

from ..finding import Span

__all__ = ["TextPositions"]

_LINE_END = re.compile(r"\r\n|\n|\r")
_BYTES = {PositionEncodingKind.Utf8: ("utf-8", 1), PositionEncodingKind.Utf16: ("utf-16-le", 2)}
"""How a text is written in each encoding, and how many bytes a unit has; without one, a code point is a unit."""


class TextPositions:
    """The places in one text."""

    def __init__(self, text: str, encoding: PositionEncodingKind | str = PositionEncodingKind.Utf16) -> None:
        self.text = text
        self._encoding = _BYTES.get(PositionEncodingKind(encoding))

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line of LSP begins, and the end of the text."""
        if "\r" not in self.text:
            return [*self._feeds, len(self.text)]
        return [0, *(end.end() for end in _LINE_END.finditer(self.text)), len(self.text)]

    @cached_property
    def _feeds(self) -> list[int]:
        """Where each line of a finding begins."""
        starts = [0]
        while at := self.text.find("\n", starts[-1]) + 1:
            starts.append(at)
        return starts

    @property
    def _mark(self) -> int:
        """How many characters a byte order mark takes, which findings do not count."""
        return 1 if self.text.startswith("\ufeff") else 0

    def offset(self, position: Position) -> int:
        """Where the character stands; a place beyond a line is its end, one beyond the text the end of that."""
        row = position.line
        if row >= len(self._starts) - 1:
            return len(self.text)
        start, end = self._starts[row], self._starts[row + 1]
        if self.text[end - 1 : end] in ("\n", "\r") and end > start:
            end -= 2 if self.text[end - 2 : end] == "\r\n" else 1
        return min(start + self._points(start, end, position.character), end)

    def _points(self, start: int, end: int, units: int) -> int:
        """How many code points so many units are from *start*; one that is half a character is before it."""
        line = self.text[start : min(end, start + units)]  # a code point is a unit at least
        if self._encoding is None or line.isascii():
            return units
        name, size = self._encoding
        return len(line.encode(name, "surrogatepass")[: units * size].decode(name, "ignore"))

    def position(self, offset: int) -> Position:
        """The place of a character."""
        row = bisect_right(self._starts, offset, hi=len(self._starts) - 1) - 1
        line = self.text[self._starts[row] : offset]
        if self._encoding is None or line.isascii():
            return Position(row, len(line))
        name, size = self._encoding
        return Position(row, len(line.encode(name, "surrogatepass")) // size)

    def range(self, start: int, end: int) -> Range:
        """The stretch from one offset to another."""
        return Range(self.position(start), self.position(end))

    def span_offsets(self, span: Span) -> tuple[int, int]:
        """Where the stretch of a finding begins and ends."""
        return self._point(span.line, span.column), self._point(span.end_line, span.end_column)

    def _point(self, line: int, column: int) -> int:
        if line > len(self._feeds):
            return len(self.text)
        mark = self._mark if line == 1 else 0
        return min(self._feeds[line - 1] + column - 1 + mark, len(self.text))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character as findings have them."""
        row = bisect_right(self._feeds, offset) - 1
        mark = self._mark if row == 0 else 0
        return row + 1, max(offset - self._feeds[row] - mark, 0) + 1
