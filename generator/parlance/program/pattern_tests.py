"""What a pattern asks of a string, in the simplest way that says it."""

from __future__ import annotations

import re
from functools import cache

from ..regex import RegexError, parse
from ..regex.group_references import children
from ..regex.pattern_syntax import Boundary, Edge, Look, Part, Reference
from ..regex.width import width
from .ir import Apply, Constant, Fits, Value

__all__ = ["fitting"]

_PREFIX = re.compile(r"\^((?:[A-Za-z0-9_:/@# -]|\\[.$/-])+)")
"""Patterns that only say how a string begins."""


def fitting(value: Value, pattern: str, *, may_be_empty: bool = True) -> Value:
    """Whether a string, which may be known to be not empty, has a match of *pattern* in it."""
    if _is_everywhere(pattern):
        return Constant(value=True)
    if found := _PREFIX.fullmatch(pattern):
        return Apply("startsWith", (value, Constant(found[1].replace("\\", ""))), is_sure=True)
    return Fits(value, pattern, may_be_empty)


@cache
def _is_everywhere(pattern: str) -> bool:
    """Whether every text has a match: the empty one, which is not bound to a place."""
    try:
        root = parse(pattern).root
    except RegexError:
        return False
    return width(root)[0] == 0 and not _has_places(root)


def _has_places(part: Part) -> bool:
    """Whether a part may match the empty text at some places only."""
    return isinstance(part, Edge | Boundary | Look | Reference) or any(map(_has_places, children(part)))
