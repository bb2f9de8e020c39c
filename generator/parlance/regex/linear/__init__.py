"""What a backtracking search tries, an engine that tries nothing twice, and the choice between them."""

from .ambiguity import attempts, is_linear
from .assembly import Program, program
from .choice import Backtracking, Linear, Means, choose
from .linear_search import search

__all__ = ["Backtracking", "Linear", "Means", "Program", "attempts", "choose", "is_linear", "program", "search"]
