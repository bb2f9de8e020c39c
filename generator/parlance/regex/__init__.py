"""ECMA-262 regular expressions: what they mean, how Python says the same, and which of them cannot hang it."""

from .linear import Backtracking, Linear, Means, Program, attempts, choose, is_linear, program, search
from .parser import parse
from .pattern_syntax import Regex, RegexError
from .python import python_pattern, translated

__all__ = [
    "Backtracking",
    "Linear",
    "Means",
    "Program",
    "Regex",
    "RegexError",
    "attempts",
    "choose",
    "is_linear",
    "parse",
    "program",
    "python_pattern",
    "search",
    "translated",
]
