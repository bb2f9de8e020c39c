"""The command line: the only part that prints and exits."""

from .main import main

__all__ = ["main"]
