"""What is wrong with a pattern in a spec."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..finding import Finding, Place, fault
from .linear import is_linear
from .parser import parse
from .portability import unportable
from .portable import portable

__all__ = ["pattern_faults"]

_ANCHOR = "anchor it with ^, so that it is tried at one place alone"
_DISTINCT = "leave one way to read a text: what is repeated must differ from what is in it and from what follows"


def pattern_faults(pattern: str, at: Place | None, *, whole: bool = False) -> Iterator[Finding]:
    """That engines read it differently, or that Python's might never end; *whole*, when the whole text must match."""
    if reason := unportable(pattern):
        same = portable(pattern) or ""
        # Spaces beyond ASCII cannot be seen in a message.
        advice = f"portable: {same}" if same.isascii() and same else None
        yield fault("PAR910", at, f"the pattern is not portable: {reason}", advice=advice)
    elif not _is_linear(f"^(?:{pattern})$" if whole else pattern):
        message = "the pattern is slow: a search may take more than linear time in the length of the text"
        yield fault("PAR916", at, message, advice=_DISTINCT if whole or not _is_linear(f"^(?:{pattern})") else _ANCHOR)


# The patterns of a table of models are read again for every dialect.
@cache
def _is_linear(pattern: str) -> bool:
    return is_linear(parse(pattern))
