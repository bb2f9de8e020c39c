"""`parlance spec diff` reports what changed by meaning, with its level for each who sends and each who reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from diff_cases import changes_of, document, full_line, load, short_line, written
from parlance.contract_diff.change_kinds import CHANGE_KINDS
from parlance.contract_diff.change_words import message
from parlance.finding import SpecError

ROOTS = "Request: {{type: object, properties: {{a: {0}}}}}\nResponse: {{type: object, properties: {{a: {0}}}}}\n{1}\n"


def pair_of(case: dict[str, Any], folder: Path) -> tuple[Path, Path]:
    """Both documents of a case about the property `a`."""
    for side in ("old", "new"):
        text = document(ROOTS.format(case[side], case.get("more", "")))
        (folder / f"{side}.yaml").write_text(text, "utf-8")
    return folder / "old.yaml", folder / "new.yaml"


SUMMER = load("summer-2026.yaml")


@pytest.mark.parametrize("case", SUMMER, ids=[case["name"] for case in SUMMER])
def test_each_change_of_the_summer_has_its_lines_and_no_other(case: dict[str, Any], tmp_path: Path) -> None:
    found = changes_of(*written(case, tmp_path))
    by_line = {line: full_line if ";" in line else short_line for line in case["lines"]}
    shown = [full_line(change) if full_line(change) in by_line else short_line(change) for change in found]
    assert sorted(shown) == sorted(case["lines"])


def test_the_summer_had_eight_changes() -> None:
    assert len(SUMMER) == 8
    assert [case["name"] for case in SUMMER if not case["lines"]] == [
        "2026-08-13, service_tier moves from a shared base into the request"
    ]


REPORTS = load("reports.yaml")


@pytest.mark.parametrize("case", REPORTS, ids=[case["source"] for case in REPORTS])
def test_what_others_missed_or_made_up_is_reported(case: dict[str, Any], tmp_path: Path) -> None:
    if "refused" in case:
        with pytest.raises(SpecError, match=case["refused"]):
            changes_of(*written(case, tmp_path))
    else:
        assert sorted(map(short_line, changes_of(*written(case, tmp_path)))) == sorted(case["lines"])


SAME = load("same.yaml")


@pytest.mark.parametrize("case", SAME, ids=[case["name"] for case in SAME])
def test_another_way_to_say_the_same_is_no_change(case: dict[str, Any], tmp_path: Path) -> None:
    old, new = pair_of(case, tmp_path)
    assert list(map(full_line, changes_of(old, new))) == []
    assert list(map(full_line, changes_of(new, old))) == []


KINDS = load("kinds.yaml")
OF_OTHERS = {
    "address-changed", "artifact-added", "artifact-removed", "expectation-changed", "field-accepted", "field-refused",
    "members-closed", "members-opened", "model-added", "model-policy-added", "model-policy-changed",
    "model-policy-removed", "model-removed", "policy-changed", "rule-added", "rule-changed", "rule-removed",
    "rule-severity-changed", "unknown-fields-changed",
}  # fmt: skip
"""Kinds that a property of an imported document cannot show; other tests do."""


@pytest.mark.parametrize("case", KINDS, ids=[f"{case['kind']} {number}" for number, case in enumerate(KINDS)])
def test_each_kind_has_its_levels(case: dict[str, Any], tmp_path: Path) -> None:
    at = case.get("at", "/a")
    found = changes_of(*pair_of(case, tmp_path))
    assert sorted(map(short_line, found)) == [
        f"{case[artifact]} {artifact} {at} {case['kind']}"
        for artifact in sorted(("request", "response"), key=lambda artifact: f"{case[artifact]} {artifact}")
    ]
    assert all(change.message and "ABSENT" not in change.message for change in found)


def test_every_kind_has_a_case() -> None:
    assert {case["kind"] for case in KINDS} | OF_OTHERS == CHANGE_KINDS.keys()
    assert not {case["kind"] for case in KINDS} & OF_OTHERS


def test_a_value_is_reported_as_json() -> None:
    assert message("value-added", None, "fast") == '"fast" is accepted'
    assert json.dumps(None) in message("default-changed", None, 1)
