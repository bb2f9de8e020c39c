"""A text that is written as the list of its lines, as notebooks have it."""

from __future__ import annotations

from ..check.document import Document, JsonPlaces
from ..check.text_source import TextSource
from ..finding.shape import is_array
from .opening import ValuePlace

__all__ = ["joined_text"]


def joined_text(place: ValuePlace) -> ValuePlace:
    """The place as that of one text, whose characters know their lines; itself where it is no list of texts."""
    lines = place.value
    if not is_array(lines) or not all(isinstance(line, str) for line in lines):
        return place
    texts = [str(line) for line in lines]
    whole = "".join(texts)
    source = _JoinedSource(place, texts)
    document = Document(whole, source=source, places=_JoinedPlaces(source))
    return ValuePlace(document, "", whole, place.shown)


class _JoinedSource(TextSource):
    """The lines of a list as one text."""

    def __init__(self, place: ValuePlace, lines: list[str]) -> None:
        super().__init__(place.document.file, "".join(lines))
        self._outer = place
        self._lines = lines

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character in the file."""
        number = 0
        while number < len(self._lines) - 1 and offset >= len(self._lines[number]):
            offset -= len(self._lines[number])
            number += 1
        document, places = self._outer.document, self._outer.document.places
        pointer = f"{self._outer.pointer}/{number}"
        inside = places.inside(pointer, self._lines[number]) if places and self._lines else None
        if inside is not None:
            return inside.place(min(offset, len(inside.text)))
        found = document.location(pointer) or document.location(self._outer.pointer)
        return (found.value.line, found.value.column) if found else (1, 1)

    def line(self, number: int) -> str | None:
        """The line of the file with this number."""
        source = self._outer.document.source
        return source.line(number) if source else None


class _JoinedPlaces(JsonPlaces):
    """The one place of a text that is joined: all of it."""

    def inside(self, pointer: str, text: str) -> TextSource | None:
        """The text itself."""
        del pointer, text
        return self._source
