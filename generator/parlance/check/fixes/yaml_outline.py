"""Where the parts of a YAML document stand, as far as they can be edited there."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from ...finding.pointer import joined, tokens
from ...finding.shape import is_array, is_object
from ...yaml_text.nodes import YamlDocument, YamlLayout, YamlNode
from ..json_places import Located

__all__ = ["YamlEntry", "YamlOutline"]

_PROPERTIES = re.compile(r"(?:[&!][^ \t\r\n]*[ \t\r\n]+)+")
_BEFORE = re.compile(r"[ ]*(?:-[ ]+)*\Z")
_COLON = re.compile(r"[ \t]*:")
_MARKED = ("&", "!", "*", "?")


class YamlEntry(NamedTuple):
    """A member of a block, from its key or its dash to its last character."""

    pointer: str
    start: int
    end: int


class YamlOutline:
    """The places in the text of a document, which has no key twice.

    There is none for what an alias or `<<` brings from elsewhere, nor for what stands in a value that has an alias:
    an edit of one would be an edit of the others, too.
    """

    def __init__(self, text: str, document: YamlDocument) -> None:
        self.text = text
        self._root = document.root
        self._members: dict[str, dict[str, Located]] = {}

    def node(self, pointer: str) -> YamlNode | None:
        """The value at *pointer*, if it can be edited."""
        node = self._root
        for token in tokens(pointer):
            if node is None or node.alias or node.referenced or token in node.merged:
                return None
            node = node.children.get(token)
        return node

    def place(self, pointer: str) -> Located | None:
        """Where the value stands, without its anchor and its tag; None where it cannot be edited."""
        node = self.node(pointer)
        return self._located(node) if node else None

    def __getitem__(self, pointer: str) -> Located:
        """Where a value stands that can be edited."""
        place = self.place(pointer)
        if place is None:
            raise KeyError(pointer)
        return place

    def opening(self, pointer: str) -> str:
        """`{` or `[` of an object or an array that can be edited inside, however it is written."""
        node = self.node(pointer)
        if node is None or node.alias or node.referenced or node.layout is YamlLayout.PAIR:
            return ""
        return "{" if is_object(node.value) else "[" if is_array(node.value) else ""

    def is_block(self, pointer: str) -> bool:
        """Whether the members of a container are set apart by their indentation."""
        node = self.node(pointer)
        return node is not None and node.layout is YamlLayout.BLOCK and bool(node.children)

    def members(self, pointer: str) -> dict[str, Located]:
        """What is written in a container, by its pointers, in order; with anchors and tags."""
        if pointer not in self._members:
            node = self.node(pointer)
            children = node.children.items() if node else ()
            merged = node.merged if node else frozenset[str]()
            self._members[pointer] = {
                pointer + joined([token]): self.located(child) for token, child in children if token not in merged
            }
        return self._members[pointer]

    def entries(self, pointer: str) -> list[YamlEntry] | None:
        """The members of a block; None where one is not written in a plain way."""
        found: list[YamlEntry] = []
        for member, place in self.members(pointer).items():
            start = place.key[0] if place.key else self.dash(place.start)
            before = self.text[self.line_start(start) : start] if start is not None else "?"
            if start is None or not _BEFORE.match(before):
                return None
            found.append(YamlEntry(member, start, max(place.end, place.key[1] if place.key else start + 1)))
        return found

    def after_key(self, place: Located) -> int | None:
        """Where the colon ends that follows a key; None where it is not beside it."""
        if place.key is None:
            return None
        found = _COLON.match(self.text, place.key[1])
        return found.end() if found else None

    def dash(self, start: int) -> int | None:
        """Where the dash stands before an item."""
        while start and self.text[start - 1] in " \t\r\n":
            start -= 1
        return start - 1 if start and self.text[start - 1] == "-" else None

    def column(self, offset: int) -> int:
        """How many characters stand before one in its line."""
        return offset - self.line_start(offset)

    def line_start(self, offset: int) -> int:
        """Where the line of a character begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Where the line of a character ends, before its line break."""
        end = self.text.find("\n", offset)
        end = len(self.text) if end < 0 else end
        return end - 1 if end > offset and self.text[end - 1] == "\r" else end

    def line_indent(self, offset: int) -> str:
        """The white space that the line of a character begins with."""
        start = self.line_start(offset)
        line = self.text[start : self.line_end(start)]
        return line[: len(line) - len(line.lstrip(" \t"))]

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        while at := self.text.find("\n", starts[-1]) + 1:
            starts.append(at)
        return starts

    def located(self, node: YamlNode) -> Located:
        """Where a value stands, with its anchor and its tag."""
        return self._located(node, whole=True)

    def _located(self, node: YamlNode, *, whole: bool = False) -> Located:
        if node.alias:
            return Located(*node.alias, node.key)
        start = node.start
        if node.decorated and not whole and (properties := _PROPERTIES.match(self.text, start)):
            start = min(properties.end(), node.last)
        key = node.key
        if key and not whole and self.text.startswith(_MARKED, key[0]):
            key = None  # a key that has an anchor, or is an alias, keeps its name
        return Located(start, node.last, key)
