"""Where the parts of a JSON text stand; a container is walked once, when it is first asked for.

It remembers all that it walked over, which is what many questions one by one need, and takes more memory than `locate`.
"""

from __future__ import annotations

from ..finding import Lines
from ..finding.pointer import joined
from .json_places import Located, children

__all__ = ["Outline"]


class Outline:
    """The places in a JSON text; of a key given twice, the last."""

    def __init__(self, lines: Lines) -> None:
        self.text = text = lines.text
        self._lines = lines
        start = len(text) - len(text.lstrip(" \t\n\r"))
        self._places = {"": Located(start, len(text.rstrip(" \t\n\r")), None)}
        self._members: dict[str, dict[str, Located]] = {}

    def place(self, pointer: str) -> Located | None:
        """Where the value stands; None where there is none."""
        if pointer not in self._places:
            parts = pointer.split("/")
            for depth in range(1, len(parts)):
                self.members("/".join(parts[:depth]))
        return self._places.get(pointer)

    def __getitem__(self, pointer: str) -> Located:
        """Where a value stands that is there."""
        place = self.place(pointer)
        if place is None:
            raise KeyError(pointer)
        return place

    def opening(self, pointer: str) -> str:
        """The bracket of an object or an array; empty for all else."""
        place = self.place(pointer)
        bracket = self.text[place.start] if place else ""
        return bracket if bracket in ("{", "[") else ""

    def members(self, pointer: str) -> dict[str, Located]:
        """The members of an object or the items of an array by their pointers, in order."""
        if pointer not in self._members:
            place = self._places.get(pointer) or self.place(pointer)
            found = children(self.text, place.start) if place else ()
            self._members[pointer] = {pointer + joined([token]): located for token, located in found}
            self._places |= self._members[pointer]
        return self._members[pointer]

    def line_indent(self, offset: int) -> str:
        """The white space that the line of a character begins with."""
        start = end = self._lines.start(offset)
        while self.text[end : end + 1] in (" ", "\t"):
            end += 1
        return self.text[start:end]
