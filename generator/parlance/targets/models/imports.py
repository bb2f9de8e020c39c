"""The names that models mention and modules import, none of them in the way of a definition."""

from __future__ import annotations

from collections.abc import Iterable

from ..definitions import Import, Reference

__all__ = ["IMPORTABLE", "Imports"]

_HOMES = {
    "TYPE_CHECKING": "typing",
    "Annotated": "typing",
    "Literal": "typing",
    "TypeAlias": "typing",
    "Self": "typing",
    "TypeAliasType": "typing_extensions",
    "model_validator": "pydantic",
    "AnyJson": ".model_types",
    "Boolean": ".model_types",
    "ByTag": ".model_unions",
    "Case": ".model_unions",
    "ClosedRecord": ".model_records",
    "Entries": ".model_types",
    "Exactly": ".model_types",
    "Integer": ".model_types",
    "Items": ".model_types",
    "Number": ".model_types",
    "Omissible": ".model_types",
    "OneOf": ".model_unions",
    "OpenRecord": ".model_records",
    "PartialRecord": ".model_records",
    "Real": ".model_types",
    "Refused": ".model_types",
    "Tag": ".model_unions",
    "Text": ".model_types",
    "Whole": ".model_types",
    "Wire": ".model_types",
    "count_fields": ".model_records",
}
IMPORTABLE = frozenset(_HOMES)
"""Names that an attribute must not shadow."""


class Imports:
    """Which names a definition mentions, collected while its text is made."""

    def __init__(self, definitions: Iterable[str]) -> None:
        self._definitions = frozenset(definitions)
        self._used: set[str] = set()
        self._references: set[Reference] = set()

    def name(self, name: str) -> str:
        """The local name of something that every module of models can import."""
        local = self._local(name)
        self._used.add(local)
        return local

    def _local(self, name: str) -> str:
        return f"_{name}" if name in self._definitions else name

    def definition(self, name: str) -> str:
        """The name of another definition."""
        self._used.add(name)
        return name

    def enumeration(self, name: str) -> str:
        """The local name of an enumeration of the same dialect."""
        self._references.add(Reference("enums", name))
        return name

    def taken(self) -> tuple[frozenset[str], frozenset[Reference]]:
        """What was asked for since this was last called: names, and enumerations."""
        used, references = frozenset(self._used), frozenset(self._references)
        self._used.clear()
        self._references.clear()
        return used, references

    @property
    def all(self) -> dict[str, Import]:
        """By its local name, where each name comes from."""
        locals_ = {name: self._local(name) for name in _HOMES}
        return {local: Import(_HOMES[name], name, local if local != name else "") for name, local in locals_.items()}
