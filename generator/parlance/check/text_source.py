"""A text with its place in a file, and what was read of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..finding import Lines
from ..finding.text_fault import TextFault

if TYPE_CHECKING:
    from ..finding import Span

__all__ = ["DEPTH", "EncodedSource", "InnerSource", "Parsed", "TextSource", "Unreadable"]

DEPTH = 512
"""How many levels of nesting are accepted."""


class Unreadable(Exception):
    """What keeps a file from being read, and is no fault in its text."""


class Parsed(NamedTuple):
    """What a JSON text says, and what is wrong with it."""

    value: object
    faults: list[TextFault]
    complete: bool
    """False where a fault ended the reading, so that there is no value."""


class TextSource(Lines):
    """The text of a file, or of one of its lines."""

    def __init__(self, file: str, text: str, first_line: int = 1) -> None:
        super().__init__(text, first_line)
        self.file = file

    def span(self, start: int, end: int) -> Span:
        """The stretch from one offset to another."""
        from ..finding import Span  # a clean document has none

        return Span(self.file, *self.place(start), *self.place(end))


class EncodedSource(TextSource):
    """The text of a file that is decoded when it is asked for: of a large one without a fault it never is."""

    def __init__(self, file: str, data: bytes, first_line: int = 1) -> None:
        super().__init__(file, "", first_line)
        self._data = data
        del self.text

    def __getattr__(self, name: str) -> str:
        """The text, which is kept then."""
        if name != "text":
            raise AttributeError(name)
        self.text, self._data = self._data.decode(), b""
        return self.text


class InnerSource(TextSource):
    """The text that a string of another text holds; its places are those of the other."""

    def __init__(self, outer: TextSource, text: str, offsets: Sequence[int]) -> None:
        """*offsets* has, for each character of *text* and for its end, the place in *outer*."""
        super().__init__(outer.file, text)
        self.outer = outer
        self.offsets = offsets

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character in the file, both from 1."""
        return self.outer.place(self.offsets[offset])

    def line(self, number: int) -> str | None:
        """The line of the file with this number."""
        return self.outer.line(number)
