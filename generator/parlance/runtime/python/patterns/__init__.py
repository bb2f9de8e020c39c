"""Whether Python's `re` compiles a regular expression, and what keeps it from that.

The pattern is read and not compiled: compiling one can take long, warns of some, and differs
between versions of Python. What is read here is the syntax of Python 3.11.
"""

from __future__ import annotations

__all__ = ["look_around", "regex_fault"]

_known: dict[str, tuple[str | None, str | None]] = {}


def regex_fault(pattern: object) -> str | None:
    """What keeps Python's `re` from compiling a pattern; None where nothing does."""
    return _result(pattern)[0] if isinstance(pattern, str) else None


def look_around(pattern: object) -> str | None:
    """How the first look-ahead or look-behind of a pattern begins; None where there is none."""
    return _result(pattern)[1] if isinstance(pattern, str) else None


def _result(pattern: str) -> tuple[str | None, str | None]:
    result = _known.get(pattern)
    if result is None:
        from .pieces import PatternError  # few payloads hold a pattern
        from .reader import PatternReader

        reader = PatternReader(pattern)
        try:
            fault = reader.read()
        except PatternError as error:
            fault = str(error)
        result = (fault, reader.look_around)
        if len(pattern) <= 512 and len(_known) < 1024:  # they come from documents
            _known[pattern] = result
    return result
