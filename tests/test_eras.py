"""The dates hold: the base as of a day takes what came on it, and the base as of the day before does not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import shipped
import yaml
from parlance.compiled import compile_validators
from parlance.contract.build import build_structure
from parlance.spec import SpecError, resolve

_TABLE = (Path(__file__).parent / "cases" / "eras.yaml").read_text("utf-8")
ROWS: list[dict[str, Any]] = yaml.load(_TABLE, Loader=yaml.CSafeLoader)
SPEC = shipped.spec()
DAY = timedelta(days=1)


@cache
def _artifacts(day: date) -> Mapping[str, Any]:
    return compile_validators(build_structure(resolve(SPEC, f"openai@{day}")))


def _errors(row: dict[str, Any], day: date) -> list[str]:
    """Where *row*'s payload is at fault as of *day*."""
    artifact = _artifacts(day)[row["artifact"]]
    errors = [each.pointer for each in artifact.check(row["payload"]) if each.severity == "error"]
    assert artifact.is_valid(row["payload"]) is not bool(errors)
    return errors


def _is_refused(row: dict[str, Any], day: date) -> bool:
    errors = _errors(row, day)
    return any(f"{pointer}/".startswith(f"{row['at']}/") for pointer in errors)


def _rows(*, first: bool = False) -> list[Any]:
    return [pytest.param(row, id=row["name"]) for row in ROWS if row.get("first", False) is first]


@pytest.mark.parametrize("row", _rows() + _rows(first=True))
def test_what_came_on_a_day_is_accepted_from_that_day_on(row: dict[str, Any]) -> None:
    assert _errors(row, row["since"]) == []


@pytest.mark.parametrize("row", _rows())
def test_what_came_on_a_day_is_refused_the_day_before(row: dict[str, Any]) -> None:
    assert _is_refused(row, row["since"] - DAY)


@pytest.mark.parametrize("row", [each for each in _rows() if "until" in each.values[0]])
def test_what_went_on_a_day_is_accepted_to_the_day_before(row: dict[str, Any]) -> None:
    assert _errors(row, row["until"] - DAY) == []
    assert _is_refused(row, row["until"])


@pytest.mark.parametrize("row", _rows(first=True))
def test_there_is_no_dialect_before_the_format(row: dict[str, Any]) -> None:
    with pytest.raises(SpecError, match=str(row["since"])):
        resolve(SPEC, f"openai@{row['since'] - DAY}")


def test_the_table_has_rows_of_both_kinds() -> None:
    assert len(ROWS) >= 40
    assert sum("until" in row for row in ROWS) >= 3
    assert len(_rows(first=True)) == 1


@pytest.mark.parametrize(("artifact", "since"), [("fine-tune", date(2023, 8, 22)), ("batch", date(2024, 4, 15))])
def test_a_document_that_came_on_a_day_is_unknown_the_day_before(artifact: str, since: date) -> None:
    assert artifact in _artifacts(since)
    assert artifact not in _artifacts(since - DAY)
