"""Functions for SQL in DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .row_judge import RowJudge
from .verdict_columns import codes, valid

if TYPE_CHECKING:
    from ..library import DialectName

__all__ = ["register"]


def register(
    connection: Any,
    *,
    dialect: DialectName = None,
    artifact: str = "request",
    lint: bool = False,
    prefix: str = "parlance",
) -> Any:
    """Give *connection* the functions `parlance_valid(body)` and `parlance_codes(body)`, and return it.

    The body is a VARCHAR, a BLOB, JSON or a STRUCT. For a second dialect beside the first, choose another *prefix*.
    """
    RowJudge(dialect, artifact, lint=lint)

    def is_valid(*columns: Any) -> Any:
        return valid(_only(columns), dialect=dialect, artifact=artifact)

    def codes_of(*columns: Any) -> Any:
        return codes(_only(columns), dialect=dialect, artifact=artifact, lint=lint)

    # With no types of parameters a function takes any: cast to VARCHAR, a BLOB would be its bytes spelt out.
    for name, function, kind in ((f"{prefix}_valid", is_valid, "BOOLEAN"), (f"{prefix}_codes", codes_of, "VARCHAR[]")):
        connection.create_function(name, function, None, kind, type="arrow", null_handling="special")
    return connection


def _only(columns: tuple[Any, ...]) -> Any:
    if len(columns) != 1:
        message = f"one column is needed, not {len(columns)}"
        raise TypeError(message)
    return columns[0]
