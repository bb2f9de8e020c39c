"""Checks of a contract that was not generated beforehand: rendered and loaded in memory, never written."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from itertools import count
from pathlib import PurePath
from types import ModuleType
from typing import TYPE_CHECKING, Any

from .check.dialect import Dialect
from .emit.python_source import compile_python
from .emit.render import render
from .layout import templates_folder
from .targets import Edition
from .targets.rules import rules
from .targets.rules import shared as shared_by_rules
from .targets.validators import shared as shared_by_validators
from .targets.validators import validators

if TYPE_CHECKING:
    from .check.dialect import Artifact
    from .contract.ir import Contract
    from .targets.file import File

__all__ = ["compile_dialect", "compile_validators", "shared_package"]

_PACKAGE = "parlance_dialects"
_NUMBERS = count()


def compile_dialect(contract: Contract, package: str = _PACKAGE) -> Dialect:
    """Everything that documents can be checked with; *package* has what dialects share."""
    found = _loaded(rules(contract), package)
    artifacts = compile_validators(contract, package)
    return Dialect(
        contract.dialect, artifacts, found["LINTS"], found["RULES"], found["FILE_RULES"], found["ERRORS"]
    )


def compile_validators(contract: Contract, package: str = _PACKAGE) -> dict[str, Artifact]:
    """The artifacts of *contract*, by name."""
    artifacts: dict[str, Artifact] = _loaded(validators(contract), package)["ARTIFACTS"]
    return artifacts


@contextmanager
def shared_package() -> Generator[str, None, None]:
    """A package of what dialects share, made of today's templates: nothing need have been generated. Gives its name."""
    name = f"_{_PACKAGE}_{next(_NUMBERS)}"
    edition = Edition(contracts=(), aliases=(), default="", targets=frozenset())
    sys.modules[name] = ModuleType(name)
    sys.modules[name].__path__ = []
    try:
        for file in (*shared_by_validators(), *shared_by_rules(edition)):
            module = ModuleType(f"{name}.{PurePath(file.path).stem}")
            sys.modules[module.__name__] = module
            module.__dict__.update(_loaded([file], name, vars(module)))
        yield name
    finally:
        for module_name in [each for each in sys.modules if each == name or each.startswith(f"{name}.")]:
            del sys.modules[module_name]


def _loaded(files: Iterable[File], package: str, names: dict[str, Any] | None = None) -> dict[str, Any]:
    """The names that Python modules define."""
    namespace: dict[str, Any] = {} if names is None else names
    for file in files:
        name = file.path.removeprefix("python/").removesuffix(".py").replace("/", ".").replace(_PACKAGE, package, 1)
        namespace |= {"__name__": name, "__package__": name.rpartition(".")[0]}
        text = render(templates_folder(), str(file.template), file.view)
        code = compile_python(text.encode(), file.path)
        exec(code, namespace)  # noqa: S102, our own output; spec text enters it as literals only
    return namespace
