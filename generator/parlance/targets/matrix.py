"""What each dialect does with a field, or with one of its values, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ..contract.ir import (
    Clamped,
    Constant,
    Contract,
    Direction,
    Dropped,
    Enumeration,
    Evidence,
    Field,
    Mapped,
    Named,
    Null,
    Policy,
    Record,
    Refused,
    Renamed,
    Supported,
    Tagged,
    Type,
    Union,
    UnknownFields,
)
from ..contract.limits import accepts
from ..contract.rulebook.artifact_types import ArtifactTypes
from ..finding.pointer import joined, tokens
from .phrases import bounds
from .policy_words import effect
from .policy_words import state as state_of

__all__ = ["Cell", "FieldPlace", "UnknownFieldError", "cells", "request_fields", "value_fields"]


class UnknownFieldError(LookupError):
    """A field that none of the dialects has, at any place."""

    def __init__(self, field: str, known: Sequence[str]) -> None:
        super().__init__(field)
        self.field = field
        self.known = known


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one dialect does with one field."""

    dialect: str
    field: str
    """The text of its place."""

    state: str
    """`supported`, `refused`, `ignored`, `clamped`, `mapped`, `renamed`, `extension` or `unknown`."""

    bounds: str | None = None
    """What the value must satisfy, what it becomes, or the field's other name, in words."""

    null: bool | None = None
    """Whether null is accepted; None where nothing says so."""

    evidence: tuple[Evidence, ...] = ()

    @property
    def confidence(self) -> str | None:
        """The best that the evidence has: A, B or C; None without any."""
        return min((each.confidence for each in self.evidence), default=None)

    @property
    def date(self) -> date | None:
        """When that was said last."""
        return max((each.date for each in self.evidence if each.date), default=None)


class FieldPlace(NamedTuple):
    """A field of a request, or a value of one."""

    text: str
    """How it is shown."""

    steps: tuple[str, ...]
    value: str | None = None

    @classmethod
    def of(cls, text: str) -> FieldPlace:
        """The place that a text names: `seed`, `/messages/*/name`, or with a value `/messages/*/role=developer`."""
        path, equals, value = text.partition("=")
        steps = tokens(path) if path.startswith("/") else [path]
        return cls(text, tuple(steps), value if equals else None)

    @property
    def owner(self) -> tuple[str, ...]:
        """The steps of the field that has the place among its items, or is it."""
        steps = self.steps
        while len(steps) > 1 and steps[-1] == "*":
            steps = steps[:-1]
        return steps


def request_fields(contracts: Iterable[Contract]) -> list[FieldPlace]:
    """Every field at the top of a request, those of the first contract first."""
    names: dict[str, None] = {}
    for contract in contracts:
        for record in _records(_structure(contract), ()):
            names |= dict.fromkeys(field.name for field in record.fields)
    return [FieldPlace(name, (name,)) for name in names]


def value_fields(contract: Contract) -> Iterator[FieldPlace]:
    """The values of every enumeration, and the tags of every union, in a field of a request or in the items of one."""
    structure = _structure(contract)
    for record in _records(structure, ()):
        for field in record.fields:
            for steps, kind in _parts(structure, field.type, (field.name,)):
                if isinstance(kind, Tagged):
                    yield from (_of_value((*steps, kind.tag), value) for value, _ in kind.options)
                elif isinstance(kind, Enumeration) and not kind.open:
                    yield from (_of_value(steps, str(member.value)) for member in kind.members)


def _of_value(steps: tuple[str, ...], value: str) -> FieldPlace:
    return FieldPlace(f"{joined(steps)}={value}", steps, value)


def cells(
    contracts: Iterable[tuple[str, Contract]], places: Sequence[FieldPlace], base: Contract
) -> list[list[Cell]]:
    """A row for each field or value, with a cell for each contract and the name it goes by.

    *base* has what is no extension. Raises `UnknownFieldError`.
    """
    columns = [_Column(name, contract, _structure(contract)) for name, contract in contracts]
    common = _structure(base)
    rows: list[list[Cell]] = []
    for place in places:
        is_new = not _fields(common, place.owner)
        if is_new and not any(_fields(column.structure, place.owner) for column in columns):
            known = request_fields(column.contract for column in columns)
            raise UnknownFieldError(place.text, [each.text for each in known])
        rows.append([column.cell(place, is_new=is_new) for column in columns])
    return rows


class _Column(NamedTuple):
    """A dialect, by the name that was asked for."""

    name: str
    contract: Contract
    structure: ArtifactTypes

    def cell(self, place: FieldPlace, *, is_new: bool) -> Cell:
        """What it does with a field or a value; *is_new* says that the base lacks the field."""
        above = self._without_effect(place)
        if above is not None:
            return above
        found = _fields(self.structure, place.owner)
        if not found:
            return self._absent(place)
        # Several records may have the field; the first that has a policy speaks for all.
        first = next((each for each in found if not isinstance(each.policy, Supported)), found[0])
        if place.value is not None and not isinstance(first.policy, Refused | Dropped | Renamed):
            return self._value(place, found)
        if not isinstance(first.policy, Supported):
            null = self._takes_null(first) if isinstance(first.policy, Clamped | Mapped) else None
            return self._of_policy(place, first.policy, null)
        state = "unknown" if not first.attested else "extension" if is_new else "supported"
        return Cell(
            dialect=self.name,
            field=place.text,
            state=state,
            bounds=" ".join(bounds(first.type)) or None,
            null=self._takes_null(first) if state != "unknown" else None,
            evidence=first.history.evidence,
        )

    def _takes_null(self, field: Field) -> bool:
        return accepts(field.type, None, self.structure.definitions)

    def _of_policy(self, place: FieldPlace, policy: Policy, null: bool | None = None) -> Cell:
        """What it does with a field or a value that it does not simply support."""
        return Cell(
            dialect=self.name,
            field=place.text,
            state=state_of(policy),
            bounds=effect(policy) or None,
            null=null,
            evidence=() if isinstance(policy, Supported) else policy.evidence,
        )

    def _without_effect(self, place: FieldPlace) -> Cell | None:
        """What becomes of anything in a field that is refused or ignored as a whole; None if it is in none."""
        for end in range(1, len(place.owner)):
            above = _fields(self.structure, place.owner[:end])
            if above and all(isinstance(each.policy, Refused | Dropped) for each in above):
                return self._of_policy(place, above[0].policy)
        return None

    def _absent(self, place: FieldPlace) -> Cell:
        """What becomes of a field that it does not know."""
        records = _records(self.structure, place.steps[:-1])
        states = {
            "unknown" if "unknown" in each.doubtful else _OF_UNKNOWN.get(each.unknown, "unknown") for each in records
        }
        return self._plain(place, states.pop() if len(states) == 1 else "unknown")

    def _plain(self, place: FieldPlace, state: str) -> Cell:
        """A state that the dialect as a whole gives reason for."""
        evidence = self.contract.sources[:1] if state != "unknown" else ()
        return Cell(dialect=self.name, field=place.text, state=state, evidence=evidence)

    def _value(self, place: FieldPlace, found: Sequence[Field]) -> Cell:
        """What becomes of one value of a field, or of the records that a union distinguishes by it."""
        value, values = place.value, _values(self.structure, place.steps)
        policy = values.policies.get(str(value), Supported())
        if not isinstance(policy, Supported):
            return self._of_policy(place, policy)
        # Where a source lists the values, it takes them; where none does, one has to speak of the field.
        is_listed = bool(values.known) and not (values.is_doubtful or values.is_open)
        taking = [each for each in found if accepts(each.type, value, self.structure.definitions)]
        if value in values.known and (is_listed or all(each.attested for each in taking)):
            evidence = tuple(one for each in taking for one in each.history.evidence)
            return Cell(dialect=self.name, field=place.text, state="supported", evidence=evidence)
        is_unknown = value in values.known or values.is_doubtful or values.is_open
        return self._plain(place, "unknown" if is_unknown else "refused")


_OF_UNKNOWN = {UnknownFields.REFUSE: "refused", UnknownFields.IGNORE: "ignored"}


class _Values(NamedTuple):
    """The values that may stand at a place, and what is done with some of them."""

    known: frozenset[str]
    policies: Mapping[str, Policy]
    is_doubtful: bool
    """Whether nothing says that there are no others."""

    is_open: bool


def _values(structure: ArtifactTypes, steps: Sequence[str]) -> _Values:
    tagged = [kind for kind in _kinds(structure, steps[:-1]) if isinstance(kind, Tagged) and kind.tag == steps[-1]]
    listed = [kind for kind in _kinds(structure, steps) if isinstance(kind, Enumeration)]
    constants = {str(kind.value) for kind in _kinds(structure, steps) if isinstance(kind, Constant)}
    policies = {tag: policy for kind in tagged for tag, policy in kind.policies}
    policies |= {str(member.value): member.policy for kind in listed for member in (*kind.members, *kind.refused)}
    known = constants | {str(member.value) for kind in listed for member in kind.members}
    known |= {tag for kind in tagged for tag, _ in kind.options}
    is_doubtful = any(kind.doubtful for kind in tagged) or any(kind.doubtful for kind in listed)
    is_open = any(kind.open for kind in tagged) or any(kind.open for kind in listed) or not known
    return _Values(frozenset(known), policies, is_doubtful, is_open)


def _structure(contract: Contract) -> ArtifactTypes:
    return ArtifactTypes(contract.artifacts, contract.definitions)


def _records(structure: ArtifactTypes, steps: Sequence[str]) -> list[Record]:
    """The records at a place of what clients send first."""
    sent = next((each.name for each in structure.artifacts if each.direction is Direction.SENT), "")
    kinds = structure.root(sent)
    for step in steps:
        kinds = structure.below(kinds, step)
    records = [structure.definitions[kind.name] for kind in kinds if isinstance(kind, Named)]
    return [record for record in records if isinstance(record, Record)]


def _fields(structure: ArtifactTypes, steps: Sequence[str]) -> list[Field]:
    """The fields at a place, in each record that has one."""
    records = _records(structure, steps[:-1])
    return [field for record in records for field in record.fields if field.name == steps[-1]]


def _kinds(structure: ArtifactTypes, steps: Sequence[str]) -> Iterator[Type | Enumeration]:
    """The types at a place, unions and enumerations as such."""
    if not steps:
        return
    if steps[-1] == "*":
        for kind in _kinds(structure, steps[:-1]):
            if items := getattr(kind, "items", None):
                yield from _kinds_of(structure, items)
        return
    for field in _fields(structure, steps):
        yield from _kinds_of(structure, field.type)


def _kinds_of(structure: ArtifactTypes, kind: Type) -> Iterator[Type | Enumeration]:
    """The options of a type, names followed but those of records."""
    if isinstance(kind, Union):
        for option in kind.options:
            yield from _kinds_of(structure, option)
    elif isinstance(kind, Named):
        definition = structure.definitions[kind.name]
        if isinstance(definition, Enumeration):
            yield definition
        elif isinstance(definition, Record):
            yield kind
        else:
            yield from _kinds_of(structure, definition.type)
    elif kind != Null():
        yield kind


def _parts(
    structure: ArtifactTypes, kind: Type, steps: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Type | Enumeration]]:
    """What a field may be, and what its items may be, each with where it stands."""
    for part in _kinds_of(structure, kind):
        yield steps, part
        if items := getattr(part, "items", None):
            yield from _parts(structure, items, (*steps, "*"))
