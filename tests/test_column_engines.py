"""DuckDB and Polars say of a column what a loop over its rows does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import parlance
import pytest
from columns.sample_rows import sample_rows
from parlance import arrow
from parlance.arrow.pyarrow_modules import optional_module, pa

duckdb: Any = pytest.importorskip("duckdb")
pl: Any = pytest.importorskip("polars")
FINDING = pl.Struct(dict.fromkeys(["code", "severity", "pointer", "message"], pl.String))
VERDICT = {"ok": pl.Boolean, "findings": pl.List(FINDING)}
ROWS = sample_rows(600, every=2)
CODES = [None if row is None else [*dict.fromkeys(one.code for one in parlance.validate(row).findings)] for row in ROWS]
VALID = [None if row is None else parlance.validate(row).ok for row in ROWS]
COUNTS = Counter(code for codes in CODES if codes for code in codes)


@pytest.fixture
def file(tmp_path: Path) -> str:
    """The rows in a Parquet file, as bytes."""
    path = tmp_path / "rows.parquet"
    table = pa.table({"id": range(len(ROWS)), "body": pa.array(ROWS, pa.binary())})
    optional_module("pyarrow.parquet").write_table(table, path, row_group_size=300)
    return str(path)


def test_duckdb_has_the_verdicts_of_a_loop(file: str) -> None:
    connection = arrow.register(duckdb.connect())
    found = connection.execute(
        "select parlance_valid(body), parlance_codes(body) from read_parquet($file) order by id", {"file": file}
    ).fetchall()
    assert found == [*zip(VALID, CODES, strict=True)]
    unnested = "select unnest(parlance_codes(body)) code from read_parquet($file)"
    counted = connection.execute(f"select code, count(*) from ({unnested}) group by code", {"file": file})  # noqa: S608
    assert dict(counted.fetchall()) == COUNTS


@pytest.mark.parametrize(
    "body",
    [
        "'{}'::VARCHAR", "'{}'::BLOB", "'{}'::JSON", "'not json'", "NULL", "''", "NULL::VARCHAR", "{'model': 'm'}",
        "{'model': 'gpt-4.1', 'messages': [{'role': 'user', 'content': 'Hi'}]}", "'\\xff'::BLOB", "42",
    ],
)  # fmt: skip
def test_duckdb_hands_over_any_type_and_null_is_null(body: str) -> None:
    connection = arrow.register(duckdb.connect())
    ((is_valid, codes),) = connection.execute(f"select parlance_valid({body}), parlance_codes({body})").fetchall()
    assert (is_valid is None) == (codes is None) == body.startswith("NULL")
    assert is_valid is None or is_valid is (not codes)
    assert ("Hi" in body) == (codes == [])


def test_duckdb_takes_two_dialects_and_filters_before_it_asks() -> None:
    connection = arrow.register(arrow.register(duckdb.connect(), dialect="openai"), dialect="mistral", prefix="mistral")
    body = '{"model":"m","messages":[{"role":"user","content":"Hi"}],"seed":1}'
    found = connection.execute("select parlance_valid(b), mistral_codes(b) from (select $1 as b)", [body]).fetchall()
    assert found == [(True, ["PAR128"])]
    assert connection.execute("select parlance_valid('{}') where false").fetchall() == []


def test_duckdb_says_whose_the_error_is_and_goes_on() -> None:
    connection = arrow.register(duckdb.connect())

    def neighbour(_: Any) -> Any:
        message = "the neighbour's"
        raise ZeroDivisionError(message)

    connection.create_function("neighbour", neighbour, ["VARCHAR"], "BOOLEAN", type="arrow")
    with pytest.raises(duckdb.Error, match="the neighbour's"):
        connection.execute("select parlance_valid(b), neighbour(b) from (select '{}' as b)").fetchall()
    with pytest.raises(duckdb.Error, match="one column is needed, not 2"):
        connection.execute("select parlance_valid('{}', '{}')").fetchall()
    with pytest.raises(parlance.UnknownDialect):
        arrow.register(connection, dialect="opena")
    assert connection.execute("select parlance_valid('{}')").fetchall() == [(False,)]


def test_polars_has_the_verdicts_of_a_loop(file: str) -> None:
    check = arrow.on("body")
    lazy = pl.scan_parquet(file)
    lazy = lazy.map_batches(check, schema=check.schema(lazy.collect_schema()))
    found = lazy.collect()
    assert found.columns == ["id", "body", "ok", "findings"]
    assert found["ok"].to_list() == VALID
    codes = found["findings"].to_list()
    assert [None if row is None else [*dict.fromkeys(one["code"] for one in row)] for row in codes] == CODES
    counted = (
        lazy.select("id", pl.col("findings").list.eval(pl.element().struct.field("code")).list.unique().alias("code"))
        .explode("code")
        .drop_nulls()
        .group_by("code")
        .len()
        .collect()
    )
    assert dict(counted.iter_rows()) == COUNTS


def test_polars_checks_an_expression_and_a_frame_and_keeps_other_types() -> None:
    check = arrow.on("body")
    frame = pl.DataFrame(
        {"kind": pl.Series(["a", "b"], dtype=pl.Enum(["a", "b"])), "body": ['{"model":1}', None], "at": [None, 1]},
    )
    whole = check(frame)
    assert whole.schema == check.schema(frame.schema)
    assert whole["ok"].to_list() == [False, None]
    one = frame.lazy().select(pl.col("body").map_batches(check, return_dtype=pl.Struct(VERDICT)))
    assert one.collect()["body"].struct.field("ok").to_list() == [False, None]
    assert check(frame.clear()).schema == check.schema(frame.schema)
    as_struct = frame.with_columns(body=pl.struct(model=pl.lit("gpt-4.1")))
    assert check(as_struct)["findings"].list.eval(pl.element().struct.field("code")).to_list()[0] == ["PAR101"]


def test_polars_columns_of_categories_of_null_and_those_that_are_not_read() -> None:
    check = arrow.on("body")
    body = pl.Series("body", ['{"model":1}', None, '{"model":1}'])
    for dtype in (pl.Categorical, pl.Enum(['{"model":1}'])):
        frame = pl.DataFrame({"id": [1, 2, 3], "body": body.cast(dtype)})
        assert check(frame)["ok"].to_list() == [False, None, False]
        assert check(frame).schema == check.schema(frame.schema)
    assert check(pl.DataFrame({"body": [None]}))["ok"].to_list() == [None]
    # Polars once handed over only the columns that are asked for afterwards (issue 22416).
    judged = frame.lazy().map_batches(check, schema=check.schema(frame.schema))
    assert judged.select("id").collect()["id"].to_list() == [1, 2, 3]
    assert judged.filter(pl.col("id") == 2).select("ok").collect()["ok"].to_list() == [None]
    assert judged.head(1).collect(engine="streaming")["ok"].to_list() == [False]


def test_duckdb_asks_twice_of_one_column_of_a_constant_and_of_an_enum() -> None:
    """Two functions on one column once read each other's memory (issue 20606), and a constant is one row (9921)."""
    connection = arrow.register(duckdb.connect())
    body = '{"model":"m","messages":[{"role":"user","content":"Hi"}]}'
    connection.execute("create table t as select [$1, '{}', null][1 + i % 3] body from range(900) t(i)", [body])
    both = "parlance_valid(body) is not distinct from (len(parlance_codes(body)) = 0)"
    found = connection.execute(f"select count(*), count(parlance_valid(body)) from t where {both}").fetchall()  # noqa: S608
    assert found == [(900, 600)]
    constant = "select parlance_codes('{\"model\":\"m\"}') from range(3)"
    assert connection.execute(constant).fetchall() == [(["PAR101"],)] * 3
    connection.execute("create type bodies as enum ('{}')")
    assert connection.execute("select parlance_valid('{}'::bodies)").fetchall() == [(False,)]


def test_polars_names_the_column_that_is_missing_before_anything_runs() -> None:
    check = arrow.on("bodi")
    frame = pl.DataFrame({"body": ["{}"]})
    lazy = frame.lazy().collect_schema()
    calls: list[Callable[[], Any]] = [
        lambda: check.schema(frame.schema),
        lambda: check(frame),
        lambda: check.schema(lazy),
    ]
    for call in calls:
        with pytest.raises(arrow.MissingColumn, match="did you mean 'body'"):
            call()
    with pytest.raises(TypeError, match="use its map_batches"):
        check(frame.lazy())
