"""Where in a YAML text each character of a scalar is written, through quotes, escapes, folded lines and indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["characters"]

_FOLD = re.compile(r"[ \t]*+\r?\n(?:[ \t]*+\r?\n)*+[ \t]*+")
"""Where a quoted scalar goes on in another line: a space, or the empty lines between."""

_JOINT = re.compile(r"\\\r?\n[ \t]*+")
"""Where it goes on without one."""

_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^\r\n])")
_ESCAPED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
"""What does not stand for itself after a backslash."""


_Written = Iterator[tuple[str, int]]
"""Characters of a value, each with its offset."""


def characters(source: str, start: int, end: int, text: str) -> list[int] | None:
    """The offset of each character of *text*, and of its end, in the scalar from *start* to *end* of *source*.

    None where it is written in another way than in quotes or as a literal block.
    """
    mark = source[start : start + 1]
    if mark in {"'", '"'}:
        found = _quoted(source, start + 1, end - 1, mark)
    elif mark == "|":
        found = _literal(source, start, end)
    else:
        return None
    written = [*found]
    value = "".join(character for character, _ in written)
    offsets = [offset for _, offset in written]
    is_whole = value == text or (mark == "|" and value.startswith(text) and not value[len(text) :].strip("\n"))
    last = end if mark == "|" else end - 1
    return [*offsets, last][: len(text) + 1] if is_whole else None


def _quoted(source: str, start: int, end: int, mark: str) -> _Written:
    at = start
    while at < end:
        if fold := _FOLD.match(source, at, end):
            yield from _folded(fold)
            at = fold.end()
        elif mark == "'":
            yield source[at], at
            at += 2 if source.startswith("''", at) else 1
        elif joint := _JOINT.match(source, at, end):
            at = joint.end()
        elif escape := _ESCAPE.match(source, at, end):
            yield _unescaped(escape[0]), at
            at = escape.end()
        else:
            yield source[at], at
            at += 1


def _folded(fold: re.Match[str]) -> _Written:
    """What stands for the end of a line and the empty lines after it."""
    breaks = [found.start() for found in re.finditer("\n", fold[0])]
    if len(breaks) == 1:
        yield " ", fold.start()
    yield from (("\n", fold.start() + offset) for offset in breaks[:-1])


def _unescaped(escape: str) -> str:
    kind, code = escape[1], escape[2:]
    return chr(int(code, 16)) if code else _ESCAPED.get(kind, kind)


def _literal(source: str, start: int, end: int) -> _Written:
    """The lines of a literal block without the indentation of the first that is not empty."""
    first = source.find("\n", start, end) + 1
    lines = source[first:end].splitlines(keepends=True) if first else []
    indent = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
    at = first
    for line in lines:
        content = line.rstrip("\r\n")
        yield from ((character, at + offset) for offset, character in enumerate(content) if offset >= indent)
        if content != line:
            yield "\n", at + len(content)
        at += len(line)
