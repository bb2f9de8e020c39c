"""Text that is nearly JSON to JSON, with the place of each character: JSON5, comments, and templates not filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..finding.pointer import value_at, with_ancestors
from ..finding.text_fault import TextFault
from .document import Document, JsonPlaces, Location
from .json_reader import read
from .text_source import InnerSource, TextSource

__all__ = ["PLACEHOLDER", "RelaxedPlaces", "explained", "is_placeholder", "moved", "relaxed_document", "with_templates"]

PLACEHOLDER = "\ue000"
"""What a text begins with that stands for a template."""

_TOKEN = re.compile(
    r"""
    (?P<template> \{\{[^{}\n]{1,200}\}\} | \$\{[^{}\n]{1,200}\} )
    | (?P<comment> //[^\n]*+ | /\*(?:[^*]|\*(?!/))*+\*/ )
    | (?P<double> "(?:[^"\\\n]|\\.)*+" )
    | (?P<single> '(?:[^'\\\n]|\\.|\\\n)*+' )
    | (?P<hex> [+-]?0[xX][0-9a-fA-F]++ )
    | (?P<number> [+-]?(?:\.[0-9]++|[0-9]++\.?[0-9]*+)(?:[eE][+-]?[0-9]++)? )
    | (?P<word> [A-Za-z_$][\w$]*+ )
    | (?P<comma> , )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_SPACE_AND_COMMENTS = re.compile(r"(?:\s++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+")
_LITERALS = frozenset({"true", "false", "null", "NaN", "Infinity"})
_BLOCK = re.compile(r"\{%[-+]?\s|\{\{[-#^/]")
_TEMPLATE = re.compile(r"\{\{[^{}\n]{1,200}\}\}|\$\{[^{}\n]{1,200}\}")
_PYTHON = re.compile(r"\s*+[\[({]*+\{?'[^']*+'\s*+:")
_PYTHON_WORD = re.compile(r":\s*+(?:True|False|None)\b")
_OBJECT = re.compile(r"\s*+\[?([A-Z]\w*+)\(\w++=")

_NOT_FILLED = "PAR013"
_UNRENDERED = "PAR014"
_NO_JSON = "PAR001"


class _Converted(NamedTuple):
    text: str
    offsets: list[int]
    """The place of each character, and of the end."""

    templates: list[tuple[int, int]]


class RelaxedPlaces:
    """Places in a text that was converted; what is found there is not written back."""

    def __init__(self, source: TextSource, text: str, offsets: Sequence[int]) -> None:
        """*offsets* has the place in *source* of each character of the JSON *text*."""
        self._written = text, offsets
        self._places = JsonPlaces(InnerSource(source, text, offsets))

    def over(self, source: TextSource) -> RelaxedPlaces:
        """The same where the text stands in another one."""
        return RelaxedPlaces(source, *self._written)

    def locations(self, pointers: Iterable[str]) -> Mapping[str, Location]:
        """The places of those pointers that exist."""
        return self._places.locations(pointers)

    def location(self, pointer: str) -> Location | None:
        """The place of one pointer, if it exists."""
        return self._places.location(pointer)

    def inside(self, pointer: str, text: str) -> TextSource | None:
        """The *text* of the string at *pointer*, which knows where it is written."""
        return self._places.inside(pointer, text)


def moved(document: Document, source: TextSource) -> Document:
    """A document of a text, where the text stands in another one."""
    places = document.places
    return document._replace(
        source=source, places=places.over(source) if isinstance(places, RelaxedPlaces) else JsonPlaces(source)
    )


def relaxed_document(document: Document) -> Document:
    """A text of a format in which comments and the like are right, as a document; itself where it is broken."""
    return _read(document, is_json5=True) or document


def with_templates(document: Document) -> Document:
    """A broken text as it is with its templates as texts, each a note; itself where that does not help."""
    source = document.source
    if source is None or not _TEMPLATE.search(source.text):
        return document
    return _read(document, is_json5=False) or document


def is_placeholder(document: object, pointer: str) -> bool:
    """Whether a template stands at *pointer*, or above it, in place of a value."""
    places = (value_at(document, place) for place in with_ancestors(pointer) if pointer)
    return any(isinstance(value, str) and value.startswith(PLACEHOLDER) for value in places)


def explained(document: Document) -> Document:
    """A broken text with what it is, where that shows: a template, or what Python prints."""
    text = document.source.text if document.source else ""
    start = len(text) - len(text.lstrip())
    found: TextFault | None = None
    if block := _BLOCK.search(text):
        message = "this is JSON only after its template is rendered"
        found = TextFault(_UNRENDERED, message, block.start(), block.end(), "render it, and check what comes out")
    elif printed := _OBJECT.match(text):
        message = f"this is what Python prints of an object of the class {printed[1]}, and no JSON"
        found = TextFault(_NO_JSON, message, start, printed.end(1), "print object.model_dump_json(exclude_unset=True)")
    elif _PYTHON.match(text) and _PYTHON_WORD.search(text):
        message = "this is what Python prints of a dictionary, and no JSON"
        found = TextFault(_NO_JSON, message, start, start + 1, "print json.dumps(dictionary)")
    return document._replace(faults=(found,)) if found else document


def _read(document: Document, *, is_json5: bool) -> Document | None:
    source = document.source
    converted = _converted(source.text, is_json5=is_json5) if source else None
    if source is None or converted is None:
        return None
    inner = InnerSource(source, converted.text, converted.offsets)
    value, faults, complete = read(inner)
    if not complete:
        return None
    notes = [_note(source.text, start, end) for start, end in converted.templates]
    rest = [one._replace(start=converted.offsets[one.start], end=converted.offsets[one.end]) for one in faults]
    places = RelaxedPlaces(source, converted.text, converted.offsets)
    return document._replace(value=value, faults=(*notes, *rest), complete=True, places=places)


def _note(text: str, start: int, end: int) -> TextFault:
    message = f"{text[start:end]} is not filled in: what it stands for is not judged"
    return TextFault(_NOT_FILLED, message, start, end)


def _converted(text: str, *, is_json5: bool) -> _Converted | None:
    """The text as JSON; None where something is in it that is not accepted."""
    parts: list[str] = []
    offsets: list[int] = []
    templates: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        piece = token[0]
        match token.lastgroup:
            case "template":
                templates.append((start, end))
                piece = '"' + PLACEHOLDER + piece.replace("\\", "").replace('"', "") + '"'
            case "comment" | "single" | "hex" if not is_json5:
                return None
            case "comment":
                piece = ""
            case "comma" if is_json5:
                after = _SPACE_AND_COMMENTS.match(text, end)
                piece = "" if after and text[after.end() : after.end() + 1] in ("}", "]") else ","
            case "single":
                piece, places = _requoted(piece, start)
                parts.append(piece)
                offsets += places
                continue
            case "hex":
                piece = str(int(piece, 16))
            case "number" if is_json5:
                piece = _plain_number(piece)
            case "word" if is_json5 and piece not in _LITERALS:
                piece = f'"{piece}"'
            case _:
                pass
        parts.append(piece)
        offsets += range(start, end) if piece == token[0] else _spread(start, end, len(piece))
    return _Converted("".join(parts), [*offsets, len(text)], templates)


def _spread(start: int, end: int, count: int) -> Iterator[int]:
    """Places for as many characters as were written in place of others."""
    return (min(start + max(number - 1, 0), end - 1) for number in range(count))


def _requoted(text: str, start: int) -> tuple[str, list[int]]:
    """A text in single quotes in double ones."""
    parts, offsets = ['"'], [start]
    at = 1
    while at < len(text) - 1:
        piece = text[at : at + 2] if text[at] == "\\" else text[at]
        written = {"\\'": "'", "\\\n": "", '"': '\\"'}.get(piece, piece)
        parts.append(written)
        offsets += [start + at] * len(written)
        at += len(piece)
    return "".join([*parts, '"']), [*offsets, start + len(text) - 1]


def _plain_number(text: str) -> str:
    number = text.removeprefix("+")
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    digits = f"0{digits}" if digits.startswith(".") else digits
    return sign + re.sub(r"\.(?=[eE]|\Z)", "", digits)
