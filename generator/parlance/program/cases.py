"""Rules to cases: where in a document of sound structure each may find something, and what is true there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..contract.expression import Binary, Expression, Has, Literal
from ..contract.rules import (
    ANY,
    BESIDE,
    Assert,
    Capabilities,
    Check,
    KeywordKinds,
    Limit,
    Pairing,
    Reference,
    Rule,
    Same,
    Selector,
    Sequence,
    Unique,
)
from .places import EVERY_SCHEMA, Path, Unplaceable, path_at, place, placed
from .reduction import all_of, negated

__all__ = ["CasePlace", "Pairs", "Sum", "places_of"]


@dataclass(frozen=True, slots=True)
class Sum:
    """More than *maximum* of *measure* in all schemas of a walk is a fault."""

    when: Expression
    measure: Expression
    maximum: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Items that open ids, and the items directly after them that close each once."""

    opens_when: Expression
    opens_ids: Expression
    closes_when: Expression
    closes_id: Expression


@dataclass(slots=True)
class CasePlace:
    """A place of a document, and what is asked of the value there, which is not null, and of what is below it."""

    path: Path = ()
    cases: list[Expression] = field(default_factory=list["Expression"])
    """Each may be true of a fault only; none of them is false of one."""

    sums: list[Sum] = field(default_factory=list[Sum])
    asked: list[Rule] = field(default_factory=list[Rule])
    """Rules that are applied themselves where there is a value here: they look at several places at once."""

    keywords: list[Rule] = field(default_factory=list[Rule])
    pairs: list[Pairs] = field(default_factory=list[Pairs])
    """Of the items of the array that this is an item of."""

    below: dict[str, CasePlace] = field(default_factory=dict[str, "CasePlace"])

    def at(self, path: Path) -> CasePlace:
        """The place that some steps lead to from here; it is made where there is none yet."""
        here = self
        for step in path:
            here = here.below.setdefault(step, CasePlace((*here.path, step)))
        return here


def places_of(rules: Iterable[Rule]) -> CasePlace:
    """The root of a tree of places with all that *rules* ask."""
    root = CasePlace()
    for rule in rules:
        try:
            _add(rule, rule.check, root)
        except Unplaceable:
            if rule.scope in BESIDE:  # a gate applies rules to a document alone
                _add_occasions(rule, root)
                continue
            for at in _selectors(rule.check):
                root.at(_first_array(at)).asked.append(rule)
    return root


def _add_occasions(rule: Rule, root: CasePlace) -> None:
    """Where a rule may have something to say, whatever that is."""
    check, others = rule.check, BESIDE[rule.scope]
    if not isinstance(check, Assert) or check.when is None:
        root.cases.append(Literal(value=True))
        return
    for path, occasion in [(path_at(at), placed(check.when, at, check.let, others)) for at in check.at]:
        _add_case(path, occasion, root, nulls=check.nulls)


def _add(rule: Rule, check: Check, root: CasePlace) -> None:
    match check:
        case Assert():
            # All of them, before any is added: one that cannot be placed is asked as a whole.
            others = BESIDE.get(rule.scope, ())
            for path, fault in [(path_at(at), _fault(check, at, others)) for at in check.at]:
                _add_case(path, fault, root, nulls=check.nulls)
        case Limit(minimum=None):
            _add_limit(check, root)
        case Pairing():
            at = check.over
            parts = (check.opens_when, check.opens_ids, check.closes_when, check.closes_id)
            pairs = Pairs(*(placed(part, at) for part in parts))
            if at.steps[-1:] != (ANY,) or at.subschemas:
                raise Unplaceable
            here = root.at(at.steps)
            here.pairs += [pairs] if pairs not in here.pairs else []
        case KeywordKinds():
            for at in check.at:
                root.at(path_at(at)).keywords.append(rule)
        case Capabilities():
            pass  # what is known of models is asked of the document as a whole
        case Limit() | Unique() | Same() | Reference() | Sequence():
            raise Unplaceable


def _fault(check: Assert, at: Selector, others: Iterable[str]) -> Expression:
    broken = negated(check.test)
    return placed(broken if check.when is None else Binary("&&", check.when, broken), at, check.let, others)


def _add_case(path: Path, fault: Expression, root: CasePlace, *, nulls: bool) -> None:
    if not nulls or not path or path[-1] == EVERY_SCHEMA:
        root.at(path).cases.append(fault)
        return
    if path[-1] == ANY:
        raise Unplaceable
    root.at(path[:-1]).cases.append(Binary("&&", Has(place(path[:-1]), path[-1]), fault))


def _add_limit(check: Limit, root: CasePlace) -> None:
    maximum = check.maximum
    if maximum is None:
        raise Unplaceable
    always = Literal(value=True)
    whens = [always if check.when is None else placed(check.when, at) for at in check.at]
    if check.over == Selector(steps=()):
        for at, when in zip(check.at, whens, strict=True):
            beyond = Binary(">", placed(check.measure, at), Literal(maximum))
            root.at(path_at(at)).cases.append(all_of([when, beyond]))
    elif check.over == Selector(steps=(), subschemas=True) and not any(at.subschemas for at in check.at):
        for at, when in zip(check.at, whens, strict=True):
            inner = Selector(steps=at.steps, subschemas=True)
            root.at(path_at(inner)).sums.append(Sum(when, placed(check.measure, inner), maximum))
    elif check.when is not None:
        # Whatever the sum is: it is seldom asked for.
        for at, when in zip(check.at, whens, strict=True):
            root.at(path_at(at)).cases.append(when)
    else:
        raise Unplaceable


def _first_array(at: Selector) -> Path:
    """The way to a place, as far as there is one value at most."""
    return at.steps[: at.steps.index(ANY)] if ANY in at.steps else at.steps


def _selectors(check: Check) -> Iterable[Selector]:
    match check:
        case Assert() | Limit() | KeywordKinds():
            return check.at
        case Unique() | Same() | Reference():
            return (check.at,)
        case Pairing() | Sequence():
            return (check.over,)
        case Capabilities():
            return ()
