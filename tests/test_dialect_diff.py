"""A diff of our own dialects has every difference that their documents have, and none besides."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
import shipped
import yaml
from command import ROOT
from parlance.contract.build import build_structure
from parlance.contract.ir import Contract
from parlance.contract_diff.change_kinds import ChangeLevel
from parlance.contract_diff.comparing import contract_changes
from parlance.contract_diff.contract_change import ContractChange
from parlance.contract_diff.spec_changelog import meant
from parlance.finding.pointer import tokens
from parlance.generation.base_days import base_on_its_days
from parlance.spec import resolve

CASES = ROOT / "tests" / "cases"
SEEDS: dict[str, dict[str, list[str]]] = yaml.load((CASES / "diff" / "seeds.yaml").read_text("utf-8"), yaml.CSafeLoader)
ERAS: list[dict[str, Any]] = yaml.load((CASES / "eras.yaml").read_text("utf-8"), yaml.CSafeLoader)
NOTES = {"default-changed", "format-changed", "known-value-added", "known-value-removed"}
DAY = timedelta(days=1)


@pytest.mark.parametrize("dialect", SEEDS)
def test_each_field_of_a_dialect_has_its_changes(dialect: str) -> None:
    changes = contract_changes(shipped.contract_of("openai-2024-06"), shipped.contract_of(dialect))
    found: dict[str, list[str]] = {}
    for change in meant(changes):
        path = tokens(change.at)
        is_rule = change.kind.startswith(("rule-", "model-"))
        if change.artifact == "request" and len(path) == 1 and not is_rule and change.kind not in NOTES:
            found.setdefault(path[0], []).append(change.kind)
    assert {name: sorted(kinds) for name, kinds in sorted(found.items())} == SEEDS[dialect]


@cache
def on_its_days() -> tuple[Contract, ...]:
    return base_on_its_days(shipped.spec())


@cache
def changes_on(day: date) -> list[ContractChange]:
    """What came on a day that changed the base."""
    pairs = {new.as_of: (old, new) for old, new in pairwise(on_its_days())}
    return contract_changes(*pairs[day])


def is_about(change: ContractChange, row: dict[str, Any]) -> bool:
    """Whether a change is at a place of a row, around it or in it."""
    steps = ["*" if step.isdecimal() else step for step in tokens(row["at"])]
    other = tokens(change.at)
    shorter = min(len(steps), len(other))
    is_there = all(a == b or "*" in (a, b) for a, b in zip(steps[:shorter], other[:shorter], strict=True))
    return change.artifact == row["artifact"] and is_there


DATED = [row for row in ERAS if not row.get("first")]


@pytest.mark.parametrize("row", DATED, ids=[row["name"] for row in DATED])
def test_what_came_on_a_day_is_reported_of_that_day(row: dict[str, Any]) -> None:
    found = [change for change in changes_on(row["since"]) if is_about(change, row)]
    assert any(change.level in (ChangeLevel.COMPATIBLE, ChangeLevel.RISKY) for change in found)


@pytest.mark.parametrize("row", [row for row in DATED if "until" in row], ids=lambda row: row["name"])
def test_what_went_on_a_day_is_reported_of_that_day(row: dict[str, Any]) -> None:
    assert any(change.level is ChangeLevel.BREAKING for change in changes_on(row["until"]) if is_about(change, row))


def test_between_the_days_nothing_changes() -> None:
    found = [(old, new.as_of - DAY) for old, new in pairwise(on_its_days()) if new.as_of - old.as_of > DAY]
    assert len(found) > 40
    for old, day in found[::7]:  # each costs a contract
        assert contract_changes(old, build_structure(resolve(shipped.spec(), f"openai@{day}"))) == []


def test_a_day_that_changed_the_base_has_changes() -> None:
    assert [new.as_of for old, new in pairwise(on_its_days()) if not contract_changes(old, new)] == []


@pytest.mark.parametrize("dialect", sorted(header.id for header in shipped.spec().dialects))
def test_a_dialect_is_no_other_than_itself(dialect: str) -> None:
    contract = shipped.contract_of(dialect)
    assert contract_changes(contract, contract) == []
