"""A stretch of a page that is written in some language."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["CodeBlock"]

_LANGUAGES = frozenset({"json", "jsonc", "json5", "jsonl", "ndjson", ""})
"""What blocks of JSON say that they are; of those that say nothing, most are something else, and begin otherwise."""


class CodeBlock(NamedTuple):
    """The text of a block, and where each of its characters stands in the page."""

    language: str
    text: str
    offsets: list[int]

    @property
    def is_json(self) -> bool:
        """Whether it is named as JSON, and begins so."""
        return self.language in _LANGUAGES and self.text.lstrip()[:1] in ("{", "[")
