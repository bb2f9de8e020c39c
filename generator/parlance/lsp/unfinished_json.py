"""JSON that is being typed to JSON that is complete, with the place of each character: what is absent is filled in.

Nothing is reported of such a text; it only shows what the cursor stands in, and what stands around it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from ..check.document import Document
from ..check.json_reader import read
from ..check.relaxed_text import RelaxedPlaces
from ..check.text_source import InnerSource

__all__ = ["completed_document"]

_TOKEN = re.compile(
    r"""
    (?P<string> "(?:[^"\\\n]|\\[^\n])*+"?+ | '(?:[^'\\\n]|\\[^\n])*+'?+ )
    | (?P<mark> [{}\[\]:,] )
    | (?P<comment> //[^\n]*+ | /\*(?:[^*]|\*(?!/))*+(?:\*/)?+ )
    | (?P<word> [^\s{}\[\]:,"']++ )
    """,
    re.VERBOSE,
)
_COLON = re.compile(r"\s*+:")
_CLOSERS = {"{": "}", "[": "]"}


def completed_document(document: Document) -> Document:
    """A document that ends early, or lacks commas, values or quotes, with a value; itself where it is not JSON."""
    source = document.source
    if document.complete or source is None or source.text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
        return document
    text, offsets = _JsonWriter(source.text).completed()
    result = read(InnerSource(source, text, offsets))
    if not result.complete:
        return document
    places = RelaxedPlaces(source, text, offsets)
    return document._replace(value=result.value, faults=(), complete=True, places=places)


class _UnfinishedContainer:
    """An object or an array that is not closed yet."""

    __slots__ = ("bracket", "count", "key_only", "needs_value")

    def __init__(self, bracket: str) -> None:
        self.bracket = bracket
        self.count = 0
        """How many members it has."""

        self.key_only = False
        """Whether a key stands last, without a colon."""

        self.needs_value = False
        """Whether a colon stands last."""


class _JsonWriter:
    """Writes the tokens of a text anew, with all that must stand between them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parts: list[str] = []
        self._offsets: list[int] = []
        self._open: list[_UnfinishedContainer] = []
        self._at = 0

    def completed(self) -> tuple[str, list[int]]:
        """The JSON text, and the place of each of its characters and of its end."""
        for token in _TOKEN.finditer(self._text):
            self._at = token.start()
            if token.lastgroup == "mark":
                self._mark(token[0])
            elif token.lastgroup != "comment" and self._open:
                self._scalar(token[0], token.end())
            if self._parts and not self._open:
                break  # what comes after the outermost value is of no interest
        self._at = len(self._text)
        while self._open:
            self._close()
        return "".join(self._parts), [*self._offsets, len(self._text)]

    def _put(self, text: str, places: Iterable[int] | None = None) -> None:
        self._parts.append(text)
        self._offsets.extend([self._at] * len(text) if places is None else places)

    def _mark(self, mark: str) -> None:
        if mark in "{[":
            self._begin_value()
            self._put(mark)
            self._open.append(_UnfinishedContainer(mark))
        elif mark in "}]":
            if any(_CLOSERS[one.bracket] == mark for one in self._open):
                while _CLOSERS[self._open[-1].bracket] != mark:
                    self._close()
                self._close()
        elif self._open and mark == ",":
            self._end_member()
        elif self._open and self._open[-1].key_only:
            self._put(":")
            self._open[-1].key_only, self._open[-1].needs_value = False, True

    def _scalar(self, text: str, end: int) -> None:
        top = self._open[-1]
        is_key = top.bracket == "{" and not top.needs_value
        if top.bracket == "{" and (top.key_only or top.needs_value) and _COLON.match(self._text, end):
            self._end_member()  # the key of the next member
            is_key = True
        if is_key and not top.key_only:
            self._separate(top)
            self._written(text, end, is_key=True)
            top.key_only = True
            return
        self._begin_value()
        self._written(text, end, is_key=False)

    def _begin_value(self) -> None:
        """All that must stand before a value."""
        if not self._open:
            return
        top = self._open[-1]
        if top.bracket == "[":
            self._separate(top)
            return
        if not top.needs_value:
            if not top.key_only:
                self._separate(top)
                self._put('""')
            self._put(":")
        top.key_only = top.needs_value = False

    def _separate(self, container: _UnfinishedContainer) -> None:
        if container.count:
            self._put(",")
        container.count += 1

    def _end_member(self) -> None:
        """A value for a key that has none."""
        top = self._open[-1]
        if top.key_only or top.needs_value:
            self._put(":null" if top.key_only else "null")
            top.key_only = top.needs_value = False

    def _close(self) -> None:
        self._end_member()
        self._put(_CLOSERS[self._open.pop().bracket])

    def _written(self, text: str, end: int, *, is_key: bool) -> None:
        """A scalar as it stands, where it is one of JSON; else as a string."""
        if text[0] == '"' or not is_key:
            try:
                value = json.loads(text)
            except (ValueError, RecursionError):
                pass
            else:
                if not is_key or isinstance(value, str):
                    self._put(text, range(self._at, end))
                    return
        bare = text.strip(text[0]) if text[0] in "\"'" else text
        written = json.dumps(bare)
        last = max(end - 1, self._at)
        self._put(written, [min(self._at + number, last) for number in range(len(written))])
