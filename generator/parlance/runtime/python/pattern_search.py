"""Regular expressions, compiled once."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["matches"]


_searches: dict[str, Callable[[str], object]] = {}


def matches(expression: str, text: str) -> bool:
    """Whether *text* contains a match of a regular expression of Python's."""
    search = _searches.get(expression)
    if search is None:
        import re  # most payloads never need it

        search = _searches[expression] = re.compile(expression).search
    return search(text) is not None
