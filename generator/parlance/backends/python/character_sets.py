"""Patterns that only say which characters a string is made of, which needs no regular expression."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ...regex import RegexError, parse
from ...regex.characters import LINE_ENDS, Ranges, complement
from ...regex.pattern_syntax import Characters, Edge, Group, Part, Repeat, Sequence

__all__ = ["CharacterSet", "character_set", "is_one_line"]

_RANGES = {
    "LETTERS": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "LOWER": "abcdefghijklmnopqrstuvwxyz",
    "UPPER": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "DIGITS": "0123456789",
}
_SIGNS = {
    "_": "UNDERSCORE",
    "-": "HYPHEN",
    ".": "DOT",
    ":": "COLON",
    "/": "SLASH",
    "@": "AT",
    "#": "HASH",
    " ": "SPACE",
    "+": "PLUS",
    "=": "EQUALS",
    ",": "COMMA",
    "*": "STAR",
    "~": "TILDE",
    "%": "PERCENT",
    "$": "DOLLAR",
}
"""What stands in patterns of names and addresses."""

@dataclass(frozen=True, slots=True)
class CharacterSet:
    """The characters of `^[…]+$` or `^[…]*$`."""

    characters: str
    """Each one once: letters, digits, then signs."""

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
        words += [_SIGNS.get(each) or each.upper() for each in self.characters if each in left]
        return f"_{'_'.join(words)}"


@cache
def character_set(pattern: str) -> CharacterSet | None:
    """The characters that *pattern* asks for, if that is all it does, and if a name can be made of them."""
    found = _repeated(pattern)
    if found is None:
        return None
    ranges, least = found
    members = {chr(code) for first, last in ranges if last < 0x7F for code in range(first, last + 1)}
    known = [*_RANGES["LETTERS"], *_RANGES["DIGITS"], *_SIGNS]
    if len(members) != sum(last - first + 1 for first, last in ranges) or not members <= {*known}:
        return None
    return CharacterSet("".join(each for each in known if each in members), least == 0)


@cache
def is_one_line(pattern: str) -> bool | None:
    """Whether *pattern* is `^.*$`, and not `^.+$`; None for any other."""
    found = _repeated(pattern)
    return found[1] == 0 if found is not None and found[0] == complement(LINE_ENDS) else None


def _repeated(pattern: str) -> tuple[Ranges, int] | None:
    """The characters that the whole of a text is made of, and how many it has at least, zero or one."""
    try:
        root = parse(pattern).root
    except RegexError:
        return None
    match root:
        case Sequence((Edge(end=False), middle, Edge(end=True))) if isinstance(repeat := _bare(middle), Repeat):
            only = _bare(repeat.body)
            is_whole = repeat.least <= 1 and repeat.most is None
            return (only.ranges, repeat.least) if is_whole and isinstance(only, Characters) else None
        case _:
            return None


def _bare(part: Part) -> Part:
    """What is in a group that nothing refers to."""
    while isinstance(part, Group):
        part = part.body
    return part
