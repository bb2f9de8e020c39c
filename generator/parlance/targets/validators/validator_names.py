"""The names that a validators module gives to its functions and constants, and what has none."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from ...contract.ir import Contract
from ...program.validation.definitions import Definitions

__all__ = ["ValidatorNames", "snake_case"]

_CHARACTERS = "(?:[a-z0-9]|letters|lower|upper|digits|underscore|hyphen|dot|colon|slash|at|hash)"
_OTHERS = re.compile(f"severities|{_CHARACTERS}(?:_{_CHARACTERS})*")
"""Words of which other constants of the module are made."""

_WORD_END = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def snake_case(name: str) -> str:
    """Spell `ChatCompletionImageURL` as `chat_completion_image_url`."""
    return _WORD_END.sub("_", name).replace("-", "_").lower()


class ValidatorNames(Definitions):
    """The definitions of a contract, and one lower-case word for each, no two alike."""

    def __init__(self, contract: Contract) -> None:
        super().__init__(contract)
        self._words: dict[str, str] = {}
        for name in self.definitions:
            self._words[name] = _free(snake_case(name), {*self._words.values()})

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
