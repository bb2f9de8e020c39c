r"""Classes and escapes to the characters that they stand for."""

from __future__ import annotations

import re

from .case_folding import in_any_case
from .characters import DIGITS, SPACES, WORD, Ranges, complement, merged
from .pattern_syntax import RegexError
from .properties import UnknownProperty, property_of
from .scanner import Scanner

__all__ = ["SetReader"]

_CONTROLS = {"t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D}
_HEX = re.compile("x([0-9A-Fa-f]{2})")
_UNIT = re.compile(r"u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]+)\}")
_LOW = re.compile(r"\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")
_CONTROL = re.compile("c([A-Za-z])")
_NUL = re.compile("0(?![0-9])")
_PROPERTY = re.compile(r"[pP]\{([A-Za-z0-9_=]*)\}")


class SetReader:
    """Reads what stands for one character of a set."""

    def __init__(self, text: Scanner) -> None:
        self._text = text

    def class_(self, start: int, *, any_case: bool) -> Ranges:
        """The set of a class, the `[` of which has been taken."""
        negative = self._text.take("^")
        parts: list[tuple[int, int]] = []
        while not self._text.take("]"):
            if self._text.ended:
                message = "the class is not closed"
                raise RegexError(message, start)
            parts.extend(self._range(any_case=any_case))
        ranges = in_any_case(merged(parts)) if any_case else merged(parts)
        return complement(ranges) if negative else ranges

    def _range(self, *, any_case: bool) -> Ranges:
        start = self._text.at
        first = self._member(any_case=any_case)
        if self._text.peek != "-" or self._text.text[self._text.at + 1 : self._text.at + 2] in ("]", ""):
            return first
        self._text.next()
        last = self._member(any_case=any_case)
        if not (_is_single(first) and _is_single(last)):
            # As without the flag `u`: a class in a class is no end of a range, so the sign stands for itself.
            return merged([*first, (ord("-"), ord("-")), *last])
        if first[0][0] > last[0][0]:
            message = f"the range {self._text.since(start)} is out of order"
            raise RegexError(message, start)
        return ((first[0][0], last[0][0]),)

    def _member(self, *, any_case: bool) -> Ranges:
        start = self._text.at
        character = self._text.next()
        if character != "\\":
            return _single(ord(character))
        if self._text.take("b"):
            return _single(0x08)
        return self.escape(start, any_case=any_case)

    def escape(self, start: int, *, any_case: bool) -> Ranges:
        """The set of an escape, the backslash of which has been taken."""
        for form, read in ((_HEX, self._hexadecimal), (_UNIT, self._unit), (_PROPERTY, self._property)):
            if found := self._text.match(form):
                return read(found, start)
        if found := self._text.match(_CONTROL):
            return _single(ord(found[1]) % 32)
        if self._text.match(_NUL):
            return _single(0)
        letter = self._text.next()
        if letter in _CONTROLS:
            return _single(_CONTROLS[letter])
        if letter in "dDwWsS":
            ranges = {"d": DIGITS, "w": in_any_case(WORD) if any_case else WORD, "s": SPACES}[letter.lower()]
            return ranges if letter.islower() else complement(ranges)
        if letter.isalnum():
            message = f"\\{letter} is no escape of ECMA-262"
            raise RegexError(message, start)
        return _single(ord(letter))

    def _hexadecimal(self, found: re.Match[str], _: int) -> Ranges:
        return _single(int(found[1], 16))

    def _unit(self, found: re.Match[str], start: int) -> Ranges:
        digits = found[1] or found[2].lstrip("0") or "0"
        if len(digits) > 6 or int(digits, 16) > 0x10FFFF:
            message = f"\\{found[0]} is beyond the last character"
            raise RegexError(message, start)
        code = int(digits, 16)
        if found[1] and 0xD800 <= code < 0xDC00 and (low := self._text.match(_LOW)):
            code = 0x10000 + ((code - 0xD800) << 10) + int(low[1], 16) - 0xDC00
        return _single(code)

    def _property(self, found: re.Match[str], start: int) -> Ranges:
        try:
            ranges = property_of(found[1])
        except UnknownProperty as error:
            message = f"\\{found[0]}: {error}"
            raise RegexError(message, start) from None
        return ranges if found[0][0] == "p" else complement(ranges)


def _single(code: int) -> Ranges:
    return ((code, code),)


def _is_single(ranges: Ranges) -> bool:
    return len(ranges) == 1 and ranges[0][0] == ranges[0][1]
