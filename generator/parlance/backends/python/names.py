"""What the functions and constants of a validators module are called."""

from __future__ import annotations

from typing import Protocol

__all__ = ["DefinitionNames"]


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
