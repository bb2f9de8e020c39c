"""A YAML file to data that remembers its places; what JSON cannot say is refused."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from ..finding import Lines, LocatedList, LocatedMap, LocatedText, Place, SpecError, fault
from ..yaml_text.event_reader import read
from ..yaml_text.events import NoParserError
from ..yaml_text.nodes import YamlDocument, YamlNode
from .yaml_usage import SpecUsage

__all__ = ["read_file", "read_header", "read_list", "read_text", "shown"]

_NONE: frozenset[str] = frozenset()
_RULES = frozenset({"rules"})
_Root = TypeVar("_Root", LocatedMap, LocatedList)


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
    file = _SpecFile(name, text, spelt=spelt)
    node = file.root()
    value = file.value(node)
    if not isinstance(value, kind):
        raise SpecError([fault("PAR901", file.place(node.start), f"the file must hold {words}")])
    return value


def shown(path: Path) -> str:
    """A path as messages print it: from the working folder, where it lies within."""
    absolute = path.absolute()
    here = Path.cwd()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix()


class _SpecFile:
    """The text of one file, and its values with their places in it."""

    def __init__(self, name: str, text: str, *, spelt: frozenset[str] | None) -> None:
        """The texts below the keys *spelt* know how they are spelt; all do for None."""
        self.name = name
        self._lines = Lines(text)
        self._keys = spelt

    def place(self, offset: int) -> Place:
        """Where a character stands."""
        return Place(self.name, *self._lines.place(offset))

    def root(self) -> YamlNode:
        """The value of the only document."""
        first, *others = self._documents() or [YamlDocument(None, [], {})]
        self._check_faults(first)
        if others:
            if others[0].root is None:
                self._check_faults(others[0])
            message, advice = "a second document begins here", "a file of a spec holds one: remove `---`"
            raise SpecError([fault("PAR901", self.place(others[0].start), message, advice=advice)])
        if first.root is None:
            raise SpecError([fault("PAR901", self.place(0), "the file is empty", advice="write it, or remove it")])
        return first.root

    def _check_faults(self, document: YamlDocument) -> None:
        if document.faults:
            found = sorted(document.faults, key=lambda one: one.start)
            raise SpecError(
                fault(one.code, self.place(document.start + one.start), one.message, advice=one.help) for one in found
            )

    def _documents(self) -> list[YamlDocument]:
        try:
            return list(read(self._lines.text, SpecUsage(self._lines)))
        except NoParserError as error:
            message = f"{error.message}, and a spec is read by it"
            raise SpecError([fault("PAR901", self.place(0), message, advice=error.advice)]) from None

    def value(self, node: YamlNode) -> object:
        """What the root holds; each alias has a copy of its own."""
        if self._keys is None or not isinstance(node.value, dict):
            return self._contents(node, spelt=self._keys is None)
        mapping = LocatedMap(self.place(node.start))
        for name, child in node.children.items():
            self._put(mapping, name, child, spelt=name in self._keys)
        return mapping

    def _put(self, mapping: LocatedMap, name: str, child: YamlNode, *, spelt: bool) -> None:
        at = self.place(child.key[0] if child.key else child.start)
        mapping.put(name, self._contents(child, spelt=spelt), at)

    def _contents(self, node: YamlNode, *, spelt: bool) -> object:
        match node.value:
            case dict():
                mapping = LocatedMap(self.place(node.start))
                for name, child in node.children.items():
                    self._put(mapping, name, child, spelt=spelt)
                return mapping
            case list():
                items = LocatedList(self.place(node.start))
                for child in node.children.values():
                    items.add(self._contents(child, spelt=spelt), self.place(child.start))
                return items
            case str(text) if spelt:
                return LocatedText.read(text, self.place(node.start), self._lines.text[node.start : node.end])
            case value:
                return value
