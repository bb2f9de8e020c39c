"""How a YAML text is laid out, and values spelled like it: in brackets, or over lines of their own."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import Any

from ...finding.pointer import joined
from ...finding.shape import is_array, is_object
from ...yaml_text.nodes import YamlDocument, YamlLayout, YamlNode, is_independent
from ..yaml_scalars import is_plain
from .json_style import Surroundings
from .yaml_outline import YamlOutline

__all__ = ["YamlStyle"]

_DISTINCT = frozenset({dict, list, float, str})
"""Types of which the reader makes an object for each value; only a short string may also stand elsewhere."""

_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_STEP = 2
"""By how much inner lines are indented where the text does not show it."""


class YamlStyle:
    """The manners of a text, as far as they show in it."""

    def __init__(self, outline: YamlOutline, document: YamlDocument) -> None:
        self._outline = outline
        self._text = outline.text
        self._root = document.root
        self.newline = "\r\n" if "\r\n" in self._text else "\n"

    def colon(self, pointer: str) -> str:  # noqa: ARG002
        """What stands between keys and values in brackets."""
        return ": "

    def comma(self, colon: str) -> str:  # noqa: ARG002
        """What separates members on one line."""
        return ", "

    def around(self, pointer: str, value: object) -> Surroundings:  # noqa: ARG002
        """The surroundings of a *value* that takes the place of what *pointer* points to."""
        return Surroundings("", ": ", spread=False)

    def inside(self, pointer: str, value: object, indent: str) -> Surroundings:  # noqa: ARG002
        """The surroundings of a *value* that comes to stand in a container."""
        return Surroundings(indent, ": ", spread=False)

    def key(self, name: str) -> str:
        """The text of a key."""
        return self._string(name)

    def spelled(self, value: Any, at: Surroundings) -> str:
        """The text of *value* on one line; what is written in brackets or quotes already keeps its spelling."""
        if (node := self._written(value)) and node.layout is YamlLayout.FLOW and is_independent(node):
            text = self._text[node.start : node.last]
            if "\n" not in text and (text[:1] in tuple("\"'{[") or not isinstance(value, str)):
                return text
        if is_object(value):
            return f"{{{', '.join(f'{self.key(key)}: {self.spelled(one, at)}' for key, one in value.items())}}}"
        if is_array(value):
            return f"[{', '.join(self.spelled(one, at) for one in value)}]"
        if isinstance(value, str):
            return self._string(value)
        # YAML 1.1 takes a number without a point for a string, whatever its exponent.
        text = json.dumps(value)
        return text.replace("e", ".0e") if isinstance(value, float) and "." not in text else text

    def after_key(self, value: Any, column: int) -> str:
        """What follows the colon of a key that stands in this *column* of a block."""
        node = self._written(value)
        if node and is_independent(node):
            if node.key and (start := self._outline.after_key(self._outline.located(node))) is not None:
                return self._moved(start, node.last, column - self._outline.column(node.key[0]))
            if node.layout is YamlLayout.BLOCK:
                inner = column + self.step
                text = self._moved(node.start, node.last, inner - self._outline.column(node.start))
                return f"{self.newline}{' ' * inner}{text}"
        if self._is_packed(value):
            return f" {self.spelled(value, Surroundings('', ': ', spread=False))}"
        if is_object(value):
            inner = column + self.step
            lines = (f"{' ' * inner}{self.key(key)}:{self.after_key(one, inner)}" for key, one in value.items())
        else:
            inner = column if self._hangs else column + self.step
            lines = (f"{' ' * inner}-{self.after_dash(one, inner)}" for one in value)
        return self.newline + self.newline.join(lines)

    def after_dash(self, value: Any, column: int) -> str:
        """What follows the dash of an item that stands in this *column* of a block."""
        node = self._written(value)
        if node and is_independent(node) and node.layout is YamlLayout.BLOCK and node.children:
            return f" {self._moved(node.start, node.last, column + 2 - self._outline.column(node.start))}"
        if node and is_independent(node) and node.key is None and node is not self._root:
            dash = self._outline.dash(node.start)
            if dash is not None:
                return self._moved(dash + 1, node.last, column - self._outline.column(dash))
        if not is_object(value) or self._is_packed(value):
            return f" {self.spelled(value, Surroundings('', ': ', spread=False))}"
        inner = column + 2
        fields = (f"{self.key(key)}:{self.after_key(one, inner)}" for key, one in value.items())
        return " " + f"{self.newline}{' ' * inner}".join(fields)

    @cached_property
    def step(self) -> int:
        """By how much a mapping is indented more than the key that it belongs to."""
        for pointer, node in self._nodes:
            if node.layout is YamlLayout.BLOCK and is_object(node.value) and node.key and node.children:
                step = self._outline.column(node.start) - self._outline.column(node.key[0])
                if step > 0 and pointer:
                    return step
        return _STEP

    @cached_property
    def _hangs(self) -> bool:
        """Whether the dashes of a list stand below the key that it belongs to."""
        return any(
            node.key is not None
            and node.layout is YamlLayout.BLOCK
            and is_array(node.value)
            and self._outline.column(node.start) == self._outline.column(node.key[0])
            for _, node in self._nodes
        )

    @cached_property
    def _packs_lists(self) -> bool:
        """Whether some list of scalars is written in brackets."""
        return any(
            node.layout is YamlLayout.FLOW and is_array(node.value) and _is_flat(node.value) for _, node in self._nodes
        )

    def _is_packed(self, value: Any) -> bool:
        """Whether a value goes on the line of its key."""
        if is_array(value) and value:
            return _is_flat(value) and self._packs_lists
        return not (is_object(value) and value)

    @cached_property
    def _nodes(self) -> list[tuple[str, YamlNode]]:
        """Everything that is written here, by its pointer."""
        found: list[tuple[str, YamlNode]] = []
        pending = [("", self._root)] if self._root else []
        while pending:
            pointer, node = pending.pop()
            found.append((pointer, node))
            if not node.alias:
                children = [one for one in node.children.items() if one[0] not in node.merged]
                pending += [(pointer + joined([token]), child) for token, child in children]
        return found

    @cached_property
    def _known(self) -> dict[int, YamlNode]:
        """What stands in the document, by the identity of its value."""
        return {id(node.value): node for _, node in self._nodes if not node.alias and type(node.value) in _DISTINCT}

    def _written(self, value: Any) -> YamlNode | None:
        return self._known.get(id(value)) if type(value) in _DISTINCT else None

    def _moved(self, start: int, end: int, by: int) -> str:
        """A stretch of the text, whose lines but the first are indented so much more."""
        first, *lines = self._text[start:end].split("\n")
        return "\n".join([first, *(_indented(line, by) for line in lines)])

    @cached_property
    def _quotes(self) -> str:
        """The quotes around keys."""
        for _, node in self._nodes:
            if node.key and (mark := self._text[node.key[0]]) in "\"'":
                return mark
            if node.key:
                return ""
        return ""

    def _string(self, text: str) -> str:
        if not self._quotes and is_plain(text):
            return text
        if self._quotes == "'" and text.isprintable():
            return f"'{text.replace(chr(39), chr(39) * 2)}'"
        quoted = json.dumps(text, ensure_ascii=False)
        return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)


def _indented(line: str, by: int) -> str:
    if not line.strip():
        return line
    indent = len(line) - len(line.lstrip(" "))
    return " " * max(indent + by, 0) + line[indent:]


def _is_flat(items: list[Any]) -> bool:
    return not any(is_object(one) or is_array(one) for one in items)
