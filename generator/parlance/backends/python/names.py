"""What the functions and constants of generated modules are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

__all__ = ["GateNames", "SchemaNames"]


@dataclass(frozen=True, slots=True)
class GateNames:
    """Names for what a gate asks."""

    artifact: str
    """As a part of names."""

    rules: Mapping[str, str]
    """The constants of rules, by code."""

    verb: str = "refuse"

    @property
    def sets(self) -> str:
        """How the names of sets of keys begin."""
        return f"_{self.artifact}" if self.verb == "refuse" else f"_{self.verb}_{self.artifact}"

    @property
    def gate(self) -> str:
        """The gate itself."""
        return f"may_{self.verb}_{self.artifact}"

    def check(self, code: str) -> str:
        """The function that applies a rule."""
        return f"_check_{self.rules[code].lower()}"

    def keywords(self, code: str) -> str:
        """The constant that has a rule's table of keywords."""
        return f"_{self.rules[code]}_KEYWORDS"

    def routine(self, name: str) -> str:
        """The function that is a part of the gate."""
        whole = f"_{self.gate}"
        return f"{whole}_{name}" if name.strip("_") else whole + name


@dataclass(frozen=True, slots=True)
class SchemaNames:
    """Names for what is made of each schema of a program."""

    searches: Collection[str] = ()
    """The patterns that are searched for in linear time, by a program."""

    patterns: Mapping[str, str] = field(default_factory=dict[str, str])
    """The constants that hold long patterns, by pattern."""

    def predicate(self, name: str, /) -> str:
        """The function that says whether a value satisfies a schema."""
        return f"_is_{name}"

    def covering(self, name: str, /) -> str:
        """The function that also gathers what is evaluated of the value."""
        return f"_covers_{name}"

    def check(self, name: str, /) -> str:
        """The function that collects the faults of a value."""
        return f"_check_{name}"

    def fields(self, name: str, /) -> str:
        """The constant that lists names of properties."""
        return self.constant(name)

    def members(self, name: str, /) -> str:
        """The constant that lists values."""
        return self.constant(name)

    def constant(self, name: str, /) -> str:
        """Any constant."""
        return f"_{name}".upper()

    def foreign(self, name: str, /) -> str:
        """No schema has fields from elsewhere."""
        raise LookupError(name)
