"""A test of many rows fails for each row that is wrong, and names it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rows import each_row


def test_every_row_that_is_wrong_is_named() -> None:
    @each_row([1, 2, 3, 4], lambda row: f"row {row}")
    def is_small_or_even(row: int) -> None:
        if row == 3:
            pytest.fail("three")
        assert row < 2

    with pytest.raises(AssertionError) as error:
        is_small_or_even()
    shown = str(error.value)
    assert shown.startswith("3 of 4 rows:")
    named = [number for number in (1, 2, 3, 4) if f"\nrow {number}: " in shown]
    assert named == [2, 3, 4]
    assert "Failed: three" in shown


def test_no_rows_are_no_test() -> None:
    @each_row(list[int]())
    def of_nothing(row: int) -> None:
        raise AssertionError(row)

    with pytest.raises(AssertionError, match="there is no row"):
        of_nothing()


@each_row(["a", "b"])
def test_fixtures_are_handed_on(row: str, tmp_path: Path) -> None:
    (tmp_path / row).touch()
    assert (tmp_path / "a").exists()
