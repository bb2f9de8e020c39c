"""A text that is written as the list of its lines, as notebooks have it."""

from __future__ import annotations

from collections.abc import Sequence

from ..check.document import Document, JsonPlaces
from ..check.text_source import InnerSource, TextSource
from ..finding.shape import is_array
from .opening import ValuePlace

__all__ = ["JoinedLines", "joined_text"]


def joined_text(place: ValuePlace) -> ValuePlace:
    """The place as that of one text, whose characters know their lines; itself where it is no list of texts."""
    lines = place.value
    if not is_array(lines) or not all(isinstance(line, str) for line in lines):
        return place
    texts = [str(line) for line in lines]
    whole, source = "".join(texts), _joined_lines(place, texts)
    document = Document(whole, source=source, places=_JoinedPlaces(source) if source else None)
    return ValuePlace(document, "", whole, place.shown)


def _joined_lines(place: ValuePlace, lines: list[str]) -> JoinedLines | None:
    """None where the characters of a line do not stand in the file one by one."""
    places, offsets, joint = place.document.places, [0], '", "'
    outer: TextSource | None = None
    for number, line in enumerate(lines):
        inside = places.inside(f"{place.pointer}/{number}", line) if places else None
        if not isinstance(inside, InnerSource) or outer not in (None, inside.outer):
            return None
        outer = inside.outer
        if number == 1:
            joint = outer.text[offsets[-1] : inside.offsets[0]]
        offsets[-1:] = inside.offsets  # where a line ends the next one begins
    return JoinedLines(outer, "".join(lines), offsets, joint) if outer else None


class JoinedLines(InnerSource):
    """The lines of a list as one text."""

    def __init__(self, outer: TextSource, text: str, offsets: Sequence[int], joint: str) -> None:
        super().__init__(outer, text, offsets)
        self.joint = joint
        """What is written between two lines: the end of one, and the beginning of the next."""


class _JoinedPlaces(JsonPlaces):
    """The one place of a text that is joined: all of it."""

    def inside(self, pointer: str, text: str) -> TextSource | None:
        """The text itself."""
        del pointer, text
        return self._source
