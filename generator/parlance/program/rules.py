"""Rules to programs: what each does with a document, and what it needs there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import assert_never

from ..contract.expression import Expression, names
from ..contract.rules import (
    ANY,
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
    Unique,
)
from ..contract.rules import Sequence as Order
from ..finding.pointer import joined
from . import ir
from .ir import Body, Let, ReportPairs, Value
from .logic import junction, where, within
from .needs import needs
from .reads import keywords_read
from .reduction import conjuncts
from .relations import limit, pairing, reference, report, same, sequence, unique
from .rule_expressions import condition, failure, value_of
from .scope import Scope, local_name
from .selectors import Selected, ahead, beside, document, pointed, selection

__all__ = ["RuleProgram", "program_of"]

_OF_WALKS = frozenset({"self", "path", "depth"})


@dataclass(frozen=True, slots=True)
class RuleProgram:
    """What applies a rule to a document, `root`."""

    rule: Rule
    body: Body
    needs: tuple[tuple[str, ...], ...]
    """Pointers with `*` and `**` for steps: of each tuple one has to be there for the rule to find anything."""

    reads: tuple[str, ...]
    """The keywords of a schema by which it recognises a fault of that schema."""

    point: str
    """The pointer from such a schema to what is reported."""


def program_of(rule: Rule, rules: Sequence[Rule], reserved: frozenset[str]) -> RuleProgram:
    """The program of one of *rules*, all of an artifact or of several; no variable of it has a *reserved* name."""
    check, read = rule.check, keywords_read(rule, rules)
    point = joined(check.point) if read and isinstance(check, Assert) else ""
    return RuleProgram(rule, _body(rule, reserved), _needed(check), read, point)


# Most rules are the same in most dialects.
@cache
def _needed(check: Check) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(joined, need)) for need in needs(check))


@cache
def _body(rule: Rule, reserved: frozenset[str]) -> Body:
    check, start = rule.check, document(reserved)
    start = beside(start, rule.scope)
    match check:
        case Assert():
            return tuple(line for at in check.at for line in _assert(check, at, rule, start))
        case Unique():
            return unique(check, rule, start)
        case Same():
            return same(check, rule, start)
        case Reference():
            return reference(check, rule, start)
        case Pairing():
            return (ReportPairs(pairing(check, start), check.reports),)
        case Order():
            return sequence(check, start)
        case Limit():
            return limit(check, rule, start)
        case KeywordKinds():
            return tuple(line for at in check.at for line in _keywords(at, start))
        case Capabilities():
            return ()
        case _:
            assert_never(check)


def _assert(check: Assert, at: Selector, rule: Rule, start: Selected) -> Body:
    mentioned = [check.test, *(expression for _, expression in check.let), *([check.when] if check.when else [])]
    before, start = ahead(mentioned if ANY in at.steps else [], start)
    found = selection(at, start, nulls=check.nulls)
    scope = found.selected.scope
    head: list[Let] = []
    lines: list[Let] = []
    inner = _OF_WALKS
    for name, expression in check.let:
        variable = local_name(name, scope)
        is_early = at.subschemas and inner.isdisjoint(names(expression))
        (head if is_early else lines).append(Let(variable, value_of(expression, scope)))
        scope = scope.bind(name, variable)
        inner |= frozenset[str]() if is_early else {name}
    conditions = [] if check.when is None else conjuncts(check.when) if at.subschemas else [check.when]
    early = [part for part in conditions if at.subschemas and inner.isdisjoint(names(part))]
    bound = inner - _OF_WALKS
    # What mentions no name of `let` is decided before that is worked out.
    first = [part for part in conditions if lines and part not in early and bound.isdisjoint(names(part))]
    late = [part for part in conditions if part not in early and part not in first]
    case = report(rule, pointed(found.selected, check.point), scope)
    reported = where(junction("and", [*_conditions(late, scope), failure(check.test, scope)]), case)
    if not reported:
        return ()
    body = where(junction("and", _conditions(first, scope)), (*lines, *reported))
    # What is the same for each schema is decided before the walk through them.
    outer, walk = (found.headers[:-1], found.headers[-1:]) if at.subschemas else (found.headers, ())
    walked = where(junction("and", _conditions(early, scope)), within(walk, body))
    return (*before, *within(outer, (*head, *walked)))


def _conditions(expressions: Sequence[Expression], scope: Scope) -> list[Value]:
    return [condition(each, scope) for each in expressions]


def _keywords(at: Selector, start: Selected) -> Body:
    found = selection(replace(at, subschemas=False), start)
    return within(found.headers, (ir.CheckKeywords(found.selected.value, found.selected.pointer),))
