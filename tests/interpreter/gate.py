"""Gates, run from their programs: what `may_refuse_…` in a dialect's `rules.py` does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from parlance.contract.ir import Artifact, Contract
from parlance.program.cases import places_of
from parlance.program.gate.artifacts import gated_severity
from parlance.program.gate.writer import gate
from parlance.program.reduction import Facts
from parlance.program.structure import Structure
from parlance.runtime.python.capability import refused_by_model

from .dialect import Interpreted
from .running import returned
from .values import RULES

__all__ = ["InterpretedGate"]


class InterpretedGate:
    """The gate of an artifact."""

    def __init__(self, contract: Contract, artifact: Artifact, rules: Interpreted, severity: str = "error") -> None:
        asked = [one for one in rules.rules(artifact.name) if gated_severity(one) == severity]
        facts = Facts(Structure(contract, artifact.root))
        self.program = gate(places_of(asked), facts, rules.model_of(artifact), frozenset(), severity)
        self.rules, self.artifact = rules, artifact.name

    def looks(self, document: Any) -> bool:
        """Whether the rules of its severity may find something in a document of sound structure."""
        try:
            return returned(self.program.body, {"root": document, RULES: _Asked(self, document)}, []) is True
        except (KeyError, TypeError):
            return True


class _Asked:
    """What a gate asks of the rules about a document."""

    def __init__(self, one: InterpretedGate, document: Any) -> None:
        self._routines = {each.name: each for each in one.program.routines}
        self._rules, self._artifact, self._document = one.rules, one.artifact, document

    def breaks(self, code: str) -> bool:
        """Whether a rule finds anything."""
        return self._rules.breaks(self._artifact, code, self._document)

    def is_malformed(self, schema: Any, code: str) -> bool:
        """Whether a keyword of a schema has a value of a wrong kind."""
        return self._rules.rejects(code, schema)

    def is_refused(self, model: Any, severity: str) -> bool:
        """Whether something is of this severity by what is known of a model."""
        return refused_by_model(self._rules.models, model, self._document, severity)

    def ask(self, routine: str, arguments: Sequence[Any]) -> bool:
        """What a part of the gate says."""
        asked = self._routines[routine]
        names = dict(zip(asked.parameters, arguments, strict=True))
        return returned(asked.body, {**names, "root": self._document, RULES: self}, []) is True
