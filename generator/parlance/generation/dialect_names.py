"""The dialects of contracts, to check documents with: loaded from the code that is about to be written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import CodeType
from typing import TYPE_CHECKING

from ..check.dialect import Dialect
from ..code_loading import Modules, load_dialect, load_validators
from ..compiled import compile_validators, rules_code
from ..contract.ir import Contract
from ..emit.python_source import compile_python
from ..emit.tree import Checked
from .made_files import MadeFile

if TYPE_CHECKING:
    from ..runtime.python.artifact import Artifact

__all__ = ["Dialects"]


class Dialects:
    """Each is loaded once, when it is first asked for; what this run does not make of it is compiled in memory."""

    def __init__(self, files: Iterable[MadeFile], checked: Mapping[str, Checked]) -> None:
        self._paths: dict[tuple[str | None, str | None], list[str]] = {}
        for file in files:
            self._paths.setdefault((file.target, file.dialect), []).append(file.path)
        self._checked = checked
        self._artifacts: dict[str, dict[str, Artifact]] = {}
        self._structures: dict[str, dict[str, Artifact]] = {}
        self._dialects: dict[str, Dialect] = {}
        self._compiled: dict[str, CodeType] = {}

    def dialect(self, contract: Contract) -> Dialect:
        """Everything that documents of a dialect can be checked with."""
        name = contract.dialect
        if name not in self._dialects:
            rules = self._modules("rules", name) or rules_code(contract)
            self._dialects[name] = load_dialect(name, self._validators(contract), rules)
        return self._dialects[name]

    def structure(self, contract: Contract) -> dict[str, Artifact]:
        """The artifacts by name, whose verdicts are on the structure alone: no severity of the dialect's own counts."""
        name = contract.dialect
        if name not in self._structures:
            ungraded = replace(contract, severities=())
            self._structures[name] = compile_validators(ungraded) if contract.severities else self._validators(contract)
        return self._structures[name]

    def has_new_checks(self, contract: Contract) -> bool:
        """Whether the validators of a dialect are among what this run writes."""
        paths = [*self._paths.get(("validators", contract.dialect), ()), *self._paths.get(("validators", None), ())]
        return any(self._checked[path].is_new for path in paths)

    def _validators(self, contract: Contract) -> dict[str, Artifact]:
        name = contract.dialect
        if name not in self._artifacts:
            modules = self._modules("validators", name)
            self._artifacts[name] = load_validators(modules) if modules else compile_validators(contract)
        return self._artifacts[name]

    def _modules(self, target: str, dialect: str) -> Modules:
        """The code of what a target made of a dialect, and of what dialects share: the dialect's is the last.

        A file that comes out as it was had not been compiled again.
        """
        own = self._paths.get((target, dialect), ())
        return {path: self._code(path) for path in (*self._paths.get((target, None), ()), *own)} if own else {}

    def _code(self, path: str) -> CodeType:
        if path not in self._compiled:
            file = self._checked[path]
            self._compiled[path] = file.code or compile_python(file.content, path)
        return self._compiled[path]
