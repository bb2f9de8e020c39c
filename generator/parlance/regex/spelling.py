"""One character of a set, as a syntax of regular expressions writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .characters import ANY, LAST, Ranges, complement

__all__ = ["SetSpelling"]

_SHORT = {0x09: r"\t", 0x0A: r"\n", 0x0B: r"\v", 0x0C: r"\f", 0x0D: r"\r"}
_WORDS = ((0x61, 0x7A), (0x41, 0x5A), (0x30, 0x39))
"""Letters and digits come first in a class, in the order in which people write them."""

_HYPHEN = (0x2D, 0x2D)


@dataclass(frozen=True, slots=True)
class SetSpelling:
    """How a syntax writes sets of characters."""

    anything: str
    """Any character."""

    nothing: str
    """No character."""

    signs_in_class: frozenset[str]
    """What has a backslash before it in a class."""

    beyond: Callable[[int], str]
    """A character above U+00FF."""

    signs: frozenset[str] = frozenset("\\^$.|?*+()[]{}")
    """What has a backslash before it outside of classes."""

    names: Mapping[Ranges, str] = field(default_factory=dict[Ranges, str])
    """Sets that have a sign of their own."""

    def spelled(self, ranges: Ranges) -> str:
        """The literal, the class or the negated class that is shortest."""
        if ranges == ANY:
            return self.anything
        if not ranges:
            return self.nothing
        if ranges in self.names:
            return self.names[ranges]
        if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
            return self._character(ranges[0][0], self.signs)
        if ranges[-1][1] == LAST:
            return f"[^{self._listed(complement(ranges))}]"
        return f"[{self._listed(ranges)}]"

    def _listed(self, ranges: Ranges) -> str:
        ordered = [each for each in _WORDS if each in ranges]
        ordered += [each for each in ranges if each not in ordered and each != _HYPHEN]
        return "".join(map(self._range, ordered)) + ("-" if _HYPHEN in ranges else "")

    def _range(self, ends: tuple[int, int]) -> str:
        first, last = (self._character(each, self.signs_in_class) for each in ends)
        distance = ends[1] - ends[0]
        return first if distance == 0 else f"{first}{last}" if distance == 1 else f"{first}-{last}"

    def _character(self, code: int, signs: frozenset[str]) -> str:
        if code in _SHORT:
            return _SHORT[code]
        if 0x20 <= code < 0x7F:
            character = chr(code)
            return f"\\{character}" if character in signs else character
        return f"\\x{code:02x}" if code < 0x100 else self.beyond(code)
