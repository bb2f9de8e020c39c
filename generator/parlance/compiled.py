"""A contract to its checks, without a file: printed from their programs, and compiled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .check.dialect import Dialect
from .code_loading import Modules, load_dialect, load_validators
from .emit.python_source import compile_python
from .targets.rules import rules
from .targets.validators import validators

if TYPE_CHECKING:
    from .contract.ir import Contract
    from .runtime.python.artifact import Artifact
    from .targets.file import File

__all__ = ["compile_dialect", "compile_validators", "rules_code", "validators_code"]


def compile_dialect(contract: Contract) -> Dialect:
    """Everything that documents can be checked with."""
    return load_dialect(contract.dialect, compile_validators(contract), rules_code(contract))


def compile_validators(contract: Contract) -> dict[str, Artifact]:
    """The artifacts of *contract*, by name."""
    return load_validators(validators_code(contract))


def validators_code(contract: Contract) -> Modules:
    """The code of the validators of *contract*."""
    return _compiled(validators(contract))


def rules_code(contract: Contract) -> Modules:
    """The code of the rules of *contract*."""
    return _compiled(rules(contract))


def _compiled(files: Iterable[File]) -> Modules:
    return {file.path: compile_python(_source(file).encode(), file.path) for file in files}


def _source(file: File) -> str:
    """The sections of a module and its body, as the template of modules has them, without loading what reads templates.

    Where blank lines are is of no account: nobody reads this.
    """
    if file.text is not None:
        return file.text
    return "\n\n".join((*file.view["sections"], file.view["body"], ""))
