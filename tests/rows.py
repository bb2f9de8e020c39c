"""Tables of rows as one test each: to collect, pass on and report a test takes longer than most rows do."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Concatenate, ParamSpec, TypeVar

import pytest

__all__ = ["each_row"]

Row = TypeVar("Row")
Fixtures = ParamSpec("Fixtures")


def each_row(
    rows: Iterable[Row], name: Callable[[Row], object] = str
) -> Callable[[Callable[Concatenate[Row, Fixtures], None]], Callable[Fixtures, None]]:
    """Lets a test of a row, which it takes before its fixtures, be one of all rows; each that fails is named."""

    def decorated(test: Callable[Concatenate[Row, Fixtures], None]) -> Callable[Fixtures, None]:
        def test_of_all(*arguments: Fixtures.args, **fixtures: Fixtures.kwargs) -> None:
            nonlocal rows
            rows = [*rows]  # they may be read from files, by the process alone that runs the test
            wrong: list[str] = []
            for row in rows:
                try:
                    test(row, *arguments, **fixtures)
                except (Exception, pytest.fail.Exception) as error:
                    wrong.append(f"{name(row)}: {type(error).__name__}: {error}")
            assert rows, "there is no row"
            assert not wrong, "\n\n".join([f"{len(wrong)} of {len(rows)} rows:", *wrong])

        _, *others = inspect.signature(test).parameters.values()
        test_of_all.__signature__ = inspect.Signature(others)  # type: ignore[attr-defined]
        test_of_all.__name__, test_of_all.__doc__, test_of_all.__module__ = test.__name__, test.__doc__, test.__module__
        return test_of_all

    return decorated
