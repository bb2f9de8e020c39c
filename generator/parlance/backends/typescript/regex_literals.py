"""A regular expression as a literal of JavaScript, with the flag `u` and no other.

The tree is printed, not the pattern: what modifiers and properties stand for is spelled out, so that no engine needs to
know them, and none knows other letters than Python does.
"""

from __future__ import annotations

from functools import cache

from ...regex import Regex, RegexError, is_linear, parse
from ...regex.characters import ANY, LAST, LINE_ENDS, Ranges, complement
from ...regex.group_references import children
from ...regex.pattern_syntax import (
    COUNTLESS,
    Boundary,
    Characters,
    Choice,
    Edge,
    Group,
    Look,
    Part,
    Reference,
    Repeat,
    Sequence,
)
from ...regex.width import width

__all__ = ["ecmascript_pattern", "regex_literal"]

_SIGNS = frozenset("\\^$.|?*+()[]{}/")
_SIGNS_IN_CLASS = frozenset("\\]^-[")
_SHORT = {0x09: r"\t", 0x0A: r"\n", 0x0B: r"\v", 0x0C: r"\f", 0x0D: r"\r"}
_WORDS = ((0x61, 0x7A), (0x41, 0x5A), (0x30, 0x39))
"""Letters and digits come first in a class, in the order in which people write them."""


@cache
def regex_literal(pattern: str) -> str:
    """`/…/u` for an ECMA-262 pattern.

    Raises `RegexError` for what is none, and for one with which a search may take more than linear time.
    """
    regex = parse(pattern)
    if not is_linear(regex):
        message = "a search may take more than linear time in the length of the text"
        raise RegexError(message)
    return f"/{ecmascript_pattern(regex)}/u"


def ecmascript_pattern(regex: Regex) -> str:
    """What stands between the slashes."""
    # Two slashes without anything between them would begin a comment.
    return _LiteralWriter(regex.root).text(regex.root) or "(?:)"


class _LiteralWriter:
    """Writes the parts of one expression; groups that nothing refers to are not kept."""

    def __init__(self, root: Part) -> None:
        self._kept = sorted(_referred(root))

    def text(self, part: Part) -> str:
        match part:
            case Characters(ranges):
                return _spelled(ranges)
            case Sequence(parts):
                return "".join(self._grouped(each) if isinstance(each, Choice) else self.text(each) for each in parts)
            case Choice(options):
                return "|".join(map(self.text, options))
            case Repeat():
                return self._repeat(part)
            case Group(body, number):
                return f"({self.text(body)})" if number in self._kept else self._grouped(body)
            case Reference(numbers):
                # At most one of them has a text; the others match the empty one.
                return "".join(self._reference(number) for number in numbers)
            case Edge(end):
                return "$" if end else "^"
            case Boundary(negative):
                return r"\B" if negative else r"\b"
            case Look(body, behind, negative):
                return f"(?{'<' if behind else ''}{'!' if negative else '='}{self.text(body)})"

    def _grouped(self, part: Part) -> str:
        return f"(?:{self.text(part)})"

    def _repeat(self, repeat: Repeat) -> str:
        body = repeat.body
        text = self.text(body) if isinstance(body, Characters | Group) else self._grouped(body)
        most = None if repeat.most is None or repeat.most >= COUNTLESS else repeat.most
        if repeat.least >= COUNTLESS:
            # No text is long enough, unless nothing is enough; what is in it keeps its groups.
            return f"{text}[]" if width(body)[0] > 0 else f"{text}*"
        return f"{text}{_count(repeat.least, most)}{'?' if repeat.lazy else ''}"

    def _reference(self, number: int) -> str:
        # In a group of its own, so that no digit after it becomes a part of its number.
        return rf"(?:\{self._kept.index(number) + 1})"


def _referred(part: Part) -> set[int]:
    if isinstance(part, Reference):
        return set(part.numbers)
    return {number for child in children(part) for number in _referred(child)}


def _count(least: int, most: int | None) -> str:
    signs: dict[tuple[int, int | None], str] = {(0, None): "*", (1, None): "+", (0, 1): "?"}
    if (least, most) in signs:
        return signs[least, most]
    return f"{{{least}}}" if least == most else f"{{{least},{'' if most is None else most}}}"


def _spelled(ranges: Ranges) -> str:
    """The literal, the class or the negated class that is shortest."""
    if ranges == ANY:
        return "[^]"
    if ranges == complement(LINE_ENDS):
        return "."
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return _character(ranges[0][0], _SIGNS)
    if ranges and ranges[-1][1] == LAST:
        return f"[^{_listed(complement(ranges))}]"
    return f"[{_listed(ranges)}]"


def _listed(ranges: Ranges) -> str:
    hyphen = (0x2D, 0x2D) in ranges
    ordered = [each for each in _WORDS if each in ranges]
    ordered += [each for each in ranges if each not in ordered and not (hyphen and each == (0x2D, 0x2D))]
    return "".join(map(_range, ordered)) + ("-" if hyphen else "")


def _range(ends: tuple[int, int]) -> str:
    first, last = (_character(each, _SIGNS_IN_CLASS) for each in ends)
    distance = ends[1] - ends[0]
    return first if distance == 0 else f"{first}{last}" if distance == 1 else f"{first}-{last}"


def _character(code: int, signs: frozenset[str]) -> str:
    character = chr(code)
    if code in _SHORT:
        return _SHORT[code]
    if 0x20 <= code < 0x7F:
        return f"\\{character}" if character in signs else character
    if code < 0x100:
        return f"\\x{code:02x}"
    # In braces, halves of a surrogate pair that follow each other do not become the pair.
    is_half = 0xD800 <= code < 0xE000
    return f"\\u{code:04x}" if code < 0x10000 and not is_half else f"\\u{{{code:x}}}"
