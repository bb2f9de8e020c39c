"""What a back end makes of one dialect, as a user has it: in a folder of theirs, without any other dialect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from ..backends.python.text import docstring, exports, header, module_name
from ..contract.accepted import accepted
from ..contract.ir import Contract
from .definitions import Import, Part
from .file import File
from .grouping import ModuleFile
from .models import part as models_part
from .python_modules import ImportingModule, import_sections
from .registry import TARGETS, Edition
from .runtime_files import runtime_files
from .sharing import SpecLayout
from .target_names import with_needs
from .typescript import modules as typescript_modules
from .typescript.package import run_time

__all__ = ["PYTHON", "own_parts", "python_package", "typescript_package"]

PYTHON = ("enums", "dicts", "params", "models", "validators", "rules", "strategies")
"""The targets that make modules of Python."""

_PACKAGE = "python/parlance_dialects"
_TYPESCRIPT = "typescript/src"
_OFFERED = {
    "enums": ("enums",),
    "dicts": ("dicts",),
    "params": ("params",),
    "models": ("enums", "models"),
    "validators": ("validators",),
    "rules": ("validators",),
    "strategies": ("strategies",),
}
"""The modules of which the package of a target offers all that they offer."""


def own_parts(contract: Contract, target: str, *, drops_unknown: bool) -> list[Part]:
    """What *target* and those that it needs make of a dialect."""
    parts: list[Part] = []
    for name in with_needs([target]):
        make = TARGETS[name].parts
        if name == "models":
            parts.append(models_part(accepted(contract), drops_unknown=drops_unknown))
        elif make is not None:
            parts += make(contract)
    return parts


def python_package(contract: Contract, target: str, parts: Sequence[Part], package: str | None) -> Iterator[File]:
    """The modules of *parts*, side by side, with the run time that they import.

    They import each other by the name of the *package*, or relatively where that is None.
    """
    layout = SpecLayout({}, is_flat=True, package=package)
    modules = TARGETS[parts[0].target].modules
    made = _flat(modules, parts, layout, module_name(contract.dialect))
    runtime = {name for each in made for name in each.runtime}
    shared = TARGETS[target].shared
    edition = Edition(contracts=(contract,), default=contract.dialect, targets=frozenset({target}))
    beside = () if shared is None else shared(edition)
    for file in (*(each.file for each in made), *runtime_files(runtime, package), *beside):
        yield replace(file, path=PurePosixPath(file.path).relative_to(_PACKAGE).as_posix())
    yield File("py.typed", text="")
    yield _root(contract, [each for each in parts if each.target in _OFFERED[target]], package)


def typescript_package(contract: Contract, parts: Sequence[Part]) -> Iterator[File]:
    """The modules of *parts*, side by side, and a folder with the run time that they import."""
    files = [each.file for each in _flat(typescript_modules, parts, SpecLayout({}, is_flat=True), contract.dialect)]
    runtime = [each for each in run_time() if each.path.startswith(_TYPESCRIPT)]
    for file in (*files, *runtime):
        yield replace(file, path=PurePosixPath(file.path).relative_to(_TYPESCRIPT).as_posix())


def _flat(
    modules: Callable[[Sequence[Part], SpecLayout], Iterator[ModuleFile]],
    parts: Sequence[Part],
    layout: SpecLayout,
    folder: str,
) -> list[ModuleFile]:
    """The modules of a dialect whose *folder* is the package itself."""
    return [*modules([_raised(each, folder) for each in parts], layout)]


def _raised(part: Part, folder: str) -> Part:
    """A part that imports what would stand in *folder* from the package itself."""
    return replace(
        part,
        imports={name: _raised_import(each, folder) for name, each in part.imports.items()},
        offers=tuple(_raised_import(each, folder) for each in part.offers),
    )


def _raised_import(each: Import, folder: str) -> Import:
    if each.module in (folder, f".{folder}"):
        return each._replace(module=each.module.removesuffix(folder) or ".")
    for start in (f".{folder}.", f"{folder}/"):
        if each.module.startswith(start):
            return each._replace(module=f"{start[: -len(folder) - 1]}{each.module.removeprefix(start)}")
    return each


def _root(contract: Contract, parts: Sequence[Part], package: str | None) -> File:
    """The module that users import."""
    names = [Import(f".{part.target}", name) for part in parts for name in part.exports]
    here = ImportingModule(("__init__",), package)
    sections = [
        header(),
        docstring(f"{contract.title}, as of {contract.day}.\n\n{contract.description}"),
        *import_sections(names, here),
        exports([each.name for each in names]),
    ]
    return File("__init__.py", "python/module.py.j2", {"sections": sections, "body": ""})
