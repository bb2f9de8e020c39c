r"""The text of an ECMA-262 regular expression to its tree.

The meaning is that of the flag `u`: `.` and classes are of code points, `\u{…}` and `\p{…}` are known. What `u` forbids
though its meaning is plain (an escaped sign, a brace or a bracket that closes nothing) is read as it is without.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .case_folding import in_any_case
from .characters import ANY, LINE_ENDS, WORD, Ranges, complement
from .escapes import SetReader
from .group_references import resolved
from .pattern_syntax import (
    COUNTLESS,
    EMPTY,
    Boundary,
    Characters,
    Choice,
    Edge,
    Group,
    Look,
    Part,
    Reference,
    Regex,
    RegexError,
    Repeat,
    Sequence,
)
from .scanner import Scanner

__all__ = ["parse"]

_DEEPEST = 64
"""How many groups may lie in each other, so that reading them is no matter of luck with the stack."""

_COUNT = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
_SIGNS = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_LOOKS = {"?=": (False, False), "?!": (False, True), "?<=": (True, False), "?<!": (True, True)}
_MODIFIERS = re.compile(r"\?([ims]*)(?:(-)([ims]*))?:")
_NAMED = re.compile(r"\?<([^>]*)>")
_NUMBER = re.compile("[1-9][0-9]*")


def parse(pattern: str) -> Regex:
    """The tree of *pattern*. Raises `RegexError`."""
    return Regex(pattern, _Parser(pattern).whole())


@dataclass(frozen=True, slots=True)
class _Modes:
    """What modifiers such as `(?i:…)` switch on."""

    i: bool = False
    m: bool = False
    s: bool = False


class _Parser:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._text = Scanner(pattern)
        self._sets = SetReader(self._text)
        self._names = _names(pattern)
        self._modes = _Modes()
        self._groups = 0
        self._depth = 0

    def whole(self) -> Part:
        root = self._choice()
        if not self._text.ended:
            message = "')' closes no group"
            raise RegexError(message, self._text.at)
        return resolved(root)

    def _choice(self) -> Part:
        options = [self._sequence()]
        while self._text.take("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Part:
        parts: list[Part] = []
        while not self._text.ended and self._text.peek not in "|)":
            parts.append(self._term())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts)) if parts else EMPTY

    def _term(self) -> Part:
        start = self._text.at
        atom, repeatable = self._atom()
        counts = self._counts()
        if counts is None:
            return atom
        least, most = counts
        if not repeatable:
            message = f"{self._text.since(start)!r} cannot be repeated"
            raise RegexError(message, start)
        if most is not None and least > most:
            message = f"{least} is more than {most}"
            raise RegexError(message, start)
        return Repeat(atom, least, most, lazy=self._text.take("?"), offset=start)

    def _counts(self) -> tuple[int, int | None] | None:
        for sign, counts in _SIGNS.items():
            if self._text.take(sign):
                return counts
        found = self._text.match(_COUNT)
        if found is None:
            return None
        least = _number(found[1])
        return least, least if found[2] is None else _number(found[3]) if found[3] else None

    def _atom(self) -> tuple[Part, bool]:
        """A part, and whether a count may follow it."""
        start = self._text.at
        if self._text.match(_COUNT):
            message = f"{self._text.since(start)} has nothing before it to repeat"
            raise RegexError(message, start)
        character = self._text.next()
        match character:
            case "^" | "$":
                return self._edge(end=character == "$"), False
            case ".":
                return Characters(ANY if self._modes.s else complement(LINE_ENDS)), True
            case "(":
                return self._group(start)
            case "[":
                return self._cased(self._sets.class_(start, any_case=self._modes.i)), True
            case "\\":
                return self._escape(start)
            case "*" | "+" | "?":
                message = f"{character} has nothing before it to repeat"
                raise RegexError(message, start)
            case _:
                return self._cased(((ord(character), ord(character)),)), True

    def _cased(self, ranges: Ranges) -> Characters:
        return Characters(in_any_case(ranges) if self._modes.i else ranges)

    def _edge(self, *, end: bool) -> Part:
        if not self._modes.m:
            return Edge(end)
        options = (Edge(end), Characters(LINE_ENDS))
        return Look(Choice(options), behind=not end, negative=False, offset=self._text.at - 1)

    def _group(self, start: int) -> tuple[Part, bool]:
        for sign, (behind, negative) in sorted(_LOOKS.items(), reverse=True):
            if self._text.take(sign):
                return Look(self._inside(start), behind, negative, start), not behind
        if modifiers := self._text.match(_MODIFIERS):
            return self._modified(start, modifiers), True
        named = self._text.match(_NAMED)
        if named is None and self._text.take("?"):
            message = f"(?{self._text.peek} begins no group that ECMA-262 knows"
            raise RegexError(message, start)
        name = _checked_name(named[1], start) if named else None
        self._groups += 1
        number = self._groups
        return Group(self._inside(start), number, name), True

    def _modified(self, start: int, found: re.Match[str]) -> Part:
        added, removed = found[1], found[3] or ""
        if len(set(added + removed)) < len(added + removed) or (found[2] and not added + removed):
            message = f"({found[0]} switches a flag twice, or none"
            raise RegexError(message, start)
        outside = self._modes
        self._modes = replace(outside, **dict.fromkeys(added, True), **dict.fromkeys(removed, False))
        body = self._inside(start)
        self._modes = outside
        return body

    def _inside(self, start: int) -> Part:
        self._depth += 1
        if self._depth > _DEEPEST:
            message = f"groups are nested more than {_DEEPEST} deep"
            raise RegexError(message, start)
        body = self._choice()
        if not self._text.take(")"):
            message = "the group is not closed"
            raise RegexError(message, start)
        self._depth -= 1
        return body

    def _escape(self, start: int) -> tuple[Part, bool]:
        if self._text.take("b"):
            return self._boundary(negative=False), False
        if self._text.take("B"):
            return self._boundary(negative=True), False
        if self._text.take("k"):
            return self._by_name(start), True
        number = self._text.match(_NUMBER)
        if number is not None:
            if len(number[0]) > 6 or int(number[0]) > len(self._names):
                message = f"\\{number[0]}: there is no group {number[0]}"
                raise RegexError(message, start)
            return self._reference((int(number[0]),), start), True
        return self._cased(self._sets.escape(start, any_case=self._modes.i)), True

    def _boundary(self, *, negative: bool) -> Part:
        if not self._modes.i:
            return Boundary(negative)
        # With the flag `i`, two letters beyond ASCII are of words, because they fold to ASCII.
        word = Characters(in_any_case(WORD))
        sides = [Look(word, True, on_right, self._text.at) for on_right in (False, True)]
        ahead = [Look(word, False, on_left != negative, self._text.at) for on_left in (True, False)]
        return Choice(tuple(Sequence(pair) for pair in zip(sides, ahead, strict=True)))

    def _by_name(self, start: int) -> Part:
        found = self._text.match(re.compile("<([^>]*)>"))
        numbers = tuple(number for number, name in enumerate(self._names, 1) if found and name == found[1])
        if found is None or not numbers:
            message = f"no group is called {found[1]!r}" if found else "\\k is followed by the <name> of a group"
            raise RegexError(message, start)
        return self._reference(numbers, start)

    def _reference(self, numbers: tuple[int, ...], start: int) -> Part:
        if self._modes.i:
            message = "a reference to a group in any case is not supported"
            raise RegexError(message, start)
        return Reference(numbers, start)


_OPENING = re.compile(r"\\.|\[(?:[^\]\\]|\\.)*\]?|\((?!\?)|\(\?<([^=!>][^>]*)>", re.DOTALL)


def _names(pattern: str) -> list[str | None]:
    """The names of all groups, in order; None for one without."""
    return [found[1] for found in _OPENING.finditer(pattern) if found[0].startswith("(")]


def _checked_name(name: str, start: int) -> str:
    if not name.replace("$", "_").isidentifier():
        message = f"{name!r} is no name for a group"
        raise RegexError(message, start)
    return name


def _number(digits: str) -> int:
    """A count; of those that are more than any text is long, the least."""
    significant = digits.lstrip("0")
    return min(int(significant or "0"), COUNTLESS) if len(significant) < 12 else COUNTLESS
