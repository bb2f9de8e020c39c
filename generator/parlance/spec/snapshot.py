"""The files of a spec as they were read when they had no fault, so that nobody has to parse and check them again.

A value is taken only for a file whose content is the same, but for line ends, and under the same grammar: whatever has
been edited is read as ever. Places count from the text of the file, which every fault is shown in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ..finding import Lines, LocatedList, LocatedMap, LocatedText, Place
from ..finding.shape import is_array, is_object
from ..kept_rows import KeptRows, digest, rows_text
from .reading import shown

__all__ = ["Snapshot", "snapshot_text"]

_DAY, _SPELT, _PLAIN = _MARKS = "\0\1\2"
"""How a day begins, a text that knows how it is spelt, and a plain text that would begin with one of these."""

_AFTER_MARKS = "\3"
"""Less than any text that begins otherwise."""


class Snapshot:
    """What is known of files, by their names below the folder of the spec."""

    def __init__(self, kept: KeptRows) -> None:
        self._kept = kept

    @classmethod
    def read(cls, path: Path | None, grammar: Path) -> Snapshot:
        """The snapshot in a file; an empty one where there is none, or one of another grammar."""
        return cls(KeptRows.read(path, grammar))

    def value(self, name: str, kind: str, path: Path) -> Any:
        """What the file *path* holds, a faultless value of its *kind*; None if that is not known."""
        if name not in self._kept.files:
            return None
        try:
            content = path.read_bytes()
        except OSError:
            return None
        if self._kept.files[name] != digest(content):
            return None
        known = self._kept.row(name)
        if known is None or known["kind"] != kind:
            return None
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        return _SnapshotFile(shown(path), text, known["places"]).value(known["value"])

    def is_whole(self, names: Collection[str]) -> bool:
        """Whether these are all the files that it knows: then nothing is wrong between them, either."""
        return bool(self._kept.files) and {*self._kept.files} == {*names}


def snapshot_text(root: Path, grammar: Path, files: Mapping[str, tuple[str, Any]]) -> str:
    """The snapshot of the folder *root*, of whose files the kinds and values are given, as the text of a file."""
    contents = {name: (root / name).read_bytes() for name in files}
    return rows_text(grammar, contents, {name: _row(*files[name]) for name in sorted(files)})


def _row(kind: str, value: Any) -> dict[str, Any]:
    places: list[int] = []
    return {"kind": kind, "value": _packed(value, places), "places": places}


def _packed(value: Any, places: list[int]) -> Any:
    """A value as JSON has it; the places of it, and then of its parts, are added to *places*."""
    if isinstance(value, LocatedMap):
        _add(places, value.at, *(value.places[key] for key in value))
        return {key: _packed(child, places) for key, child in value.items()}
    if isinstance(value, LocatedList):
        _add(places, value.at, *value.places)
        return [_packed(child, places) for child in value]
    if isinstance(value, LocatedText):
        _add(places, value.at)
        places.append(len(value.spelling.replace("\r\n", "\n")))
        return f"{_SPELT}{value}"
    if isinstance(value, date):
        return f"{_DAY}{value}"
    return f"{_PLAIN}{value}" if isinstance(value, str) and value.startswith((*_MARKS,)) else value


def _add(places: list[int], *added: Place) -> None:
    places += (number for place in added for number in (place.line, place.column))


class _SnapshotFile:
    """The values of one file, in the order in which they were packed."""

    def __init__(self, name: str, text: str, places: Sequence[int]) -> None:
        self._name = name
        self._lines = Lines(text)
        self._places = places
        self._end = 0
        """Where the places end of what was unpacked so far."""

    def value(self, plain: Any) -> Any:
        """A value that knows its places."""
        if isinstance(plain, str):
            return self._text(plain) if plain < _AFTER_MARKS else plain
        if is_object(plain):
            mapping = _Map(self, self._taken(2 + 2 * len(plain)), plain)
            for key, child in plain.items():
                is_plain = isinstance(child, str) and child >= _AFTER_MARKS
                mapping[key] = child if is_plain else self.value(child)
            return mapping
        if is_array(plain):
            items = _List(self, self._taken(2 + 2 * len(plain)), len(plain))
            items.extend(map(self.value, plain))
            return items
        return plain

    def _text(self, marked: str) -> Any:
        if marked.startswith(_SPELT):
            return _Text.of(marked[1:], self, self._taken(3))
        return date.fromisoformat(marked[1:]) if marked.startswith(_DAY) else marked[1:]

    def _taken(self, count: int) -> int:
        start = self._end
        self._end = start + count
        return start

    def place(self, index: int) -> Place:
        """The place that the numbers from *index* on are."""
        return Place(self._name, self._places[index], self._places[index + 1])

    def places(self, index: int, count: int) -> list[Place]:
        """So many places, of which the first has its numbers there."""
        return [self.place(index + 2 * number) for number in range(count)]

    def spelling(self, index: int) -> str:
        """How the text is spelt whose place and length are there."""
        line, column, length = self._places[index : index + 3]
        start = self._lines.offset(line, column)
        return self._lines.text[start : start + length]


class _LazilyPlaced:
    """A value whose place is made when it is asked for: hardly any is, and places take most of the time."""

    __slots__ = ()
    _file: _SnapshotFile
    _index: int
    """Where the numbers of its place are; those of its parts follow."""

    @property
    def at(self) -> Place:
        """Where it is written."""
        return self._file.place(self._index)


class _Map(_LazilyPlaced, LocatedMap):  # type: ignore[override]  # what is stored there is computed here
    """A mapping."""

    __slots__ = ("_file", "_index", "_keys", "_places")

    def __init__(self, file: _SnapshotFile, index: int, keys: Iterable[str]) -> None:
        self._file = file
        self._index = index
        self._keys = keys
        """Those that it had when it was read."""

    @property
    def places(self) -> dict[str, Place]:  # type: ignore[override]
        """Where its keys are written."""
        if not hasattr(self, "_places"):
            keys = [*self._keys]
            self._places = dict(zip(keys, self._file.places(self._index + 2, len(keys)), strict=True))
        return self._places


class _List(_LazilyPlaced, LocatedList):  # type: ignore[override]
    """A list."""

    __slots__ = ("_count", "_file", "_index", "_places")

    def __init__(self, file: _SnapshotFile, index: int, count: int) -> None:
        self._file = file
        self._index = index
        self._count = count

    @property
    def places(self) -> list[Place]:  # type: ignore[override]
        """Where its items are written."""
        if not hasattr(self, "_places"):
            self._places = self._file.places(self._index + 2, self._count)
        return self._places


class _Text(_LazilyPlaced, LocatedText):  # type: ignore[override]
    """A text."""

    __slots__ = ("_file", "_index")

    @classmethod
    def of(cls, text: str, file: _SnapshotFile, index: int) -> _Text:
        """The text of a file whose place and length are at *index*."""
        located = cls(text)
        located._file = file
        located._index = index
        return located

    @property
    def spelling(self) -> str:  # type: ignore[override]
        """As the file has it."""
        return self._file.spelling(self._index)
