"""Where the text of a payload stands in its file, and how a change of it is written there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from ..check.document import Document, JsonPlaces, YamlPlaces
from ..check.document_reader import json_document, yaml_document
from ..check.text_source import InnerSource, TextSource
from ..yaml_text.nodes import YamlNode, is_independent
from .inner_documents import FieldSource, InnerPlaces
from .joined_lines import JoinedLines

__all__ = ["Change", "PayloadText", "applied", "differences", "payload_text", "root_of"]

_LARGEST = 4_000
"""How many characters are compared one by one: a fix changes a few, and what is longer is written anew."""


class Change(NamedTuple):
    """A stretch of a text, and what takes its place."""

    start: int
    end: int
    text: str


class PayloadText(NamedTuple):
    """The JSON text of a payload, and the text that it stands in."""

    text: str
    source: TextSource
    start: int
    """Where it begins in that."""

    is_yaml: bool = False

    def alone(self) -> Document:
        """The document of the text without what it stands in."""
        return yaml_document(self.text) if self.is_yaml else json_document(self.text)

    def in_file(self, changes: Sequence[Change], root: TextSource | None) -> list[Change] | None:
        """The changes as those of *root*, the text of the file; None where they cannot be written there."""
        moved = [Change(one.start + self.start, one.end + self.start, one.text) for one in changes]
        return _outward(self.source, moved) if root_of(self.source) is root else None


def payload_text(document: Document) -> PayloadText | None:
    """The text of a payload; None where it is written in another way than as JSON, or as plain YAML."""
    pointer = ""
    while isinstance(document.places, InnerPlaces):
        pointer, document = f"{document.places.at}{pointer}", document.places.outer
    source = document.source
    if source is not None and isinstance(document.places, YamlPlaces):
        return _yaml_text(source, document.places.document.find(pointer))
    if source is None or not isinstance(document.places, JsonPlaces) or document.faults:
        return None
    place = document.places.outline.place(pointer)
    return PayloadText(source.text[place.start : place.end], source, place.start) if place else None


def _yaml_text(source: TextSource, node: YamlNode | None) -> PayloadText | None:
    """The text of a value of YAML, indented as it is; None where another part of the document has a say in it."""
    if node is None or not is_independent(node):
        return None
    column = source.place(node.start)[1] - 1
    return PayloadText(" " * column + source.text[node.start : node.last], source, node.start - column, is_yaml=True)


def root_of(source: TextSource) -> TextSource:
    """The text of the file that a text stands in."""
    while True:
        if isinstance(source, FieldSource) and source.container is not None:
            source = source.container
        elif isinstance(source, InnerSource):
            source = source.outer
        else:
            return source


def differences(before: str, after: str) -> list[Change]:
    """What leads from one text to another."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) > _LARGEST or len(new) > _LARGEST:
        return [Change(start, start + len(old), new)]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [Change(start + i1, start + i2, new[j1:j2]) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def applied(text: str, changes: Sequence[Change]) -> str:
    """The text after changes, none of which overlaps another."""
    parts: list[str] = []
    last = 0
    for change in sorted(changes):
        parts += [text[last : change.start], change.text]
        last = change.end
    return "".join([*parts, text[last:]])


def _outward(source: TextSource, changes: list[Change]) -> list[Change] | None:
    while True:
        if isinstance(source, FieldSource):
            written, container = source.written, source.container
            if written is None or container is None:
                return None
            if written is container:  # lines that were joined: the field is all of them
                source = written
                continue
            encoded = [_encoded(one, written, container.text) for one in changes]
        elif isinstance(source, JoinedLines):
            container = source.outer
            encoded = [_in_lines(one, source) for one in changes]
        elif isinstance(source, InnerSource):
            container = source.outer
            encoded = [_indented(one, source, container.text) for one in changes]
        else:
            return changes
        if any(one is None for one in encoded):
            return None
        changes, source = [one for one in encoded if one is not None], container


def _encoded(change: Change, written: InnerSource, text: str) -> Change | None:
    """A change of what a scalar holds as one of the scalar: in JSON, or in quotes or a literal block of YAML."""
    start, end = written.offsets[change.start], written.offsets[change.end]
    mark = text[written.offsets[0] - 1 : written.offsets[0]]
    if mark == '"':
        return Change(start, end, json.dumps(change.text, ensure_ascii=text.isascii())[1:-1])
    if mark == "'":
        return None if "\n" in change.text else Change(start, end, change.text.replace("'", "''"))
    if text[written.offsets[0] - 1] in " \n" and "\n" in written.text.rstrip("\n"):
        return _indented(change, written, text)
    return None


def _in_lines(change: Change, source: JoinedLines) -> Change:
    """A change of a text as one of the list of its lines, with an item for each line."""
    start, end = source.offsets[change.start], source.offsets[change.end]
    lines = [json.dumps(line, ensure_ascii=source.outer.text.isascii())[1:-1] for line in change.text.split("\n")]
    return Change(start, end, f"\\n{source.joint}".join(lines))


def _indented(change: Change, written: InnerSource, text: str) -> Change | None:
    """A change in lines that are indented in the text around them, or in a word of a shell."""
    start, end = written.offsets[change.start], written.offsets[change.end]
    mark = text[written.offsets[0] - 1 : written.offsets[0]]
    if mark in {'"', "'"}:
        return None if mark == '"' or "'" in change.text else Change(start, end, change.text)
    line = text.rfind("\n", 0, written.offsets[0]) + 1
    return Change(start, end, change.text.replace("\n", f"\n{text[line : written.offsets[0]]}"))
