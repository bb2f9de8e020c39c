"""An ECMA-262 pattern in the words that RE2, Python, Rust and ECMAScript read alike."""

from __future__ import annotations

from functools import cache

from .parser import parse
from .pattern_syntax import Group, Look, Reference, RegexError, Repeat
from .pattern_writer import PatternWriter
from .portability import unportable
from .spelling import SetSpelling

__all__ = ["portable"]

_LONGEST = 400
"""Characters of a pattern that people can still read; letters of all languages alone take thousands."""


@cache
def portable(pattern: str) -> str | None:
    """What finds the same; None where there are no such words, or too many."""
    try:
        text = _PortableWriter().text(parse(pattern).root)
    except (RegexError, RecursionError):
        return None
    return None if len(text) > _LONGEST or unportable(text) else text


def _itself(code: int) -> str:
    if 0xD800 <= code < 0xE000:
        message = "half of a surrogate pair is no character"
        raise RegexError(message)
    return chr(code)


class _PortableWriter(PatternWriter):
    """Writes the parts of one expression; no group is kept, since nothing may refer to one."""

    spelling = SetSpelling(r"[\d\D]", r"[^\d\D]", frozenset("\\]^-["), _itself)

    def countless(self, repeat: Repeat) -> str:
        return self._refused(repeat)

    def group(self, group: Group) -> str:
        return self.grouped(group.body)

    def reference(self, reference: Reference) -> str:
        return self._refused(reference)

    def edge(self, *, end: bool) -> str:
        return "$" if end else "^"

    def boundary(self, *, negative: bool) -> str:
        return r"\B" if negative else r"\b"

    def look(self, look: Look) -> str:
        return self._refused(look)

    @staticmethod
    def _refused(part: Repeat | Reference | Look) -> str:
        message = f"{type(part).__name__} is not in every syntax"
        raise RegexError(message)
