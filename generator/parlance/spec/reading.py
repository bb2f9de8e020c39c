"""A YAML file to data that remembers its places; what JSON cannot say is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml

from ..finding import Finding, Lines, LocatedList, LocatedMap, LocatedText, Place, SpecError, fault

__all__ = ["read_file", "read_header", "read_list", "read_text", "shown"]

_DEPTH = 200
_GROWTH = 10
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_AMBIGUOUS = {
    "bool": ("a boolean to YAML", "true or false"),
    "int": ("a number to YAML, and not to JSON", "the number in plain digits"),
    "float": ("a number to YAML, and not to JSON", "the number in plain digits"),
    "timestamp": ("not a day", "a day such as 2024-09-12"),
}
_NONE: frozenset[str] = frozenset()
_RULES = frozenset({"rules"})
_Root = TypeVar("_Root", LocatedMap, LocatedList)
_ODD = re.compile(rf"\A\ufeff|{yaml.reader.Reader.NON_PRINTABLE.pattern}")
_NULLS = frozenset({"null", "Null", "NULL", "~", ""})


def read_file(path: Path) -> LocatedMap:
    """The mapping that the file holds."""
    return read_text(_decoded(path), shown(path))


def read_header(path: Path) -> LocatedMap:
    """The mapping that the file of a dialect holds; the texts of its rules know how they are spelt."""
    return _value(_decoded(path), shown(path), LocatedMap, "a mapping, `key: value`", spelt=_RULES)


def read_list(path: Path) -> LocatedList:
    """The list that the file holds; its texts know how they are spelt."""
    name = shown(path)
    return _value(_decoded(path), name, LocatedList, "a list, `- key: value`", spelt=None)


def _decoded(path: Path) -> str:
    name = shown(path)
    start = Place(name, 1, 1)
    if path.exists() and not path.is_file():
        raise SpecError([fault("PAR901", start, "this is no file")])
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8-sig")
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8"
        at = Place(name, *Lines(before).place(len(before)))
        raise SpecError([fault("PAR901", at, message, advice="save the file as UTF-8")]) from None
    except OSError as error:
        message = f"cannot be read: {(error.strerror or str(error)).lower()}"
        raise SpecError([fault("PAR901", start, message)]) from None


def read_text(text: str, name: str) -> LocatedMap:
    """The mapping that *text* says, with places in the file *name*."""
    return _value(text, name, LocatedMap, "a mapping, `key: value`", spelt=_NONE)


def _value(text: str, name: str, kind: type[_Root], words: str, *, spelt: frozenset[str] | None) -> _Root:
    start = Place(name, 1, 1)
    reader = _Reader(name, text, spelt=spelt)
    try:
        reader.check_characters()
        reader.check_depth()
        root = yaml.compose(text, Loader=_loader(start))
    except yaml.MarkedYAMLError as error:
        raise SpecError([reader.not_yaml(error)]) from None
    except (yaml.YAMLError, RecursionError):
        raise SpecError([fault("PAR901", start, "is not YAML, or nested too deeply")]) from None
    if root is None:
        raise SpecError([fault("PAR901", start, "the file is empty", advice="write it, or remove it")])
    value = reader.value(root, 0)
    if not reader.findings and not isinstance(value, kind):
        reader.findings.append(fault("PAR901", reader.at(root), f"the file must hold {words}"))
    if reader.findings or not isinstance(value, kind):
        raise SpecError(reader.findings)
    return value


def _loader(start: Place) -> Any:
    """The reader of PyYAML that is written in C: the other one refuses some of what this one reads."""
    try:
        return yaml.CSafeLoader
    except AttributeError:
        message, advice = "PyYAML has no C part here, and a spec is read by it", "install a wheel of PyYAML"
        raise SpecError([fault("PAR901", start, message, advice=advice)]) from None


def shown(path: Path) -> str:
    """A path as messages print it: from the working folder, where it lies within."""
    absolute = path.absolute()
    here = Path.cwd()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix()


class _Reader:
    """Nodes of one file to values; each kind of node has a method."""

    def __init__(self, name: str, text: str, *, spelt: frozenset[str] | None) -> None:
        """The texts below the keys *spelt* know how they are spelt; all do for None."""
        self.name = name
        self.findings: list[Finding] = []
        self._lines = Lines(text)
        self._keys = spelt
        self._spelt = spelt is None
        self._left = _GROWTH * len(text) + 100
        self._open: set[int] = set()

    def at(self, node: Any) -> Place:
        """Where a node or an event begins."""
        return self._place(node.start_mark.index)

    def _place(self, offset: int) -> Place:
        return Place(self.name, *self._lines.place(offset))

    def check_characters(self) -> None:
        """Refuse what YAML cannot hold, and a second byte order mark, which would shift the places after it."""
        odd = _ODD.search(self._lines.text)
        if odd:
            message = f"the character U+{ord(odd.group()):04X} may not stand in YAML"
            raise SpecError([fault("PAR901", self._place(odd.start()), message)])

    def check_depth(self) -> None:
        """Refuse what is nested too deeply, event by event: the composer of PyYAML would overflow the stack."""
        depth = 0
        events: Iterator[Any] = yaml.parse(self._lines.text, Loader=_loader(self._place(0)))
        for event in events:
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                depth += 1
                if depth > _DEPTH + 1:  # the file itself is not nested
                    raise SpecError([fault("PAR901", self.at(event), f"nested more than {_DEPTH} deep")])
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                depth -= 1

    def not_yaml(self, error: yaml.MarkedYAMLError) -> Finding:
        """What the parser stumbled over."""
        mark = error.problem_mark or error.context_mark
        problem = " ".join(part for part in (error.context, error.problem) if part)
        advice = "the file may be cut off" if "expected" in problem or "end" in problem else None
        return fault("PAR901", self._place(mark.index if mark else 0), f"is not YAML: {problem}", advice=advice)

    def value(self, node: yaml.Node, depth: int) -> object:
        self._left -= 1
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        at = self.at(node)
        if self._left < 0:
            message = f"aliases expand to more than {_GROWTH} times the text"
            raise SpecError([*self.findings, fault("PAR901", at, message, advice="write the values out")])
        if id(node) in self._open or depth > _DEPTH:
            message = "an alias leads into itself" if id(node) in self._open else f"nested more than {_DEPTH} deep"
            raise SpecError([*self.findings, fault("PAR901", at, message)])
        self._open.add(id(node))
        value = self._mapping(node, at, depth) if isinstance(node, yaml.MappingNode) else self._list(node, at, depth)
        self._open.discard(id(node))
        return value

    def _mapping(self, node: yaml.MappingNode, at: Place, depth: int) -> LocatedMap:
        if node.tag != "tag:yaml.org,2002:map":
            self._refuse_tag(node)
        mapping = LocatedMap(at)
        for key, child in node.value:
            name = self._key(key)
            if name is None:
                continue
            place = self.at(key)
            if name in mapping:
                message = f"the key {name!r} stands twice; the first is in line {mapping.places[name].line}"
                self.findings.append(fault("PAR901", place, message, advice="remove or rename one"))
            if depth == 0 and self._keys is not None:
                self._spelt = name in self._keys
            mapping.put(name, self.value(child, depth + 1), place)
        return mapping

    def _key(self, node: yaml.Node) -> str | None:
        tag = node.tag.rpartition(":")[2]
        if isinstance(node, yaml.ScalarNode) and tag == "str":
            return str(node.value)
        at = self.at(node)
        if tag == "merge":
            self.findings.append(fault("PAR901", at, "`<<` is not part of the spec language", advice="write it out"))
        elif isinstance(node, yaml.ScalarNode):
            kind = {"bool": "a boolean", "int": "a number", "float": "a number", "null": "null"}.get(tag, f"a {tag}")
            advice = f"put it in quotes: '{node.value}'"
            message = f"the key {node.value} is {kind} to YAML, and a key must be text"
            self.findings.append(fault("PAR901", at, message, advice=advice))
        else:
            self.findings.append(fault("PAR901", at, "a key must be text"))
        return None

    def _list(self, node: yaml.Node, at: Place, depth: int) -> LocatedList:
        if node.tag != "tag:yaml.org,2002:seq":
            self._refuse_tag(node)
        items = LocatedList(at)
        for child in node.value:
            items.add(self.value(child, depth + 1), self.at(child))
        return items

    def _scalar(self, node: yaml.ScalarNode) -> object:
        text: str = node.value
        try:
            match node.tag.rpartition(":")[2]:
                case "str" if self._spelt:
                    spelling = self._lines.text[node.start_mark.index : node.end_mark.index]
                    return LocatedText.read(text, self.at(node), spelling)
                case "str":
                    return text
                case "bool":
                    return _BOOLEANS[text]
                case "int":
                    return _integer(text)
                case "float":
                    return _number(text)
                case "null" if text in _NULLS:
                    return None
                case "timestamp":
                    return date.fromisoformat(text)
                case _:
                    self._refuse_tag(node)
        except (KeyError, ValueError):
            kind, instead = _AMBIGUOUS[node.tag.rpartition(":")[2]]
            advice = f"write {instead}; if it is a text, put it in quotes"
            self.findings.append(fault("PAR901", self.at(node), f"{text} is {kind}", advice=advice))
        return None

    def _refuse_tag(self, node: yaml.Node) -> None:
        tag = node.tag.replace("tag:yaml.org,2002:", "!!")
        message = f"the tag {tag} is not part of the spec language"
        self.findings.append(fault("PAR901", self.at(node), message, advice="write the plain value"))


def _integer(text: str) -> int:
    digits = text.lstrip("+-")
    if not digits.isascii() or not digits.isdigit() or (len(digits) > 1 and digits[0] == "0"):
        raise ValueError(text)
    return int(text)


def _number(text: str) -> float:
    value = float(text.replace("_", "?"))
    if not math.isfinite(value):
        raise ValueError(text)
    return value
