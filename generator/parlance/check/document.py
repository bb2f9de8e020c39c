"""A document of any format: a value, the faults of its text, and the places of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..finding.text_fault import TextFault
from .text_source import InnerSource, TextSource

if TYPE_CHECKING:
    from ..finding import Finding, Span
    from ..yaml_text.nodes import YamlDocument
    from .json_outline import Outline
    from .json_places import Located
    from .streams.stream_event import StreamEvent

__all__ = ["Document", "JsonPlaces", "Location", "Places", "YamlPlaces"]


_WORD = r"[\w.+-]+"


class Location(NamedTuple):
    """Where a value stands, and its key where it has one."""

    value: Span
    key: Span | None


class Places(Protocol):
    """Whatever can say where the parts of a document stand."""

    def locations(self, pointers: Iterable[str]) -> Mapping[str, Location]:
        """The places of those pointers that exist."""
        ...

    def location(self, pointer: str) -> Location | None:
        """The place of one pointer, if it exists; asking for many one by one takes no longer for each."""
        ...

    def inside(self, pointer: str, text: str) -> TextSource | None:
        """The *text* of the string at *pointer*, which knows where it is written; None where that is not plain."""
        ...


class JsonPlaces:
    """The places in a JSON text; what finds them is loaded when one is asked for, as for a finding."""

    def __init__(self, source: TextSource) -> None:
        self._source = source

    def locations(self, pointers: Iterable[str]) -> Mapping[str, Location]:
        """The places of those pointers that exist."""
        if "outline" in vars(self):
            places = ((pointer, self._place(pointer)) for pointer in pointers)
            return {pointer: self._location(place) for pointer, place in places if place}
        from .json_places import locate

        found = locate(self._source.text, pointers)
        return {pointer: self._location(place) for pointer, place in found.items()}

    def location(self, pointer: str) -> Location | None:
        """The place of one pointer, if it exists."""
        place = self._place(pointer)
        return self._location(place) if place else None

    @cached_property
    def outline(self) -> Outline:
        """What was walked over of the text."""
        from .json_outline import Outline

        return Outline(self._source)

    def _place(self, pointer: str) -> Located | None:
        try:
            return self.outline.place(pointer)
        except RecursionError:  # called with the stack nearly full, on a document nested nearly as deep as is accepted
            return None

    def _location(self, place: Located) -> Location:
        span = self._source.span
        return Location(span(place.start, place.end), span(*place.key) if place.key else None)

    def inside(self, pointer: str, text: str) -> TextSource | None:
        """The *text* of the string at *pointer*, which knows where it is written."""
        from .json_places import characters

        place = self._place(pointer)
        offsets = characters(self._source.text, place.start) if place else []
        return InnerSource(self._source, text, offsets) if len(offsets) == len(text) + 1 else None


class YamlPlaces:
    """The places in a YAML document."""

    def __init__(self, source: TextSource, document: YamlDocument) -> None:
        self._source = source
        self.document = document

    def locations(self, pointers: Iterable[str]) -> Mapping[str, Location]:
        """The places of those pointers that exist."""
        return {pointer: location for pointer in pointers if (location := self.location(pointer))}

    def location(self, pointer: str) -> Location | None:
        """The place of one pointer, if it exists."""
        node, span = self.document.find(pointer), self._source.span
        return Location(span(node.start, node.end), span(*node.key) if node.key else None) if node else None

    def inside(self, pointer: str, text: str) -> TextSource | None:
        """The *text* of the string at *pointer*, which knows where it is written."""
        node = self.document.find(pointer)
        if node is None:
            return None
        from .yaml_characters import characters

        if offsets := characters(self._source.text, node.start, node.end, text):
            return InnerSource(self._source, text, offsets)
        if text not in self._source.text[node.start : node.end]:
            return None
        start = self._source.text.index(text, node.start)
        return InnerSource(self._source, text, range(start, start + len(text) + 1))


class Document(NamedTuple):
    """One JSON value to be checked, wherever it came from."""

    value: object
    faults: tuple[TextFault, ...] = ()
    complete: bool = True
    """False where a fault left no value to check."""

    source: TextSource | None = None
    """None for a decoded payload."""

    places: Places | None = None
    remarks: Mapping[str, str] = {}
    """By pointer, what the format made of a value."""

    size: int = 0
    """How many bytes of the file it takes, up to the next one; 0 where that is not known."""

    is_line: bool = False
    """Whether it is a line among others."""

    skimmed: int = 0
    """Of how many lines that were seen to be clean it stands for, without their values; 0 for any other document."""

    event: StreamEvent | None = None
    """What it is to the stream that it is an event of."""

    address: str = ""
    """Where it is sent, or comes from, as the text around it says."""

    @property
    def file(self) -> str:
        """The name of the file; empty for a decoded payload."""
        return self.source.file if self.source else ""

    def text_findings(self) -> Iterator[Finding]:
        """The faults of the text itself."""
        from ..finding import Finding
        from ..finding.catalogue import CATALOGUE

        for fault in self.faults:
            yield Finding(
                code=fault.code,
                severity=CATALOGUE[fault.code].severity,
                pointer=fault.pointer,
                message=fault.message,
                span=self.source.span(fault.start, fault.end) if self.source else None,
                help=fault.help,
            )

    def locations(self, pointers: Iterable[str]) -> Mapping[str, Location]:
        """The places of those pointers that exist; empty without a text."""
        return self.places.locations(pointers) if self.places else {}

    def location(self, pointer: str) -> Location | None:
        """The place of one pointer, if it exists."""
        return self.places.location(pointer) if self.places else None

    def written(self, pointer: str) -> str | None:
        """The word at *pointer* as it stands in the text, such as `1.50`; None where it is no plain one."""
        location = self.location(pointer)
        line = self.source.line(location.value.line) if self.source and location else None
        if location is None or line is None or location.value.end_line != location.value.line:
            return None
        text = line[location.value.column - 1 : location.value.end_column - 1]
        return text if re.fullmatch(_WORD, text) else None

    def inside(self, pointer: str, text: str) -> TextSource:
        """The *text* of the string at *pointer*; it knows its place in the file, where that is known."""
        found = self.places.inside(pointer, text) if self.places else None
        return found or TextSource("", text)
