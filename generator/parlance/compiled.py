"""Checks of a contract, ready to run: of code that was made for files, or of code that is never written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from types import CodeType
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
    """The names that modules define; what dialects share, they import from the run-time code of this tool."""
    namespace: dict[str, Any] = {}
    for file, code in modules.items():
        path = PurePosixPath(file).relative_to(_PACKAGE).with_suffix("")
        package = ".".join([_RUNTIME, *path.parent.parts])
        namespace |= {"__name__": f"{package}.{path.name}", "__package__": package}
        exec(code, namespace)  # noqa: S102, our own output; spec text enters it as literals only
    return namespace
