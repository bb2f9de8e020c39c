"""The names that a validators module gives to its functions and constants."""

from __future__ import annotations

import re
from collections import Counter

from ...contract.ir import Contract, Definition
from .tagging import records_by_tag

__all__ = ["Names", "snake_case"]

_WORD_END = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def snake_case(name: str) -> str:
    """Spell `ChatCompletionImageURL` as `chat_completion_image_url`."""
    return _WORD_END.sub("_", name).replace("-", "_").lower()


class Names:
    """One lower-case word for each definition of a contract, no two alike."""

    def __init__(self, contract: Contract) -> None:
        self.definitions: dict[str, Definition] = {each.name: each for each in contract.definitions}
        spelled = {name: snake_case(name) for name in self.definitions}
        uses = Counter(spelled.values())
        self._words = {name: word if uses[word] == 1 else name for name, word in spelled.items()}

        self.tags = records_by_tag(contract)
        """The tag through which alone a record is reached: by then it is an object, and its tag is right."""

    def predicate(self, name: str) -> str:
        """The function that says whether a value has no fault."""
        return f"_is_{self._words[name]}"

    def check(self, name: str) -> str:
        """The function that collects the faults of a value."""
        return f"_check_{self._words[name]}"

    def fields(self, name: str) -> str:
        """The constant that lists a record's fields."""
        return f"_{self._words[name].upper()}_FIELDS"

    def members(self, name: str) -> str:
        """The constant that lists an enumeration's values."""
        return f"_{self._words[name].upper()}"
