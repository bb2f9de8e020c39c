"""JSON, read slowly: every fault of a text with its place, and the value as far as there is one."""

from __future__ import annotations

import json
import math
import re

from ..finding.pointer import joined
from ..finding.text_fault import TextFault
from . import json_mistakes as mistakes
from .encoding import without_surrogates
from .text_source import DEPTH, Parsed, TextSource

__all__ = ["parse"]

_SPACE = re.compile(r"[ \t\n\r]*+")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(\.[0-9]++)?([eE][+-]?[0-9]++)?(?![\w.])", re.ASCII)
_LITERAL = re.compile(r"(?:true|false|null|-?Infinity|NaN)(?![\w$])")
_VALUES = {"true": True, "false": False, "null": None}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)")
_DECODE = json.JSONDecoder().raw_decode
_OPEN = object()


def parse(source: TextSource) -> Parsed:
    """The value of a JSON text and all its faults. Iterative: no depth and no length makes it fail."""
    parser = _JsonParser(source)
    try:
        return Parsed(parser.document(), parser.faults, complete=True)
    except _BrokenJson as broken:
        return Parsed(None, [*parser.faults, broken.fault], complete=False)


class _BrokenJson(Exception):
    def __init__(self, fault: TextFault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class _JsonFrame:
    """A container that is being read."""

    __slots__ = ("container", "key", "keys", "opened")

    def __init__(self, container: dict[str, object] | list[object], opened: mistakes.Opened) -> None:
        self.container = container
        self.opened = opened
        self.key = ""
        self.keys: dict[str, int] = {}


class _JsonParser:
    def __init__(self, source: TextSource) -> None:
        self.source = source
        self.text = source.text
        self.at = 0
        self.last = 0
        self.stack: list[_JsonFrame] = []
        self.faults: list[TextFault] = []

    def document(self) -> object:
        self._skip()
        while True:
            value = self._value()
            if value is _OPEN:
                continue
            while self.stack:
                self._store(value)
                if self._continues():
                    break
                value = self.stack.pop().container
            else:
                self._end()
                return value

    def _skip(self) -> str:
        """The next character that is not white space; empty at the end."""
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at
        return self.text[self.at : self.at + 1]

    def _opened(self) -> list[mistakes.Opened]:
        return [frame.opened for frame in self.stack]

    def _pointer(self) -> str:
        keys = [len(one.container) if isinstance(one.container, list) else one.key for one in self.stack]
        return joined(keys)

    def _value(self) -> object:
        char = self.text[self.at : self.at + 1]
        if char == '"':
            return self._string()
        if char and char in "{[":
            return self._open(char)
        if match := _NUMBER.match(self.text, self.at):
            return self._number(match)
        if match := _LITERAL.match(self.text, self.at):
            self.at = self.last = match.end()
            return self._literal(match)
        raise _BrokenJson(mistakes.no_value(self.source, self.at, self._opened()))

    def _open(self, bracket: str) -> object:
        if len(self.stack) == DEPTH:
            message = f"nested more than {DEPTH} levels deep"
            advice = "flatten it; what follows is not checked"
            raise _BrokenJson(TextFault("PAR008", message, self.at, self.at + 1, advice))
        container: dict[str, object] | list[object] = {} if bracket == "{" else []
        self.stack.append(_JsonFrame(container, mistakes.Opened(bracket, self.at)))
        self.at += 1
        if self._skip() == ("}" if bracket == "{" else "]"):
            self.at += 1
            self.last = self.at
            return self.stack.pop().container
        if bracket == "{":
            self._key()
        return _OPEN

    def _key(self) -> None:
        frame, start = self.stack[-1], self.at
        if self.text[start : start + 1] != '"':
            raise _BrokenJson(mistakes.no_key(self.source, start, self._opened()))
        frame.key = ""
        before = len(self.faults)
        frame.key = key = self._string()
        if len(self.faults) > before:
            pointer = self._pointer()
            self.faults[before:] = [fault._replace(pointer=pointer) for fault in self.faults[before:]]
        if key in frame.keys:
            line, column = self.source.place(frame.keys[key])
            message = f"the key {key[:40]!r} was already given at line {line}, column {column}"
            advice = "remove one; the last one counts"
            self.faults.append(TextFault("PAR004", message, start, self.at, advice, self._pointer()))
        frame.keys.setdefault(key, start)
        if self._skip() != ":":
            raise _BrokenJson(mistakes.not_followed(self.source, self.at, self.last, self._opened(), key=True))
        self.at += 1
        self._skip()

    def _string(self) -> str:
        start = self.at
        try:
            text: str
            text, self.at = _DECODE(self.text, start)
        except ValueError:
            raise _BrokenJson(mistakes.bad_string(self.source, start)) from None
        self.last = self.at
        if text.isascii() or without_surrogates(text) == text:
            return text
        place = _lone_surrogate(self.text, start, self.at)
        message = f"{self.text[place : place + 6]} is one half of a surrogate pair"
        advice = "write the character itself, or both halves"
        self.faults.append(TextFault("PAR007", message, place, place + 6, advice, self._pointer()))
        return without_surrogates(text)

    def _number(self, match: re.Match[str]) -> int | float:
        self.at = self.last = match.end()
        try:
            number: int | float = float(match[0]) if match[1] or match[2] else int(match[0])
        except ValueError:
            number = math.inf
        if number not in (math.inf, -math.inf):
            return number
        message = f"{_shortened(match[0])} is too large for a 64-bit number"
        self._note("PAR006", message, match, "write a smaller one, or a string")
        return 0

    def _literal(self, match: re.Match[str]) -> object:
        if match[0] in _VALUES:
            return _VALUES[match[0]]
        self._note("PAR005", f"{match[0]} is not a JSON number", match, "write a finite number, or null")
        return 0

    def _note(self, code: str, message: str, match: re.Match[str], advice: str) -> None:
        self.faults.append(TextFault(code, message, *match.span(), advice, self._pointer()))

    def _store(self, value: object) -> None:
        frame = self.stack[-1]
        if isinstance(frame.container, list):
            frame.container.append(value)
        else:
            frame.container[frame.key] = value

    def _continues(self) -> bool:
        """Whether the innermost container has a next element; reads up to its value, or past the closing bracket."""
        closer = "}" if self.stack[-1].opened.bracket == "{" else "]"
        char = self._skip()
        if char == closer:
            self.at += 1
            self.last = self.at
            return False
        if char != ",":
            raise _BrokenJson(mistakes.not_followed(self.source, self.at, self.last, self._opened(), key=False))
        comma = self.at
        self.at += 1
        if self._skip() == closer:
            raise _BrokenJson(mistakes.trailing_comma(comma, closer))
        if closer == "}":
            self._key()
        return True

    def _end(self) -> None:
        if self._skip():
            raise _BrokenJson(mistakes.not_followed(self.source, self.at, self.last, [], key=False))


def _lone_surrogate(text: str, start: int, end: int) -> int:
    """Where the first escape stands that names half a pair."""
    high = -1
    for escape in _ESCAPE.finditer(text, start, end):
        unit = int(escape[1], 16) if escape[1] else 0
        if 0xDC00 <= unit <= 0xDFFF and high == escape.start():
            high = -1
            continue
        if high >= 0:
            return high - 6
        if 0xDC00 <= unit <= 0xDFFF:
            return escape.start()
        high = escape.end() if 0xD800 <= unit <= 0xDBFF else -1
    return high - 6


def _shortened(number: str) -> str:
    return number if len(number) <= 30 else f"a number of {len(number)} characters"
