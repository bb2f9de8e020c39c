"""Checks of a contract, ready to run: of code that was made for files, or of code that is never written."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import PurePosixPath
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from .check.dialect import Dialect
from .emit.python_source import compile_python
from .emit.render import render
from .layout import templates_folder
from .targets.rules import rules
from .targets.validators import validators

if TYPE_CHECKING:
    from .contract.ir import Contract
    from .runtime.python.violation import Artifact
    from .targets.file import File

__all__ = [
    "Modules",
    "compile_dialect",
    "compile_validators",
    "load_dialect",
    "load_validators",
    "rules_code",
]

_PACKAGE = "python/parlance_dialects"
_RUNTIME = "parlance.runtime.python"

Modules: TypeAlias = Mapping[str, CodeType]
"""The code of generated modules, by their paths below the output folder."""


def compile_dialect(contract: Contract) -> Dialect:
    """Everything that documents can be checked with."""
    return load_dialect(contract.dialect, compile_validators(contract), rules_code(contract))


def compile_validators(contract: Contract) -> dict[str, Artifact]:
    """The artifacts of *contract*, by name."""
    return load_validators(_compiled(validators(contract)))


def rules_code(contract: Contract) -> Modules:
    """The code of the rules of *contract*."""
    return _compiled(rules(contract))


def load_dialect(name: str, artifacts: Mapping[str, Artifact], rules: Modules) -> Dialect:
    """The dialect of these artifacts and rules."""
    return Dialect.of_rules(name, artifacts, _loaded(rules))


def load_validators(modules: Modules) -> dict[str, Artifact]:
    """The artifacts of a dialect whose validators these are, by name."""
    artifacts: dict[str, Artifact] = _loaded(modules)["ARTIFACTS"]
    return artifacts


def _compiled(files: Iterable[File]) -> Modules:
    texts = {file.path: render(templates_folder(), str(file.template), file.view) for file in files}
    return {path: compile_python(text.encode(), path) for path, text in texts.items()}


def _loaded(modules: Modules) -> dict[str, Any]:
    """The names that the last module defines; what it imports are the others, and run-time code of this tool."""
    codes = {_module_name(path): code for path, code in modules.items()}
    name = _module_name([*modules][-1])
    namespace: dict[str, Any] = {"__name__": name, "__package__": name.rpartition(".")[0]}
    finder = _Finder(codes)
    sys.meta_path.insert(0, finder)
    try:
        exec(codes[name], namespace)  # noqa: S102, our own output; spec text enters it as literals only
    finally:
        sys.meta_path.remove(finder)
        for found in finder.found:
            sys.modules.pop(found, None)
    return namespace


def _module_name(path: str) -> str:
    parts = PurePosixPath(path).relative_to(_PACKAGE).with_suffix("").parts
    return ".".join((_RUNTIME, *(part for part in parts if part != "__init__")))


class _Finder(Loader, MetaPathFinder):
    """Finds modules among code that is in no file."""

    def __init__(self, codes: Mapping[str, CodeType]) -> None:
        self._codes = codes
        self.found: list[str] = []

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        """The module of this name, if it is one of them, or the package that it lies in."""
        del path, target
        is_package = any(other.startswith(f"{name}.") for other in self._codes)
        if name == _RUNTIME or not (is_package or name in self._codes):
            return None
        self.found.append(name)
        return ModuleSpec(name, self, is_package=is_package)

    def exec_module(self, module: ModuleType) -> None:
        """Run the code of a module; a package may have none."""
        if module.__name__ in self._codes:
            exec(self._codes[module.__name__], vars(module))  # noqa: S102, likewise
