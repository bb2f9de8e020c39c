"""One long line of Python as several short ones, broken inside brackets only."""

from __future__ import annotations

import ast
import re
from itertools import pairwise

from ..python_text import WIDTH, literal

__all__ = ["wrapped"]

_QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_PIECE = re.compile(rf"""{_QUOTED}|lambda [a-z_, ]+:|[()\[\]{{}}]|,|(?:(?!lambda )[^"'()\[\]{{}},])+""")
_WORDS = ((" for ", " if ", " else "), (" or ",), (" and ",))
_STEP = "    "
_STRING = re.compile(_QUOTED)
_PART = 64
"""How many characters of a long string go on a line."""


def wrapped(line: str, indent: str = "", room: int = 0) -> list[str]:
    """*line*, a statement or an expression, in lines that fit if it has brackets to break in.

    *room* columns stay free at the end.
    """
    if len(indent) + len(line) + room <= WIDTH:
        return [indent + line]
    if _STRING.fullmatch(line):
        text = str(ast.literal_eval(line))
        return [indent + literal(text[start : start + _PART]) for start in range(0, len(text), _PART)]
    if line.startswith("if ") and line.endswith(":") and _split_words(line[3:-1]):
        line = f"if ({line[3:-1]}):"
    name, equals, held = line.partition(" = ")
    if equals and name.isidentifier() and _split_words(held):
        line = f"{name} = ({held})"
    span = _outer(line)
    if span is None:
        return [indent + line]
    start, end = span
    head, inner, tail = line[: start + 1], line[start + 1 : end], line[end:]
    return [indent + head, *_content(inner, indent + _STEP, line[start]), indent + tail]


def _content(inner: str, indent: str, bracket: str) -> list[str]:
    parts = _split(inner, (",",))
    is_tuple = len(parts) > 1 and not parts[-1].strip()
    if is_tuple:
        parts.pop()
    if len(parts) > 1 or is_tuple or (bracket == "(" and not _split_words(inner)):
        lines: list[str] = []
        for part in parts:
            *first, last = wrapped(part.strip(), indent, 1)
            lines += [*first, f"{last},"]
        if len(parts) == 1 and not is_tuple:
            lines[-1] = lines[-1].removesuffix(",")
        return lines
    return _inside(inner, indent)


def _inside(expression: str, indent: str) -> list[str]:
    """Lines of an expression that stands in brackets: it may break at any word that joins."""
    words = _split_words(expression) if len(indent) + len(expression) > WIDTH else []
    if not words:
        return wrapped(expression, indent)
    return [line for part in words for line in _inside(part, indent)]


def _split_words(inner: str) -> list[str]:
    for words in _WORDS:
        parts = _split(inner, words)
        if len(parts) > 1:
            return parts
    return []


def _split(text: str, separators: tuple[str, ...]) -> list[str]:
    """*text* cut before each word, or at each comma, that stands in no bracket and in no string."""
    cuts: list[int] = []
    depth = offset = 0
    for piece in _PIECE.findall(text):
        if piece in "([{":
            depth += 1
        elif piece in ")]}":
            depth -= 1
        elif depth == 0 and not piece.startswith(('"', "'", "lambda ")):
            for word in separators:
                cuts += [offset + found.start() for found in re.finditer(re.escape(word), piece)]
        offset += len(piece)
    edges = [0, *(cut + 1 for cut in sorted(cuts)), len(text) + 1]
    return [text[start : end - 1] for start, end in pairwise(edges)]


def _outer(line: str) -> tuple[int, int] | None:
    """The last pair of brackets that no other holds and that holds something."""
    found = None
    depth = offset = start = 0
    for piece in _PIECE.findall(line):
        if piece in "([{":
            start = offset if depth == 0 else start
            depth += 1
        elif piece in ")]}":
            depth -= 1
            if depth == 0 and offset > start + 1:
                found = (start, offset)
        offset += len(piece)
    return found
