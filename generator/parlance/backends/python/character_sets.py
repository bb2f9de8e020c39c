"""Patterns that only say which characters a string is made of, which needs no regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["CharacterSet", "character_set"]

_ONLY = re.compile(r"\^\[((?:[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|[A-Za-z0-9_.:/@#-])+)\]([+*])\$")
_PIECE = re.compile(r"([a-z])-([a-z])|([A-Z])-([A-Z])|([0-9])-([0-9])|(.)", re.DOTALL)
_RANGES = {
    "LETTERS": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "LOWER": "abcdefghijklmnopqrstuvwxyz",
    "UPPER": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "DIGITS": "0123456789",
}
_SIGNS = {"_": "UNDERSCORE", "-": "HYPHEN", ".": "DOT", ":": "COLON", "/": "SLASH", "@": "AT", "#": "HASH"}


@dataclass(frozen=True, slots=True)
class CharacterSet:
    """The characters of `^[…]+$` or `^[…]*$`."""

    characters: str
    """Each one once, in the order of the pattern."""

    may_be_empty: bool

    @property
    def constant(self) -> str:
        """A name for the characters of what they are: `_LETTERS_DIGITS_UNDERSCORE`."""
        left = set(self.characters)
        words: list[str] = []
        for word, characters in _RANGES.items():
            if left.issuperset(characters):
                words.append(word)
                left.difference_update(characters)
        words += [_name(each) for each in self.characters if each in left]
        return f"_{'_'.join(words)}"


def character_set(pattern: str) -> CharacterSet | None:
    """The characters that *pattern* asks for, if that is all it does."""
    found = _ONLY.fullmatch(pattern)
    if found is None:
        return None
    characters = "".join(dict.fromkeys(_expanded(found[1])))
    return CharacterSet(characters, found[2] == "*")


def _expanded(body: str) -> Iterator[str]:
    for piece in _PIECE.finditer(body):
        bounds = [each for each in piece.groups()[:6] if each is not None]
        if bounds:
            first, last = bounds
            yield from map(chr, range(ord(first), ord(last) + 1))
        else:
            yield piece[0]


def _name(character: str) -> str:
    return character.upper() if character.isalnum() else _SIGNS[character]
