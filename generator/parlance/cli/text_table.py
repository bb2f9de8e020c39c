"""Rows of texts in columns, as wide as a terminal at most: what does not fit goes on in the next line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ..check.excerpt import WIDTH

__all__ = ["lines_of_table"]

_GAP = 2
"""Blanks between two columns."""

_NARROWEST = 10


def lines_of_table(rows: Sequence[Sequence[str]], width: int = WIDTH) -> Iterator[str]:
    """The lines of *rows*, of which the widest columns give way."""
    widths = _widths(rows, width)
    for row in rows:
        cells = [_wrapped(cell, most) for cell, most in zip(row, widths, strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            yield (" " * _GAP).join(f"{part:{most}}" for part, most in zip(parts, widths, strict=True)).rstrip()


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    room = width - _GAP * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _wrapped(cell: str, width: int) -> list[str]:
    return textwrap.wrap(cell, max(width, 1), break_on_hyphens=False) or [""]
