"""Random patterns, and texts that lie close to them: every construct, and every character that engines disagree on."""

from __future__ import annotations

from random import Random

__all__ = ["CHARACTERS", "Patterns", "texts"]

CHARACTERS = (
    *"aabbcAB01_-.,{}[]()^$|+*?\\/&~#@ :",
    *"\n\r\t\v\f\0\x1c\x85\xa0\u1680\u2003\u2028\u2029\u3000\ufeff",
    *"ſKßẞéÉσςΣıİǆǅΐΐﬅﬆ٣5中",
    *"😀𐐀𐐨",
)
"""What texts are made of: signs, ends of lines, spaces of each kind, and letters whose case is a matter of its own."""

_ESCAPES = (
    *(rf"\{letter}" for letter in "dDwWsSbBtnrvf0"),
    *(rf"\{sign}" for sign in "^$.*+?()[]{}|/\\"),
    *(r"\x41", r"\u0061", r"\u{1F600}", r"\uD83D\uDE00", r"\cJ", r"\-", r"\@", r"\_", r"\&"),
    *(r"\p{L}", r"\P{Lu}", r"\p{Nd}", r"\p{gc=Ll}", r"\p{ASCII}", r"\P{Punctuation}", r"\p{White_Space}"),
    *(r"\p{Uppercase}", r"\p{XID_Start}", r"\p{Lowercase}", r"\p{General_Category=Space_Separator}"),
)
_WRONG = ("\\", "\\a", "\\1x", r"\u{110000}", r"\p{Unheard}", "(", ")", "[", "{1}", "*", "[b-a]", r"\k<x>", "(?<x>", "a{2,1}")
_PLAIN = "aabbcAB01_-,@ &~#:/éſKσ中😀]}{"
_COUNTS = ("*", "+", "?", "{0}", "{1}", "{2}", "{0,2}", "{1,}", "{1,3}", "{2,3}")


class Patterns:
    """A stream of patterns."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._groups = 0
        self._names: list[str] = []

    def one(self) -> str:
        """The next one; some are none on purpose."""
        self._groups = 0
        self._names = []
        pattern = self._choice(self._random.randint(1, 4))
        if self._random.random() < 0.05:
            at = self._random.randint(0, len(pattern))
            pattern = pattern[:at] + self._random.choice(_WRONG) + pattern[at:]
        return pattern

    def _choice(self, depth: int) -> str:
        return "|".join(self._sequence(depth) for _ in range(self._random.choice((1, 1, 1, 2, 2, 3))))

    def _sequence(self, depth: int) -> str:
        return "".join(self._term(depth) for _ in range(self._random.choice((0, 1, 1, 2, 2, 3, 4))))

    def _term(self, depth: int) -> str:
        if self._random.random() < 0.12:
            return self._random.choice(("^", "$", r"\b", r"\B"))
        atom = self._atom(depth)
        if self._random.random() < 0.35:
            atom += self._random.choice(_COUNTS) + ("?" if self._random.random() < 0.25 else "")
        return atom

    def _atom(self, depth: int) -> str:
        kind = self._random.random()
        if kind < 0.3 or depth == 0:
            return self._random.choice(_PLAIN)
        if kind < 0.42:
            return self._random.choice(_ESCAPES)
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
        if kind < 0.8:
            return self._random.choice(("(?=", "(?!", "(?<=", "(?<!"))
        if kind < 0.9:
            return self._random.choice(("(?i:", "(?s:", "(?m:", "(?-i:", "(?i-s:", "(?im:"))
        self._groups += 1
        self._names.append(self._random.choice("xyz$"))
        return f"(?<{self._names[-1]}>"

    def _class(self) -> str:
        members = "".join(self._member() for _ in range(self._random.randint(0, 4)))
        return f"[{'^' if self._random.random() < 0.3 else ''}{members}]"

    def _member(self) -> str:
        kind = self._random.random()
        if kind < 0.4:
            return self._random.choice((*"abAB01_-,.^$&|~[({*+? é", "ſ", "K", "--", "&&", "[["))
        if kind < 0.6:
            return self._random.choice(("a-c", "A-Z", "0-9", "a-z", r"\t-\r", "!-~", "a-é", r"\0-\x7f", "😀-😎", r"\w-a"))
        return self._random.choice(_ESCAPES)


def texts(random: Random, number: int) -> list[str]:
    """Short texts, short enough for any engine; the empty one first."""
    return ["", *("".join(random.choices(CHARACTERS, k=random.randint(1, 9))) for _ in range(number - 1))]
