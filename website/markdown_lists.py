"""Lists as Python-Markdown reads them: what belongs to an item is indented by four spaces, not by two."""

from __future__ import annotations

import re

__all__ = ["indented_by_four"]

_ITEM = re.compile(r" *(?:[*-]|\d+\.) ")
_FENCE = re.compile(r"( *)(```+)")


def indented_by_four(text: str) -> str:
    """*text* with four spaces for each level of a list, and a blank line before each list."""
    lines: list[str] = []
    fence, base, in_list = "", 0, False
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if fence:
            lines.append(_moved(line, min(indent, base), base))
            fence = "" if line.strip() == fence else fence
            continue
        is_item = bool(_ITEM.match(line))
        if is_item and not in_list and lines and lines[-1].strip():
            lines.append("")
        in_list = is_item or (in_list and (not line.strip() or indent > 0 or bool(lines[-1].strip())))
        if found := _FENCE.match(line):
            fence, base = found[2], len(found[1])
        lines.append(_moved(line, indent, indent) if in_list else line)
    return "\n".join(lines)


def _moved(line: str, indent: int, base: int) -> str:
    """The line with the indentation of four for each level that *base* says."""
    levels = base // 2
    return " " * 4 * levels + line[indent:] if levels and line.strip() else line
