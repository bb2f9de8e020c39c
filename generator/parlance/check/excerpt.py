"""A line of a file with a caret under the fault, within 80 columns, safe to print on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..finding.printable import WIDTH, printable

if TYPE_CHECKING:
    from ..finding import Span

__all__ = ["GUTTER", "WIDTH", "columns", "cut", "excerpt", "fill", "wrapped"]

GUTTER = 2
"""How many columns a line number takes at least."""

_FILLER = "\0"
_LEAST = 30
"""How many columns a message needs beside its caret, or else it goes below."""


def excerpt(span: Span, line: str, message: str) -> list[str]:
    """The lines of the gutter: the source, the carets, and the message beside or below them."""
    number = f"{span.line:>{GUTTER}}"
    room = WIDTH - len(number) - 4
    source, column, length = _windowed(line, min(span.column - 1, len(line)), _last(span, line), room)
    carets = "^" * length
    gutter = f"{' ' * len(number)} |"
    beside = room - column - length - 1
    if columns(message) <= beside:
        below = [f"{gutter} {' ' * column}{carets} {message}"]
    else:
        indent = " " * min(column, max(0, room - columns(message)))
        text = fill(message, max(room - len(indent), _LEAST))
        below = [f"{gutter} {' ' * column}{carets}", *(f"{gutter} {indent}{part}" for part in text)]
    return [gutter, f"{number} | {source}".rstrip(), *below]


def wrapped(label: str, text: str, margin: int) -> list[str]:
    """`= help: …` under the gutter."""
    first = f"{' ' * margin} = {label}: "
    return fill(text, WIDTH, first)


def fill(text: str, width: int, first: str = "") -> list[str]:
    """*text* in lines of at most so many columns, of which one begins with *first* and the others below its end."""
    if text.isascii() and text.isprintable() and text == text.strip() != "" and len(first) + len(text) <= width:
        return [first + text]  # as of most sentences
    import textwrap

    if not text.isascii():  # each wide character counts twice with a filler, which a line may lose
        text = "".join(f"{char}{_FILLER}" if _columns(char) > 1 else char for char in text)
        width -= 1
    lines = textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=" " * len(first), break_on_hyphens=False
    )  # fmt: skip
    return [line.replace(_FILLER, "") for line in lines]


def cut(text: str) -> str:
    """*text*, or as much of it as fits a line."""
    return text if columns(text) <= WIDTH else f"{_head(text, WIDTH - 1)}…"


def _last(span: Span, line: str) -> int:
    """The offset after the last character to mark: of a container, only its bracket."""
    start = span.column - 1
    if span.end_line != span.line or line[start : start + 1] in ("{", "["):
        return start + 1
    return max(span.end_column - 1, start + 1)


def _windowed(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """The part of *line* around a stretch, with the column and width of that stretch in it."""
    first = 0 if _fits(line, room) else _first(line, start, room)
    text = "…" * bool(first) + printable(line[first:start])
    marked = printable(line[start:end][:room])
    column = columns(text)
    text += marked + printable(line[end : end + room])
    if columns(text) > room or len(line) > end + room:
        text = f"{_head(text, room - 1)}…"
    return text, column, max(1, min(columns(marked), columns(text) - column))


def _fits(line: str, room: int) -> bool:
    return len(line) <= room and columns(printable(line)) <= room


def _first(line: str, start: int, room: int) -> int:
    """Where to cut the beginning, so that it leaves room for what is marked."""
    if _fits(line[: min(start, room)], room // 2) and start <= room:
        return 0
    first, width = start, 0
    while width < room // 3:
        first -= 1
        width += columns(printable(line[first]))
    return first


def _head(text: str, room: int) -> str:
    width = 0
    for index, char in enumerate(text):
        width += _columns(char)
        if width > room:
            return text[:index]
    return text


def columns(text: str) -> int:
    """How many columns of a terminal *text* takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if char.isascii():
        return 1
    import unicodedata  # a megabyte of tables

    if unicodedata.combining(char) or char in "\u200d\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
