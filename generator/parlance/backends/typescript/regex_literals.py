"""A regular expression as a literal of JavaScript, with the flag `u` and no other.

The tree is printed, not the pattern: what modifiers and properties stand for is spelled out, so that no engine needs to
know them, and none knows other letters than Python does.
"""

from __future__ import annotations

import re
from functools import cache

from ...regex import Regex, RegexError, is_linear, parse
from ...regex.characters import LINE_ENDS, complement
from ...regex.group_references import children
from ...regex.pattern_syntax import Group, Look, Part, Reference, Repeat
from ...regex.pattern_writer import PatternWriter
from ...regex.spelling import SetSpelling
from ...regex.width import width
from ..editors import ORDER

__all__ = ["ecmascript_pattern", "regex_literal"]

_ORDER = re.compile(rf"(?<=[ \t]){ORDER}")


@cache
def regex_literal(pattern: str) -> str:
    """`/…/u` for an ECMA-262 pattern.

    Raises `RegexError` for what is none, and for one with which a search may take more than linear time.
    """
    regex = parse(pattern)
    if not is_linear(regex):
        message = "a search may take more than linear time in the length of the text"
        raise RegexError(message)
    text = _ORDER.sub(lambda found: rf"{found[0][:-1]}\x3a", ecmascript_pattern(regex))
    return f"/{text}/u"


def ecmascript_pattern(regex: Regex) -> str:
    """What stands between the slashes."""
    # Two slashes without anything between them would begin a comment.
    return _LiteralWriter(regex.root).text(regex.root) or "(?:)"


def _escaped(code: int) -> str:
    # In braces, halves of a surrogate pair that follow each other do not become the pair.
    is_half = 0xD800 <= code < 0xE000
    return f"\\u{code:04x}" if code < 0x10000 and not is_half else f"\\u{{{code:x}}}"


class _LiteralWriter(PatternWriter):
    """Writes the parts of one expression; groups that nothing refers to are not kept."""

    spelling = SetSpelling(
        "[^]",
        "[]",
        frozenset("\\]^-["),
        _escaped,
        signs=frozenset("\\^$.|?*+()[]{}/"),
        names={complement(LINE_ENDS): "."},
    )

    def __init__(self, root: Part) -> None:
        self._kept = sorted(_referred(root))

    def group(self, group: Group) -> str:
        return f"({self.text(group.body)})" if group.number in self._kept else self.grouped(group.body)

    def reference(self, reference: Reference) -> str:
        # At most one of them has a text; the others match the empty one. Each in a group of its own, so that no digit
        # after it becomes a part of its number.
        return "".join(rf"(?:\{self._kept.index(number) + 1})" for number in reference.numbers)

    def edge(self, *, end: bool) -> str:
        return "$" if end else "^"

    def boundary(self, *, negative: bool) -> str:
        return r"\B" if negative else r"\b"

    def look(self, look: Look) -> str:
        return f"(?{'<' if look.behind else ''}{'!' if look.negative else '='}{self.text(look.body)})"

    def countless(self, repeat: Repeat) -> str:
        # No text is long enough, unless nothing is enough; what is in it keeps its groups.
        return f"{self.whole(repeat.body)}{'[]' if width(repeat.body)[0] > 0 else '*'}"


def _referred(part: Part) -> set[int]:
    if isinstance(part, Reference):
        return set(part.numbers)
    return {number for child in children(part) for number in _referred(child)}
