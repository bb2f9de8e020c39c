"""What must be in a document for a rule to find anything, told by places."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import assert_never

from ...contract.expression import Expression
from ...contract.rules import (
    ANY,
    Assert,
    Capabilities,
    Check,
    Keywords,
    Limit,
    Pairing,
    Reference,
    Same,
    Selector,
    Sequence,
    Unique,
)
from .folding import EVERY_SCHEMA, NULL, Fold, Path, Place, Token, Value, is_empty, is_uncounted

__all__ = ["Need", "needs"]

Need = tuple[Path, ...]
"""Places of which one is there, at least."""

def needs(check: Check) -> list[Need]:
    """What has to be there, all of it, for *check* to find anything; the most telling first."""
    found = [_needs_of(case) for case in _cases(check)]
    shared: list[Need] = []
    for several in zip_longest(*found, fillvalue=()):
        if () in several:
            break
        shared.append(tuple(dict.fromkeys(path for need in several for path in need)))
    return shared


@dataclass(frozen=True, slots=True)
class _Case:
    """The places that a check looks at by one of its selectors."""

    at: Path
    names: Mapping[str, Value]
    lets: tuple[tuple[str, Expression], ...] = ()
    true: tuple[Expression | None, ...] = ()
    """What is true of a case; None for a condition that is not given."""

    untrue: tuple[Expression, ...] = ()
    """What is not."""

    known: tuple[Expression, ...] = ()
    """What is not null."""

    filled: tuple[Expression, ...] = ()
    """What is neither null, nor a list of nothing but null."""

    counted: tuple[Expression, ...] = ()
    """What is a number other than zero."""

    above: _Case | None = None
    """What holds of the place that these are below."""

    def is_silent(self, absent: Collection[Path]) -> bool:
        """Whether there is certainly no case in a document that has none of the places *absent*."""

        def lacks(path: Path) -> bool:
            return any(path[: len(one)] == one for one in absent)

        return lacks(self.at) or self.looks(lacks)

    def looks(self, lacks: Callable[[Path], bool]) -> bool:
        """The same for a document that has a place to begin at; asks for every other place that matters."""
        fold = Fold(self.names, lacks)
        is_idle = self.above is not None and self.above.looks(lacks)
        for name, expression in self.lets:
            fold = fold.bind(name, fold.value(expression))
        refuted = [
            is_idle,
            *(fold.truth(each) is False for each in self.true),
            *(fold.truth(each) is True for each in self.untrue),
            *(fold.value(each) == NULL for each in self.known),
            *(is_empty(fold.value(each)) for each in self.filled),
            *(is_uncounted(fold.value(each)) for each in self.counted),
        ]
        return any(refuted)


def _cases(check: Check) -> Iterator[_Case]:
    match check:
        case Assert():
            for at in check.at:
                yield replace(_case(at), lets=check.let, true=(check.when,), untrue=(check.test,))
        case Limit():
            for at in check.at:
                holder = replace(_case(at), true=(check.when,))
                parts = replace(_case(at, check.over), counted=(check.measure,), above=holder)
                yield parts if check.minimum is None else holder
        case Unique():
            yield replace(_case(check.at, check.over), true=(check.when,), known=(check.key,))
        case Same():
            yield replace(_case(check.at, check.over), known=(check.key,))
        case Reference():
            yield replace(_case(check.at), true=(check.when,), known=(check.key,))
        case Pairing(reports="unclosed"):
            yield replace(_case(check.over), true=(check.opens_when,), filled=(check.opens_ids,))
        case Pairing():
            yield replace(_case(check.over), true=(check.closes_when,), known=(check.closes_id,))
        case Sequence():
            yield _case(check.over)
        case Keywords():
            yield from (_case(at) for at in check.at)
        case Capabilities():
            pass
        case _:
            assert_never(check)


def _case(*selectors: Selector) -> _Case:
    path: Path = ()
    for each in selectors:
        path += each.steps
        if each.subschemas:
            path += (EVERY_SCHEMA,)
    index = Token() if ANY in path else NULL
    return _Case(path, {"self": Place(path), "root": Place(()), "index": index})


def _needs_of(case: _Case) -> list[Need]:
    asked: dict[Path, None] = {case.at: None}

    def ask(path: Path) -> bool:
        asked[path] = None
        return False

    case.looks(ask)
    paths = [path for path in asked if path]
    alone = [path for path in paths if case.is_silent([path])]
    found = {_reported(path): None for path in alone if not any(_is_within(other, path) for other in alone)}
    return sorted([*((path,) for path in found), *_together(case, paths, alone)], key=_order)


def _together(case: _Case, paths: list[Path], alone: list[Path]) -> Iterator[Need]:
    """Places of which one at least must be there, where none of them is needed by itself."""
    left = [path for path in paths if path not in alone and not any(_is_within(other, path) for other in alone)]
    if not left or not case.is_silent(left):
        return
    for path in sorted(left, key=len):
        rest = [other for other in left if other != path]
        if case.is_silent(rest):
            left = rest
    yield tuple(dict.fromkeys(map(_reported, left)))


def _is_within(path: Path, other: Path) -> bool:
    return len(path) > len(other) and path[: len(other)] == other


def _reported(path: Path) -> Path:
    """Of places in schemas, no more than which key of a schema it is."""
    if EVERY_SCHEMA not in path:
        return path
    end = path.index(EVERY_SCHEMA)
    return path[: end + 2] if len(path) > end + 1 else path[:end]


def _order(need: Need) -> tuple[bool, int]:
    """What is cheap to find out first, then what is rare."""
    return any(EVERY_SCHEMA in path for path in need), -min(map(len, need))
