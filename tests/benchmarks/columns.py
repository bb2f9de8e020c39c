"""A column of 4 KB requests: rows a second, beside a loop of `parlance.validate`, and under engines beside identity."""

from __future__ import annotations

import multiprocessing
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import parlance
from parlance import arrow
from parlance.arrow.pyarrow_modules import compute, optional_module, pa

from .material import Document, encoded, prose, tools
from .places import DIALECT, environment

__all__ = ["ColumnCosts", "column_costs", "column_tables"]

_LOOP = "a loop of parlance.validate"
_MEMORY = """
import sys
from pathlib import Path
from parlance.cli.main import run
from parlance.stopping import Stopping
code = run(["validate", "--as", "request", "--column", "body", sys.argv[1]], Stopping())
status = Path("/proc/self/status").read_text()  # what `getrusage` says begins with the memory of the parent
print(int(status.partition("VmHWM:")[2].split()[0]) * 1024 if "VmHWM:" in status else 0)
"""


class ColumnCosts(NamedTuple):
    """What a column takes."""

    size: int
    """Bytes of a row, on average."""

    rows: int
    seconds: dict[str, float]
    """Of the processor, by part, for all rows."""

    workers: tuple[float, float]
    """Seconds by the clock with one worker process and with two."""

    peaks: tuple[int, int]
    """Bytes of memory that the command needs at most, for a tenth of the rows and for all."""

    def cost(self, name: str) -> float:
        """The time of a part over that of the loop."""
        return self.seconds[name] / self.seconds[_LOOP]


def column_costs(rows: int, rounds: int) -> ColumnCosts:
    """Measure over so many clean rows, all parts in each of some rounds."""
    few = max(rows // 10, 1)
    with tempfile.TemporaryDirectory() as folder:
        files = {count: str(Path(folder) / f"{count}.parquet") for count in (rows, few)}
        for count, path in files.items():
            table = pa.table({"id": range(count), "body": [row.decode() for row in _rows(count)]})
            optional_module("pyarrow.parquet").write_table(table, path, row_group_size=few)
        column = pa.chunked_array([optional_module("pyarrow.parquet").read_table(files[rows])["body"].combine_chunks()])
        parts = _parts(column, files[rows])
        samples: dict[str, list[float]] = {name: [] for name in parts}
        for _ in range(rounds):
            for name, part in parts.items():
                start = time.process_time()
                part()
                samples[name].append(time.process_time() - start)
        return ColumnCosts(
            column.nbytes // rows,
            rows,
            {name: statistics.median(found) for name, found in samples.items()},
            (_seconds_of_workers(1, files[rows]), _seconds_of_workers(2, files[rows])),
            (_peak(files[few]), _peak(files[rows])),
        )


def column_tables(costs: ColumnCosts) -> Iterator[str]:
    """The costs, as a table."""
    yield f"A column of {costs.rows:,} clean requests of {costs.size:,} bytes, of the processor's time"
    yield ""
    yield f"{'':32}{'rows/s':>10}{'x the loop':>12}"
    for name, seconds in costs.seconds.items():
        yield f"{name:32}{costs.rows / seconds:>10,.0f}{1 / costs.cost(name):>12.2f}"
    one, two = costs.workers
    yield f"two worker processes: {one / two:.2f} x the rows of one, by the clock"
    few, many = (peak / 1e6 for peak in costs.peaks)
    yield f"parlance validate --column: {many:.0f} MB at most, and {few:.0f} MB for a tenth of the rows"


def _parts(column: Any, file: str) -> dict[str, Callable[[], object]]:
    """What is measured; engines read the file, too, and their identity shows what that takes."""
    duckdb, pl = optional_module("duckdb"), optional_module("polars")
    connection = arrow.register(duckdb.connect(), dialect=DIALECT)
    connection.create_function("same", _same, ["VARCHAR"], "BOOLEAN", type="arrow")
    check = arrow.on("body", dialect=DIALECT)
    rows = pl.scan_parquet(file)
    judged = rows.map_batches(check, schema=check.schema(rows.collect_schema())).filter(~pl.col("ok"))
    same = rows.map_batches(_unchanged).filter(pl.col("body").str.len_bytes() == 0)
    query = f"select count(*) from '{file}' where not "  # noqa: S608, our own file
    return {
        _LOOP: lambda: [parlance.validate(row, dialect=DIALECT).ok for row in column.to_pylist()],
        "verdicts": lambda: arrow.verdicts(column, dialect=DIALECT),
        "valid": lambda: arrow.valid(column, dialect=DIALECT),
        "the rows as Python objects": column.to_pylist,
        "DuckDB, parlance_valid": lambda: connection.execute(f"{query} parlance_valid(body)").fetchall(),
        "DuckDB, identity": lambda: connection.execute(f"{query} same(body)").fetchall(),
        "Polars, on": lambda: judged.select(pl.len()).collect(),
        "Polars, identity": lambda: same.select(pl.len()).collect(),
    }


def _rows(count: int) -> Iterator[bytes]:
    """Requests of about 4 KB, no two alike: a prompt, some turns, and tools in every third."""
    for number in range(count):
        turns: list[Document] = [{"role": "system", "content": prose(number, 700)}]
        for turn in range(4):
            role = ("user", "assistant")[turn % 2]
            turns.append({"role": role, "content": prose(number + 7 * turn, 300 + 131 * (number + turn) % 900)})
        turns.append({"role": "user", "content": f"{prose(number + 3, 200)} {number}"})
        body: Document = {"model": "gpt-4.1-mini-2025-04-14", "messages": turns, "temperature": 0.2}
        if number % 3 == 0:
            body["tools"] = tools(4)
        yield encoded(body)


def _unchanged(frame: Any) -> Any:
    return frame


def _same(body: Any) -> Any:
    return compute.is_valid(body)


def _seconds_of_workers(count: int, file: str) -> float:
    """By the clock, without the start of the processes."""
    check = arrow.on("body", dialect=DIALECT)
    batches = [*optional_module("pyarrow.parquet").ParquetFile(file).iter_batches(1_000, columns=["body"])]
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(check, [batches[0].slice(0, 1)] * count * 4))
        start = time.perf_counter()
        list(pool.map(check, batches))
        return time.perf_counter() - start


def _peak(file: str) -> int:
    """Bytes of memory that the command needs at most."""
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, file], env=environment(), capture_output=True, text=True, check=True
    )
    return int(done.stdout.split()[-1])
