"""Items of an array that belong together, or that come in some order."""

from __future__ import annotations

from .equality import comparable
from .lookup import items

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from .rule import Rule
    from .violation import Json, Violation

    Case: TypeAlias = tuple[str, dict[str, Json]]
    """A pointer, and the values of what is said there."""

    Cases: TypeAlias = dict[str, list[Case]]
    """By kind of fault."""

__all__ = ["check_sequence", "follow_pairs"]


def follow_pairs(places: Iterable[tuple[str, Json, Json, bool, Json]]) -> Cases:
    """Follow ids that items open and the items directly after them close.

    Each place is its pointer, its index, the ids that it opens, whether it closes one, and which.
    One that closes what is not open is taken to be meant for what is left open: that is one
    fault, not two. Where an id is null, what it should be may be closed. The result is listed
    by kind of fault.
    """
    found: Cases = {"repeated": [], "displaced": [], "unopened": []}
    pending: dict[object, Json] = {}
    closed: set[object] = set()
    late: dict[object, Case] = {}
    never: list[Case] = []
    strays = unnamed = 0
    origin: tuple[str, Json] = ("", None)
    for pointer, index, opens, closes, identity in places:
        key = comparable(identity)
        if closes and key in pending:
            del pending[key]
            closed.add(key)
        elif closes:
            state = "repeated" if key in closed else "displaced" if key in late else "unopened"
            if state == "unopened" and unnamed:
                unnamed -= 1
                continue
            opened = late.pop(key)[1]["opened"] if state == "displaced" else origin[1]
            strays += state == "unopened"
            if identity is not None:
                found[state].append((pointer, {"id": identity, "index": index, "opened": opened}))
        else:
            for left in [*pending][strays:]:
                late[left] = (pointer, {"id": pending[left], "index": index, "opened": origin[1]})
            origin, strays = (pointer, index), 0
            closed.clear()
            pending = {comparable(each): each for each in items(opens) if each is not None}
            unnamed = sum(each is None for each in items(opens))
            never += [late.pop(again) for again in pending if again in late]
    end, opener = origin
    never += late.values()
    left_open = [*pending.values()][strays:]
    never += [(end, {"id": each, "index": opener, "opened": opener}) for each in left_open]
    return {**found, "unclosed": never}


def check_sequence(
    rule: Rule,
    places: Iterable[tuple[str, Json]],
    first: tuple[str, ...] | None,
    last: tuple[str, ...] | None,
    following: dict[str, tuple[str, ...]],
    found: list[Violation],
) -> None:
    """Hold the symbols of an array's items against which may follow which."""
    before: Json = None
    pointer, symbol = "", None
    started = False
    for pointer, symbol in places:
        allowed = first
        if started:
            allowed = following.get(before) if isinstance(before, str) else None
        if allowed is not None and symbol not in allowed:
            found.append(rule.at(pointer, {"symbol": symbol, "before": before}))
        before, started = symbol, True
    if started and last is not None and symbol not in last:
        found.append(rule.at(pointer, {"symbol": symbol, "before": None}))
