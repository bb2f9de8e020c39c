"""What `docs/columns.md` shows works, here in DuckDB and Polars, and in `tests/engines` in Spark and Ray."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import parlance
import pytest
from columns.page_examples import DIALECT, PAGE, expected_counts, run_example, write_requests
from columns.sample_rows import sample_rows
from parlance.spec_source import SpecSource

ROWS = 400


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the page speaks of."""
    folder = tmp_path_factory.mktemp("page")
    write_requests(folder, ROWS)
    return folder


def test_the_column_is_read_as_shown(folder: Path) -> None:
    names = run_example("A column", folder)
    assert len(names["table"]) == ROWS


def test_duckdb_counts_and_finds_the_worst(folder: Path) -> None:
    pytest.importorskip("duckdb")
    names = run_example("DuckDB", folder)
    assert dict(names["by_code"]) == expected_counts(sample_rows(ROWS, every=2))
    reports = [parlance.validate(body, dialect=DIALECT) for _, _, body in names["worst"]]
    worst = [len({one.code for one in report.findings}) for report in reports]
    assert len(worst) == 100
    assert worst == sorted(worst, reverse=True)


def test_polars_counts_and_finds_the_worst(folder: Path) -> None:
    pytest.importorskip("polars")
    names = run_example("Polars", folder)
    assert dict(names["by_code"].iter_rows()) == expected_counts(sample_rows(ROWS, every=2))
    assert names["worst"].height == 100
    assert names["worst"]["ok"].to_list() == [False] * 100


def queries() -> dict[str, str]:
    """The query of each rule over all rows, by its code."""
    return dict(re.findall(r"(?m)^\| (PAR\d+) \|.*`(select .*)` \|$", PAGE))


def test_each_rule_over_all_lines_has_its_query() -> None:
    rules = [rule for rule in SpecSource().load().rules if rule.get("scope") == "file"]
    assert {*queries()} == {rule["code"] for rule in rules}
    for rule in rules:
        bound: Any = rule.get("maximum", rule.get("minimum"))
        newest: Any = bound if isinstance(bound, int | None) else bound[-1]["value"]
        assert newest is None or rule["code"] == "PAR615" or str(newest) in queries()[rule["code"]]


def _line(custom_id: str = "a", model: str = "m", url: str = "/v1/chat/completions") -> str:
    return json.dumps({"custom_id": custom_id, "url": url, "body": {"model": model}})


_PARTS = [{"type": "text"}, {"type": "image_url"}]
_IMAGE = json.dumps({"messages": [{"role": "user", "content": _PARTS}, {"content": "x"}]})


@pytest.mark.parametrize(
    ("code", "good", "bad"),
    [
        ("PAR610", [_line("a"), _line("b")], [_line("a"), _line("a")]),
        ("PAR611", [_line(), _line()], [_line(), _line(model="n")]),
        ("PAR612", [_line(), _line()], [_line(), _line(url="/v1/embeddings")]),
        ("PAR613", [_line()] * 50_000, [_line()] * 50_001),
        ("PAR614", ["x" * 4] * 2, ["x" * 4, "x" * 5]),
        ("PAR615", [_line()], []),
        ("PAR619", [_line("a"), _line("b")], [_line("a"), _line("a")]),
        ("PAR640", ["{}"] * 10, ["{}"] * 9),
        ("PAR645", [_IMAGE] * 50_000 + ["{}"], [_IMAGE] * 50_001),
        ("PAR651", ["x" * 4] * 2, ["x" * 4, "x" * 5]),
    ],
)
def test_a_query_finds_the_files_that_break_its_rule(code: str, good: list[str], bad: list[str]) -> None:
    duckdb: Any = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    connection.execute("create table files as select unnest(['good', 'bad']) as file")
    connection.execute("create table rows (file varchar, body varchar)")
    for file, lines in (("good", good), ("bad", bad)):
        connection.execute("insert into rows select $1, unnest($2)", [file, lines])
    # Hundreds of megabytes of text show nothing more than a smaller bound does.
    query = re.sub("209715200|536870912", "10", queries()[code])
    assert [row[0] for row in connection.execute(query).fetchall()] == ["bad"]
