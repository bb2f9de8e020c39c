"""One decision for each pattern: how it is searched for in linear time, or why it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from ..parser import parse
from ..pattern_syntax import RegexError
from ..python import python_pattern
from .ambiguity import is_linear
from .assembly import Program, program

__all__ = ["Backtracking", "Linear", "Means", "choose"]


@dataclass(frozen=True, slots=True)
class Backtracking:
    """`re.search` with a pattern that takes it linear time."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Linear:
    """`engine.search` with a program."""

    program: Program


Means: TypeAlias = Backtracking | Linear


def choose(pattern: str) -> Means:
    """How to search for an ECMA-262 pattern. Raises `RegexError` for what is none, and for what might never end."""
    regex = parse(pattern)
    if is_linear(regex):
        return Backtracking(python_pattern(regex))
    try:
        return Linear(program(regex))
    except RegexError as error:
        message = f"it may take more than linear time, and {error.message}"
        raise RegexError(message, error.offset) from None
