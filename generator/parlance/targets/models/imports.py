"""The names that a module of models imports: only those it uses, none of them in the way of a definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...backends.python.text import imported

__all__ = ["IMPORTABLE", "Imports"]

_HOMES = {
    "TYPE_CHECKING": "typing",
    "Annotated": "typing",
    "Literal": "typing",
    "TypeAlias": "typing",
    "Self": "typing",
    "TypeAliasType": "typing_extensions",
    "model_validator": "pydantic",
    "AnyJson": "..model_types",
    "Boolean": "..model_types",
    "ClosedRecord": "..model_types",
    "Entries": "..model_types",
    "Exactly": "..model_types",
    "Integer": "..model_types",
    "Items": "..model_types",
    "Number": "..model_types",
    "Omissible": "..model_types",
    "OpenRecord": "..model_types",
    "Real": "..model_types",
    "Refused": "..model_types",
    "Tag": "..model_types",
    "Text": "..model_types",
    "Whole": "..model_types",
    "Wire": "..model_types",
    "count_fields": "..model_types",
}
IMPORTABLE = frozenset(_HOMES)
"""Names that an attribute must not shadow."""

_SECTIONS = (("typing",), ("pydantic", "typing_extensions"), ("..model_types", ".enums"))


class Imports:
    """What was asked for so far."""

    def __init__(self, definitions: Iterable[str]) -> None:
        self._definitions = frozenset(definitions)
        self._used: dict[str, set[str]] = {}

    def name(self, name: str) -> str:
        """The local name of something that every module of models can import."""
        self._used.setdefault(_HOMES[name], set()).add(name)
        return f"_{name}" if name in self._definitions else name

    def enumeration(self, name: str) -> str:
        """The local name of an enumeration of the same dialect."""
        self._used.setdefault(".enums", set()).add(name)
        return name

    def source(self) -> str:
        """The import statements, sorted."""
        used = [[home for home in homes if home in self._used] for homes in _SECTIONS]
        sections = ["\n".join(line for home in homes for line in self._statements(home)) for homes in used]
        return "\n\n".join(section for section in sections if section)

    def _statements(self, home: str) -> Iterator[str]:
        names = sorted(self._used[home])
        clashing = [] if home == ".enums" else [name for name in names if name in self._definitions]
        plain = [name for name in names if name not in clashing]
        if plain:
            yield imported(home, plain)
        yield from (f"from {home} import {name} as _{name}" for name in clashing)
