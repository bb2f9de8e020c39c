"""Edits that can be made at once: none touches what another takes away, and no object gets a key twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from ...finding.pointer import joined, parent
from ..json_places import Located
from .value_fix import ValueEdit

__all__ = ["EditSet", "EditableOutline"]


class EditableOutline(Protocol):
    """What a set of edits must know of a document."""

    def place(self, pointer: str, /) -> Located | None:
        """Where a value stands that can be edited; None where there is none."""
        ...

    def opening(self, pointer: str, /) -> str:
        """`{` or `[` of an object or an array, however it is written; empty for all else."""
        ...


class EditSet:
    """What is to be done at each place of a document."""

    def __init__(self, outline: EditableOutline) -> None:
        self._outline = outline
        self.removed: set[str] = set()
        self.renamed: dict[str, str] = {}
        self.replaced: dict[str, Any] = {}
        self.gains: dict[str, list[tuple[str | None, Any]]] = {}
        """What is added to objects, with its key, and appended to arrays."""

        self.inserted: dict[str, list[Any]] = {}
        """What comes directly after an item of an array."""

        self._names: set[str] = set()
        """The pointers of the keys that come to be."""

        self._above: set[str] = set()
        """All that contains a place that is touched."""

    def take(self, edits: Iterable[ValueEdit]) -> bool:
        """Add all of *edits*; none of them, and False, where one cannot be made, or not beside the others."""
        added = EditSet(self._outline)
        for edit in edits:
            name = _new_key(edit)
            if not self._exists(edit) or name in self._names or name in added._names:
                return False
            if self._is_blocked(edit) or added._is_blocked(edit):
                return False
            added._put(edit, name)
        if any(added._stays(name) for name in added._names):
            return False
        self._merge(added)
        return True

    def _exists(self, edit: ValueEdit) -> bool:
        """Whether there is what the edit is for."""
        place = self._outline.place(edit.pointer)
        if place is None:
            return False
        match edit.operation:
            case "rename":
                return place.key is not None
            case "remove":
                return edit.pointer != ""
            case "replace":
                return True
            case "insert":
                return edit.pointer != "" and self._outline.opening(parent(edit.pointer)) == "["
            case operation:
                return self._outline.opening(edit.pointer) == ("{" if operation == "add" else "[")

    def _is_blocked(self, edit: ValueEdit) -> bool:
        """Whether an edit of the set is in the way."""
        pointer = edit.pointer
        if any(above in self.removed or above in self.replaced for above in _above(pointer)):
            return True
        if pointer in self.removed:
            return True
        match edit.operation:
            case "rename":
                return pointer in self.renamed
            case "remove" | "replace":
                changed = pointer in self.replaced or pointer in self.gains or pointer in self._above
                lost = edit.operation == "remove" and (pointer in self.renamed or pointer in self.inserted)
                return changed or lost
            case "insert":
                return pointer in self.inserted
            case _:
                return pointer in self.replaced

    def _put(self, edit: ValueEdit, name: str | None) -> None:
        pointer = edit.pointer
        self._above.update(_above(pointer))
        if name is not None:
            self._names.add(name)
        match edit.operation:
            case "rename":
                self.renamed[pointer] = edit.name or ""
            case "remove":
                self.removed.add(pointer)
            case "replace":
                self.replaced[pointer] = edit.value
            case "insert":
                self.inserted[pointer] = edit.value
            case _:
                self.gains.setdefault(pointer, []).append((edit.name, edit.value))

    def _stays(self, name: str) -> bool:
        """Whether a key is there already, and is not given up."""
        return self._outline.place(name) is not None and name not in self.removed and name not in self.renamed

    def _merge(self, other: EditSet) -> None:
        self.removed |= other.removed
        self.renamed |= other.renamed
        self.replaced |= other.replaced
        self.inserted |= other.inserted
        for pointer, gained in other.gains.items():
            self.gains.setdefault(pointer, []).extend(gained)
        self._names |= other._names
        self._above |= other._above


def _new_key(edit: ValueEdit) -> str | None:
    """The pointer of the key that comes to be."""
    match edit.operation:
        case "rename":
            return parent(edit.pointer) + joined([edit.name or ""])
        case "add":
            return edit.pointer + joined([edit.name or ""])
        case _:
            return None


def _above(pointer: str) -> Iterator[str]:
    while pointer:
        pointer = parent(pointer)
        yield pointer
