"""Random patterns, and texts that lie close to them: every construct, and every character that engines disagree on."""

from __future__ import annotations

from random import Random

from parlance.regex import Regex
from parlance.regex.characters import Ranges, holds
from parlance.regex.pattern_syntax import (
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

__all__ = ["CHARACTERS", "Patterns", "close", "texts"]

CHARACTERS: tuple[str, ...] = (
    *"aabbcAB01_-.,{}[]()^$|+*?\\/&~#@ :",
    *"\n\r\t\v\f\0\x1c\x85\xa0\u1680\u2003\u2028\u2029\u3000\ufeff",
    *"ſKßẞéÉσςΣıİǆǅΐΐﬅﬆ٣5中",
    *"😀𐐀𐐨",
)
"""What texts are made of: signs, ends of lines, spaces of each kind, and letters whose case is a matter of its own."""

_ESCAPES = (
    *(rf"\{letter}" for letter in "dDwWsStnrvf0"),
    *(rf"\{sign}" for sign in "^$.*+?()[]{}|/\\"),
    *(r"\x41", r"\u0061", r"\cJ", r"\u2028"),
)
_UNICODE = (
    *(r"\u{1F600}", r"\uD83D\uDE00", r"\u{61}", "😀", "𐐀"),
    *(r"\p{L}", r"\P{Lu}", r"\p{Nd}", r"\p{gc=Ll}", r"\p{ASCII}", r"\P{Punctuation}", r"\p{White_Space}"),
    *(r"\p{Uppercase}", r"\p{XID_Start}", r"\p{Lowercase}", r"\p{General_Category=Space_Separator}"),
)
"""What has its meaning with the flag `u` only."""

_LEGACY = ("]", "}", "{", "{,2}", r"\-", r"\@", r"\_", r"\&", "(?=a)*", "(?!b){0,2}")
"""What is read without the flag only."""

_WRONG = ("\\", "(", ")", "[", "{1}", "*", "[b-a]", "(?<x>", "a{2,1}", "(?y:a)", "(?<1>a)", "^*", "(?<=a)+")
_WRONG_UNICODE = (
    *(r"\a", r"\1", r"\8", r"\u{110000}", r"\p{Unheard}", r"\k<none>", r"\c1", r"\x4", r"\u00", r"\01", r"[\B]"),
)
_PLAIN = "aabbcAB01_-,@ &~#:/éſKσ中"
_COUNTS = ("*", "+", "?", "{0}", "{1}", "{2}", "{0,2}", "{1,}", "{1,3}", "{2,3}")
_MEMBERS: tuple[str, ...] = (*"abAB01_,.^$&|~[({*+? éſK", "&&", "[[")
_RANGES = ("a-c", "A-Z", "0-9", "a-z", r"\t-\r", "!-~", "a-é", r"\0-\x7f", r"\--9")
_LEGACY_RANGES = (*_RANGES, r"\w-a", r"\-", r"a-\d")


class Patterns:
    """A stream of patterns: those that have the flag `u`, or those *legacy* ones that need not."""

    def __init__(self, random: Random, *, legacy: bool) -> None:
        self._random = random
        self._legacy = legacy
        self._escapes = _ESCAPES if legacy else (*_ESCAPES, *_UNICODE)
        self._signs = (*_PLAIN, *_LEGACY) if legacy else tuple(_PLAIN)
        self._wrong = _WRONG if legacy else (*_WRONG, *_WRONG_UNICODE)
        self._groups = 0
        self._names: list[str] = []

    def failing(self) -> str:
        """The next one with an end that no text has, so that a search tries all that it can."""
        return f"(?:{self.one()})\\x01"

    def one(self) -> str:
        """The next one; some are none on purpose."""
        self._groups = 0
        self._names = []
        pattern = self._choice(self._random.randint(1, 4))
        if self._random.random() < 0.08:
            at = self._random.randint(0, len(pattern))
            pattern = pattern[:at] + self._random.choice(self._wrong) + pattern[at:]
        return pattern

    def _choice(self, depth: int) -> str:
        return "|".join(self._sequence(depth) for _ in range(self._random.choice((1, 1, 1, 2, 2, 3))))

    def _sequence(self, depth: int) -> str:
        return "".join(self._term(depth) for _ in range(self._random.choice((0, 1, 1, 2, 2, 3, 4))))

    def _term(self, depth: int) -> str:
        if self._random.random() < 0.12:
            return self._random.choice(("^", "$", r"\b", r"\B"))
        atom = self._atom(depth)
        if not atom.startswith(("(?=", "(?!", "(?<=", "(?<!")) and atom not in _LEGACY and self._random.random() < 0.35:
            atom += self._random.choice(_COUNTS) + ("?" if self._random.random() < 0.25 else "")
        return atom

    def _atom(self, depth: int) -> str:
        kind = self._random.random()
        if kind < 0.3 or depth == 0:
            return self._random.choice(self._signs)
        if kind < 0.42:
            return self._random.choice(self._escapes)
        if kind < 0.47:
            return "."
        if kind < 0.63:
            return self._class()
        if kind < 0.68 and self._groups:
            return rf"\{self._random.randint(1, self._groups)}"
        if kind < 0.7 and self._names:
            return rf"\k<{self._random.choice(self._names)}>"
        return f"{self._opening()}{self._choice(depth - 1)})"

    def _opening(self) -> str:
        kind = self._random.random()
        if kind < 0.35:
            self._groups += 1
            return "("
        if kind < 0.6:
            return "(?:"
        if kind < 0.72:
            return self._random.choice(("(?<=", "(?<!"))
        if kind < 0.8:
            return self._random.choice(("(?=", "(?!"))
        if kind < 0.9:
            modifiers = ("s", "m", "-s", "s-m") if self._legacy else ("i", "s", "m", "-i", "i-s", "im")
            return f"(?{self._random.choice(modifiers)}:"
        self._groups += 1
        self._names.append(self._random.choice("xyz$"))
        return f"(?<{self._names[-1]}>"

    def _class(self) -> str:
        members = "".join(self._member() for _ in range(self._random.randint(0, 4)))
        return f"[{'^' if self._random.random() < 0.3 else ''}{members}]"

    def _member(self) -> str:
        kind = self._random.random()
        if kind < 0.4:
            return self._random.choice(_MEMBERS)
        if kind < 0.6:
            return self._random.choice(_LEGACY_RANGES if self._legacy else (*_RANGES, "😀-😎"))
        return self._random.choice((*self._escapes, r"\b"))


def texts(random: Random, number: int, *, legacy: bool) -> list[str]:
    """Texts short enough for any engine, the empty one first; *legacy*, of characters that are one code unit."""
    characters = [each for each in CHARACTERS if each < "\U00010000" or not legacy]
    return ["", *("".join(random.choices(characters, k=random.randint(1, 9))) for _ in range(number - 1))]


def close(random: Random, regex: Regex, number: int, *, legacy: bool) -> list[str]:
    """Texts that *regex* would match if nothing looked around, and what little changes make of them."""
    made = [_match(random, regex.root, {}) for _ in range(number // 2)]
    found = [text[:40] for each in made for text in (each, _changed(random, each))]
    return [text for text in found if not legacy or all(each < "\U00010000" for each in text)]


def _match(random: Random, part: Part, groups: dict[int, str]) -> str:
    match part:
        case Characters(ranges):
            return _of(random, ranges)
        case Sequence(parts):
            return "".join(_match(random, each, groups) for each in parts)
        case Choice(options):
            return _match(random, random.choice(options), groups)
        case Repeat(body, least, most):
            times = random.randint(least, least + 2 if most is None else min(most, least + 2))
            return "".join(_match(random, body, groups) for _ in range(min(times, 20)))
        case Group(body, number):
            groups[number] = _match(random, body, groups)
            return groups[number]
        case Reference(numbers):
            return next((groups[number] for number in numbers if number in groups), "")
        case Look(body, _, negative):
            return "" if negative or random.random() < 0.5 else _match(random, body, groups)
        case Edge() | Boundary():
            return ""


def _of(random: Random, ranges: Ranges) -> str:
    if not ranges:
        return ""
    near = [each for each in CHARACTERS if holds(ranges, ord(each))]
    if near and random.random() < 0.8:
        return random.choice(near)
    code = random.choice(random.choice(ranges))
    return "" if 0xD800 <= code < 0xE000 else chr(code)


def _changed(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    end = at + random.randint(0, 2)
    return text[:at] + random.choice(["", *CHARACTERS]) + text[end:]
