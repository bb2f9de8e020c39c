"""Checks of a contract that was not generated beforehand: rendered and loaded in memory, never written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

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

__all__ = ["compile_dialect", "compile_validators"]

_PACKAGE = "python/parlance_dialects"
_RUNTIME = "parlance.runtime.python"


def compile_dialect(contract: Contract) -> Dialect:
    """Everything that documents can be checked with."""
    found = _loaded(rules(contract))
    artifacts = compile_validators(contract)
    tables = (found[name] for name in ("LINTS", "RULES", "FILE_RULES", "ERRORS", "GATES", "ADVICE"))
    return Dialect(contract.dialect, artifacts, *tables)


def compile_validators(contract: Contract) -> dict[str, Artifact]:
    """The artifacts of *contract*, by name."""
    artifacts: dict[str, Artifact] = _loaded(validators(contract))["ARTIFACTS"]
    return artifacts


def _loaded(files: Iterable[File]) -> dict[str, Any]:
    """The names that Python modules define; what dialects share, they import from the run-time code of this tool."""
    namespace: dict[str, Any] = {}
    for file in files:
        path = PurePosixPath(file.path).relative_to(_PACKAGE).with_suffix("")
        package = ".".join([_RUNTIME, *path.parent.parts])
        namespace |= {"__name__": f"{package}.{path.name}", "__package__": package}
        text = render(templates_folder(), str(file.template), file.view)
        code = compile_python(text.encode(), file.path)
        exec(code, namespace)  # noqa: S102, our own output; spec text enters it as literals only
    return namespace
