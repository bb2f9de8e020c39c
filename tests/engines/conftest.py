"""The table that all engines read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .large_table import LoopResult, loop_result, write_table


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, LoopResult]:
    """The folder of the table, and what a loop says of it."""
    if "PARLANCE_ENGINES" not in os.environ:
        pytest.skip("make engines installs Spark and Ray, and runs this")
    folder = tmp_path_factory.mktemp("large")
    rows = write_table(folder)
    return str(folder), loop_result(rows)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder for the files that `docs/columns.md` speaks of."""
    if "PARLANCE_ENGINES" not in os.environ:
        pytest.skip("make engines installs Spark and Ray, and runs this")
    return tmp_path
