"""Definitions to modules of Python: what each imports, in which order it defines, what it offers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from ..backends.python.text import docstring, exports, header, imported, module_name
from .definitions import Definition, Import, Part
from .file import File
from .sharing import Node, SpecLayout, shared

__all__ = ["PythonFile", "module", "modules"]

_PACKAGE = "python/parlance_dialects"
_TEMPLATE = "python/module.py.j2"
_STANDARD = frozenset({"collections.abc", "enum", "typing"})
_FLAG = "TYPE_CHECKING = False"
_PRIVATE = "# Only dialects use what they share, under names that begin with an underscore.\n" + (
    "# pyright: reportPrivateUsage=false, reportUnusedFunction=false"
)

_Path = tuple[str, ...]
"""The parts of a module's name, below the package."""


class PythonFile(NamedTuple):
    """A module, and whose it is."""

    file: File
    target: str
    dialect: str | None
    """None for what several dialects share."""

    runtime: frozenset[str] = frozenset()
    """The modules of the run time that it imports."""


@dataclass(frozen=True, slots=True)
class _Module:
    path: _Path
    part: Part
    """The oldest that has one of its definitions."""

    definitions: list[tuple[Definition, str]]
    """Each with a dialect that has it."""

    is_shared: bool


def module(part: Part) -> Iterator[File]:
    """What a target makes of a dialect alone: one module that has everything."""
    yield from (each.file for each in modules([part], SpecLayout({}, {})))


def modules(parts: Sequence[Part], layout: SpecLayout) -> Iterator[PythonFile]:
    """The modules of *parts*, of the oldest dialect first: what several dialects have in common stands once."""
    common = shared(parts, layout)
    homes: dict[Node, _Path] = {}
    grouped: dict[_Path, _Module] = {}
    own: list[_Module] = []
    for part in parts:
        here = (module_name(part.dialect), part.target)
        kept: list[tuple[Definition, str]] = []
        for each in part.definitions:
            node = Node(part.target, part.dialect, each.name)
            place = common.get(node)
            homes[node] = here if place is None else ("shared", part.target, place.module)
            if place is None:
                kept.append((each, part.dialect))
            elif place.dialect == part.dialect:
                path = homes[node]
                group = grouped.setdefault(path, _Module(path, part, [], is_shared=True))
                group.definitions.append((each, part.dialect))
        own.append(_Module(here, part, kept, is_shared=False))
    writer = _Writer(homes, {path: len(group.definitions) for path, group in grouped.items()})
    for made in (*grouped.values(), *own):
        dialect = None if made.is_shared else made.part.dialect
        yield PythonFile(writer.file(made), made.part.target, dialect, writer.runtime(made))
    for target in dict.fromkeys(group.part.target for group in grouped.values()):
        text = f'{header()}\n\n"""What several dialects have of {target}."""\n'
        yield PythonFile(File(f"{_PACKAGE}/shared/{target}/__init__.py", text=text), target, None)


@dataclass(frozen=True, slots=True)
class _Writer:
    homes: Mapping[Node, _Path]
    sizes: Mapping[_Path, int]
    """How much each module of shared definitions offers."""

    def file(self, module: _Module) -> File:
        """The file of a module."""
        part, definitions = module.part, _in_order([each for each, _ in module.definitions])
        imports = {*self._imports(module, lambda each: each.uses), *self._references(module)}
        offered = [name for each in definitions for name in (each.name, *each.also) if not name.startswith("_")]
        stars: list[_Path] = []
        is_listed = True
        if not module.is_shared:
            stars = self._offered_whole(part)
            names = {"." + ".".join(path) for path in stars}
            imports = {each for each in (*imports, *self._reexports(part)) if each.module not in names}
            offered = [name for name in part.exports if self._home(part, name) not in stars]
            is_listed = not stars or any(self._home(part, name) != module.path for name in offered)
            offered = [*part.exports] if is_listed else offered
        typed = {*self._imports(module, lambda each: each.types)} - imports
        is_private = any(each.name.startswith("_") for each in (*imports, *(definitions if module.is_shared else ())))
        sections = [
            header(),
            docstring(self._docstring(module)),
            *_notes(part, definitions, is_private=is_private),
            "from __future__ import annotations",
            *_sections({*imports, *(_module(path) for path in stars if not is_listed)}, module.path, stars),
            *([_type_checking(typed, module.path)] if typed else []),
            *([_offer(offered, () if is_listed else stars, has_flag=bool(typed))] if offered or stars else []),
        ]
        path = f"{_PACKAGE}/{'/'.join(module.path)}.py"
        return File(path, _TEMPLATE, {"sections": sections, "body": _body(definitions)})

    def runtime(self, module: _Module) -> frozenset[str]:
        """The modules of the run time that a module imports, for type checkers alone or not."""
        imports = (*self._imports(module, lambda each: each.uses), *self._imports(module, lambda each: each.types))
        known = {path[0] for path in self.homes.values()} | {"shared"}
        modules = {each.module.split(".")[1] for each in imports if each.module.startswith(".")}
        return frozenset(modules - known)

    def _home(self, part: Part, name: str) -> _Path:
        return self.homes.get(Node(part.target, part.dialect, name), (module_name(part.dialect), part.target))

    def _offered_whole(self, part: Part) -> list[_Path]:
        """The modules of which a dialect offers all that they define."""
        found: dict[_Path, int] = {}
        for name in part.exports:
            home = self._home(part, name)
            if home[0] == "shared":
                found[home] = found.get(home, 0) + 1
        return sorted(path for path, count in found.items() if count == self.sizes[path])

    @staticmethod
    def _docstring(module: _Module) -> str:
        if not module.is_shared:
            return module.part.docstring
        return f"What {module.part.dialect} and other dialects have in common: {module.part.summary}."

    def _imports(self, module: _Module, names: Callable[[Definition], AbstractSet[str]]) -> Iterator[Import]:
        """Where a module has names from; its own, and variables of functions, it has from nowhere."""
        for each, dialect in module.definitions:
            for name in names(each):
                home = self.homes.get(Node(module.part.target, dialect, name))
                if home is not None and home != module.path:
                    yield Import("." + ".".join(home), name)
                elif home is None and name in module.part.imports:
                    yield module.part.imports[name]

    def _references(self, module: _Module) -> Iterator[Import]:
        for each, dialect in module.definitions:
            for other in each.references:
                home = self.homes.get(Node(other.target, dialect, other.name), (module_name(dialect), other.target))
                yield Import("." + ".".join(home), other.name)

    def _reexports(self, part: Part) -> Iterator[Import]:
        """What the module of a dialect offers and does not define."""
        for name in part.exports:
            home = self._home(part, name)
            if home[0] == "shared":
                yield Import("." + ".".join(home), name)


def _module(path: _Path) -> Import:
    """A module as a name that is imported."""
    return Import("." + ".".join(path[:-1]), path[-1])


def _offer(names: Sequence[str], whole: Sequence[_Path], *, has_flag: bool) -> str:
    """Source of what a module offers: some names, and all that some modules offer.

    Not every type checker adds up the latter; where there is no list, they take what is defined or imported by star.
    """
    lines = exports(names, 4 if whole else 0).splitlines() if names else ["__all__ = []"]
    if not whole:
        return "\n".join(lines)
    lines += [f"__all__ += {path[-1]}.__all__" for path in whole]
    flag = [] if has_flag else [_FLAG]
    return "\n".join([*flag, "if not TYPE_CHECKING:", *(f"    {line}" for line in lines)])


def _notes(part: Part, definitions: Sequence[Definition], *, is_private: bool) -> Iterator[str]:
    """The comments below the docstring, if there are any."""
    notes = dict.fromkeys(note for each in definitions for note in each.notes)
    if lines := [*notes, *part.notes, *([_PRIVATE] if is_private else [])]:
        yield "\n".join(lines)


def _in_order(definitions: Sequence[Definition]) -> list[Definition]:
    """The definitions in their order, but none before what it mentions when the module is loaded."""
    by_name = {each.name: each for each in definitions}
    done: dict[str, Definition] = {}

    def visit(each: Definition) -> None:
        if each.name in done:
            return
        if each.is_eager:
            for name in sorted(each.uses & by_name.keys() - {each.name}):
                visit(by_name[name])
        done.setdefault(each.name, each)

    for each in definitions:
        visit(each)
    return [*done.values()]


def _body(definitions: Sequence[Definition]) -> str:
    """The definitions, as many blank lines between them as they want; before the first there is one already."""
    text, gap = "", 1
    for each in definitions:
        gap = max(gap, each.gap)
        text += "\n" * (gap + 1 if text else gap - 1) + each.text
        gap = each.gap
    return text


def _sections(imports: Iterable[Import], here: _Path, whole: Iterable[_Path] = (), indent: int = 0) -> list[str]:
    """Source that imports some names, and *whole* modules: of the standard library, of others, of this package."""
    sections: list[list[Import]] = [[], [], []]
    stars = [Import("." + ".".join(path), "*") for path in whole]
    for each in (*imports, *stars):
        sections[2 if each.module.startswith(".") else 0 if each.module in _STANDARD else 1].append(each)
    margin = " " * indent
    return ["\n".join(f"{margin}{line}" for line in _lines(each, here, indent)) for each in sections if each]


def _lines(imports: Iterable[Import], here: _Path, indent: int = 0) -> Iterator[str]:
    in_order = sorted(imports, key=lambda each: _order(each, here))
    for source, group in groupby(in_order, lambda each: _source(each.module, here)):
        names = [*group]
        plain = sorted({each.name for each in names if not each.local})
        if plain:
            yield imported(source, plain, indent)
        for each in sorted(names):
            if each.local:
                yield f"from {source} import {each.name} as {each.local}"


def _order(each: Import, here: _Path) -> tuple[int, str]:
    source = _source(each.module, here)
    name = source.lstrip(".")
    return len(name) - len(source), name


def _source(module: str, here: _Path) -> str:
    """The name of a module in an import of another one."""
    if not module.startswith("."):
        return module
    there = tuple(module[1:].split("."))
    same = 0
    while same < min(len(here), len(there)) - 1 and here[same] == there[same]:
        same += 1
    return "." * (len(here) - same) + ".".join(there[same:])


def _type_checking(imports: Iterable[Import], here: _Path) -> str:
    """Source that imports for type checkers alone."""
    return f"{_FLAG}\nif TYPE_CHECKING:\n" + "\n\n".join(_sections(imports, here, indent=4))
