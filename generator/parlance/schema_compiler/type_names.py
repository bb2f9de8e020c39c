"""What the types of a schema are called: as their definitions are, or after where they stand."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath

from ..finding.pointer import tokens

__all__ = ["TypeNames"]

_STRUCTURE = frozenset({"properties", "$defs", "definitions", "components", "schemas", "patternProperties"}) | {
    *("items", "prefixItems", "additionalProperties", "allOf", "anyOf", "oneOf", "dependentSchemas", "dependencies"),
    *("paths", "content", "schema", "responses"),
}
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 60

# What modules of types import, and what a module of checks has of its own.
_TAKEN = frozenset({"Any", "Annotated", "BaseModel", "Callable", "ConfigDict", "Field", "Iterable", "Iterator"}) | {
    *("Json", "Literal", "NotRequired", "PROGRAMS", "Program", "Required", "RootModel", "TYPE_CHECKING", "TypeAlias"),
    *("TypeAliasType", "TypedDict", "Union", "Optional", "Violation", "List", "Dict", "Array", "Boolean", "Date"),
    *("Error", "Function", "JSON", "Map", "Number", "Object", "Promise", "Record", "RegExp", "Set", "String", "Symbol"),
    *("Enum", "Decimal", "UUID", "Path", "Pattern", "Model", "Root", "Self", "Never", "Partial", "Pick", "Omit"),
}


class TypeNames:
    """Hands out names, none of them twice, and none that a language or a module needs for itself."""

    def __init__(self, document: str, taken: Collection[str] = ()) -> None:
        self._taken = {name.casefold() for name in (*_TAKEN, *taken, *dir(builtins), *keyword.kwlist)}

        self._document = document

    def name(self, place: str) -> str:
        """The name of what stands at *place*, the label of a document, `#` and a JSON Pointer."""
        label, _, pointer = place.partition("#")
        words = [key for key in tokens(pointer) if key not in _STRUCTURE and not key.isdigit()]
        words = words or [PurePosixPath(label).name.partition(".")[0] or self._document]
        wish = "".join(map(_capitalised, words))[-_LONGEST:]
        wish = wish[:1].upper() + wish[1:]
        if not wish.isidentifier():
            wish = f"Type{wish}"
        name, number = wish, 2
        while name.casefold() in self._taken:
            name, number = f"{wish}{number}", number + 1
        self._taken.add(name.casefold())
        return name


def _capitalised(text: str) -> str:
    """A text as one word, each of its words with a capital."""
    # As Python reads an identifier, and without what other languages take for no letter.
    plain = unicodedata.normalize("NFKC", text).encode("ascii", "ignore").decode()
    return "".join(word[:1].upper() + word[1:] for word in _WORD.findall(plain))
