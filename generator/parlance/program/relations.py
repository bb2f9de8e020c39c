"""Rules about several places at once to statements: what is unique, the same, referred to, paired or in order."""

from __future__ import annotations

from ..contract.expression import Expression
from ..contract.rulebook.placeholders import placeholders
from ..contract.rules import Limit, Pairing, Reference, Rule, Same, Sequence, Unique
from . import ir
from .ir import Add, AddKey, Apply, Assign, Body, Constant, Gather, If, Let, Report, Routine, Value, Variable
from .logic import NULL, is_given, junction, negation, where, within
from .rule_expressions import condition, value_of
from .scope import Scope
from .selectors import Selected, ahead, pointed, selection

__all__ = ["limit", "pairing", "reference", "report", "same", "sequence", "unique"]

_KEY = Variable("key")


def report(rule: Rule, pointer: ir.Pointer, scope: Scope) -> Body:
    """The statement that reports one case."""
    mentioned = [*placeholders(f"{rule.message} {rule.help or ''}")]
    if rule.kind == "fits":  # whether they fit is decided by who asks
        mentioned += ["value", "schema"]
    return (Report(pointer, tuple((name, scope.names[name]) for name in mentioned if name in scope.names)),)


def unique(check: Unique, rule: Rule, start: Selected) -> Body:
    """Each key is gathered, and reported where it was seen."""
    outer = selection(check.at, start)
    inner = selection(check.over, outer.selected)
    keys, scope = Variable("seen"), inner.selected.scope
    again = report(rule, pointed(inner.selected, check.point), scope.bind("key", _KEY))
    body = (
        Let("key", value_of(check.key, scope)),
        *where(junction("and", [is_given(_KEY), ir.Seen(_KEY, keys)]), again),
        If(is_given(_KEY), (AddKey(keys, _KEY),)),
    )
    asked = where(_condition(check.when, scope), body)
    return within(outer.headers, (Gather("seen", "keys"), *within(inner.headers, asked)))


def same(check: Same, rule: Rule, start: Selected) -> Body:
    """The first key that is not null is kept, and each is held against it."""
    outer = selection(check.at, start)
    inner = selection(check.over, outer.selected)
    first, scope = Variable("first"), inner.selected.scope
    bound = scope.bind("key", _KEY).bind("first", first)
    differs = junction("and", [is_given(_KEY), negation(ir.Equal(_KEY, first))])
    body = (
        Let("key", value_of(check.key, scope)),
        If(negation(is_given(first)), (Assign(first, _KEY),)),
        *where(differs, report(rule, pointed(inner.selected, check.point), bound)),
    )
    return within(outer.headers, (Gather("first", "value"), *within(inner.headers, body)))


def reference(check: Reference, rule: Rule, start: Selected) -> Body:
    """What can be referred to is gathered, and each key looked for in it."""
    targets, known = Variable("targets"), Variable("known")
    to = selection(check.to, start)
    at = selection(check.at, start)
    scope = at.selected.scope
    bound = scope.bind("key", _KEY).bind("known", Apply("listed", (targets,)))
    unknown = junction("and", [is_given(_KEY), negation(ir.In(_KEY, known))])
    body = (
        Let("key", value_of(check.key, scope)),
        *where(unknown, report(rule, pointed(at.selected, check.point), bound)),
    )
    return (
        Gather("targets", "values"),
        *within(to.headers, (Add(targets, (value_of(check.to_key, to.selected.scope),)),)),
        Let("known", ir.Searchable(targets)),
        *within(at.headers, where(_condition(check.when, scope), body)),
    )


def pairing(check: Pairing, start: Selected) -> Routine:
    """The routine that finds how the items of a pairing follow each other; it is the same for each kind of fault."""
    before, start = ahead([check.opens_when, check.opens_ids, check.closes_when, check.closes_id], start)
    found = selection(check.over, start)
    pairs, item, scope = Variable("places"), found.selected, found.selected.scope
    opens = ir.Choice(condition(check.opens_when, scope), value_of(check.opens_ids, scope), NULL)
    closed = value_of(check.closes_id, scope)
    body = (
        Let("opens", opens),
        Let("closes", condition(check.closes_when, scope)),
        Add(pairs, (item.pointer, scope.names["index"], Variable("opens"), Variable("closes"), closed)),
    )
    gathered = (Gather("places", "pairs"), *within(found.headers, body))
    return Routine((*before, *gathered, ir.Return(ir.FollowPairs(pairs))))


def sequence(check: Sequence, start: Selected) -> Body:
    """The symbols are gathered, and held against what may follow what."""
    before, start = ahead([check.symbol], start)
    found = selection(check.over, start)
    symbols, item = Variable("places"), found.selected
    add = Add(symbols, (item.pointer, value_of(check.symbol, item.scope)))
    return (
        *before,
        Gather("places", "symbols"),
        *within(found.headers, (add,)),
        ir.CheckSequence(symbols, check.first, check.last, check.following),
    )


def limit(check: Limit, rule: Rule, start: Selected) -> Body:
    """What is measured is gathered below each place, and its sum held against the bounds."""
    lines: list[ir.Statement] = []
    measured, amount = Variable("parts"), Variable("amount")
    bounds = (("<", check.minimum), (">", check.maximum))
    given = [(sign, Constant(bound)) for sign, bound in bounds if bound is not None]
    beyond = junction("or", [ir.Ordering(sign, amount, bound, are_numbers=True) for sign, bound in given])
    for at in check.at:
        outer = selection(at, start)
        inner = selection(check.over, outer.selected)
        scope = outer.selected.scope.bind("total", amount)
        scope = scope.bind("minimum", Constant(check.minimum)).bind("maximum", Constant(check.maximum))
        body = (
            Gather("parts", "values"),
            *within(inner.headers, (Add(measured, (value_of(check.measure, inner.selected.scope),)),)),
            Let("amount", Apply("total", (measured,))),
            *where(beyond, report(rule, pointed(outer.selected, check.point), scope)),
        )
        lines += within(outer.headers, where(_condition(check.when, outer.selected.scope), body))
    return tuple(lines)


def _condition(expression: Expression | None, scope: Scope) -> Value | None:
    return None if expression is None else condition(expression, scope)
