"""Regular expressions of ECMA-262 as Python has them: the one place where the package asks about patterns."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

__all__ = ["Regex", "RegexError", "parse", "python_pattern"]

_SPACES = "\\t-\\r \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
_NOT_SPACES = (
    "\\x00-\\x08\\x0e-\\x1f!-\\x9f\\xa1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-\\u205e\\u2060-\\u2fff"
    "\\u3001-\\ufefe\\uff00-\\U0010ffff"
)
_CLASSES = {
    "d": "0-9",
    "D": "\\x00-/:-\\U0010ffff",
    "w": "0-9A-Z_a-z",
    "W": "\\x00-/:-@\\[-\\^`{-\\U0010ffff",
    "s": _SPACES,
    "S": _NOT_SPACES,
}
_CONTROLS = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "0": "\0"}
_ESCAPE = re.compile(
    r"\\(?:(?P<pair>u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|u(?P<four>[0-9a-fA-F]{4})"
    r"|u\{(?P<long>[0-9a-fA-F]+)\}|x(?P<two>[0-9a-fA-F]{2})|c(?P<control>[A-Za-z])|(?P<property>[pP]\{[^}]*\})"
    r"|k<(?P<name>\w+)>|(?P<digits>[1-9][0-9]*)|(?P<other>.))",
    re.DOTALL,
)
_GROUP = re.compile(r"\((?:\?(?:[:=!]|<[=!]|<(?P<name>[A-Za-z_$]\w*)>))?")
_COUNT = re.compile(r"(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??")


class Regex(NamedTuple):
    """A regular expression that was read."""

    source: str
    translated: str


class RegexError(Exception):
    """A text that is no regular expression."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@cache
def parse(pattern: str) -> Regex:
    """Read *pattern*. Raises `RegexError`."""
    translated = "".join(_Translation(pattern).parts())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(translated)
    except (re.error, OverflowError, RecursionError) as error:
        raise RegexError(str(error).partition(" at position")[0], 0) from None
    return Regex(pattern, translated)


def python_pattern(regex: Regex) -> str:
    """What `re.compile` makes the same of."""
    return regex.translated


class _Translation:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def parts(self) -> Iterator[str]:
        """The pieces of the pattern in Python's words."""
        yield "(?a)" if "\\b" in self.pattern.lower() else ""
        repeatable = False
        while self.at < len(self.pattern):
            character = self.pattern[self.at]
            if character in "*+?{":
                yield self._count(repeatable=repeatable)
                repeatable = False
                continue
            repeatable = character not in "^|("
            yield self._piece(character)

    def _piece(self, character: str) -> str:
        match character:
            case "\\":
                return self._escape(inside=False)
            case "[":
                return self._set()
            case "(":
                return self._group()
            case "$" | "." | "}" | "]":
                self.at += 1
                return {"$": "\\Z", ".": "[^\\n\\r\\u2028\\u2029]", "}": "\\}", "]": "\\]"}[character]
            case _:
                self.at += 1
                return character if character in "^|)" else re.escape(character)

    def _count(self, *, repeatable: bool) -> str:
        found = _COUNT.match(self.pattern, self.at)
        if found is None:
            self.at += 1
            return "\\{"
        if not repeatable:
            raise RegexError("nothing to repeat", self.at)
        self.at = found.end()
        return found[0]

    def _group(self) -> str:
        found = _GROUP.match(self.pattern, self.at)
        if found is None or (found[0] == "(" and self.pattern.startswith("(?", self.at)):
            raise RegexError("an unknown kind of group", self.at)
        self.at = found.end()
        return f"(?P<{found['name']}>" if found["name"] else found[0]

    def _escape(self, *, inside: bool) -> str:
        start = self.at
        found = _ESCAPE.match(self.pattern, start)
        if found is None:
            raise RegexError("a backslash at the end", start)
        self.at = found.end()
        kind, text = str(found.lastgroup), str(found[str(found.lastgroup)])
        match kind:
            case "pair":
                return re.escape(chr(0x10000 + ((int(text[1:5], 16) & 0x3FF) << 10) + (int(text[7:], 16) & 0x3FF)))
            case "four" | "two" | "long":
                if int(text, 16) > 0x10FFFF:
                    raise RegexError("no such character", start)
                return re.escape(chr(int(text, 16)))
            case "control":
                return re.escape(chr(ord(text) % 32))
            case "property":
                ranges = _property(text[2:-1], start)
                body = ranges if text[0] == "p" else _complement(ranges)
                return body if inside else f"[{body}]"
            case "name":
                return f"(?P={text})"
            case "digits" if not inside:
                return f"(?:\\{text})"
            case _:
                return self._other(text, start, inside=inside)

    def _other(self, text: str, start: int, *, inside: bool) -> str:
        if text in _CLASSES:
            return _CLASSES[text] if inside else f"[{_CLASSES[text]}]"
        if text in _CONTROLS:
            return re.escape(_CONTROLS[text])
        if text in "bB" and not inside:
            return f"\\{text}"
        if text == "b":
            return "\\x08"
        if text.isalnum():
            raise RegexError(f"\\{text} is no escape", start)
        return re.escape(text)

    def _set(self) -> str:
        start = self.at
        self.at += 1
        negated = self.pattern.startswith("^", self.at)
        self.at += negated
        parts: list[str] = []
        while not self.pattern.startswith("]", self.at):
            if self.at >= len(self.pattern):
                raise RegexError("a set that is not closed", start)
            character = self.pattern[self.at]
            if character == "\\":
                parts.append(self._escape(inside=True))
                continue
            self.at += 1
            parts.append("-" if character == "-" and parts and parts[-1] != "-" else re.escape(character))
        self.at += 1
        if not parts:
            return "[\\x00-\\U0010ffff]" if negated else "(?!)"
        if parts[-1] == "-":
            parts[-1] = "\\-"
        return f"[{'^' if negated else ''}{''.join(parts)}]"


_ALIASES = {
    "Letter": "L", "Lowercase_Letter": "Ll", "Uppercase_Letter": "Lu", "Titlecase_Letter": "Lt", "Mark": "M",
    "Number": "N", "Decimal_Number": "Nd", "digit": "Nd", "Punctuation": "P", "punct": "P", "Symbol": "S",
    "Separator": "Z", "Space_Separator": "Zs", "Other": "C", "Control": "Cc", "cntrl": "Cc", "Any": "",
}


@cache
def _property(name: str, offset: int) -> str:
    """The ranges of characters that have a general category."""
    value = name.removeprefix("gc=").removeprefix("General_Category=")
    category = _ALIASES.get(value, value)
    if value not in _ALIASES and not re.fullmatch("[CLMNPSZ][a-z]?", category):
        raise RegexError(f"\\p{{{name}}} is no general category", offset)
    ranges: list[list[int]] = []
    for code in range(0x110000):
        if unicodedata.category(chr(code)).startswith(category):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


def _complement(ranges: str) -> str:
    bounds = [int(each, 16) for each in re.findall(r"\\U([0-9a-f]{8})", ranges)]
    edges = [0, *(edge for first, last in zip(bounds[::2], bounds[1::2], strict=True) for edge in (first, last + 1))]
    pairs = zip(edges[::2], [*edges[1::2], 0x110000], strict=True)
    return "".join(f"\\U{first:08x}-\\U{last - 1:08x}" for first, last in pairs if first < last)
