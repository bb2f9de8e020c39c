"""What an import has changed, edit by edit."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ..finding import Place
from .imported_files import ValueLocation
from .normalisations import NORMALISATIONS

__all__ = ["NOTHING", "ImportEdit", "ImportReport"]

NOTHING: Any = object()
"""What stands after an edit that takes something out, or before one that puts something in."""


@dataclass(frozen=True, slots=True)
class ImportEdit:
    """One change."""

    kind: str
    """A name of `NORMALISATIONS`."""

    at: ValueLocation
    before: Any
    after: Any
    reason: str
    line: int | None = None
    """The line, where that is not the one of the value."""

    @property
    def place(self) -> Place:
        """Where it is shown."""
        place = self.at.place
        return place if self.line is None else Place(place.file, self.line, 1)

    @property
    def widens(self) -> bool:
        """Whether the spec accepts more than the document to the letter."""
        return NORMALISATIONS[self.kind].widens


_Key: TypeAlias = tuple[str, int, int | None, str]
"""The kind of an edit, the file, the line if it is said, and the pointer."""


@dataclass
class ImportReport:
    """The edits of one import, in the order in which they were made."""

    edits: dict[_Key, ImportEdit] = field(default_factory=dict[_Key, ImportEdit])
    """A schema that several others refer to is read once, and one that is merged into several is reported once."""

    def add(self, kind: str, at: ValueLocation, before: Any, after: Any, reason: str | None = None) -> None:
        """Note an edit, unless it is noted."""
        self.put(ImportEdit(kind, at, before, after, reason or NORMALISATIONS[kind].reason))

    def put(self, edit: ImportEdit) -> None:
        """Keep an edit, unless it is there."""
        self.edits.setdefault((edit.kind, id(edit.at.file), edit.line, edit.at.pointer), edit)

    def sorted(self, *, widening: bool = False) -> list[ImportEdit]:
        """The edits in the order of the files; those alone that are *widening*, if so."""
        # To find the places of a large document takes longer than to normalise it.
        lines = {key: edit.place for key, edit in self.edits.items() if edit.widens or not widening}
        keys = sorted(lines, key=lambda key: (lines[key].file, lines[key].line, lines[key].column, key[0]))
        return [self.edits[key] for key in keys]

    def counts(self) -> dict[str, int]:
        """How many edits there are of each kind, in the order of the documentation."""
        counted = Counter(edit.kind for edit in self.edits.values())
        return {kind: counted[kind] for kind in NORMALISATIONS if counted[kind]}


def shortened(value: Any, length: int = 60) -> str:
    """A value as JSON on one line, cut where it is long; nothing for `NOTHING`."""
    if value is NOTHING:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= length else f"{text[: length - 1]}…"
