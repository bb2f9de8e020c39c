"""ECMA-262 regular expressions: what they mean, how Python says the same, and which of them cannot hang it."""

from .ambiguity import attempts, is_linear
from .choice import Backtracking, Linear, Means, choose
from .engine import search
from .parser import parse
from .assembly import Program, program
from .python import python_pattern
from .syntax import Regex, RegexError

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
]
