"""What the functions and constants of a generated module are called, and which of them it needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import cast

from ..backends.python.syntax import Assign, Name, SetDisplay, Value, call, tuple_of
from ..finding.pointer import tokens
from ..runtime.python.values import comparable
from .ir import JsonValue, Key, Program, Schema

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
        self.constants: dict[str, Assign] = {}
        """Each constant of the module, by its name."""

        self.functions: dict[str, tuple[str, Schema]] = {}
        """What each function does that a call was written of, and for which schema. Not every call is kept."""

        self._stems: dict[Key, str] = {}
        self._taken: set[str] = set()
        self._values: dict[Value, Name] = {}

    def function(self, does: str, schema: Schema) -> str:
        """The function that *does* something (`is`, `check`, …) for a schema; it will be made."""
        name = f"_{does}_{self.stem(schema.key)}"
        self.functions.setdefault(name, (does, schema))
        return name

    def stem(self, key: Key) -> str:
        """A name for a schema of where it stands."""
        if key not in self._stems:
            base = _stem(key.place)
            stem, number = base, 2
            while stem in self._taken:
                stem, number = f"{base}_{number}", number + 1
            self._taken.add(stem)
            self._stems[key] = stem
        return self._stems[key]

    def set_of(self, values: Iterable[str], what: str, key: Key) -> Name:
        """A constant that holds *values* as a set."""
        items = tuple_of(dict.fromkeys(values)).items
        return self._constant(call("frozenset", SetDisplay(items)), f"_{what}_{self.stem(key)}".upper())

    def comparable(self, value: JsonValue, key: Key) -> Name:
        """A constant that holds what `comparable` makes of an array or object, which is flat however deep that is."""
        parts = cast("tuple[object, ...]", comparable(value))
        return self._constant(tuple_of(parts), f"_VALUE_{self.stem(key)}".upper())

    def _constant(self, value: Value, wish: str) -> Name:
        if value not in self._values:
            name, number = wish, 2
            while name in self.constants:
                name, number = f"{wish}_{number}", number + 1
            self._values[value] = Name(name)
            self.constants[name] = Assign(name, value)
        return self._values[value]


def _stem(place: str) -> str:
    label, _, pointer = place.partition("#")
    words = [PurePosixPath(label).stem] if label else []
    words += [token for token in tokens(pointer) if token not in _STRUCTURE]
    text = " ".join(words) or "root"
    name = "_".join(_WORD.findall(_BOUNDARY.sub("_", text))).lower()
    while len(name) > _LONGEST and "_" in name:
        name = name.partition("_")[2]
    return name[:_LONGEST].strip("_") or "schema"
