"""What the functions and constants of a generated module are called, and which of them it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import cast

from ..backends.python.text import bracketed, literal
from ..finding.pointer import tokens
from ..runtime.python.values import comparable
from .ir import Key, Program, Schema, Value

__all__ = ["CONTRIBUTING", "Names"]

_STRUCTURE = frozenset({"properties", "$defs", "definitions", "patternProperties", "dependentSchemas", "dependencies"})
_WORD = re.compile(r"[A-Za-z0-9]+")
_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LONGEST = 48
CONTRIBUTING = "covers"
"""What begins the names of predicates that also tell what they evaluated."""


class Names:
    """Hands out names, and remembers what was asked for."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.constants: dict[str, str] = {}
        """Source of each module constant, by its name."""

        self.functions: dict[str, tuple[str, Schema]] = {}
        """What each function does that a call was written of, and for which schema. Not every call is kept."""

        self._stems: dict[Key, str] = {}
        self._taken: set[str] = set()
        self._values: dict[str, str] = {}

    def function(self, does: str, schema: Schema) -> str:
        """The function that *does* something (`is`, `check`, …) for a schema; it will be made."""
        name = f"_{does}_{self.stem(schema.key)}"
        self.functions.setdefault(name, (does, schema))
        return name

    def stem(self, key: Key) -> str:
        """A name for a schema that tells where it stands."""
        if key not in self._stems:
            base = _stem(key.place)
            stem, number = base, 2
            while stem in self._taken:
                stem, number = f"{base}_{number}", number + 1
            self._taken.add(stem)
            self._stems[key] = stem
        return self._stems[key]

    def set_of(self, values: Sequence[str], what: str, key: Key) -> str:
        """A constant that holds *values* as a set."""
        items = [literal(value) for value in dict.fromkeys(values)]
        flat = ", ".join(items)
        return self._constant(flat, f"_{what}_{self.stem(key)}".upper(), "frozenset({", items, "})")

    def comparable(self, value: Value, key: Key) -> str:
        """A constant that holds what `comparable` makes of an array or object, which is flat however deep that is."""
        parts = cast("tuple[object, ...]", comparable(value))
        items = [literal(part) for part in parts]
        end = ",)" if len(items) == 1 else ")"
        return self._constant(str(items), f"_VALUE_{self.stem(key)}".upper(), "(", items, end)

    def _constant(self, identity: str, wish: str, start: str, items: list[str], end: str) -> str:
        if identity not in self._values:
            name, number = wish, 2
            while name in self.constants:
                name, number = f"{wish}_{number}", number + 1
            self._values[identity] = name
            self.constants[name] = bracketed(f"{name} = {start}", items, end)
        return self._values[identity]


def _stem(place: str) -> str:
    label, _, pointer = place.partition("#")
    words = [PurePosixPath(label).stem] if label else []
    words += [token for token in tokens(pointer) if token not in _STRUCTURE]
    text = " ".join(words) or "root"
    name = "_".join(_WORD.findall(_BOUNDARY.sub("_", text))).lower()
    while len(name) > _LONGEST and "_" in name:
        name = name.partition("_")[2]
    return name[:_LONGEST].strip("_") or "schema"
