"""The table of docs/streams.md on what chunks come to: ours is right, and it says what `make folds` found of others."""

from __future__ import annotations

from pathlib import Path

import pytest
from folds.shapes import SHAPES, Shape
from folds.table import rows, table, wrong
from parlance import fold

PAGE = Path(__file__).parents[1] / "docs" / "streams.md"


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.what)
def test_chunks_come_to_what_was_meant(shape: Shape) -> None:
    assert wrong(fold(shape.chunks), shape) == ""


def test_what_is_wrong_is_described() -> None:
    text, *_, mixed = SHAPES
    assert wrong("TypeError", text) == "raises TypeError"
    assert wrong(fold(text.chunks[:-1]), text) == "total_tokens is None"
    assert wrong(fold(mixed.chunks[:1]), mixed) == "1 choices"
    assert wrong(fold([{**each, "id": "a"} for each in text.chunks]), text) == "id is 'a'"


def test_every_shape_was_tried_by_all_and_the_page_has_the_table() -> None:
    found = rows()
    assert [row["shape"] for row in found["shapes"]] == [shape.what for shape in SHAPES]
    assert not any(row["parlance"] for row in found["shapes"])
    assert {*found["versions"]} == {"openai", "litellm"}
    assert "\n".join(table()) in PAGE.read_text("utf-8")
