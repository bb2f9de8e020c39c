"""The items of the lists of a very long text, whose nodes are read again when somebody asks for them.

A node takes several times as much memory as its text, and of such a text hardly any is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..finding.shape import is_array, is_object
from .nodes import YamlLayout, YamlNode

__all__ = ["FoldedItems", "WrittenItem"]

_KEPT = 8
"""So many items stay in memory: findings come one item after the other."""


class WrittenItem(NamedTuple):
    """An item that is set apart by its indentation, as a text of its own."""

    text: str
    shift: int
    """How much further on a character of it stands in the document."""


class FoldedItems:
    """What was folded in a document that is at *base* in a text; *read* makes nodes of it again."""

    def __init__(self, text: str, base: int, read: Callable[[WrittenItem], YamlNode | None]) -> None:
        self._text = text
        self._base = base
        self._read = read
        self._kept: dict[int, dict[str, YamlNode]] = {}

    def fold(self, node: YamlNode, end: int) -> None:
        """Forget the children of an item that goes up to *end* in the document, if they can be read again."""
        if node.layout is YamlLayout.BLOCK and not node.decorated and not self._before(node).strip(" -"):
            node.fold(self, end)

    def children(self, node: YamlNode, end: int) -> dict[str, YamlNode]:
        """What an item contains, which was folded."""
        if node.start not in self._kept:
            while len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[node.start] = self._again(node, end)
        return self._kept[node.start]

    def _again(self, node: YamlNode, end: int) -> dict[str, YamlNode]:
        column = len(self._before(node))
        text = self._text[self._base + node.start : self._base + end]
        again = self._read(WrittenItem(" " * column + text, node.start - column))
        if again is None:
            return {}
        _share_values(again, node.value)
        return again.children

    def _before(self, node: YamlNode) -> str:
        """What stands before an item in its line."""
        start = self._base + node.start
        return self._text[self._text.rfind("\n", 0, start) + 1 : start]


def _share_values(node: YamlNode, value: object) -> None:
    """Let a node that was read again have the *value* that it had: values are known by their identity."""
    node.value = value
    for token, child in node.children.items():
        if is_object(value):
            _share_values(child, value[token])
        elif is_array(value):
            _share_values(child, value[int(token)])
