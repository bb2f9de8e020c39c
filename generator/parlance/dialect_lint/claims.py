"""What a dialect says of single fields, values and rules, and which of that no case shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..contract import ir
from ..contract.merging import Merging
from ..contract.rulebook.artifact_types import ArtifactTypes
from ..contract.source import referred
from ..finding import Finding, LocatedList, LocatedMap, Place, fault
from ..program.validation.faults import doubtful_codes
from ..spec import DialectFile, Resolved
from ..spec.located import subschemas
from .case_tables import TableCase

__all__ = ["untested_claims"]

_POLICIES = {
    "refused": "PAR124",
    "varies": "PAR124",
    "left-out": "PAR124",
    "ignored": "PAR125",
    "clamped": "PAR126",
    "mapped": "PAR127",
    "renamed": "PAR128",
}
_TWO_SIDED = frozenset({"PAR126", "PAR127"})
"""What is found of some values of a field, while others are taken."""

_BOUNDS = {
    "minLength": "min_length",
    "maxLength": "max_length",
    "pattern": "pattern",
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
    "multipleOf": "multiple_of",
    "minItems": "min_items",
    "maxItems": "max_items",
    "uniqueItems": "unique_items",
}
"""The attributes of types that have these keywords."""

_Owner = tuple[str, str]
"""A record and a field of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """Something that a dialect says, and what shows that it is so."""

    at: Place
    what: str
    codes: frozenset[str]
    """What is found where the claim bites."""

    owner: _Owner | None = None
    """Where it does; None for everywhere."""

    values: frozenset[Any] | None = None
    """The values of which it is said; None for any."""

    is_two_sided: bool = True
    """Whether there are values that it leaves alone."""

    subject: object
    """With the place and the codes, what makes claims one: the name of a field, which several records may have."""


def untested_claims(
    dialect: DialectFile, resolved: Resolved, contract: ir.Contract, cases: Sequence[TableCase]
) -> Iterator[Finding]:
    """Policies, bounds and rules that are switched on of which no case is refused, or none is taken."""
    known = _Shown(contract, cases)
    claims: dict[object, list[_Claim]] = {}
    for claim in _Claims(dialect, resolved, contract).all():
        claims.setdefault((claim.at, claim.codes, claim.subject), []).append(claim)
    for same in claims.values():
        first, codes = same[0], " or ".join(sorted(same[0].codes))
        if not any(map(known.is_refused, same)):
            yield fault("PAR923", first.at, f"no case shows {codes}, where {first.what}")
        elif first.is_two_sided and not any(map(known.is_accepted, same)):
            yield fault("PAR923", first.at, f"no case shows a value without {codes}, where {first.what}")


class _Shown:
    """What the cases of a dialect show of its fields."""

    def __init__(self, contract: ir.Contract, cases: Sequence[TableCase]) -> None:
        self._structure = ArtifactTypes(contract.artifacts, contract.definitions)
        self._cases = [(case, frozenset(self._owners(case))) for case in cases]

    def _owners(self, case: TableCase) -> Iterator[_Owner]:
        """The fields on the way to the place of a case."""
        kinds = self._structure.root(case.artifact)
        for step in case.steps:
            yield from ((kind.name, step) for kind in kinds if isinstance(kind, ir.Named))
            kinds = self._structure.below(kinds, step)

    def is_refused(self, claim: _Claim) -> bool:
        """Whether a case shows where the claim bites."""
        return any(
            case.code in claim.codes
            and (claim.owner is None or claim.owner in owners)
            and (claim.values is None or (isinstance(case.value, str | int) and case.value in claim.values))
            for case, owners in self._cases
        )

    def is_accepted(self, claim: _Claim) -> bool:
        """Whether a case shows a value that the claim leaves alone."""
        return any(case.code is None and claim.owner in owners for case, owners in self._cases)


class _Claims:
    """The claims of a dialect's own file."""

    def __init__(self, dialect: DialectFile, resolved: Resolved, contract: ir.Contract) -> None:
        self._file = dialect.header.at.file
        self._own = {str(record["code"]) for record in dialect.own_rules}
        self._resolved = resolved
        self._contract = contract
        self._schemas: LocatedMap = resolved.document["components"]["schemas"]
        self._merging = Merging(self._schemas)

    def all(self) -> Iterator[_Claim]:
        """Of every field, value and member of a union that is part of the contract, and of rules."""
        for definition in self._contract.definitions:
            if isinstance(definition, ir.Record):
                for name, (body, _) in self._merging.merged(definition.name, []).fields.items():
                    if isinstance(body, LocatedMap):
                        yield from self._of_field(definition.name, name, body)
            else:
                yield from self._of_members(definition.name, self._schemas[definition.name])
        for code, at in self._resolved.chosen.items():
            if code not in self._own:
                what = "the rule is switched on"
                yield _Claim(at=at, what=what, codes=frozenset({code}), is_two_sided=False, subject=code)

    def _of_field(self, record: str, name: str, body: LocatedMap) -> Iterator[_Claim]:
        owner = (record, name)
        policy = body.get("x-policy")
        if isinstance(policy, LocatedMap) and self._is_own(policy.at):
            word = _word(policy["policy"])
            yield _Claim(
                at=policy.at,
                what=f"{record}.{name} is {word.replace('-', ' ')}",
                codes=frozenset({_POLICIES[word]} | ({"PAR125"} if word == "left-out" else set())),
                owner=owner,
                is_two_sided=_POLICIES[word] in _TWO_SIDED,
                subject=word if word == "left-out" else name,
            )
            return
        for schema in _schemas_in(body):
            for key, attribute in _BOUNDS.items():
                if key in schema and self._is_own(schema.places[key]):
                    codes = frozenset(doubtful_codes([attribute]))
                    what = f"{record}.{name} has `{key}`"
                    yield _Claim(at=schema.places[key], what=what, codes=codes, owner=owner, subject=name)
            yield from self._of_members(f"{record}.{name}", schema)

    def _of_members(self, name: str, schema: LocatedMap) -> Iterator[_Claim]:
        """What is said of the values of an enumeration, and of the records of a union."""
        for key in ("oneOf", "anyOf"):
            for member in schema.get(key, LocatedList(schema.at)):
                policy = member.get("x-policy")
                if not isinstance(policy, LocatedMap) or not self._is_own(policy.at):
                    continue
                values = frozenset({member["const"]} if "const" in member else self._constants(member))
                word, shown = _word(policy["policy"]), " or ".join(map(repr, sorted(values, key=str)))
                yield _Claim(
                    at=policy.at,
                    what=f"{shown} of {name} is {word}",
                    codes=frozenset({_POLICIES[word]}),
                    values=values,
                    is_two_sided=False,
                    subject=values,
                )

    def _constants(self, member: LocatedMap) -> Iterator[str]:
        if "$ref" in member:
            yield from (self._merging.constants(self._merging.followed(referred(member))) or {}).values()

    def _is_own(self, at: Place) -> bool:
        return at.file == self._file


def _word(policy: object) -> str:
    return next(iter(policy)) if isinstance(policy, LocatedMap) else str(policy)


def _schemas_in(schema: LocatedMap) -> Iterator[LocatedMap]:
    yield schema
    for _, child in subschemas(schema):
        yield from _schemas_in(child)
