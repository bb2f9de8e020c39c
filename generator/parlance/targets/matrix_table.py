"""A matrix of fields and dialects as a table for a terminal, as a page, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .edition import Edition
from .file import File
from .markdown_text import code, prose
from .matrix import Cell, cells, request_fields, value_fields
from .phrases import sourced

__all__ = ["LETTERS", "as_page", "as_rows", "as_text", "matrix_page"]

LETTERS = {
    "supported": "S",
    "refused": "X",
    "ignored": "I",
    "clamped": "C",
    "mapped": "M",
    "renamed": "R",
    "extension": "E",
    "unknown": "?",
}
_HEARSAY = "c"
"""Behind a letter: only hearsay says so."""


def as_text(rows: Sequence[Sequence[Cell]], width: int = 80) -> Iterator[str]:
    """Lines of at most *width* columns, with the names of dialects written downwards, in as many blocks as it takes."""
    names = [cell.dialect for cell in rows[0]]
    first = max(len(_short(row[0].field)) for row in rows)
    count = max(1, (width - first) // 2)
    for start in range(0, len(names), count):
        block = names[start : start + count]
        if start:
            yield ""
        for line in range(height := max(map(len, block))):
            letters = (name.rjust(height)[line] for name in block)
            yield (" " * first + "".join(f" {letter}" for letter in letters)).rstrip()
        for row in rows:
            states = "".join(f" {_letter(cell)}" for cell in row[start : start + count])
            yield f"{_short(row[0].field).ljust(first)}{states}"
    yield ""
    yield "S supported, X refused, I ignored, C clamped, M mapped, R renamed,"
    yield "E an extension, ? not known; in lower case: only hearsay says so"


def _short(field: str) -> str:
    return field if len(field) <= _LONGEST else f"{field[: _LONGEST - 1]}…"


_LONGEST = 38
"""Columns of a field in the table: the longest that ships, `/prompt_cache_retention=in_memory`, has 33."""


def _letter(cell: Cell) -> str:
    letter = LETTERS[cell.state]
    return letter.lower() if cell.confidence == "C" else letter


def as_rows(rows: Sequence[Sequence[Cell]]) -> list[dict[str, Any]]:
    """The cells as JSON, one field after the other."""
    return [
        {
            "dialect": cell.dialect,
            "field": cell.field,
            "state": cell.state,
            "bounds": cell.bounds,
            "null": cell.null,
            "confidence": cell.confidence,
            "date": cell.date and cell.date.isoformat(),
            "evidence": [
                {"source": each.source, "date": each.date and each.date.isoformat(), "says": each.says}
                for each in cell.evidence
            ],
        }
        for row in rows
        for cell in row
    ]


def as_page(rows: Sequence[Sequence[Cell]]) -> dict[str, Any]:
    """The table and what stands behind its letters, for a template."""
    return {
        "dialects": [prose(cell.dialect) for cell in rows[0]] if rows else [],
        "rows": [{"field": code(row[0].field), "letters": [_letter(cell) for cell in row]} for row in rows],
        "details": [
            {
                "field": code(cell.field),
                "dialect": prose(cell.dialect),
                "state": cell.state,
                "bounds": prose(cell.bounds or ""),
                "evidence": prose("; ".join(sourced(each) for each in cell.evidence)),
            }
            for row in rows
            for cell in row
            if cell.evidence and (cell.state != "supported" or cell.bounds)
        ],
    }


def matrix_page(edition: Edition) -> Iterator[File]:
    """`markdown/matrix.md`: the fields of a request, and the values of those that have few, by dialect."""
    by_id = {contract.dialect: contract for contract in edition.contracts}
    columns = [(alias, by_id[dialect]) for alias, dialect in edition.aliases if dialect in by_id]
    if edition.default not in by_id or len(columns) < 2:
        return
    base = by_id[edition.default]
    columns.sort(key=lambda column: (column[1] is not base, column[0]))
    fields = [*request_fields([base, *(contract for _, contract in columns)]), *value_fields(base)]
    yield File("markdown/matrix.md", "markdown/matrix.md.j2", as_page(cells(columns, fields, base)))
