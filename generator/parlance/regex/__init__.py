"""ECMA-262 regular expressions: what they mean, how Python says the same, and which of them cannot hang it."""

from .ambiguity import attempts, is_linear
from .assembly import Program, program
from .choice import Backtracking, Linear, Means, choose
from .engine import search
from .parser import parse
from .python import python_pattern, translated
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
    "translated",
]
