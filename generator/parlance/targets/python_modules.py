"""Definitions to modules of Python: what each imports, in which order it defines, what it offers."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from ..backends.python.text import docstring, exports, header, imported, module_name
from .definitions import Definition, Import, Part
from .file import File
from .grouping import SHARED, Grouping, Module, ModuleFile, ModulePath, Taken, grouped
from .sharing import SpecLayout

__all__ = ["ImportingModule", "body_of", "import_sections", "in_load_order", "module", "modules"]

_PACKAGE = "python/parlance_dialects"
_TEMPLATE = "python/module.py.j2"
_FLAG = "TYPE_CHECKING = False"
_PRIVATE = "# Only dialects use what they share, under names that begin with an underscore.\n" + (
    "# pyright: reportPrivateUsage=false, reportUnusedFunction=false"
)


def module(part: Part) -> Iterator[File]:
    """What a target makes of a dialect alone: one module that has everything."""
    yield from (each.file for each in modules([part], SpecLayout({})))


def modules(parts: Sequence[Part], layout: SpecLayout) -> Iterator[ModuleFile]:
    """The modules of *parts*, of the oldest dialect first: what several dialects have in common stands once."""
    grouping = grouped(parts, layout, module_name)
    writer = _ModuleWriter(grouping)
    for made in grouping.modules:
        yield ModuleFile(writer.file(made), made.part.target, made.dialect, writer.runtime(made))
    for target in dict.fromkeys(each.part.target for each in grouping.modules if each.is_shared):
        text = f'{header()}\n\n"""What several dialects have of {target}."""\n'
        yield ModuleFile(File(f"{_PACKAGE}/{SHARED}/{target}/__init__.py", text=text), target, None)


class ImportingModule(NamedTuple):
    """A module that imports others of its package."""

    path: ModulePath
    package: str | None = None
    """The name of the package, where imports are absolute."""


@dataclass(frozen=True, slots=True)
class _ModuleWriter:
    grouping: Grouping

    def file(self, module: Module) -> File:
        """The file of a module."""
        part, definitions = module.part, in_load_order([each for each, _ in module.members])
        imports = {*self._imports(module, lambda each: each.uses), *map(_taken, self.grouping.references(module))}
        offered = [name for each in definitions for name in (each.name, *each.also) if not name.startswith("_")]
        stars: list[ModulePath] = []
        is_listed = True
        if not module.is_shared:
            stars = self.grouping.offered_whole(module)
            left = [each for each in self.grouping.offered(module) if each.home not in stars]
            names = {_dotted(path) for path in stars}
            reexports = {_taken(each) for each in left if each.home != module.path}
            imports = {each for each in (*imports, *reexports) if each.module not in names}
            is_listed = not stars or any(each.home != module.path for each in left)
            offered = [*part.exports] if is_listed else [each.name for each in left]
        typed = {*self._imports(module, lambda each: each.types)} - imports
        is_private = any(each.name.startswith("_") for each in (*imports, *(definitions if module.is_shared else ())))
        here = ImportingModule(module.path, self.grouping.layout.package)
        sections = [
            header(),
            docstring(module.docstring),
            *_notes(part, definitions, is_private=is_private),
            "from __future__ import annotations",
            *import_sections({*imports, *(_module(path) for path in stars if not is_listed)}, here, stars),
            *([_type_checking(typed, here)] if typed else []),
            *([_offer(offered, () if is_listed else stars, has_flag=bool(typed))] if offered or stars else []),
        ]
        path = f"{_PACKAGE}/{'/'.join(module.path)}.py"
        return File(path, _TEMPLATE, {"sections": sections, "body": body_of(definitions)})

    def runtime(self, module: Module) -> frozenset[str]:
        """The modules of the run time that a module imports, for type checkers alone or not."""
        names = self.grouping.foreign(module, lambda each: each.uses | each.types) & module.part.imports.keys()
        modules = (module.part.imports[name].module for name in names)
        folders = self.grouping.folders
        return frozenset(each.split(".")[1] for each in modules if each.startswith(".")) - folders - {""}

    def _imports(self, module: Module, names: Callable[[Definition], AbstractSet[str]]) -> Iterator[Import]:
        """Where a module has names from; its own, and variables of functions, it has from nowhere."""
        yield from map(_taken, self.grouping.uses(module, names))
        for name in self.grouping.foreign(module, names) & module.part.imports.keys():
            yield module.part.imports[name]


def _dotted(path: ModulePath) -> str:
    return "." + ".".join(path)


def _taken(each: Taken) -> Import:
    return Import(_dotted(each.home), each.name)


def _module(path: ModulePath) -> Import:
    """A module as a name that is imported."""
    return Import(_dotted(path[:-1]), path[-1])


def _offer(names: Sequence[str], whole: Sequence[ModulePath], *, has_flag: bool) -> str:
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


def in_load_order(definitions: Sequence[Definition]) -> list[Definition]:
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


def body_of(definitions: Sequence[Definition]) -> str:
    """The definitions, as many blank lines between them as they want; before the first there is one already."""
    text, gap = "", 1
    for each in definitions:
        gap = max(gap, each.gap)
        text += "\n" * (gap + 1 if text else gap - 1) + each.text
        gap = each.gap
    return text


def import_sections(
    imports: Iterable[Import], here: ImportingModule, whole: Iterable[ModulePath] = (), indent: int = 0
) -> list[str]:
    """Source that imports some names, and *whole* modules: of the standard library, of others, of this package."""
    sections: list[list[Import]] = [[], [], []]
    stars = [Import(_dotted(path), "*") for path in whole]
    for each in (*imports, *stars):
        root = (each.module or each.name).partition(".")[0]
        sections[2 if not root else 0 if root in sys.stdlib_module_names else 1].append(each)
    margin = " " * indent
    return ["\n".join(f"{margin}{line}" for line in _lines(each, here, indent)) for each in sections if each]


def _lines(imports: Iterable[Import], here: ImportingModule, indent: int = 0) -> Iterator[str]:
    in_order = sorted(imports, key=lambda each: _order(each, here))
    for source, group in groupby(in_order, lambda each: _source(each.module, here)):
        names = [*group]
        plain = sorted({each.name for each in names if not each.local})
        if not source:
            yield from (f"import {name}" for name in plain)
        elif plain:
            yield imported(source, plain, indent)
        for each in sorted(names):
            if each.local:
                yield f"from {source} import {each.name} as {each.local}"


def _order(each: Import, here: ImportingModule) -> tuple[int, list[tuple[bool, int, str]], str]:
    """As isort has it: numbers in names by their value."""
    source = _source(each.module, here)
    name = source.lstrip(".")
    parts = [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in _NUMBER.split(name)]
    return len(name) - len(source), parts, name


_NUMBER = re.compile(r"([0-9]+)")


def _source(module: str, here: ImportingModule) -> str:
    """The name of a module in an import of another one."""
    if not module.startswith("."):
        return module
    if here.package is not None:
        return f"{here.package}{module.removesuffix('.')}"
    there = tuple(module[1:].split("."))
    same = 0
    while same < min(len(here.path), len(there)) - 1 and here.path[same] == there[same]:
        same += 1
    return "." * (len(here.path) - same) + ".".join(there[same:])


def _type_checking(imports: Iterable[Import], here: ImportingModule) -> str:
    """Source that imports for type checkers alone."""
    return f"{_FLAG}\nif TYPE_CHECKING:\n" + "\n\n".join(import_sections(imports, here, indent=4))
