"""Files whose documents are the rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import click

from .checking import Job

__all__ = ["TABLES", "check_tables", "of_table"]

TABLES = (".parquet", ".arrow", ".feather")
"""What the names of tables end with."""


def check_tables(files: Iterable[str], column: str | None, *, is_fixing: bool) -> None:
    """Refuse tables without a column to look into, and a column for what is no table."""
    for file in files:
        is_table = Path(file).suffix.lower() in TABLES
        if is_table and column is None:
            message = f"{file} is a table: name the column with the payloads, --column NAME"
            raise click.UsageError(message)
        if column is not None and not is_table:
            name = "standard input" if file == "-" else file
            message = f"--column goes with tables, {', '.join(f'*{one}' for one in TABLES)}; {name} is none"
            raise click.UsageError(message)
    if column is None:
        return
    if is_fixing:
        message = "--fix and --diff go with text; nothing is written into a table"
        raise click.UsageError(message)
    import_module("parlance.arrow")  # before any file is read: where the extra is missing, the command ends here


def of_table(job: Job, column: str | None) -> Job:
    """*job* for a table; without rules over all lines, which rows of a table need not be."""
    if column is None:
        return job
    return job._replace(
        column=column,
        may_skip=False,
        dialect=job.dialect.changed(file_rules={}),
        others=tuple(of_table(other, column) for other in job.others),
    )
