"""A set of edits of a value to edits of its YAML text: by lines in a block, as in JSON within brackets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any

from ...finding.pointer import parent
from ...yaml_text.nodes import YamlDocument
from ..text_source import TextSource
from .edit_set import EditSet
from .json_writing import TextChange, TextWriter, UnwritableEdit
from .yaml_outline import YamlEntry, YamlOutline
from .yaml_style import YamlStyle

__all__ = ["YamlWriter", "yaml_writer"]


def yaml_writer(source: TextSource, document: YamlDocument) -> YamlWriter:
    """What edits the text of a document."""
    outline = YamlOutline(source.text, document)
    return YamlWriter(source, outline, YamlStyle(outline, document))


class YamlWriter(TextWriter):
    """Edits of a document to changes of its text.

    Whether the text says afterwards what it should is for the caller to look at: YAML has more ways of writing a value
    than are distinguished here.
    """

    def __init__(self, source: TextSource, outline: YamlOutline, style: YamlStyle) -> None:
        super().__init__(source, outline, style)
        self._yaml = outline
        self._manners = style

    def _replaced(self, pointer: str, value: Any) -> TextChange:
        above = parent(pointer)
        if not pointer or not self._yaml.is_block(above):
            return super()._replaced(pointer, value)
        place = self._yaml.members(above)[pointer]
        if place.key is None:
            dash = self._yaml.dash(place.start)
            if dash is None:
                raise UnwritableEdit
            return TextChange(dash + 1, place.end, self._manners.after_dash(value, self._yaml.column(dash)))
        start = self._yaml.after_key(place)
        if start is None:
            raise UnwritableEdit
        if self._text.startswith(("{", "["), self._yaml[pointer].start) and not self._yaml.is_block(pointer):
            return super()._replaced(pointer, value)
        return TextChange(start, place.end, self._manners.after_key(value, self._yaml.column(place.key[0])))

    def _members(self, pointer: str, lost: list[str], places: list[str], edit_set: EditSet) -> Iterator[TextChange]:
        """What becomes of a container that loses some members, and gains others after *places* and at its end."""
        if not self._yaml.is_block(pointer):
            yield from super()._members(pointer, lost, places, edit_set)
            return
        entries = self._yaml.entries(pointer)
        if not entries:
            raise UnwritableEdit
        column = self._yaml.column(entries[0].start)
        gone = set(lost)
        kept = [one for one in entries if one.pointer not in gone]
        gains = [self._line(name, value, column) for name, value in edit_set.gains.get(pointer, [])]
        if not kept:
            yield self._emptied(pointer, entries, gains, column)
            return
        yield from self._without(entries, gone)
        for one in places:
            entry = next(each for each in entries if each.pointer == one)
            new = [self._line(None, value, column) for value in edit_set.inserted[one]]
            yield self._after(entry, new, column)
        if gains:
            yield self._after(kept[-1], gains, column)

    def _line(self, name: str | None, value: Any, column: int) -> str:
        if name is None:
            return f"-{self._manners.after_dash(value, column)}"
        return f"{self._style.key(name)}:{self._manners.after_key(value, column)}"

    def _after(self, entry: YamlEntry, lines: Iterable[str], column: int) -> TextChange:
        """Other members after one, and after what is said of it on its line."""
        at = self._yaml.line_end(entry.end)
        return TextChange(at, at, "".join(f"{self._style.newline}{' ' * column}{line}" for line in lines))

    def _emptied(self, pointer: str, entries: list[YamlEntry], gains: list[str], column: int) -> TextChange:
        """A container that keeps nothing, with what it gains."""
        first, last = entries[0].start, entries[-1].end
        if gains:
            return TextChange(first, last, f"{self._style.newline}{' ' * column}".join(gains))
        empty = "{}" if self._yaml.opening(pointer) == "{" else "[]"
        place = self._yaml.members(parent(pointer)).get(pointer) if pointer else None
        start = self._yaml.after_key(place) if place else None
        if start is not None and not self._text[start:first].strip():
            return TextChange(start, last, f" {empty}")
        return TextChange(first, last, empty)

    def _without(self, entries: list[YamlEntry], gone: set[str]) -> Iterator[TextChange]:
        """The removal of members with their lines, of which at least one stays."""
        kept = next(index for index, one in enumerate(entries) if one.pointer not in gone)
        rest = entries
        if kept and self._text[self._yaml.line_start(entries[0].start) : entries[0].start].strip():
            # They stand beside the dash of an item, where the first that stays takes their place.
            yield TextChange(entries[0].start, self._text_after(entries[kept - 1].end, entries[kept].start), "")
            rest = entries[kept:]
        for entry in rest:
            if entry.pointer in gone:
                yield self._cut_lines(self._yaml.line_start(entry.start), self._yaml.line_end(entry.end))

    def _cut_lines(self, start: int, end: int) -> TextChange:
        if end == len(self._text) and start:  # the last line has no end, and then the one before has none
            return TextChange(start - 1 - self._text.startswith("\r", start - 2), end, "")
        after = self._text.find("\n", end)
        return TextChange(start, len(self._text) if after < 0 else after + 1, "")

    def _text_after(self, end: int, following: int) -> int:
        """Where the next thing is written after a member, be it a comment above the one *following*."""
        rest = self._text[self._yaml.line_end(end) : following]
        return following - len(rest.lstrip(" \t\r\n")) if rest.strip() else following

    def _gap(self, pointer: str, locations: list[tuple[int, int]]) -> str:
        gap = super()._gap(pointer, locations)
        if "#" not in gap:
            return gap
        indent = gap.rpartition("\n")[2]
        return f",{self._style.newline}{indent}" if "\n" in gap and not indent.strip() else ", "

    def _ordered(self, made: Iterable[TextChange]) -> list[TextChange]:
        """In the order of the text; what is removed in one piece, and what comes after a removed line before it."""
        changes = list(made)
        cuts = _merged(one for one in changes if not one.text)
        starts = [cut.start for cut in cuts]
        placed = [*cuts]
        for one in changes:
            if not one.text:
                continue
            index = bisect_left(starts, one.start) - 1
            if one.start == one.end and index >= 0 and one.start < cuts[index].end:
                at = cuts[index].start
                placed.append(TextChange(at, at, one.text.removeprefix(self._style.newline) + self._style.newline))
            else:
                placed.append(one)
        return sorted(placed, key=lambda one: (one.start, one.end))


def _merged(cuts: Iterable[TextChange]) -> list[TextChange]:
    merged: list[TextChange] = []
    for cut in sorted(cuts):
        if merged and cut.start <= merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(cut.end, merged[-1].end))
        else:
            merged.append(cut)
    return merged
