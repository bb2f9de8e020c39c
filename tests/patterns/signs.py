"""A pattern as the flag `u` has it, of one that is only read without: signs that stand for themselves are escaped."""

from __future__ import annotations

import re

__all__ = ["with_signs_escaped"]

_PIECE = re.compile(
    r"""
    (?P<kept> \\u\{[0-9A-Fa-f]+\} | \\[pP]\{[A-Za-z_]+(?:=[A-Za-z_]+)?\} | \\k<[^>]*> )
    | (?P<escape> \\[A-Za-z0-9^$\\.*+?()\[\]{}|/] )
    | \\(?P<plain> . )
    | (?P<class> \[ (?: \\. | [^\]\\] )* \] )
    | (?P<count> \{[0-9]+(?:,[0-9]*)?\} )
    | (?P<sign> [{}\]] )
    """,
    re.VERBOSE | re.DOTALL,
)
_IN_CLASS = re.compile(r"\\([^A-Za-z0-9^$\\.*+?()\[\]{}|/\-])", re.DOTALL)


def with_signs_escaped(pattern: str) -> str:
    """*pattern* with a backslash before each brace and bracket that stands for itself, and none before other signs."""
    return _PIECE.sub(_strict, pattern)


def _strict(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "plain":
            return found["plain"]
        case "class":
            return _IN_CLASS.sub(r"\1", found[0])
        case "sign":
            return "\\" + found[0]
        case _:
            return found[0]
