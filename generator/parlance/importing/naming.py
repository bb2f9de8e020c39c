"""Names of schemas: those of the document where a type can have them, others from where a schema stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..targets.python_names import UnusableNameError, class_name

__all__ = ["ImportedNames", "pascal"]

_VALID = re.compile(r"[A-Z][A-Za-z0-9_]*\Z")
_ORDINALS = ("Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


def pascal(text: str) -> str:
    """A text as a name with capitals: letters and digits of ASCII alone."""
    words = re.findall(r"[A-Za-z0-9]+", text)
    return "".join(word[0].upper() + word[1:] for word in words)


def _is_usable(name: str) -> bool:
    """Whether a class of generated modules can have the name."""
    try:
        return class_name(name) == name
    except UnusableNameError:
        return False


class ImportedNames:
    """Gives each schema a name that no other has, whatever case counts for."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}

    def component(self, name: str) -> str:
        """The name of a schema that has one in its document, made valid."""
        if _VALID.match(name) and _is_usable(name):
            return self._unique(name)
        return self._unique(self._valid(name))

    def inline(self, parts: Iterable[str]) -> str:
        """The name of a schema that stands in another."""
        return self._unique(self._valid("".join(pascal(part) for part in parts)))

    def _valid(self, text: str) -> str:
        name = pascal(text)
        if not name or not name[0].isalpha():
            name = f"Schema{name}"
        return name if _is_usable(name) else f"{name}Schema"

    def _unique(self, name: str) -> str:
        """*name*, or with a word after it; names that differ in case only are one to some file systems."""
        candidates = [name, *(f"{name}{ordinal}" for ordinal in _ORDINALS)]
        found = next((each for each in candidates if each.lower() not in self._taken), None)
        number = 11
        while found is None:
            if f"{name}{number}".lower() not in self._taken:
                found = f"{name}{number}"
            number += 1
        self._taken[found.lower()] = found
        return found
