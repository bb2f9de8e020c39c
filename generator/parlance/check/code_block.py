"""A stretch of a page that is written in some language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["CodeBlock", "placed_lines"]

_LANGUAGES = frozenset({"json", "jsonc", "json5", "jsonl", "ndjson", ""})
"""What blocks of JSON say that they are; of those that say nothing, most are something else, and begin otherwise."""


class CodeBlock(NamedTuple):
    """The text of a block, and where each of its characters stands in the page."""

    language: str
    text: str
    offsets: list[int]
    address: str = ""
    """Where it is sent, or comes from, as the text around it says."""

    @property
    def is_json(self) -> bool:
        """Whether it is named as JSON, and begins so."""
        return self.language in _LANGUAGES and self.text.lstrip()[:1] in ("{", "[")


def placed_lines(page: str) -> Iterator[tuple[int, str]]:
    """The lines of a page with their ends, and where each begins."""
    at = 0
    for line in page.splitlines(keepends=True):
        yield at, line
        at += len(line)
