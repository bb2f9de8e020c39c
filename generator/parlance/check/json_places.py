"""Where in a JSON text the values of given pointers stand; only the containers on the way to them are walked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from ..finding.pointer import joined, tokens
from .encoding import without_surrogates

__all__ = ["Located", "characters", "children", "locate"]

_SPACE = re.compile(r"[ \t\n\r]*+")
# A number's value is not needed, and its length is cheaper; an integer of 5000 digits cannot even be made.
_DECODE = json.JSONDecoder(parse_int=len, parse_float=len).raw_decode
_CHARACTER = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\"\\]", re.DOTALL)
_PointerTree: TypeAlias = "dict[str, _PointerTree]"


class Located(NamedTuple):
    """Offsets of a value, and of its key where it has one."""

    start: int
    end: int
    key: tuple[int, int] | None


def locate(text: str, pointers: Iterable[str]) -> dict[str, Located]:
    """The places of those *pointers* that exist in *text*, which is JSON; of a key given twice, the last."""
    start = _after_space(text, 0)
    found = {"": Located(start, len(text.rstrip(" \t\n\r")), None)}
    pending: list[tuple[list[str], _PointerTree]] = [([], _tree(pointers))]
    while pending:
        path, tree = pending.pop()
        if not tree:
            continue
        try:
            inside = _children_in(text, found[joined(path)].start, tree)
        except RecursionError:  # called with the stack nearly full, on a document nested nearly as deep as is accepted
            return found
        for token, place in inside.items():
            found[joined([*path, token])] = place
            pending.append(([*path, token], tree[token]))
    return found


def _tree(pointers: Iterable[str]) -> _PointerTree:
    root: _PointerTree = {}
    for pointer in pointers:
        branch = root
        for token in tokens(pointer):
            branch = branch.setdefault(token, {})
    return root


def children(text: str, start: int) -> Iterator[tuple[str, Located]]:
    """The members of the object or the items of the array that begins at *start*, by key or index; none of a scalar."""
    if text[start] == "{":
        return _fields(text, start)
    return _items(text, start) if text[start] == "[" else iter(())


def characters(text: str, start: int) -> list[int]:
    """Where each character of the string that begins at *start* is written, and where its closing quote stands."""
    offsets: list[int] = []
    at = start + 1
    while found := _CHARACTER.match(text, at):
        offsets.append(at)
        at = found.end()
    return [*offsets, at]


def _children_in(text: str, start: int, tree: _PointerTree) -> dict[str, Located]:
    found: dict[str, Located] = {}
    for token, place in children(text, start):
        if token in tree:
            found[token] = place
            if place.key is None and len(found) == len(tree):  # an index comes once, a key may come again
                break
    return found


def _fields(text: str, start: int) -> Iterator[tuple[str, Located]]:
    at = _after_space(text, start + 1)
    while text[at] != "}":
        key, end = _DECODE(text, at)
        value = _after_space(text, _after_space(text, end) + 1)
        last = _end(text, value)
        yield without_surrogates(key), Located(value, last, (at, end))
        at = _next(text, last)


def _items(text: str, start: int) -> Iterator[tuple[str, Located]]:
    at, index = _after_space(text, start + 1), 0
    while text[at] != "]":
        last = _end(text, at)
        yield str(index), Located(at, last, None)
        at, index = _next(text, last), index + 1


def _next(text: str, end: int) -> int:
    at = _after_space(text, end)
    return _after_space(text, at + 1) if text[at] == "," else at


def _end(text: str, start: int) -> int:
    return _DECODE(text, start)[1]


def _after_space(text: str, at: int) -> int:
    if text[at : at + 1] > " ":  # as nearly everywhere in a text on one line
        return at
    space = _SPACE.match(text, at)
    return space.end() if space else at
