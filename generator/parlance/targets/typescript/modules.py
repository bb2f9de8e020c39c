"""A module of TypeScript: what it defines, and what it imports for that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from ...backends.typescript.names import run_time_names, run_time_types
from ...backends.typescript.pretty_printing import Document, bracketed, names, printed
from ...backends.typescript.text import comment, header
from ...contract.references import reached
from ..file import File

__all__ = ["Definition", "module", "reachable"]


@dataclass(frozen=True)
class Definition:
    """A function, a constant or a type at the top of a module."""

    name: str
    source: Document
    summary: str = ""
    is_exported: bool = False

    @property
    def mentioned(self) -> frozenset[str]:
        """The names in it."""
        return self._printed[1]

    def text(self) -> str:
        """The definition with its comment."""
        code, _ = self._printed
        return f"{comment(self.summary)}\n{code}" if self.summary else code

    @cached_property
    def _printed(self) -> tuple[str, frozenset[str]]:
        return _printed(("export " if self.is_exported else "", self.source))


# Three in four definitions are those of another dialect.
@cache
def _printed(source: Document) -> tuple[str, frozenset[str]]:
    """The text of a document, and the names in it."""
    return printed(source), names(source)


def module(  # noqa: PLR0913, PLR0917 - what a module has
    path: str,
    summary: str,
    definitions: Sequence[Definition],
    others: Mapping[str, Iterable[str]],
    imports: Sequence[str] = (),
    note: str = "",
) -> File:
    """A file of *definitions*.

    *others* are the names that it may have from modules beside it, by module; *imports* are statements
    besides, *note* is a comment at the top.
    """
    own = {each.name for each in definitions}
    used = {name for each in definitions for name in each.mentioned} - own
    homes: dict[str, list[str]] = {}
    for name in used & run_time_names().keys():
        homes.setdefault(f"../runtime/{run_time_names()[name]}.js", []).append(name)
    for beside, offered in others.items():
        homes.setdefault(f"./{beside}.js", []).extend(used.intersection(offered))
    named = [_imported(home, homes[home]) for home in sorted(homes, key=_import_order) if homes[home]]
    view = {
        "header": header(),
        "doc": f"{note}\n\n{comment(summary)}" if note else comment(summary),
        "imports": [*named, *imports],
        "definitions": [each.text() for each in definitions],
    }
    return File(path, "typescript/module.ts.j2", view)


def _import_order(home: str) -> tuple[bool, str]:
    return not home.startswith(".."), home


def _imported(home: str, listed: Sequence[str]) -> str:
    is_ours = home.startswith("..")
    words = sorted(f"type {name}" if is_ours and name in run_time_types() else name for name in listed)
    words.sort(key=lambda word: word.removeprefix("type ").lower())
    return printed((bracketed("import {", words, "}", " "), f' from "{home}";'))


def reachable(definitions: Iterable[Definition], starts: Iterable[str]) -> list[Definition]:
    """The definitions that *starts* lead to, in their own order."""
    by_name = {each.name: each for each in definitions}
    found = reached(by_name.keys() & {*starts}, lambda name: by_name[name].mentioned & by_name.keys())
    return [each for name, each in by_name.items() if name in found]
