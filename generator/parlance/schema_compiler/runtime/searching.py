"""Regular expressions on which backtracking could take for ever, searched for in linear time."""

from __future__ import annotations

from ...regex.linear.linear_search import Search

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...regex import Program

PROGRAMS: dict[str, Program] = {}
SEARCHERS: dict[str, Search] = {}


def searched(pattern: str, text: str) -> bool:
    """Say whether *text* has a match of *pattern* in it, in time linear in its length."""
    find = SEARCHERS.get(pattern)
    if find is None:
        find = SEARCHERS[pattern] = Search(PROGRAMS[pattern])
    return find(text)
