"""YAML, read event by event: no depth, no alias and no tag makes it fail or grow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import yaml

from ..finding.pointer import joined
from ..finding.shape import is_array
from ..finding.text_fault import TextFault
from .events import ODD, Event, Loader, container_kind, kind_of, loader
from .folded_items import FoldedItems, WrittenItem
from .nodes import YamlDocument, YamlLayout, YamlNode
from .usage import ProblemKind, Scalar, Usage, Words, YamlProblem

__all__ = ["read"]

_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_TEXT_KEYS = frozenset({"str", "merge", "value"})
"""What a key may be; `=` is of the kind `value` to YAML 1.1."""

_LINE_BREAKS = "\n\r\x85\u2028\u2029"
"""What ends a line in YAML 1.1."""

_LONG = 1 << 18
"""From so many characters on nodes take more memory than there should be."""


def read(text: str, usage: Usage) -> Iterator[YamlDocument]:
    """The documents of a YAML text, up to the first that is not YAML. Raises `NoParserError`."""
    if odd := ODD.search(text):
        words = usage.words(YamlProblem(ProblemKind.CHARACTER, odd.group()))
        yield YamlDocument(None, [_fault(words, *odd.span())], {})
        return
    events = loader(text)
    start: int | None = None
    while True:
        builder = _DocumentBuilder(events, text, usage, start)
        try:
            root = builder.document()
        except _BrokenYaml as broken:
            yield YamlDocument(None, [*builder.faults, broken.fault], {}, builder.start)
            return
        except yaml.MarkedYAMLError as error:
            yield YamlDocument(None, [*builder.faults, builder.not_yaml(error)], {}, builder.start)
            return
        if root is None:
            return
        yield YamlDocument(root, builder.faults, builder.remarks, builder.start, builder.repeated_anchors)
        start = builder.finish


def _read_item(item: WrittenItem, usage: Usage) -> YamlNode | None:
    """The node of an item of which it is known that it is YAML."""
    return _ItemBuilder(loader(item.text), item.text, usage, -item.shift).document()


def _fault(words: Words, start: int, end: int, pointer: str = "") -> TextFault:
    return TextFault(words.code, words.message, start, end, words.advice, pointer)


class _BrokenYaml(Exception):
    def __init__(self, fault: TextFault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class _MappingKey(NamedTuple):
    """The key whose value is read next."""

    name: str
    start: int
    end: int
    merges: bool


class _OpenContainer:
    """A container that is being read."""

    __slots__ = ("anchor", "key", "last", "merged", "node")

    def __init__(self, node: YamlNode, anchor: str | None) -> None:
        self.node = node
        self.anchor = anchor
        self.last = node.start
        """Where what was read last of it ends."""

        self.key: _MappingKey | None = None
        self.merged: list[YamlNode] = []

    def token(self) -> str | int:
        """The key or index of what is being read."""
        return (self.key.name if self.key else "") if isinstance(self.node.value, dict) else len(self.node.value)


class _DocumentBuilder:
    """The values of one document."""

    def __init__(self, loader: Loader, text: str, usage: Usage, previous: int | None) -> None:
        self.loader = loader
        self.text = text
        self.usage = usage
        self.start = previous or 0
        """Where the document begins."""

        self.finish = self.start
        """The beginning of the line in which it ends."""

        self._is_first = previous is None
        self.faults: list[TextFault] = []
        self.remarks: dict[str, str] = {}
        self.stack: list[_OpenContainer] = []
        self._folded: FoldedItems | None = None
        self._names: dict[str, str] = {}
        """Each name of a key once: in a long text the same ones come again and again."""

        self.anchors: dict[str, YamlNode | None] = {}
        self.repeated_anchors: dict[str, int] = {}
        self.written = 0
        """How much the text holds itself."""

        self.merged = 0

    def document(self) -> YamlNode | None:
        """The root; None at the end of the text."""
        while (event := self.loader.get_event()) and not isinstance(event, yaml.StreamEndEvent):
            if isinstance(event, _STARTS):
                self._open(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                self._begin(event)
            elif node := self._node(event):
                self.written += 1 if node.alias or node.children else node.size
                if not self.stack:
                    end: Event = self.loader.get_event()
                    self.finish = self._line(end.end_mark.index)
                    return node
                self._store(node, event)
        return None

    def _begin(self, event: Event) -> None:
        # What stands before the first document belongs to it, what stands between two to the one before.
        self.start = 0 if self._is_first else self._line(self._stretch(event)[0] + self.start)
        if len(self.text) >= _LONG and not event.tags:  # which say what tags mean, wherever they stand
            self._folded = FoldedItems(self.text, self.start, lambda item: _read_item(item, self.usage))

    def _line(self, index: int) -> int:
        """Where the line begins in which a character of the whole text stands."""
        return self.text.rfind("\n", 0, index) + 1

    def _stretch(self, event: Event) -> tuple[int, int]:
        """Where an event begins and ends, from the beginning of the document."""
        return int(event.start_mark.index) - self.start, int(event.end_mark.index) - self.start

    def _node(self, event: Event) -> YamlNode | None:
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                return self._close(event)
            case yaml.AliasEvent():
                return self._alias(event)
            case _:
                return None

    def _alias(self, event: Event) -> YamlNode:
        name = event.anchor
        if name not in self.anchors:
            raise self._broken(YamlProblem(ProblemKind.UNDEFINED, name), event)
        node = self.anchors[name]
        if node is None:
            raise self._broken(YamlProblem(ProblemKind.CIRCULAR, name), event)
        self._check_depth(node, event)
        node.referenced = True
        twin = node.again()
        twin.alias = self._stretch(event)
        twin.last = twin.alias[1]
        return twin

    def _scalar(self, event: Event) -> YamlNode:
        frame = self.stack[-1] if self.stack else None
        kind = kind_of(self.loader, event)
        if frame is not None and isinstance(frame.node.value, dict) and frame.key is None:
            value = event.value
            if kind not in _TEXT_KEYS and not self.usage.plain_keys:
                self._note(YamlProblem(ProblemKind.SCALAR_KEY, value, kind), event, value)
        else:
            value = self._value(self.usage.scalar(kind, event.value), event)
        start, end = self._stretch(event)
        node = YamlNode(value, start, end)
        node.is_merge = kind == "merge"
        node.decorated = event.anchor is not None or event.tag is not None
        if event.style in ("|", ">"):
            node.layout = YamlLayout.LITERAL
            node.last = start + _length_of_literal(self.text[start + self.start : end + self.start], event.value)
        return self._anchored(node, event.anchor)

    def _value(self, scalar: Scalar, event: Event) -> object:
        if scalar.fault is not None:
            self.faults.append(_fault(scalar.fault, *self._stretch(event), self._pointer()))
        if scalar.remark is not None:
            self.remarks[self._pointer()] = scalar.remark
        return scalar.value

    def _anchored(self, node: YamlNode, anchor: str | None) -> YamlNode:
        if anchor is not None:
            if self.anchors.get(anchor) is not None:
                self.repeated_anchors[anchor] = node.start
            self.anchors[anchor] = node
        return node

    def _open(self, event: Event) -> None:
        node = YamlNode({} if isinstance(event, yaml.MappingStartEvent) else [], *self._stretch(event))
        self._check_depth(node, event)
        kind = container_kind(event)
        if kind != ("map" if isinstance(node.value, dict) else "seq"):
            self._note(YamlProblem(ProblemKind.TAG, kind), event)
        anchor: str | None = event.anchor
        node.decorated = anchor is not None or event.tag is not None
        if not event.flow_style:
            node.layout = YamlLayout.BLOCK
        elif node.start == node.end:
            node.layout = YamlLayout.PAIR
        if anchor is not None:
            if self.anchors.get(anchor) is not None:
                self.repeated_anchors[anchor] = node.start
            self.anchors[anchor] = None
        self.stack.append(_OpenContainer(node, anchor))

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
            if self._folded is not None and node.height and not self.anchors:
                self._folded.fold(node, self._stretch(event)[1])
        elif frame.key is None:
            frame.key = self._key(node, event)
        else:
            self._field(frame, frame.key, node, event)
            frame.key = None
        self._check_growth(parent.size, event)

    def _check_depth(self, node: YamlNode, event: Event) -> None:
        """Refuse what would stand too deep among the containers that are open."""
        if len(self.stack) + node.height > self.usage.levels:
            raise self._broken(YamlProblem(ProblemKind.DEPTH), event)

    def _check_growth(self, size: int, event: Event) -> None:
        if size > self.usage.growth + self.written:
            raise self._broken(YamlProblem(ProblemKind.GROWTH), event)

    def _key(self, node: YamlNode, event: Event) -> _MappingKey:
        start, end = node.alias or (node.start, node.end)
        if not isinstance(node.value, str):
            words = self.usage.words(YamlProblem(ProblemKind.OTHER_KEY))
            self.faults.append(_fault(words, start, end, self._pointer()))
            return _MappingKey("", start, end, merges=False)
        if node.is_merge and not self.usage.merges:
            self._note(YamlProblem(ProblemKind.MERGE), event)
        return _MappingKey(self._names.setdefault(node.value, node.value), start, end, node.is_merge)

    def _field(self, frame: _OpenContainer, key: _MappingKey, node: YamlNode, event: Event) -> None:
        parent = frame.node
        if key.merges and self.usage.merges:
            sources = list(node.children.values()) if is_array(node.value) else [node]
            frame.merged.extend(one for one in sources if isinstance(one.value, dict))
            if not all(isinstance(one.value, dict) for one in sources):
                self._note(YamlProblem(ProblemKind.MERGED_VALUE), event)
        if key.merges:
            return
        if first := parent.children.get(key.name):
            problem = YamlProblem(ProblemKind.REPEATED_KEY, key.name, first=first.key[0] if first.key else first.start)
            self.faults.append(_fault(self.usage.words(problem), key.start, key.end, self._pointer()))
        parent.value[key.name] = node.value
        node.key = (key.start, key.end)
        parent.adopt(key.name, node)

    def _pointer(self, key: str | None = None) -> str:
        path = [frame.token() for frame in self.stack]
        return joined(path if key is None else [*path[:-1], key])

    def _note(self, problem: YamlProblem, event: Event, key: str | None = None) -> None:
        self.faults.append(_fault(self.usage.words(problem), *self._stretch(event), self._pointer(key)))

    def _broken(self, problem: YamlProblem, event: Event) -> _BrokenYaml:
        return _BrokenYaml(_fault(self.usage.words(problem), *self._stretch(event)))

    def not_yaml(self, error: yaml.MarkedYAMLError) -> TextFault:
        """What the parser stumbled over."""
        mark = error.problem_mark or error.context_mark
        at = max(int(mark.index) - self.start, 0) if mark else 0
        problem = YamlProblem(ProblemKind.SYNTAX, error.problem or "", error.context or "")
        if error.problem == "exceeded maximum nesting depth":  # PyYAML 6.0.4 looks ahead over 1,000 levels and no more
            problem = YamlProblem(ProblemKind.DEPTH)
        return _fault(self.usage.words(problem), at, at)

    def _flow_end(self, event: Event) -> int:
        """Where a container in brackets ends; 0 for a block, whose end PyYAML sees only in the next line."""
        start, end = self._stretch(event)
        return end if end > start else 0


class _ItemBuilder(_DocumentBuilder):
    """The values of an item, whose places count from the beginning of the document that it is in."""

    def _begin(self, event: Event) -> None:
        """Nothing: where the item begins is known."""


def _length_of_literal(text: str, value: str) -> int:
    """How much of the text of a literal is its own: of the line breaks behind it, those that it keeps but the last."""
    breaks = len(value) - len(value.rstrip(_LINE_BREAKS))
    if breaks > 1 or breaks == len(value) > 0:
        return len(text.removesuffix("\n").removesuffix("\r"))
    return len(text.rstrip(" \t\r\n"))
