"""Where the examples of rules lie: the records that stand in a document, and the field that a pointer leads to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..finding.pointer import tokens
from .ir import Anything, Array, Constant, Contract, Field, JsonValue, Map, Named, Presence, Record
from .rulebook.artifact_types import ArtifactTypes, Kinds
from .rules import BESIDE, Rule

__all__ = ["Concern", "ExamplePlaces"]


class Concern(NamedTuple):
    """What a rule is about: a field of a record, or with no field the record as a whole."""

    record: str
    field: str | None = None


class ExamplePlaces:
    """The documents of one contract, read by its types."""

    def __init__(self, contract: Contract) -> None:
        self._types = ArtifactTypes(contract.artifacts, contract.definitions)
        self._policies = {(policy.code, policy.field) for row in contract.capabilities for policy in row.policies}

    def concerns(self, rule: Rule) -> Iterator[Concern]:
        """What the bad examples of *rule* point to, and what its policies name; some of it more than once."""
        for example in rule.bad:
            for pointer in example.at:
                yield from self._concerns_at(*self._start(rule, example.document), tokens(pointer))
        for code, steps in self._policies:
            if code == rule.code:
                yield from self._concerns_at(self._types.root(rule.artifact), None, steps)

    def records(self, rule: Rule) -> Iterator[tuple[str, dict[str, JsonValue]]]:
        """Every object in the good examples of *rule* that is one record and can be no other, with its name."""
        for example in rule.good:
            yield from self._records_in(*self._start(rule, example.document))

    def _start(self, rule: Rule, document: JsonValue) -> tuple[Kinds, JsonValue]:
        """What a whole example is: lines, pieces and exchanges hold the artifact."""
        root = self._types.root(rule.artifact)
        if rule.scope in {"file", "stream"}:
            return tuple(Array(items=kind) for kind in root), document
        if rule.scope in BESIDE and isinstance(document, dict):
            sides = self._types.beside(rule.artifact, rule.scope)
            return tuple(Map(values=kind) for kind in sides["response"]), {"response": document.get("response")}
        return root, document

    def _concerns_at(self, kinds: Kinds, value: JsonValue, steps: list[str] | tuple[str, ...]) -> Iterator[Concern]:
        found: list[Concern] = []
        for step in steps:
            kinds = self._narrowed(kinds, value)
            holders = [Concern(record.name, step) for record in self._records(kinds) if _field(record, step)]
            found = holders or found
            kinds, value = self._types.below(kinds, step), _below(value, step)
        yield from found
        if isinstance(value, dict):
            yield from (Concern(record.name) for record in self._records(self._narrowed(kinds, value)))

    def _records_in(self, kinds: Kinds, value: JsonValue) -> Iterator[tuple[str, dict[str, JsonValue]]]:
        kinds = self._narrowed(kinds, value)
        if isinstance(value, dict):
            if len(kinds) == 1 and (records := [*self._records(kinds)]):
                yield records[0].name, value
            for key, item in value.items():
                yield from self._records_in(self._types.below(kinds, key), item)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._records_in(self._types.below(kinds, str(index)), item)

    def _records(self, kinds: Kinds) -> Iterator[Record]:
        for kind in kinds:
            if isinstance(kind, Named) and isinstance(record := self._types.definitions[kind.name], Record):
                yield record

    def _narrowed(self, kinds: Kinds, value: JsonValue) -> Kinds:
        """Those of *kinds* that an object may be: by its constants, then by what it must have."""
        if not isinstance(value, dict):
            return kinds
        records = [*self._records(kinds)]
        tests = (_has_no_other_constant, _has_a_constant, _has_required)
        for test in tests:
            records = [record for record in records if test(record, value)] or records
        # A map takes any object; where a record does, too, that is what it is.
        maps = tuple(kind for kind in kinds if isinstance(kind, Map | Anything))
        return tuple(Named(record.name) for record in records) or maps


def _below(value: JsonValue, step: str) -> JsonValue:
    if isinstance(value, dict):
        return value.get(step)
    return value[int(step)] if isinstance(value, list) and step.isdecimal() and int(step) < len(value) else None


def _field(record: Record, name: str) -> Field | None:
    return next((field for field in record.fields if field.name == name), None)


def _constants(record: Record, value: dict[str, JsonValue]) -> list[bool]:
    """For each constant of *record* that *value* has a field of, whether it has that value."""
    sought = {field.name: field.type.value for field in record.fields if isinstance(field.type, Constant)}
    return [value[name] == constant for name, constant in sought.items() if name in value]


def _has_no_other_constant(record: Record, value: dict[str, JsonValue]) -> bool:
    return all(_constants(record, value))


def _has_a_constant(record: Record, value: dict[str, JsonValue]) -> bool:
    return any(_constants(record, value))


def _has_required(record: Record, value: dict[str, JsonValue]) -> bool:
    return all(field.name in value for field in record.fields if field.presence is Presence.REQUIRED)
