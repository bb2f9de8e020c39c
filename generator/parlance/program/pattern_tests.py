"""What a pattern asks of a string, in the simplest way that says it."""

from __future__ import annotations

import re

from .ir import Apply, Constant, Fits, Value

__all__ = ["fitting"]

_PREFIX = re.compile(r"\^((?:[A-Za-z0-9_:/@# -]|\\[.$/-])+)")
"""Patterns that only say how a string begins."""


def fitting(value: Value, pattern: str, *, may_be_empty: bool = True) -> Value:
    """Whether a string, which may be known to be not empty, has a match of *pattern* in it."""
    if found := _PREFIX.fullmatch(pattern):
        return Apply("startsWith", (value, Constant(found[1].replace("\\", ""))), is_sure=True)
    return Fits(value, pattern, may_be_empty)
