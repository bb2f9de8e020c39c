"""Text of a spec as Markdown: the only way by which it enters a page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..backends.editors import ORDER
from .python_names import class_name

__all__ = ["anchor", "block", "code", "prose"]

_SPAN = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_SPECIAL = re.compile(rf"([\\`*_{{}}\[\]<>()#+!|~&$]|(?<!\S){ORDER})")
_ORDER = re.compile(rf"(?<!\S){ORDER}")
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\uffff]")


def prose(text: str) -> str:
    """*text* on one line, safe in a table; only what stands between backticks is marked up."""
    parts = _SPAN.split(_line(text))
    return "".join(code(part) if index % 2 else _escaped(part) for index, part in enumerate(parts))


def code(text: str) -> str:
    """*text* as a code span on one line, safe in a table."""
    line = _line(text)
    if not line:
        return ""
    if _ORDER.search(line):
        return f"<code>{_escaped(line)}</code>"
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    # A bar ends a cell even inside code, unless a backslash stands before it.
    return f"{fence}{pad}{line}{pad}{fence}".replace("|", "\\|")


def block(lines: Iterable[str], language: str) -> str:
    """*lines* as a block of code, each as it is but for what cannot be seen."""
    text = "\n".join(_UNREADABLE.sub("\ufffd", line) for line in lines)
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
    return f"{fence}{language}\n{text}\n{fence}"


def anchor(name: str) -> str:
    """The anchor of a definition on the page of its dialect."""
    # Headings of the page itself have no such prefix, and names may differ in case only.
    return f"name-{class_name(name)}"


def _line(text: str) -> str:
    return _UNREADABLE.sub("\ufffd", " ".join(text.split()))


def _escaped(text: str) -> str:
    # Underscores within a word mark nothing up, and names are easier to read and to find without backslashes.
    return re.sub(r"(?<=\w)\\_(?=\w)", "_", _SPECIAL.sub(_character, text))


def _character(found: re.Match[str]) -> str:
    character = found[0]
    if len(character) > 1:
        return f"{character[:-1]}&#58;"
    if character in "<>&":
        return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}[character]
    return character if character in "()+!" else f"\\{character}"
