"""Pointers with `*` for every member and `**` for any depth: a value to the places that they match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from ..finding.pointer import joined, tokens
from ..finding.shape import is_array, is_object
from ..finding.suggestion import did_you_mean
from .encodings import plain_value

__all__ = ["Match", "constants_fit", "first_match", "matches", "members", "nearest"]

_EACH, _DEEP = "*", "**"
_DEPTH = 64
"""How deep `**` looks: folders of a collection are nested a few levels."""


class Match(NamedTuple):
    """A place, and what stands there."""

    pointer: str
    value: Any
    rest: tuple[str, ...] = ()
    """The part of the pattern that goes on inside the text that stands there."""


def matches(value: object, pattern: str) -> Iterator[Match]:
    """The places in *value*, in its order; at a text where the pattern goes on, the rest of it is said."""
    yield from _matches(value, tuple(tokens(pattern)), "", _DEPTH)


def _matches(value: object, steps: tuple[str, ...], at: str, depth: int) -> Iterator[Match]:
    if not steps:
        yield Match(at, value)
        return
    first, rest = steps[0], steps[1:]
    if isinstance(value, str):
        if first != _DEEP:
            yield Match(at, value, steps)
        return
    if first == _DEEP:
        yield from _matches(value, rest, at, depth)
        for key, child in members(value) if depth else ():
            if is_object(child) or is_array(child):
                yield from _matches(child, steps, f"{at}{joined([key])}", depth - 1)
        return
    for key, child in members(value) if first == _EACH else _member(value, first):
        yield from _matches(child, rest, f"{at}{joined([key])}", depth)


def members(value: object) -> Iterator[tuple[str, Any]]:
    """The members of an object, or the items of an array by their index."""
    if is_object(value):
        yield from value.items()
    elif is_array(value):
        yield from ((str(index), item) for index, item in enumerate(value))


def _member(value: object, key: str) -> Iterator[tuple[str, Any]]:
    if is_object(value):
        if key in value:
            yield key, value[key]
    elif is_array(value) and key.isdecimal() and len(key) < 10 and int(key) < len(value):
        yield str(int(key)), value[int(key)]


def first_match(value: object, pattern: str) -> Match | None:
    """The first place at which there is something."""
    return next((one for one in matches(value, pattern) if one.value is not None and not one.rest), None)


def constants_fit(value: object, constants: Mapping[str, Any]) -> bool:
    """Whether at each pattern one of its values stands; of a list of values any one counts."""
    return all(
        any(not one.rest and _is_one_of(one.value, _listed(expected)) for one in matches(value, pattern))
        for pattern, expected in constants.items()
    )


def _is_one_of(value: object, expected: Sequence[object]) -> bool:
    """Whether a value is one of those expected, of which a text may have `*` for any characters."""
    if isinstance(value, str):
        return any(isinstance(one, str) and fnmatchcase(value, one) for one in expected)
    return any(value == one and type(value) is type(one) for one in expected)


def _listed(expected: object) -> Sequence[object]:
    return expected if is_array(expected) else [expected]


def nearest(value: object, pattern: str) -> str:
    """Why a pattern matches nothing in *value*, with the nearest that would: the end of a sentence."""
    done: list[str] = []
    level: list[object] = [value]
    for step in tokens(pattern):
        inside = [plain_value(child) for each in level for child in _steps(each, step)]
        if not inside:
            keys = [*dict.fromkeys(key for each in level for key, _ in members(each))]
            where = joined(done) or "the root"
            if not keys:
                return f"at {where} there is nothing inside"
            if all(is_array(each) for each in level):
                return f"at {where} there is a list; write {joined([*done, _EACH])}/… for its elements"
            guess = did_you_mean(step, keys)
            close = guess.removeprefix("; did you mean ").rstrip("?").strip("'\"")
            if guess and close in keys:
                rest = pattern.split("/")[len(done) + 2 :]
                return f"did you mean {'/'.join([joined([*done, close]), *rest])}?"
            return f"at {where} there are {', '.join(keys[:12])}{', …' if len(keys) > 12 else ''}"
        done.append(step)
        level = inside[:100]
    return "nothing stands there"


def _steps(value: object, step: str) -> list[Any]:
    if step == _DEEP:
        return [value]
    return [child for _, child in (members(value) if step == _EACH else _member(value, step))]
