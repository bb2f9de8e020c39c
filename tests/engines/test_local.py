"""DuckDB, Polars and plain batches in two processes over the large table: the verdicts of a loop."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest
from columns.page_examples import DIALECT
from parlance import arrow
from parlance.arrow.pyarrow_modules import optional_module, pa

from .large_table import LoopResult, digest_of

CHECK = arrow.on("body", dialect=DIALECT)


def test_duckdb_has_the_codes_of_a_loop(large: tuple[str, LoopResult]) -> None:
    duckdb: Any = pytest.importorskip("duckdb")
    folder, expected = large
    connection = arrow.register(duckdb.connect(), dialect=DIALECT)
    connection.execute(f"create table judged as select id, parlance_codes(body) c from '{folder}/*.parquet'")  # noqa: S608
    query = "select code, count(*) from (select unnest(c) code from judged) group by code"
    assert dict(connection.execute(query).fetchall()) == expected.codes
    assert connection.execute("select count(*) from judged where c is null").fetchone() == (expected.nulls,)
    invalid = connection.execute(f"select id from '{folder}/*.parquet' where not parlance_valid(body)").fetchall()  # noqa: S608
    assert {number for (number,) in invalid} == expected.invalid


def test_polars_has_the_verdicts_of_a_loop(large: tuple[str, LoopResult]) -> None:
    pl: Any = pytest.importorskip("polars")
    folder, expected = large
    lazy = pl.scan_parquet(f"{folder}/*.parquet")
    judged = lazy.map_batches(CHECK, schema=CHECK.schema(lazy.collect_schema())).drop("body").sort("id").collect()
    assert judged["ok"].null_count() == expected.nulls
    assert {*judged.filter(~pl.col("ok"))["id"]} == expected.invalid
    assert digest_of(judged["findings"].to_list()) == expected.digest


def test_batches_in_two_processes_have_the_verdicts_of_a_loop(large: tuple[str, LoopResult]) -> None:
    folder, expected = large
    batches = optional_module("pyarrow.dataset").dataset(folder).to_batches(batch_size=2_000)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        judged = pa.Table.from_batches(pool.map(CHECK, batches)).sort_by("id")
    assert digest_of(judged["findings"].to_pylist()) == expected.digest


def test_counts_are_those_of_a_loop(large: tuple[str, LoopResult]) -> None:
    folder, expected = large
    column = optional_module("pyarrow.dataset").dataset(folder).to_table(columns=["body"])["body"]
    counts = arrow.counts(column, dialect=DIALECT)
    assert dict(zip(counts["code"].to_pylist(), counts["documents"].to_pylist(), strict=True)) == expected.codes
