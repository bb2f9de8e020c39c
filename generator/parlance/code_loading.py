"""Code of generated modules that is in no file, run: the checks of a dialect, ready to use."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import PurePosixPath
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from .check.dialect import Dialect

if TYPE_CHECKING:
    from .runtime.python.artifact import Artifact

__all__ = ["Modules", "load_dialect", "load_validators"]

_PACKAGE = "python/parlance_dialects"
_RUNTIME = "parlance.runtime.python"

Modules: TypeAlias = Mapping[str, CodeType]
"""The code of generated modules, by their paths below the output folder."""


def load_dialect(name: str, artifacts: Mapping[str, Artifact], rules: Modules) -> Dialect:
    """The dialect of these artifacts and rules."""
    return Dialect.of_rules(name, artifacts, _loaded(rules))


def load_validators(modules: Modules) -> dict[str, Artifact]:
    """The artifacts of a dialect whose validators these are, by name."""
    artifacts: dict[str, Artifact] = _loaded(modules)["ARTIFACTS"]
    return artifacts


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
        if not name.startswith(f"{_RUNTIME}.") or not (is_package or name in self._codes):
            return None
        self.found.append(name)
        return ModuleSpec(name, self, is_package=is_package)

    def exec_module(self, module: ModuleType) -> None:
        """Run the code of a module; a package may have none."""
        if module.__name__ in self._codes:
            exec(self._codes[module.__name__], vars(module))  # noqa: S102, likewise
