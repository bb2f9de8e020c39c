"""YAML, read event by event: no depth, no alias and no tag makes it fail or grow."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import Any, NamedTuple

import yaml

from ..finding.pointer import joined, tokens
from ..finding.shape import is_array
from .text_source import DEPTH, Source, TextFault
from .yaml_scalars import ODD, Event, Loader, as_key, as_value, foreign, loader

__all__ = ["YamlDocument", "YamlLayout", "YamlNode", "read"]

_CONTAINERS = frozenset({None, "!", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})
_GROWTH = 1_000_000
"""How many values aliases and merges may add to those of the text."""

_TOO_DEEP = f"nested more than {DEPTH} levels deep"
_WEIGHT = 100
"""How many characters of a text count as a value."""


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


class YamlNode:
    """A value with its place, and what it contains."""

    __slots__ = (
        *("alias", "children", "decorated", "end", "key", "last", "layout", "merged", "referenced", "size", "start"),
        "value",
    )

    def __init__(self, value: object, start: int, end: int) -> None:
        self.value: Any = value
        self.start = start
        """Where it begins, with its anchor and its tag."""

        self.end = end
        self.last = end
        """Where its last character ends; of a block, `end` does not say that."""

        self.key: tuple[int, int] | None = None
        self.children: dict[str, YamlNode] = {}
        self.size = 1 + (len(value) // _WEIGHT if isinstance(value, str) else 0)
        self.layout = YamlLayout.FLOW
        self.decorated = False
        """Whether an anchor or a tag stands before it."""

        self.referenced = False
        """Whether an alias stands for it somewhere else."""

        self.alias: tuple[int, int] | None = None
        """Where the alias stands that this is the value of."""

        self.merged: frozenset[str] = frozenset()
        """The keys that came from `<<`."""

    def again(self) -> YamlNode:
        """The same value under another key."""
        twin = YamlNode(self.value, self.start, self.end)
        twin.children, twin.size, twin.layout, twin.merged = self.children, self.size, self.layout, self.merged
        return twin

    def adopt(self, token: str, child: YamlNode) -> None:
        """Contain *child*."""
        self.children[token] = child
        self.size += child.size


class YamlDocument(NamedTuple):
    """One document of a YAML text."""

    root: YamlNode | None
    """None where a fault ended the reading."""

    faults: list[TextFault]
    remarks: dict[str, str]
    """By pointer, what YAML made of a value that its author may not expect."""

    start: int = 0
    """Where in the text it begins, at the beginning of a line; all its places count from there."""

    def find(self, pointer: str) -> YamlNode | None:
        """The node that *pointer* points to."""
        node = self.root
        for token in tokens(pointer):
            node = node.children.get(token) if node else None
        return node


def read(source: Source) -> Iterator[YamlDocument]:
    """The documents of a YAML text, up to the first that is not YAML."""
    if odd := ODD.search(source.text):
        message = f"U+{ord(odd.group()):04X} may not stand in YAML"
        fault = TextFault("PAR010", message, *odd.span(), "write it as an escape in double quotes")
        yield YamlDocument(None, [fault], {})
        return
    events = loader(source.text)
    start: int | None = None
    while True:
        builder = _YamlBuilder(events, source.text, start)
        try:
            root = builder.document()
        except _BrokenYaml as broken:
            yield YamlDocument(None, [*builder.faults, broken.fault], {}, builder.start)
            return
        except yaml.MarkedYAMLError as error:
            yield YamlDocument(None, [*builder.faults, _not_yaml(error, builder.start)], {}, builder.start)
            return
        if root is None:
            return
        yield YamlDocument(root, builder.faults, builder.remarks, builder.start)
        start = builder.finish


class _BrokenYaml(Exception):
    def __init__(self, fault: TextFault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class _YamlFrame:
    """A container that is being read."""

    __slots__ = ("anchor", "key", "last", "merged", "node")

    def __init__(self, node: YamlNode, anchor: str | None) -> None:
        self.node = node
        self.anchor = anchor
        self.last = node.start
        """Where what was read last of it ends."""

        self.key: tuple[str, int, int] | None = None
        self.merged: list[YamlNode] = []

    def token(self) -> str | int:
        """The key or index of what is being read."""
        return (self.key[0] if self.key else "") if isinstance(self.node.value, dict) else len(self.node.value)


class _YamlBuilder:
    """The values of one document."""

    def __init__(self, loader: Loader, text: str, previous: int | None) -> None:
        self.loader = loader
        self.text = text
        self.start = previous or 0
        """Where the document begins."""

        self.finish = self.start
        """The beginning of the line in which it ends."""

        self._is_first = previous is None
        self.faults: list[TextFault] = []
        self.remarks: dict[str, str] = {}
        self.stack: list[_YamlFrame] = []
        self.anchors: dict[str, YamlNode | None] = {}
        self.written = 0
        """How much the text holds itself."""

        self.merged = 0

    def document(self) -> YamlNode | None:
        """The root; None at the end of the text."""
        while (event := self.loader.get_event()) and not isinstance(event, yaml.StreamEndEvent):
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._open(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                # What stands before the first document belongs to it, what stands between two to the one before.
                self.start = 0 if self._is_first else self._line(self._stretch(event)[0] + self.start)
            elif node := self._node(event):
                self.written += 1 if isinstance(event, yaml.AliasEvent) else node.size if not node.children else 1
                if not self.stack:
                    end: Event = self.loader.get_event()
                    self.finish = self._line(end.end_mark.index)
                    return node
                self._store(node, event)
        return None

    def _line(self, index: int) -> int:
        """Where the line begins in which a character of the whole text stands."""
        return self.text.rfind("\n", 0, index) + 1

    def _stretch(self, event: Event) -> tuple[int, int]:
        """Where an event begins and ends, from the beginning of the document."""
        return int(event.start_mark.index) - self.start, int(event.end_mark.index) - self.start

    def _node(self, event: Event) -> YamlNode | None:
        match event:
            case yaml.AliasEvent():
                return self._alias(event)
            case yaml.ScalarEvent():
                return self._scalar(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                return self._close(event)
            case _:
                return None

    def _alias(self, event: Event) -> YamlNode:
        name = event.anchor
        if name not in self.anchors:
            message = f"the anchor &{name} is not defined before this alias"
            raise _BrokenYaml(self._at(event, "PAR010", message, "define it first"))
        node = self.anchors[name]
        if node is None:
            message = f"the alias *{name} stands inside what it names, which JSON cannot say"
            raise _BrokenYaml(self._at(event, "PAR010", message, "write the value out"))
        node.referenced = True
        twin = node.again()
        twin.alias = self._stretch(event)
        twin.last = twin.alias[1]
        return twin

    def _scalar(self, event: Event) -> YamlNode:
        frame = self.stack[-1] if self.stack else None
        is_key = frame is not None and isinstance(frame.node.value, dict) and frame.key is None
        scalar = (as_key if is_key else as_value)(self.loader, event)
        if scalar.code is not None:
            self._note(scalar.code, scalar.message, event, scalar.advice, scalar.value if is_key else None)
        if scalar.remark is not None:
            self.remarks[self._pointer()] = scalar.remark
        start, end = self._stretch(event)
        node = YamlNode(scalar.value, start, end)
        node.decorated = event.anchor is not None or event.tag is not None
        if event.style in ("|", ">"):
            node.layout = YamlLayout.LITERAL
            node.last = start + len(self.text[start + self.start : end + self.start].rstrip())
        return self._anchored(node, event.anchor)

    def _anchored(self, node: YamlNode, anchor: str | None) -> YamlNode:
        if anchor is not None:
            self.anchors[anchor] = node
        return node

    def _open(self, event: Event) -> None:
        if len(self.stack) == DEPTH:
            raise _BrokenYaml(self._at(event, "PAR008", _TOO_DEEP, "flatten it; what follows is not checked"))
        if event.tag not in _CONTAINERS:
            message, advice = foreign(event.tag)
            self._note("PAR010", message, event, advice)
        anchor: str | None = event.anchor
        node = YamlNode([], *self._stretch(event))
        node.decorated = anchor is not None or event.tag is not None
        if isinstance(event, yaml.MappingStartEvent):
            node.value = {}
        if not event.flow_style:
            node.layout = YamlLayout.BLOCK
        elif node.start == node.end:
            node.layout = YamlLayout.PAIR
        if anchor is not None:
            self.anchors[anchor] = None
        self.stack.append(_YamlFrame(node, anchor))

    def _close(self, event: Event) -> YamlNode:
        frame = self.stack.pop()
        node = frame.node
        node.end = max(node.end, self._flow_end(event))
        node.last = frame.last if node.layout is not YamlLayout.FLOW else node.end
        self.merged += len(frame.merged) + sum(len(other.children) for other in frame.merged)
        self._check_growth(self.merged, event)
        own = len(node.children)
        for other in frame.merged:
            for name, child in other.children.items():
                if name not in node.value:
                    node.value[name] = child.value
                    node.adopt(name, child)
        if len(node.children) > own:
            node.merged = frozenset(list(node.children)[own:])
        return self._anchored(node, frame.anchor)

    def _store(self, node: YamlNode, event: Event) -> None:
        frame = self.stack[-1]
        frame.last = max(frame.last, node.last)
        parent = frame.node
        if is_array(parent.value):
            parent.adopt(str(len(parent.value)), node)
            parent.value.append(node.value)
        elif frame.key is None:
            frame.key = self._name(node, event)
        else:
            self._field(frame, frame.key, node, event)
            frame.key = None
        self._check_growth(parent.size, event)

    def _check_growth(self, size: int, event: Event) -> None:
        if size > _GROWTH + self.written:
            message = f"aliases expand this document to more than {_GROWTH:,} values"
            raise _BrokenYaml(self._at(event, "PAR011", message, "write it without nested aliases"))

    def _name(self, node: YamlNode, event: Event) -> tuple[str, int, int]:
        if isinstance(node.value, str):
            return (node.value, *(node.alias or (node.start, node.end)))
        self._note("PAR010", "a key is not a string, which JSON cannot say", event, "write a string")
        return "", node.start, node.end

    def _field(self, frame: _YamlFrame, key: tuple[str, int, int], node: YamlNode, event: Event) -> None:
        name, start, end = key
        parent = frame.node
        if name == "<<":
            sources = list(node.children.values()) if isinstance(node.value, list) else [node]
            frame.merged.extend(one for one in sources if isinstance(one.value, dict))
            if not all(isinstance(one.value, dict) for one in sources):
                self._note("PAR010", "<< merges mappings, and this is none", event, "write <<: *anchor")
            return
        if name in parent.value:
            message = f"the key {name[:40]!r} is given twice"
            advice = "remove one; the last one counts"
            self.faults.append(TextFault("PAR004", message, start, end, advice, self._pointer()))
        parent.value[name] = node.value
        node.key = (start, end)
        parent.adopt(name, node)

    def _pointer(self, key: str | None = None) -> str:
        path = [frame.token() for frame in self.stack]
        return joined(path if key is None else [*path[:-1], key])

    def _note(self, code: str, message: str, event: Event, advice: str, key: str | None = None) -> None:
        self.faults.append(self._at(event, code, message, advice, self._pointer(key)))

    def _at(self, event: Event, code: str, message: str, advice: str, pointer: str = "") -> TextFault:
        return TextFault(code, message, *self._stretch(event), advice, pointer)

    def _flow_end(self, event: Event) -> int:
        """Where a container in brackets ends; 0 for a block, whose end PyYAML sees only in the next line."""
        start, end = self._stretch(event)
        return end if end > start else 0


def _not_yaml(error: yaml.MarkedYAMLError, start: int) -> TextFault:
    mark = error.problem_mark or error.context_mark
    at = max(int(mark.index) - start, 0) if mark else 0
    if error.problem == "exceeded maximum nesting depth":  # PyYAML 6.0.4 looks ahead over 1,000 levels and no further
        return TextFault("PAR008", _TOO_DEEP, at, at, "flatten it; what follows is not checked")
    message = ", ".join(part for part in (error.problem, error.context) if part) or "this is not YAML"
    advice = "indent with spaces" if "cannot start any token" in message else "check quotes, brackets and indentation"
    return TextFault("PAR010", message, at, at, advice)
