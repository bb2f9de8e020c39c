"""Patterns that RE2, Python, Rust and ECMAScript read alike."""

from __future__ import annotations

import re
import warnings

from .group_references import children
from .parser import parse
from .pattern_syntax import Part, RegexError, Repeat

__all__ = ["unportable"]

_TOKEN = re.compile(
    r"""
    (?P<escape>\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|.|$))
  | (?P<group>\(\?:|\(\?.{0,2}|\()
  | (?P<close>\))
  | (?P<set>\[\^?\]?)
  | (?P<count>\{[0-9]+(?:,[0-9]*)?\}|[*+?])
  | (?P<brace>[{}\]])
  | (?P<anchor>[\^$])
  | (?P<dot>\.)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CLASSES = frozenset("dDwW")
_CONTROLS = frozenset("tnrfv")
_PUNCTUATION = frozenset("^$\\.*+?()[]{}|/")
_LARGEST_COUNT = 1000


def unportable(pattern: str) -> str | None:
    """Why engines disagree about *pattern*; None if they do not."""
    in_set = False
    last = "start"
    for token in _TOKEN.finditer(pattern):
        kind, text = token.lastgroup or "", token.group()
        if kind == "escape":
            reason = _escape(text, in_set)
            kind = "anchor" if text == r"\b" else "other"
        elif in_set:
            reason, in_set = _in_set(text), text != "]"
            kind = "other"
        elif kind == "set":
            reason, in_set = ("an empty set" if text.endswith("]") else None), True
        else:
            reason = _outside(kind, text, last)
        if reason:
            return reason
        last = kind
    if in_set:
        return "a set that is not closed"
    return _read(pattern)


def _escape(text: str, in_set: bool) -> str | None:
    letter = text[1:2]
    if letter == "u":
        return rf"{text}: RE2 has no \u; write the character itself"
    if (letter == "b" and not in_set) or (letter == "-" and in_set):
        return None
    if letter in _CLASSES or letter in _CONTROLS or letter in _PUNCTUATION or (letter == "x" and len(text) == 4):
        return None
    if letter in "sS":
        return rf"{text}: engines disagree on what a space is; list the characters"
    if letter.isdigit() or letter == "k":
        return f"{text}: RE2 has no backreferences"
    return f"{text}: not an escape in every engine"


def _in_set(text: str) -> str | None:
    if text.startswith("["):
        return "a bracket in a set; escape it"
    return None


def _outside(kind: str, text: str, last: str) -> str | None:
    if kind == "group" and text.startswith("(?") and not text.startswith("(?:"):
        return f"{text}: only plain groups and (?:…) are shared"
    if kind == "dot":
        return ". is any character but the ends of lines, of which engines know different ones; write [^\\n]"
    if kind == "brace":
        return f"{text} outside a set or a count; escape it"
    if kind == "count":
        if last in {"start", "group", "anchor"}:
            return f"{text} with nothing before it"
        if last == "count" and text != "?":
            return f"{text} after another count"
        if any(int(number) > _LARGEST_COUNT for number in re.findall("[0-9]+", text)):
            return f"{text}: RE2 counts to {_LARGEST_COUNT} at most"
    return None


def _read(pattern: str) -> str | None:
    """Why *pattern* is no regular expression of each engine, or counts too far for one."""
    try:
        counted = _counted(parse(pattern).root)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern)
    except (RegexError, re.error, FutureWarning, RecursionError, OverflowError) as error:
        return f"it is not a regular expression: {error}"
    return f"a count within a count: RE2 counts to {_LARGEST_COUNT} in all" if counted > _LARGEST_COUNT else None


def _counted(part: Part) -> int:
    """How often the innermost of what is counted may be repeated."""
    inner = max(map(_counted, children(part)), default=1)
    return inner * max(1, part.least, part.most or 1) if isinstance(part, Repeat) else inner
