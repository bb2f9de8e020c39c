"""The pieces of a pattern: characters, escapes and sets."""

from __future__ import annotations

__all__ = ["CLASSES", "DIGITS", "OCTAL", "PatternError", "PatternScanner"]

OCTAL = frozenset("01234567")
"""Digits of an octal number."""

DIGITS = frozenset("0123456789")
"""Digits, of which `re` takes no others."""

CLASSES = frozenset("dDsSwW")
"""Letters that stand for many characters after a backslash."""

_HEX = frozenset("0123456789abcdefABCDEF")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_CONTROLS = dict(zip("abfnrtv\\", "\a\b\f\n\r\t\v\\", strict=True))
_HEX_LENGTHS = {"x": 2, "u": 4, "U": 8}


class PatternError(Exception):
    """Says what is wrong with a pattern."""


class PatternScanner:
    """Reads a pattern a piece at a time: a character, or a backslash with the one behind it."""

    def __init__(self, pattern: str) -> None:
        self._pieces: list[str] = []
        start = 0
        while start < len(pattern):
            end = start + 1 + (pattern[start] == "\\")
            self._pieces.append(pattern[start:end])
            start = end
        self._at = 0

    def _peek(self) -> str:
        return self._pieces[self._at] if self._at < len(self._pieces) else ""

    def _take(self) -> str:
        piece = self._peek()
        self._at += 1
        return piece

    def _accept(self, piece: str) -> bool:
        is_there = self._peek() == piece
        self._at += is_there
        return is_there

    def _while(self, allowed: frozenset[str], most: int | None = None) -> str:
        end = len(self._pieces) if most is None else min(self._at + most, len(self._pieces))
        start = self._at
        while self._at < end and self._pieces[self._at] in allowed:
            self._at += 1
        return "".join(self._pieces[start : self._at])

    def _until(self, last: str, what: str) -> str:
        start = self._at
        while self._peek() not in {"", last}:
            self._at += 1
        text = "".join(self._pieces[start : self._at])
        if not self._accept(last):
            raise PatternError(f"{what} is not ended by '{last}'")
        if not text:
            raise PatternError(f"{what} is empty")
        return text

    def _octal(self, digits: str) -> int:
        value = int(digits, 8)
        if value > 0o377:
            raise PatternError(f"'\\{digits}' is beyond '\\377'")
        return value

    def _character(self, piece: str) -> int:
        """The character that an escape stands for."""
        letter = piece[1]
        if letter in _HEX_LENGTHS:
            digits = self._while(_HEX, _HEX_LENGTHS[letter])
            if len(digits) < _HEX_LENGTHS[letter]:
                raise PatternError(f"'{piece}{digits}' lacks hexadecimal digits")
            if int(digits, 16) > 0x10FFFF:
                raise PatternError(f"'{piece}{digits}' is no character")
            return int(digits, 16)
        if letter == "N":
            return self._named()
        if letter in OCTAL:
            return self._octal(letter + self._while(OCTAL, 2))
        if letter in _CONTROLS:
            return ord(_CONTROLS[letter])
        if letter in DIGITS or letter in _LETTERS:
            raise PatternError(f"unknown escape '{piece}'")
        return ord(letter)

    def _named(self) -> int:
        import unicodedata  # most patterns never need it

        if not self._accept("{"):
            raise PatternError("'\\N' needs a name in braces")
        name = self._until("}", "the name of a character")
        try:
            return ord(unicodedata.lookup(name))
        except (KeyError, TypeError):
            raise PatternError(f"there is no character '{name}'") from None

    def _read_set(self) -> None:
        """A set, whose bracket is read."""
        self._accept("^")
        is_empty = True
        while True:
            piece = self._next_of_set()
            if piece == "]" and not is_empty:
                break
            is_empty = False
            low = self._member(piece)
            if not self._accept("-"):
                continue
            last = self._next_of_set()
            if last == "]":
                break
            high = self._member(last)
            if low is None or high is None or high < low:
                raise PatternError(f"'{piece}-{last}' is not a range")

    def _next_of_set(self) -> str:
        piece = self._take()
        if not piece:
            raise PatternError("'[' is not closed")
        return piece

    def _member(self, piece: str) -> int | None:
        """The character that a piece of a set stands for; None for a class of them."""
        if piece[0] != "\\":
            return ord(piece)
        if piece[1] in CLASSES:
            return None
        return self._character(piece)
