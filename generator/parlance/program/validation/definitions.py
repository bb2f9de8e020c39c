"""The definitions of a contract by name, and what is made of each."""

from __future__ import annotations

from ...contract.ir import (
    Alias,
    Anything,
    Boolean,
    Constant,
    Contract,
    Definition,
    Enumeration,
    Integer,
    Null,
    Number,
    Text,
    Type,
)
from .tagging import records_by_tag

__all__ = ["Definitions"]


class Definitions:
    """The definitions of a contract."""

    def __init__(self, contract: Contract) -> None:
        self.dialect = contract.dialect
        self.undecided = contract.undecided
        """The records whose unknown fields are for the dialect to decide about."""

        self.definitions: dict[str, Definition] = {each.name: each for each in contract.definitions}
        self.tags = records_by_tag(contract)
        """The tag through which alone a record is reached: by then it is an object, and its tag is right."""

    def inlined(self, name: str) -> Type | None:
        """The type that stands wherever a definition is mentioned; None for what has routines or a table."""
        match self.definitions[name]:
            case Enumeration(open=True, base=base):
                return base
            case Alias(type=Text() | Integer() | Number() | Boolean() | Null() | Constant() | Anything() as scalar):
                return scalar
            case _:
                return None
