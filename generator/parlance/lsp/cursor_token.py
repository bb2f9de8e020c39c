"""The word at the cursor, which a completion takes the place of, and texts that have a marker in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["MARKER", "CursorToken", "json_token", "marked_texts", "yaml_token"]

MARKER = "\ue001cursor\ue001"
"""A word that nobody writes: its characters are for private use."""

_STRING = re.compile(r'"(?:[^"\\\r]|\\.)*+(?P<end>"?+)')
_JSON_WORD = re.compile(r"[\w.+-]*\Z")
_REST = re.compile(r"[\w.+-]*")
_COLON = re.compile(r"\s*+:")
_YAML_WORD = re.compile(
    r"""(?:^[ ]*|:[ ]+|(?:^|(?<=[ ]))-[ ]+|[\[{,][ ]*)(?P<word>"[^"]*|'[^']*|(?!-[ ])[^\s"'#:,\[\]{}][^:,\[\]{}]*|)\Z"""
)
_YAML_REST = {
    '"': re.compile(r'[^"\n]*"?'),
    "'": re.compile(r"[^'\n]*'?"),
    "": re.compile(r"[^\s:,\[\]{}#]*"),
}
_KEY_BEFORE = re.compile(r"[ ]*(?:-[ ]+)*\Z")


class CursorToken(NamedTuple):
    """A word, which may be empty."""

    start: int
    end: int
    quote: str
    """The quotation mark that it begins with; empty for none."""

    has_colon: bool
    """Whether a colon follows, so that it is a key."""

    may_be_key: bool = True
    """Whether a key may be meant; in YAML that is seen from what stands before it on its line."""


def json_token(text: str, offset: int) -> CursorToken | None:
    """The string or the word at *offset* in JSON; None where nothing can be completed, as behind a string."""
    first = text.rfind("\n", 0, offset) + 1
    last = text.find("\n", offset)
    line = text[first : last if last >= 0 else len(text)]
    column = offset - first
    for found in _STRING.finditer(line):
        if found.start() < column < found.end() or (found.end() == column and not found["end"]):
            return _token(text, first + found.start(), first + found.end(), '"')
        if found.end() == column:
            return None
    before, after = _JSON_WORD.search(line, 0, column), _REST.match(line, column)
    start = before.start() if before else column
    return _token(text, first + start, first + (after.end() if after else column), "")


def yaml_token(text: str, offset: int) -> CursorToken | None:
    """The word at *offset* in YAML; None within a text or behind a value."""
    first = text.rfind("\n", 0, offset) + 1
    before = text[first:offset]
    found = _YAML_WORD.search(before)
    if found is None:
        return None
    start, word = first + found.start("word"), found["word"]
    quote = word[:1] if word[:1] in ('"', "'") else ""
    rest = _YAML_REST[quote].match(text, offset)
    token = _token(text, start, rest.end() if rest else offset, quote)
    before_word = text[first:start]
    is_flow = before_word.rstrip(" ").endswith(("{", ","))
    return token._replace(may_be_key=is_flow or _KEY_BEFORE.match(before_word) is not None)


def marked_texts(text: str, token: CursorToken, *, is_yaml: bool) -> Iterator[str]:
    """*text* with the marker in place of the word, in each way that may be meant: the likeliest first."""
    before, after = text[: token.start], text[token.end :]
    if not is_yaml:
        yield f'{before}"{MARKER}"{after}'
        return
    forms = [MARKER]
    if token.may_be_key and not token.has_colon:
        forms.insert(0, f"{MARKER}: null")
    for form in forms:
        yield f"{before}{form}{after}"
    # What stands below may be unfinished as well; what stands above is more often whole.
    for form in forms:
        yield f"{before}{form}\n"


def _token(text: str, start: int, end: int, quote: str) -> CursorToken:
    return CursorToken(start, end, quote, _COLON.match(text, end) is not None)
