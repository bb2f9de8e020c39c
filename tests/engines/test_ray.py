"""Ray Data with two workers: the verdicts of a loop, and what becomes of a worker that is killed."""

from __future__ import annotations

import logging
import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from columns.page_examples import DIALECT, expected_counts, run_example, write_requests
from parlance import arrow
from parlance.arrow.pyarrow_modules import optional_module, pa

from .large_table import LoopResult, digest_of

pytest.importorskip("ray")
CHECK = arrow.on("body", dialect=DIALECT)


@pytest.fixture(scope="module")
def data() -> Iterator[Any]:
    """`ray.data`, with two workers."""
    ray = optional_module("ray")
    optional_module("ray.data")
    ray.init(num_cpus=2, include_dashboard=False, logging_level=logging.ERROR, log_to_driver=False)
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray.data
    ray.shutdown()


def test_it_has_the_verdicts_of_a_loop(data: Any, large: tuple[str, LoopResult]) -> None:
    folder, expected = large
    rows = data.read_parquet(folder)
    assert CHECK.schema(rows.schema()).names == ["id", "body", "ok", "findings"]
    judged = rows.map_batches(CHECK, batch_format="pyarrow", batch_size=2_000).drop_columns(["body"])
    found = pa.concat_tables(judged.iter_batches(batch_format="pyarrow", batch_size=None)).sort_by("id")
    assert found["ok"].null_count == expected.nulls
    assert {number for number, ok in enumerate(found["ok"].to_pylist()) if ok is False} == expected.invalid
    findings = found["findings"].to_pylist()
    assert digest_of(findings) == expected.digest
    assert Counter(code for row in findings if row for code in {one["code"] for one in row}) == expected.codes


def test_the_page_works(data: Any, small: Path) -> None:
    del data
    rows = write_requests(small, 400)
    names = run_example("Ray", small)
    assert {row["code"]: row["sum(documents)"] for row in names["by_code"]} == expected_counts(rows)
    assert len(names["worst"]) == 100
    numbers = [row["number"] for row in names["worst"]]
    assert numbers == sorted(numbers, reverse=True)


def table(count: int) -> Any:
    return pa.table({"id": range(count), "body": ["{}"] * count})


def test_a_missing_column_is_named(data: Any) -> None:
    rows = data.from_arrow(table(3).drop_columns(["body"]))
    with pytest.raises(arrow.MissingColumn, match="there is no column 'body'; there are id"):
        CHECK.schema(rows.schema())
    with pytest.raises(Exception, match="there is no column 'body'; there are id"):
        rows.map_batches(CHECK, batch_format="pyarrow").materialize()
    with pytest.raises(Exception, match="use batch_format='pyarrow'"):
        data.from_arrow(table(3)).map_batches(CHECK).materialize()


def test_a_worker_that_is_killed_costs_no_row(data: Any, tmp_path: Path) -> None:
    marker = str(tmp_path / "killed")

    def killing(batch: Any) -> Any:
        try:
            os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return CHECK(batch)
        return os.kill(os.getpid(), signal.SIGKILL)

    rows = data.from_arrow([table(400).slice(start, 100) for start in range(0, 400, 100)])
    found = rows.map_batches(killing, batch_format="pyarrow").take_all()
    assert Path(marker).exists()
    assert sorted(row["id"] for row in found) == [*range(400)]
    assert not any(row["ok"] for row in found)


def test_an_error_of_somebody_else_is_theirs_and_the_next_run_goes_on(data: Any) -> None:
    def neighbour(_: Any) -> Any:
        message = "the neighbour's"
        raise ZeroDivisionError(message)

    rows = data.from_arrow(table(3)).map_batches(CHECK, batch_format="pyarrow")
    with pytest.raises(Exception, match="the neighbour's"):
        rows.map_batches(neighbour, batch_format="pyarrow").materialize()
    assert [row["ok"] for row in rows.take_all()] == [False] * 3


def test_no_rows(data: Any) -> None:
    rows = data.from_arrow([table(3), table(0)])
    assert rows.map_batches(CHECK, batch_format="pyarrow").count() == 3
    assert rows.filter(expr="id > 99").map_batches(CHECK, batch_format="pyarrow").count() == 0


def test_a_row_of_fifty_megabytes(data: Any) -> None:
    message = '{"role":"user","content":"%s"}' % ("a" * 10_000_000)
    body = f'{{"model":"gpt-4.1","messages":[{",".join([message] * 5)}]}}'
    rows = data.from_arrow(pa.table({"body": [body, "{}"]}))
    found = rows.map_batches(CHECK, batch_format="pyarrow").select_columns(["ok"]).take_all()
    assert [row["ok"] for row in found] == [True, False]
