"""What must be in a document for a rule to find anything, by places."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import zip_longest
from typing import assert_never

from ..contract.expression import Binary, Expression, Has, Literal, Macro, Name, Select, parts
from ..contract.rules import (
    Assert,
    Capabilities,
    Check,
    KeywordKinds,
    Limit,
    Pairing,
    Reference,
    Same,
    Selector,
    Sequence,
    Unique,
)
from .places import EVERY_SCHEMA, Path, Unplaceable, path_at, placed
from .reduction import Facts, all_of, negated, reduced
from .structure import ABSENT, ANYTHING, Kinds

__all__ = ["Need", "needs"]

Need = tuple[Path, ...]
"""Places of which one is there, at least."""

_NULL, _TRUE = Literal(None), Literal(value=True)


class _Anything:
    """Documents of which nothing is known."""

    def kinds(self, path: Path) -> Kinds:
        """Whatever may stand at a place."""
        return frozenset({"map"}) if path[-1:] == (EVERY_SCHEMA,) else ANYTHING

    def texts(self, path: Path) -> frozenset[str] | None:  # noqa: ARG002
        """The strings that may stand there: nobody knows."""
        return None


_UNKNOWN = Facts(_Anything())


def needs(check: Check) -> list[Need]:
    """What has to be there, all of it, for *check* to find anything; the most telling first."""
    found = [_needs_of(path, case) for path, case in _cases(check)]
    shared: list[Need] = []
    for several in zip_longest(*found, fillvalue=()):
        if () in several:
            break
        shared.append(tuple(dict.fromkeys(path for need in several for path in need)))
    return shared


def _cases(check: Check) -> Iterator[tuple[Path, Expression]]:
    """The places that a check looks at, and what is true of those where it finds something."""
    match check:
        case Assert():
            for at in check.at:
                yield path_at(at), _placed([check.when, negated(check.test)], at, let=check.let)
        case Limit():
            for at in check.at:
                holder = _placed([check.when], at)
                inner = Selector(steps=at.steps + check.over.steps, subschemas=check.over.subschemas)
                if check.minimum is not None or at.subschemas:
                    yield path_at(at), holder
                else:
                    counted = _placed([Binary(">", check.measure, Literal(0))], inner)
                    yield path_at(inner), all_of([holder, counted])
        case Unique():
            yield from _with_key([check.when], check.key, check.at, check.over)
        case Same():
            yield from _with_key([], check.key, check.at, check.over)
        case Reference():
            yield from _with_key([check.when], check.key, check.at)
        case Pairing(reports="unclosed"):
            yield path_at(check.over), _placed([check.opens_when, _any_given(check.opens_ids)], check.over)
        case Pairing():
            yield from _with_key([check.closes_when], check.closes_id, check.over)
        case Sequence():
            yield path_at(check.over), _TRUE
        case KeywordKinds():
            yield from ((path_at(at), _TRUE) for at in check.at)
        case Capabilities():
            pass
        case _:
            assert_never(check)


def _any_given(values: Expression) -> Expression:
    """Whether a list has any item but null."""
    if isinstance(values, Macro) and values.name == "map" and values.guard is None:
        return Macro("exists", values.of, values.variable, Binary("!=", values.body, _NULL))
    return Macro("exists", values, "each", Binary("!=", Name("each"), _NULL))


def _with_key(
    true: Collection[Expression | None], key: Expression, at: Selector, over: Selector | None = None
) -> Iterator[tuple[Path, Expression]]:
    """The places of *over* below those of *at*, where something is true and a key is not null."""
    inner = at if over is None else Selector(steps=at.steps + over.steps, subschemas=over.subschemas)
    yield path_at(inner), _placed([*true, Binary("!=", key, _NULL)], inner)


def _placed(
    conditions: Collection[Expression | None], at: Selector, *, let: tuple[tuple[str, Expression], ...] = ()
) -> Expression:
    """Conditions that all hold, with places for names; one that asks for more than places is left out."""
    found: list[Expression] = []
    for each in conditions:
        if each is not None:
            try:
                found.append(placed(each, at, let))
            except Unplaceable:
                continue
    return all_of(found)


def _needs_of(at: Path, case: Expression) -> list[Need]:
    known = _UNKNOWN.with_kinds(at, _UNKNOWN.structure.kinds(at) - {ABSENT})
    case = reduced(case, known, widens=True)
    mentioned = [path for path in dict.fromkeys([at, *_mentioned(case)]) if path]

    def is_silent(absent: Collection[Path]) -> bool:
        """Whether there is certainly no case in a document that has none of the places *absent*."""
        if any(at[: len(path)] == path for path in absent):
            return True
        return reduced(case, known.without(absent), widens=True) == Literal(value=False)

    alone = [path for path in mentioned if is_silent([path])]
    found = {_reported(path): None for path in alone if not any(_is_within(other, path) for other in alone)}
    together: list[Need] = []
    left = [path for path in mentioned if path not in alone and not any(_is_within(other, path) for other in alone)]
    if left and is_silent(left):
        for path in sorted(left, key=len):
            rest = [other for other in left if other != path]
            if is_silent(rest):
                left = rest
        together = [tuple(dict.fromkeys(map(_reported, left)))]
    return sorted([*((path,) for path in found), *together], key=_order)


def _mentioned(case: Expression) -> Iterator[Path]:
    """The places that a case mentions, and those of the fields that it asks for."""
    facts = _UNKNOWN
    for part in parts(case):
        path: Path | None = None
        if isinstance(part, Macro):
            facts = facts.with_item(part.variable, part.of)
        elif isinstance(part, Has):
            path = facts.path(Select(part.of, part.field))
        elif isinstance(part, Name | Select):
            path = facts.path(part)
        if path is not None:
            yield path


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
