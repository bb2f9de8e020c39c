"""Sets of keys that code asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .syntax import Assign, call, tuple_of

__all__ = ["KeySets"]

_WORDS_IN_NAME = 3


class KeySets:
    """Sets of keys that code asks for, each a constant of the module."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._names: dict[tuple[str, ...], str] = {}

    def name(self, keys: Sequence[str]) -> str:
        """The constant of some keys, which is called by the first of them."""
        in_order = tuple(sorted(keys))
        if in_order not in self._names:
            words = re.findall("[A-Za-z0-9]+", " ".join(keys[:_WORDS_IN_NAME]))
            name = "_".join([self._prefix, *words, "AND_OTHERS"]).upper()
            while name in self._names.values():
                name += "_"
            self._names[in_order] = name
        return self._names[in_order]

    @property
    def statements(self) -> list[Assign]:
        """What makes the constants."""
        return [Assign(name, call("frozenset", tuple_of(keys))) for keys, name in self._names.items()]
