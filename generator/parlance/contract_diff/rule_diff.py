"""Rules and tables of models to their changes."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..contract.ir import Contract
from ..contract.json_form import check_digest
from ..contract.rules import CapabilityRow, FieldPolicy
from .change_kinds import CHANGE_KINDS, ChangeLevel
from .contract_change import ABSENT, LocalChange

__all__ = ["RuleFacts", "model_changes", "rule_changes", "rule_facts"]

_BREAKING, _RISKY, _COMPATIBLE, _COSMETIC = ChangeLevel
_MILD = (_COSMETIC, _COSMETIC)
"""Levels of what finds no errors."""


class RuleFacts(NamedTuple):
    """What two versions of a rule differ in; a contract that is kept as JSON has as much of each."""

    code: str
    name: str
    severity: str
    artifact: str
    check: str
    """A digest of it; empty where it is not known."""


def rule_facts(contract: Contract) -> list[RuleFacts]:
    """What is compared of the rules of a contract."""
    return [
        RuleFacts(rule.code, rule.name, rule.severity, rule.artifact, check_digest(rule)) for rule in contract.rules
    ]


def rule_changes(old: Sequence[RuleFacts], new: Sequence[RuleFacts], artifact: str) -> Iterator[LocalChange]:
    """What became of the rules of an artifact."""
    before, after = ({rule.code: rule for rule in each if rule.artifact == artifact} for each in (old, new))
    for code, rule in before.items():
        if code not in after:
            yield LocalChange("rule-removed", before=_shown(rule), levels=_levels(rule))
    for code, rule in after.items():
        if code not in before:
            yield LocalChange("rule-added", after=_shown(rule), levels=_levels(rule))
        elif rule.severity != before[code].severity:
            yield _of_severity(before[code], rule)
        if code in before and rule.check != before[code].check and rule.check and before[code].check:
            yield LocalChange("rule-changed", _shown(before[code]), _shown(rule), levels=_levels(rule))


def _shown(rule: RuleFacts) -> dict[str, Any]:
    return {"code": rule.code, "name": rule.name, "severity": rule.severity}


def _levels(rule: RuleFacts) -> tuple[ChangeLevel, ChangeLevel] | None:
    """A rule that finds warnings refuses nothing."""
    return None if rule.severity == "error" else _MILD


def _of_severity(old: RuleFacts, new: RuleFacts) -> LocalChange:
    kind = "rule-severity-changed"
    if new.severity == "error":
        levels = None
    else:
        removed = CHANGE_KINDS["rule-removed"]
        levels = (removed.sent, removed.received) if old.severity == "error" else _MILD
    return LocalChange(kind, _shown(old), _shown(new), levels=levels)


def model_changes(old: Contract, new: Contract, rules: Sequence[RuleFacts]) -> Iterator[LocalChange]:
    """What became of the rows of models, whose fields are those of a request; *rules* are those of both."""
    errors = {rule.code for rule in rules if rule.severity == "error"}
    before, after = ({row.pattern: row for row in each.capabilities} for each in (old, new))
    for pattern, row in before.items():
        if pattern not in after:
            yield LocalChange("model-removed", before={"models": pattern, "title": row.title})
    for pattern, row in after.items():
        if pattern not in before:
            yield LocalChange("model-added", after={"models": pattern, "title": row.title})
        else:
            yield from _row(before[pattern], row, errors)


def _row(old: CapabilityRow, new: CapabilityRow, errors: Container[str]) -> Iterator[LocalChange]:
    before, after = (_policies(row) for row in (old, new))
    for key in dict.fromkeys([*before, *after]):
        sides = [each.get(key, ABSENT) for each in (before, after)]
        if sides[0] == sides[1]:
            continue
        fate = "added" if sides[0] is ABSENT else "removed" if sides[1] is ABSENT else "changed"
        yield LocalChange(f"model-policy-{fate}", *sides, steps=key[0], levels=None if key[1] in errors else _MILD)


def _policies(row: CapabilityRow) -> Mapping[tuple[tuple[str, ...], str, int], dict[str, Any]]:
    """The policies of a row by field and code; several of one field and code are counted."""
    found: dict[tuple[tuple[str, ...], str, int], dict[str, Any]] = {}
    for policy in row.policies:
        number = sum(key[:2] == (policy.field, policy.code) for key in found)
        found[policy.field, policy.code, number] = _policy(row, policy)
    return found


def _policy(row: CapabilityRow, policy: FieldPolicy) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "refused": policy.refused or None,
        "null": False if policy.null else None,
        "values": None if policy.values is None else [*policy.values],
        "minimum": policy.minimum,
        "maximum": policy.maximum,
    }
    return {"models": row.pattern, "title": row.title, "code": policy.code} | {
        name: value for name, value in facts.items() if value is not None
    }
