"""The names that a validators module gives to its functions and constants, and what has none."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

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

__all__ = ["Names", "snake_case"]

_CHARACTERS = "(?:[a-z0-9]|letters|lower|upper|digits|underscore|hyphen|dot|colon|slash|at|hash)"
_OTHERS = re.compile(f"severities|{_CHARACTERS}(?:_{_CHARACTERS})*")
"""Words of which other constants of the module are made."""

_WORD_END = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def snake_case(name: str) -> str:
    """Spell `ChatCompletionImageURL` as `chat_completion_image_url`."""
    return _WORD_END.sub("_", name).replace("-", "_").lower()


class Names:
    """One lower-case word for each definition of a contract, no two alike."""

    def __init__(self, contract: Contract) -> None:
        self.dialect = contract.dialect
        self.undecided = contract.undecided
        """The records whose unknown fields are for the dialect to decide about."""

        self.definitions: dict[str, Definition] = {each.name: each for each in contract.definitions}
        self._words: dict[str, str] = {}
        for name in self.definitions:
            self._words[name] = _free(snake_case(name), {*self._words.values()})

        self.tags = records_by_tag(contract)
        """The tag through which alone a record is reached: by then it is an object, and its tag is right."""

    def inlined(self, name: str) -> Type | None:
        """The type that stands wherever a definition is mentioned; None for what has functions or a constant."""
        match self.definitions[name]:
            case Enumeration(open=True, base=base):
                return base
            case Alias(type=Text() | Integer() | Number() | Boolean() | Null() | Constant() | Anything() as scalar):
                return scalar
            case _:
                return None

    def predicate(self, name: str) -> str:
        """The function that says whether a value has no fault."""
        return f"_is_{self._words[name]}"

    def check(self, name: str) -> str:
        """The function that collects the faults of a value."""
        return f"_check_{self._words[name]}"

    def fields(self, name: str) -> str:
        """The constant that lists a record's fields."""
        return f"_{self._words[name].upper()}_FIELDS"

    def foreign(self, name: str) -> str:
        """The constant that says of fields from elsewhere what they are."""
        return f"_{self._words[name].upper()}_FOREIGN"

    def members(self, name: str) -> str:
        """The constant that lists an enumeration's values."""
        return f"_{self._words[name].upper()}"


def _free(word: str, taken: AbstractSet[str]) -> str:
    """*word*, lengthened until neither its constants nor its functions are those of another one."""
    while _OTHERS.fullmatch(word) or not taken.isdisjoint({word, f"{word}_fields", word.removesuffix("_fields")}):
        word += "_"
    return word
