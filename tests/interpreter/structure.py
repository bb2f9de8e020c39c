"""The types of a dialect, checked from their programs: what its `validators.py` does."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from parlance.contract.ir import Contract, Enumeration, Record
from parlance.program import ir
from parlance.program.validation.collecting import faults_of, root_faults
from parlance.program.validation.definitions import Definitions
from parlance.program.validation.predicates import predicate, root_condition
from parlance.runtime.python.violation import Faults, Violation, has_error, with_severities

from .running import returned
from .values import DEFINITIONS, evaluate

__all__ = ["Structure"]


class Structure:
    """The definitions of a contract."""

    def __init__(self, contract: Contract) -> None:
        self.unknown: str = contract.unknown_fields
        """What the dialect does with fields that a record does not know."""

        self._known = Definitions(contract)
        self._roots = {artifact.name: artifact.root for artifact in contract.artifacts}
        self._conditions = {name: root_condition(root, self._known) for name, root in self._roots.items()}
        self._severities = dict(contract.severities)
        self._predicate = cache(partial(self._lowered, predicate))
        self._faults = cache(partial(self._lowered, faults_of))

    def is_quickly_valid(self, artifact: str, document: Any) -> bool:
        """What the fast path says."""
        truth = evaluate(self._conditions[artifact], self._names(document))
        assert isinstance(truth, bool)
        return truth

    def faults(self, artifact: str, document: Any) -> list[Violation]:
        """Every fault of a document."""
        found = Faults.under(self.unknown)()
        returned(root_faults(self._roots[artifact], self._known), self._names(document), found)
        return with_severities(found, self._severities)

    def is_valid(self, artifact: str, document: Any) -> bool:
        """Whether a document has no error."""
        return self.is_quickly_valid(artifact, document) or not has_error(self.faults(artifact, document))

    def conforms(self, definition: str, value: Any) -> Any:
        """Whether a value has no fault as one of a definition."""
        return returned(self._predicate(definition), self._names(value), [])

    def check(self, definition: str, value: Any, at: str, found: list[Violation]) -> None:
        """Add the faults of a value."""
        returned(self._faults(definition), {**self._names(value), "at": at}, found)

    def table(self, kind: str, definition: str) -> Any:
        """What a definition knows beforehand."""
        known = self._known.definitions[definition]
        if isinstance(known, Enumeration):
            return tuple(member.value for member in known.members)
        assert isinstance(known, Record)
        if kind == "fields":
            return frozenset(field.name for field in known.fields)
        return {field.name: (field.what, field.advice) for field in known.foreign}

    def _lowered(self, lower: Any, name: str) -> ir.Body:
        body: ir.Body = lower(self._known.definitions[name], self._known)
        return body

    def _names(self, value: Any) -> dict[str, Any]:
        return {"value": value, DEFINITIONS: self}
