"""200,000 rows in Parquet, and what a loop over them says."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import parlance
from columns.page_examples import DIALECT
from columns.sample_rows import sample_rows
from parlance.arrow.pyarrow_modules import optional_module, pa

__all__ = ["ROWS", "LoopResult", "loop_result", "write_table"]

ROWS = 200_000


class LoopResult(NamedTuple):
    """What the rows come to, one by one."""

    codes: dict[str, int]
    """In how many rows each code is found."""

    invalid: frozenset[int]
    """The ids of the rows with an error."""

    nulls: int
    digest: str
    """Of the verdicts of all rows, in their order."""


def write_table(folder: Path, count: int = ROWS) -> list[bytes | None]:
    """Write the rows to eight files in *folder*, and return them."""
    rows = sample_rows(count)
    parquet = optional_module("pyarrow.parquet")
    table = pa.table({"id": pa.array(range(count), pa.int64()), "body": pa.array(rows, pa.binary())})
    part = -(-count // 8)
    for number in range(8):
        parquet.write_table(table.slice(number * part, part), folder / f"{number}.parquet", row_group_size=5_000)
    return rows


def loop_result(rows: list[bytes | None]) -> LoopResult:
    """The verdicts of `parlance.validate`, row by row."""
    codes: Counter[str] = Counter()
    invalid: set[int] = set()
    digest = hashlib.blake2b(digest_size=16)
    for number, row in enumerate(rows):
        if row is None:
            digest.update(b"null\n")
            continue
        report = parlance.validate(row, dialect=DIALECT)
        codes.update({one.code for one in report.findings})
        if not report.ok:
            invalid.add(number)
        digest.update(repr([(one.code, one.pointer, one.message) for one in report.findings[:20]]).encode() + b"\n")
    return LoopResult(dict(codes), frozenset(invalid), rows.count(None), digest.hexdigest())


def digest_of(verdicts: list[list[dict[str, str]] | None]) -> str:
    """The same of findings as a table has them, in the order of the rows."""
    digest = hashlib.blake2b(digest_size=16)
    for row in verdicts:
        listed = None if row is None else [(one["code"], one["pointer"], one["message"]) for one in row]
        digest.update(b"null\n" if listed is None else repr(listed).encode() + b"\n")
    return digest.hexdigest()
