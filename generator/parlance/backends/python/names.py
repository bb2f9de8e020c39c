"""What the functions and constants of generated modules are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

__all__ = ["DefinitionNames", "GateNames"]


class DefinitionNames(Protocol):
    """Names for what is made of each definition."""

    def predicate(self, name: str, /) -> str:
        """The function that says whether a value has no fault."""
        ...

    def check(self, name: str, /) -> str:
        """The function that collects the faults of a value."""
        ...

    def fields(self, name: str, /) -> str:
        """The constant that lists a record's fields."""
        ...

    def foreign(self, name: str, /) -> str:
        """The constant that says of fields from elsewhere what they are."""
        ...

    def members(self, name: str, /) -> str:
        """The constant that lists an enumeration's values."""
        ...


@dataclass(frozen=True, slots=True)
class GateNames:
    """Names for what a gate asks."""

    artifact: str
    """As a part of names."""

    rules: Mapping[str, str]
    """The constants of rules, by code."""

    def check(self, code: str) -> str:
        """The function that applies a rule."""
        return f"_check_{self.rules[code].lower()}"

    def keywords(self, code: str) -> str:
        """The constant that has a rule's table of keywords."""
        return f"_{self.rules[code]}_KEYWORDS"

    def routine(self, name: str) -> str:
        """The function that is a part of the gate."""
        whole = f"_may_refuse_{self.artifact}"
        return f"{whole}_{name}" if name.strip("_") else whole + name
