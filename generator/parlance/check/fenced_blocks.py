"""The blocks of code in a page of Markdown as CommonMark 0.31 (2024-01-28) defines them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .code_block import CodeBlock, placed_lines

__all__ = ["fenced_blocks"]

_FENCE = re.compile(r"(?P<indent>[ \t>]*+)(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?P<info>[^\r\n]*+)")


def fenced_blocks(page: str) -> Iterator[CodeBlock]:
    """The blocks of a page; what stands in a block is text, fences included."""
    fence, language, indent = "", "", ""
    text: list[str] = []
    offsets: list[int] = []
    for at, line in placed_lines(page):
        found = _FENCE.match(line)
        if not fence:
            if found and not (found["fence"][0] == "`" and "`" in found["info"]):
                fence, indent = found["fence"], found["indent"]
                language = found["info"].split(" ")[0].strip("{.}").lower()
                text, offsets = [], []
        elif found and found["fence"].startswith(fence) and not found["info"].strip():
            yield CodeBlock(language, "".join(text), [*offsets, at])
            fence = ""
        else:
            skipped = _shared(line, indent)
            text.append(line[skipped:])
            offsets += range(at + skipped, at + len(line))


def _shared(line: str, indent: str) -> int:
    """How much of a line is the indentation of its block, which may have more than the line."""
    count = 0
    while count < len(indent) and count < len(line) and (line[count] == indent[count]) and line[count] in " \t>":
        count += 1
    return count
