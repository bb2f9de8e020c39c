"""The examples of `docs/columns.md`, run on files as it has them."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import parlance
from parlance.arrow.pyarrow_modules import optional_module, pa

from .sample_rows import sample_rows

__all__ = ["DIALECT", "PAGE", "expected_counts", "run_example", "write_requests"]

PAGE = (Path(__file__).parents[2] / "docs" / "columns.md").read_text("utf-8")
DIALECT = "openai-2026-11"


def write_requests(folder: Path, count: int) -> list[bytes | None]:
    """Write the rows into two files of a folder `requests`, and return them."""
    rows = sample_rows(count, every=2)
    parquet = optional_module("pyarrow.parquet")
    (folder / "requests").mkdir()
    table = pa.table({"id": pa.array(range(count), pa.int64()), "body": pa.array(rows, pa.binary())})
    for number, part in enumerate((table.slice(0, count // 3), table.slice(count // 3))):
        parquet.write_table(part, folder / "requests" / f"{number}.parquet", row_group_size=100)
    parquet.write_table(table, folder / "requests.parquet")
    return rows


def expected_counts(rows: Iterable[bytes | None]) -> Counter[str]:
    """How many rows have a finding of each code, by a loop."""
    reports = (parlance.validate(row, dialect=DIALECT) for row in rows if row is not None)
    return Counter(code for report in reports for code in {one.code for one in report.findings})


def run_example(heading: str, folder: Path, **names: Any) -> dict[str, Any]:
    """What the names of the example below a heading stand for when it has run in *folder*."""
    section = re.split(rf"(?m)^##+ {heading}$", PAGE)[1]
    found = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert found
    before = Path.cwd()
    os.chdir(folder)
    try:
        exec(compile(found[1], f"<docs/columns.md, {heading}>", "exec"), names)  # noqa: S102, our own page
    finally:
        os.chdir(before)
    return names
