"""A set of edits of a value to edits of its text: each member in place, with its comma and its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from ...finding import Fix, TextEdit
from ...finding.pointer import parent
from ..document import Document, JsonPlaces, YamlPlaces
from ..json_places import Located
from ..text_source import TextSource
from .edit_set import EditSet
from .json_style import JsonStyle, Surroundings
from .value_fix import ValueFix

__all__ = ["EditableLayout", "Spelling", "TextChange", "TextWriter", "UnwritableEdit", "writer_of", "written"]

_HARMLESS = frozenset({"PAR003"})
"""Faults of a text that leave no doubt about what it says."""


class UnwritableEdit(Exception):
    """An edit for which a text leaves no room."""


class TextChange(NamedTuple):
    """A stretch of a text, and what takes its place."""

    start: int
    end: int
    text: str


def writer_of(document: Document) -> TextWriter | None:
    """None unless there is a text, without a fault that makes it say something else than its value."""
    harmless = document.complete and all(fault.code in _HARMLESS for fault in document.faults)
    if not harmless or document.source is None:
        return None
    if isinstance(document.places, JsonPlaces):
        outline = document.places.outline
        return TextWriter(document.source, outline, JsonStyle(outline, document.value))
    if isinstance(document.places, YamlPlaces):
        from .yaml_writing import yaml_writer

        return yaml_writer(document.source, document.places.document)
    return None


def written(text: str, changes: Iterable[TextChange]) -> str:
    """The text after the *changes*, which are in order."""
    parts: list[str] = []
    last = 0
    for change in changes:
        parts += [text[last : change.start], change.text]
        last = change.end
    return "".join([*parts, text[last:]])


class EditableLayout(Protocol):
    """Where the parts of a text stand."""

    @property
    def text(self) -> str:
        """The text."""
        ...

    def place(self, pointer: str, /) -> Located | None:
        """Where a value stands that can be edited; None where there is none."""
        ...

    def __getitem__(self, pointer: str, /) -> Located: ...
    def opening(self, pointer: str, /) -> str:
        """`{` or `[` of an object or an array, however it is written; empty for all else."""
        ...

    def members(self, pointer: str, /) -> dict[str, Located]:
        """The members of an object or the items of an array by their pointers, in order."""
        ...

    def line_indent(self, offset: int, /) -> str:
        """The white space that the line of a character begins with."""
        ...


class Spelling(Protocol):
    """How values are written."""

    @property
    def newline(self) -> str:
        """What ends a line."""
        ...

    def key(self, name: str, /) -> str:
        """The text of a key."""
        ...

    def spelled(self, value: Any, at: Surroundings, /) -> str:
        """The text of a value."""
        ...

    def around(self, pointer: str, value: object, /) -> Surroundings:
        """The surroundings of a value that takes the place of another."""
        ...

    def inside(self, pointer: str, value: object, indent: str, /) -> Surroundings:
        """The surroundings of a value that comes to stand in a container."""
        ...

    def colon(self, pointer: str, /) -> str:
        """What stands between keys and values."""
        ...

    def comma(self, colon: str, /) -> str:
        """What separates members on one line."""
        ...


class TextWriter:
    """Edits of a document to changes of its text."""

    def __init__(self, source: TextSource, outline: EditableLayout, style: Spelling) -> None:
        self.source = source
        self._text = source.text
        self._outline = outline
        self._style = style
        self._layouts: dict[str, tuple[dict[str, int], list[tuple[int, int]]]] = {}
        self._fixes: dict[int, tuple[ValueFix, Fix | None]] = {}
        """By identity of the repair: one that is of the whole document is that of many findings."""

    def edit_set(self) -> EditSet:
        """An empty set of edits for this text."""
        return EditSet(self._outline)

    def fix(self, value_fix: ValueFix) -> Fix | None:
        """What a repair comes to; None where it cannot be made, or changes nothing."""
        if id(value_fix) not in self._fixes:
            self._fixes[id(value_fix)] = value_fix, self._made(value_fix)
        return self._fixes[id(value_fix)][1]

    def _made(self, value_fix: ValueFix) -> Fix | None:
        edit_set = self.edit_set()
        try:
            changes = self.changes(edit_set) if edit_set.take(value_fix.edits) else []
        except UnwritableEdit:
            return None
        except RecursionError:  # called with the stack nearly full, on a document nested nearly as deep as is accepted
            return None
        if self._leave_as_it_is(changes):
            return None
        edits = tuple(TextEdit(self.source.span(one.start, one.end), one.text) for one in changes)
        return Fix(value_fix.title, value_fix.safe, edits)

    def _leave_as_it_is(self, changes: Sequence[TextChange]) -> bool:
        """Whether changes come to nothing together, as where one null goes and another comes."""
        if not changes:
            return True
        start, end = changes[0].start, changes[-1].end
        if sum(one.start - one.end + len(one.text) for one in changes):
            return False
        part = self._text[start:end]
        return written(part, (TextChange(one.start - start, one.end - start, one.text) for one in changes)) == part

    def changes(self, edit_set: EditSet) -> list[TextChange]:
        """What a set of edits changes in the text, in its order, without what leaves it as it is."""
        made: list[TextChange] = []
        for pointer, name in edit_set.renamed.items():
            made.append(self._renamed(pointer, name))
        for pointer, value in edit_set.replaced.items():
            made.append(self._replaced(pointer, value))
        lost, places = _by_container(edit_set.removed), _by_container(edit_set.inserted)
        touched = dict.fromkeys([*lost, *places, *edit_set.gains])
        for pointer in sorted(touched, key=lambda one: -one.count("/")):
            made += self._members(pointer, lost.get(pointer, []), places.get(pointer, []), edit_set)
        return self._ordered(one for one in made if self._text[one.start : one.end] != one.text)

    def _ordered(self, made: Iterable[TextChange]) -> list[TextChange]:
        return sorted(made)

    def _renamed(self, pointer: str, name: str) -> TextChange:
        return TextChange(*(self._outline[pointer].key or (0, 0)), self._style.key(name))

    def _replaced(self, pointer: str, value: Any) -> TextChange:
        place = self._outline[pointer]
        return TextChange(place.start, place.end, self._style.spelled(value, self._style.around(pointer, value)))

    def _members(self, pointer: str, lost: list[str], places: list[str], edit_set: EditSet) -> Iterator[TextChange]:
        """What becomes of a container that loses some members, and gains others after *places* and at its end."""
        numbers, locations = self._layout(pointer)
        gains = edit_set.gains.get(pointer, [])
        if not locations:
            yield self._filled(pointer, gains)
            return
        gap = self._gap(pointer, locations)
        added = [self._member(pointer, name, value, gap, locations[-1][0]) for name, value in gains]
        if len(lost) < len(locations):
            gone = {numbers[one] for one in lost}
            yield from self._cuts(locations, gone)
            last = len(locations) - 1
            while last in gone:
                last -= 1
            for one in places:
                start, end = locations[numbers[one]]
                new = [self._member(pointer, None, value, gap, start) for value in edit_set.inserted[one]]
                if numbers[one] == last:
                    added = [*new, *added]
                else:
                    yield TextChange(end, end, "".join(gap + each for each in new))
            yield TextChange(locations[last][1], locations[-1][1], "".join(gap + one for one in added))
        elif added:
            yield TextChange(locations[0][0], locations[-1][1], gap.join(added))
        else:
            place = self._outline[pointer]
            yield TextChange(place.start + 1, place.end - 1, "")

    def _layout(self, pointer: str) -> tuple[dict[str, int], list[tuple[int, int]]]:
        """The members of a container by number, and the stretch of each; made once for all fixes."""
        if pointer not in self._layouts:
            members = self._outline.members(pointer)
            locations = [(one.key[0] if one.key else one.start, one.end) for one in members.values()]
            self._layouts[pointer] = ({one: number for number, one in enumerate(members)}, locations)
        return self._layouts[pointer]

    def _filled(self, pointer: str, gains: list[tuple[str | None, Any]]) -> TextChange:
        """What becomes of an empty container."""
        place = self._outline[pointer]
        fresh = [value for _, value in gains]
        value = dict(zip((name for name, _ in gains), fresh, strict=True)) if self._text[place.start] == "{" else fresh
        return TextChange(place.start, place.end, self._style.spelled(value, self._style.around(pointer, value)))

    def _member(self, pointer: str, name: str | None, value: Any, gap: str, beside: int) -> str:
        """The text of a new member after a *gap*, or on the line of the one *beside*."""
        line = gap.rpartition("\n")[2] if "\n" in gap else None
        indent = self._outline.line_indent(beside) if line is None else line[: len(line) - len(line.lstrip(" \t"))]
        at = self._style.inside(pointer, value, indent)
        key = "" if name is None else f"{self._style.key(name)}{at.colon}"
        return key + self._style.spelled(value, at)

    def _gap(self, pointer: str, locations: list[tuple[int, int]]) -> str:
        """What separates the members of a container."""
        several = len(locations) > 1
        gap = self._text[locations[-2][1] if several else self._outline[pointer].start + 1 : locations[-1][0]]
        breaks = gap.count("\n")
        if breaks > several:
            _, _, indent = gap.rpartition("\n")
            return f",{self._style.newline}{indent}"
        return gap if several else self._style.comma(self._style.colon(pointer))

    def _cuts(self, locations: list[tuple[int, int]], gone: set[int]) -> Iterator[TextChange]:
        """The removal of what stands before some member that stays."""
        for first in sorted(gone):
            if first - 1 in gone:
                continue
            after = first + 1
            while after in gone:
                after += 1
            if after < len(locations):
                yield self._cut(locations, first, after)

    def _cut(self, locations: list[tuple[int, int]], first: int, after: int) -> TextChange:
        """Without members up to the one *after*: what ends a line goes with the comma before it, and leaves the end."""
        (start, _), (follower, _) = locations[first], locations[after]
        if first and "\n" in self._text[locations[after - 1][1] : follower]:
            end_before = locations[first - 1][1]
            if "\n" not in self._text[end_before:start]:
                return TextChange(end_before, locations[after - 1][1], "")
        return TextChange(start, follower, "")


def _by_container(pointers: Iterable[str]) -> dict[str, list[str]]:
    """Pointers to members, by the pointer to what they stand in."""
    members: dict[str, list[str]] = {}
    for pointer in pointers:
        members.setdefault(parent(pointer), []).append(pointer)
    return members
