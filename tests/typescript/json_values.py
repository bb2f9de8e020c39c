"""JSON values and strings at random, of the kind that programs disagree about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random
from typing import Any, TypeVar

from parlance.finding.shape import is_array, is_object

__all__ = ["Sampler"]

_One = TypeVar("_One")

_PIECES = (
    "a", "b", "A", "B", "ab", "type", "role", "0", "7", "x1", " ", "\t", "\n", "\r", "\0", "\x1c", "\x1f",
    "\x7f", "\x85",
    "\xa0", "\ufeff", "\u2028", "\u3000", "'", '"', "`", "$", "\\", "/", "~", "~1", "~0", "*", "{", "}", "{a}",
    ",", ";",
    "é", "e\u0301", "ß", "ẞ", "İ", "\u0131", "Σ", "ς", "ΑΣ", "K", "\ue000", "\uffff", "\U00010000", "😀", "👩\u200d🚀",
    "\ud83d", "\ude00", "\udfff", "__proto__", "constructor", "toString", "hasOwnProperty", "٣", "²", "Ⅷ", "中",
)  # fmt: skip
_KEYS = ("a", "b", "c", "type", "role", "id", "A", "é", "😀", "a/b", "m~n", "", "__proto__", "constructor", "toString")
_NUMBERS: tuple[float, ...] = (
    0, 1, -1, 2, 3, 7, 10, 16, 100, 255, 256, 1000, -273, 2**31, 2**53 - 1, -(2**53 - 1), 0.5, -0.5, 0.1, 0.2, 0.3, 1.5,
    0.01, 19.99, 1e-4, 1.5e-4, 1e-5, 1.25e-5, -1e-7, 1e-10, 5e-324, 2.5e-300, 1e21, 1.5e21, 1e22, 1e300, 1.7e308,
    0.1 + 0.2, 1 / 3, 123456.789, 4503599627370495.5,
)  # fmt: skip


class Sampler:
    """Draws from one stream of chance: whole numbers are integers, as far as both languages hold them exactly."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311, nothing is secret

    def choice(self, options: Sequence[_One]) -> _One:
        """Any of several."""
        return self.random.choice(options)

    def chance(self, probability: float) -> bool:
        """Whether something happens."""
        return self.random.random() < probability

    def text(self, most: int = 6) -> str:
        """A string; halves of a pair that meet are the pair, as they are to whoever reads JSON."""
        if self.chance(0.05):
            return self.choice(_PIECES) * self.random.randrange(40, 80)
        return whole("".join(self.choice(_PIECES) for _ in range(self.random.randrange(most))))

    def number(self) -> float:
        """A number."""
        if self.chance(0.6):
            return self.choice(_NUMBERS)
        if self.chance(0.5):
            return self.random.randrange(-1000, 1000)
        number = round(self.random.uniform(-100, 100), self.random.randrange(1, 12))
        return number if not number.is_integer() else int(number)

    def scalar(self) -> Any:
        """Anything without anything in it."""
        match self.random.randrange(8):
            case 0:
                return None
            case 1:
                return self.chance(0.5)
            case 2 | 3 | 4:
                return self.number()
            case _:
                return self.text()

    def key(self) -> str:
        """The name of a field; none that JavaScript takes for the index of an array, which it moves to the front."""
        return self.choice(_KEYS) if self.chance(0.8) else f"k{self.text(3)}"

    def object(self, depth: int = 2) -> dict[str, Any]:
        """An object."""
        return {self.key(): self.value(depth - 1) for _ in range(self.random.randrange(5))}

    def array(self, depth: int = 2, most: int = 5) -> list[Any]:
        """An array, in which things may stand twice."""
        items = [self.value(depth - 1) for _ in range(self.random.randrange(most))]
        return items + [self.choice(items) for _ in range(self.random.randrange(3)) if items and self.chance(0.3)]

    def value(self, depth: int = 3) -> Any:
        """Anything."""
        if depth <= 0 or self.chance(0.5):
            return self.scalar()
        return self.object(depth) if self.chance(0.5) else self.array(depth)

    def changed(self, value: Any) -> Any:
        """The same value, or one with a small difference."""
        copy = json.loads(json.dumps(value))
        if self.chance(0.4):
            return copy
        if is_array(copy) and copy:
            index = self.random.randrange(len(copy))
            copy[index] = self.changed(copy[index])
        elif is_object(copy) and copy:
            key = self.choice([*copy])
            copy[key] = self.changed(copy[key])
        else:
            copy = self.scalar()
        return copy


def whole(text: str) -> str:
    """A string as it is once it was JSON."""
    read: str = json.loads(json.dumps(text))
    return read
