"""Files of Parquet and Arrow to one column of them, a block of rows after the other."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ..check.text_source import Unreadable
from ..finding import did_you_mean
from .pyarrow_modules import optional_module, pa

__all__ = ["TableBlock", "table_blocks"]

_BYTES = 8 << 20
"""About how much text a block has: enough that a block costs little, and few enough that memory stays as it is."""

_MOST_ROWS = 4096
_PAGES = 1 << 20
"""How much of a Parquet file is read at once."""


class TableBlock(NamedTuple):
    """Some rows of one column."""

    rows: Any
    """An array."""

    size: int
    """How many bytes of the file they count for."""


def table_blocks(path: str, column: str) -> Iterator[TableBlock]:
    """The rows of *column*. Raises `Unreadable` for what is no such table, or has no such column."""
    with _readable():
        if Path(path).suffix.lower() == ".parquet":
            yield from _parquet(path, column)
        else:
            yield from _arrow(path, column)


@contextmanager
def _readable() -> Generator[None]:
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise Unreadable(f"it cannot be read as a table: {reason}") from None


def _parquet(path: str, column: str) -> Iterator[TableBlock]:
    parquet = optional_module("pyarrow.parquet")
    # Without a buffer all of a row group's column is read at once, which may be the whole file.
    with parquet.ParquetFile(path, buffer_size=_PAGES, pre_buffer=False) as file:
        _check_column(file.schema_arrow, column)
        for number in range(file.num_row_groups):
            group = file.metadata.row_group(number)
            parts = [group.column(index) for index in range(group.num_columns)]
            text = sum(part.total_uncompressed_size for part in parts if part.path_in_schema.split(".")[0] == column)
            size = sum(part.total_compressed_size for part in parts)
            rows = min(max(_BYTES * group.num_rows // max(text, 1), 1), _MOST_ROWS)
            for batch in file.iter_batches(rows, row_groups=[number], columns=[column], use_threads=False):
                yield TableBlock(batch.column(0), size * batch.num_rows // group.num_rows)


def _arrow(path: str, column: str) -> Iterator[TableBlock]:
    with pa.memory_map(path) as source:
        try:
            file = pa.ipc.open_file(source)
        except pa.ArrowInvalid:  # what is written as it comes has no footer
            source.seek(0)
            stream = pa.ipc.open_stream(source)
            _check_column(stream.schema, column)
            before = 0
            for batch in stream:
                yield from _cut(batch, column, source.tell() - before)
                before = source.tell()
            return
        _check_column(file.schema, column)
        for number in range(file.num_record_batches):
            yield from _cut(file.get_batch(number), column, source.size() // file.num_record_batches)


def _cut(batch: Any, column: str, size: int) -> Iterator[TableBlock]:
    rows = batch.column(batch.schema.get_field_index(column))
    for start in range(0, len(rows), _MOST_ROWS):
        part = rows.slice(start, _MOST_ROWS)
        yield TableBlock(part, size * len(part) // len(rows))


def _check_column(schema: Any, column: str) -> None:
    if (number := schema.names.count(column)) != 1:
        advice = did_you_mean(column, schema.names) or f"; there are {', '.join(schema.names) or 'none'}"
        absent = f"it has no column {column!r}{advice}"
        raise Unreadable(absent if number == 0 else f"it has {number} columns {column!r}")
