"""The values of a YAML text, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Any, NamedTuple, Protocol

from ..finding.pointer import tokens
from ..finding.text_fault import TextFault

__all__ = ["FoldedNodes", "YamlDocument", "YamlLayout", "YamlNode", "is_independent"]

_WEIGHT = 100
"""How many characters of a text count as a value."""


_NOTHING: dict[str, Any] = {}
"""The children of what can have none: most values are such, and a large text has very many."""


class YamlLayout(Enum):
    """How a value is written."""

    FLOW = auto()
    """In brackets or, of a scalar, plain or in quotes."""

    BLOCK = auto()
    """A container that is set apart by its indentation."""

    LITERAL = auto()
    """A text in lines of its own, after `|` or `>`."""

    PAIR = auto()
    """The mapping of one key in a list in brackets, without braces."""


class FoldedNodes(Protocol):
    """What gives the children of nodes that have forgotten them."""

    def children(self, node: YamlNode, end: int) -> dict[str, YamlNode]:
        """The children of a node whose text goes up to *end*."""
        ...


class YamlNode:
    """A value with its place, and what it contains."""

    __slots__ = (
        *("_children", "_finish", "_folded", "alias", "decorated", "end", "height", "is_merge", "key", "last"),
        *("layout", "merged", "referenced", "size", "start", "value"),
    )

    def __init__(self, value: object, start: int, end: int) -> None:
        self.value: Any = value
        self.start = start
        """Where it begins, with its anchor and its tag."""

        self.end = end
        self.last = end
        """Where its last character ends; of a block, `end` does not say that."""

        self.key: tuple[int, int] | None = None
        self._children: dict[str, YamlNode] = {} if isinstance(value, (dict, list)) else _NOTHING
        self._folded: FoldedNodes | None = None
        """What gives its children again, where they were forgotten."""

        self._finish = end
        """Where its text ends then."""

        self.size = 1 + (len(value) // _WEIGHT if isinstance(value, str) else 0)
        self.height = int(isinstance(value, (dict, list)))
        """How many containers stand in one another, from this one to the innermost; of a scalar, 0."""

        self.layout = YamlLayout.FLOW
        self.decorated = False
        """Whether an anchor or a tag stands before it."""

        self.referenced = False
        """Whether an alias stands for it somewhere else."""

        self.alias: tuple[int, int] | None = None
        """Where the alias stands that this is the value of."""

        self.is_merge = False
        """Whether it is a plain `<<`, which as a key merges mappings."""

        self.merged: frozenset[str] = frozenset()
        """The keys that came from `<<`."""

    @property
    def children(self) -> dict[str, YamlNode]:
        """What it contains, by key or index."""
        return self._children if self._folded is None else self._folded.children(self, self._finish)

    def fold(self, folded: FoldedNodes, end: int) -> None:
        """Forget the children, which *folded* gives where they are asked for, by the text up to *end*."""
        self._children, self._folded, self._finish = _NOTHING, folded, end

    def again(self) -> YamlNode:
        """The same value under another key."""
        twin = YamlNode(self.value, self.start, self.end)
        twin._children, twin.size, twin.height, twin.layout = self.children, self.size, self.height, self.layout
        twin.is_merge, twin.merged = self.is_merge, self.merged
        return twin

    def adopt(self, token: str, child: YamlNode) -> None:
        """Contain *child*."""
        self._children[token] = child
        self.size += child.size
        self.height = max(self.height, child.height + 1)


def is_independent(node: YamlNode) -> bool:
    """Whether neither an anchor nor an alias nor a tag stands in it: its text means the same anywhere."""
    pending = [node]
    while pending:
        one = pending.pop()
        if one.decorated or one.alias or one.merged:
            return False
        pending += one.children.values()
    return True


class YamlDocument(NamedTuple):
    """One document of a YAML text."""

    root: YamlNode | None
    """None where a fault ended the reading."""

    faults: list[TextFault]
    remarks: dict[str, str]
    """By pointer, what YAML made of a value that its author may not expect."""

    start: int = 0
    """Where in the text it begins, at the beginning of a line; all its places count from there."""

    repeated_anchors: Mapping[str, int] = {}
    """Anchors that are defined again, and where: an alias after that means the later one."""

    def find(self, pointer: str) -> YamlNode | None:
        """The node that *pointer* points to."""
        node = self.root
        for token in tokens(pointer):
            node = node.children.get(token) if node else None
        return node
