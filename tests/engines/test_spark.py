"""Spark in local mode, with two workers: the verdicts of a loop, and what becomes of a worker that is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from columns.page_examples import DIALECT, expected_counts, run_example, write_requests
from parlance import arrow
from parlance.arrow.pyarrow_modules import optional_module

from .large_table import LoopResult, digest_of

pytest.importorskip("pyspark")
CHECK = arrow.on("body", dialect=DIALECT)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session in which a task is tried three times."""
    SparkSession = optional_module("pyspark.sql").SparkSession  # noqa: N806
    session = (
        SparkSession.builder.master("local[2, 3]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "2g")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "2000")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def test_it_has_the_verdicts_of_a_loop(spark: Any, large: tuple[str, LoopResult]) -> None:
    f = optional_module("pyspark.sql.functions")
    folder, expected = large
    rows = spark.read.parquet(folder)
    judged = rows.mapInArrow(CHECK, CHECK.schema(rows.schema)).drop("body").cache()
    found = judged.orderBy("id").toArrow()
    assert found["ok"].null_count == expected.nulls
    assert {number for number, ok in enumerate(found["ok"].to_pylist()) if ok is False} == expected.invalid
    assert digest_of(found["findings"].to_pylist()) == expected.digest
    codes = judged.select(f.explode(f.array_distinct("findings.code")).alias("code")).groupBy("code").count().collect()
    listed = {row["code"]: row["count"] for row in codes}
    # Of a row not more than twenty findings are listed.
    assert {code: number for code, number in listed.items() if number != expected.codes[code]} == {}


def test_the_page_works(spark: Any, small: Path) -> None:
    rows = write_requests(small, 400)
    (small / "requests.parquet").unlink()
    names = run_example("Spark", small, spark=spark)
    assert dict(names["by_code"]) == expected_counts(rows)
    assert len(names["worst"]) == 100
    assert not any(row["ok"] for row in names["worst"])


def test_a_missing_column_is_named_on_the_driver(spark: Any) -> None:
    with pytest.raises(arrow.MissingColumn, match="there is no column 'body'; there are id"):
        CHECK.schema(spark.range(1).schema)


def test_a_missing_column_is_named_by_a_worker_whose_driver_did_not_ask(spark: Any) -> None:
    schema = CHECK.schema(spark.createDataFrame([("{}",)], "body string").schema)
    with pytest.raises(Exception, match=r"MissingColumn: there is no column 'body'; there are id"):
        spark.range(1).mapInArrow(CHECK, schema).collect()


def test_a_worker_that_is_killed_costs_no_row(spark: Any, tmp_path: Path) -> None:
    marker = str(tmp_path / "killed")
    frame = spark.createDataFrame([(number, "{}") for number in range(400)], "id long, body string").repartition(4)

    def killing(batches: Any) -> Iterator[Any]:
        for batch in CHECK(batches):
            try:
                os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                yield batch
            else:
                os.kill(os.getpid(), signal.SIGKILL)

    found = frame.mapInArrow(killing, CHECK.schema(frame.schema)).select("id", "ok").collect()
    assert Path(marker).exists()
    assert sorted(row["id"] for row in found) == [*range(400)]
    assert not any(row["ok"] for row in found)


def test_an_error_of_somebody_else_is_theirs_and_the_session_goes_on(spark: Any) -> None:
    frame = spark.createDataFrame([("{}",)], "body string")
    schema = CHECK.schema(frame.schema)

    def neighbour(batches: Any) -> Iterator[Any]:
        for _ in CHECK(batches):
            message = "the neighbour's"
            raise ZeroDivisionError(message)
        yield from ()

    with pytest.raises(Exception, match="ZeroDivisionError: the neighbour's"):
        frame.mapInArrow(neighbour, schema).collect()
    assert [row["ok"] for row in frame.mapInArrow(CHECK, schema).collect()] == [False]


def test_no_rows_and_partitions_without_rows(spark: Any) -> None:
    frame = spark.createDataFrame([("{}",), (None,)], "body string").repartition(7)
    schema = CHECK.schema(frame.schema)
    assert sorted(str(row["ok"]) for row in frame.mapInArrow(CHECK, schema).collect()) == ["False", "None"]
    assert frame.where("false").mapInArrow(CHECK, schema).collect() == []


def test_structs_and_json_read_by_spark(spark: Any, tmp_path: Path) -> None:
    whole = '{"body":{"model":"gpt-4.1","messages":[{"role":"user","content":"Hi"}]}}'
    (tmp_path / "rows.jsonl").write_text(f'{whole}\n{{"body":{{"model":"gpt-4.1"}}}}\n{{}}\n', "utf-8")
    frame = spark.read.json(str(tmp_path / "rows.jsonl")).coalesce(1)
    found = frame.mapInArrow(CHECK, CHECK.schema(frame.schema)).collect()
    assert [row["ok"] for row in found] == [True, False, None]
    assert found[1]["findings"][0]["code"] == "PAR101"


def test_a_row_of_fifty_megabytes(spark: Any) -> None:
    message = '{"role":"user","content":"%s"}' % ("a" * 10_000_000)
    body = f'{{"model":"gpt-4.1","messages":[{",".join([message] * 5)}]}}'
    frame = spark.createDataFrame([(body,), ("{}",)], "body string")
    found = frame.mapInArrow(CHECK, CHECK.schema(frame.schema)).select("ok").collect()
    assert sorted(row["ok"] for row in found) == [False, True]
