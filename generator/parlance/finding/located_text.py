"""Texts of YAML, of which each character has a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .lines import Lines
from .place import Place

__all__ = ["LocatedText"]

_ESCAPES = {"x": 4, "u": 6, "U": 10}
_BREAKS = "\n\r\x85\u2028\u2029"
"""What YAML 1.1 takes for the end of a line; `Lines` counts the first alone."""

_BREAK = re.compile(f"\r\n|[{_BREAKS}]")
_TO_BREAK = re.compile(f"[ \t]*+[{_BREAKS}]")
_SPACE = re.compile(f"[ \t{_BREAKS}]*+")


class LocatedText(str):
    """A text read from a file, with the place and the spelling of itself."""

    __slots__ = ("_lines", "_written", "at", "spelling")

    at: Place
    spelling: str
    """As the file has it: with quotes, escapes and breaks."""

    _lines: Lines
    _written: list[int]
    """Where each character is written in the spelling; made for the first that is asked for."""

    @classmethod
    def read(cls, text: str, at: Place, spelling: str) -> LocatedText:
        """*text*, which is spelt *spelling* at the place *at*."""
        located = cls(text)
        located.at = at
        located.spelling = spelling
        return located

    def place(self, offset: int) -> Place:
        """Where the character at *offset* is written."""
        if not hasattr(self, "_written"):
            self._lines, self._written = Lines(self.spelling), list(_offsets(self, self.spelling))
        line, column = self._lines.place(self._written[min(offset, len(self))])
        return Place(self.at.file, self.at.line + line - 1, column + (self.at.column - 1 if line == 1 else 0))


def _offsets(text: str, spelling: str) -> Iterator[int]:
    """Where the characters of *text* are written, and what follows the last."""
    mark = spelling[:1]
    index = int(mark in {"'", '"'})
    if mark in {"|", ">"}:
        header = _BREAK.search(spelling)
        index = _after_space(spelling, header.end() if header else len(spelling))
    for character in text:
        index = _after_joint(spelling, index, mark)
        yield index
        index = _after(character, spelling, index, mark)
    yield _after_joint(spelling, index, mark)


def _after(character: str, spelling: str, index: int, mark: str) -> int:
    """Where what follows *character* is written, which is written at *index*."""
    written = spelling[index : index + 1]
    if mark == '"' and written == "\\":
        return index + _ESCAPES.get(spelling[index + 1 : index + 2], 2)
    if character in {" ", "\t", *_BREAKS}:
        return _after_space(spelling, index) if _TO_BREAK.match(spelling, index) else index + (written == character)
    return index + (2 if mark == written == "'" else int(written == character))


def _after_joint(spelling: str, index: int, mark: str) -> int:
    """What follows the ends of lines that double quotes leave out for a backslash."""
    while mark == '"' and spelling[index : index + 1] == "\\" and _BREAK.match(spelling, index + 1):
        index = _after_space(spelling, index + 1)
    return index


def _after_space(spelling: str, index: int) -> int:
    space = _SPACE.match(spelling, index)
    return space.end() if space else index
