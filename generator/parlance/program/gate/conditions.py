"""Conditions that are true of a fault to statements that return true for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ...contract.expression import Binary, Expression, Literal, parts
from ...contract.expression import Name as Word
from ...contract.kinds import Kind
from .. import ir
from ..expressions import condition, value_of
from ..ir import Body, Constant, If, Let, Return, Value
from ..logic import chained, negation
from ..places import Path, path_of
from ..reduction import Facts, all_of, conjuncts, reduced
from ..scope import Scope, local_name

__all__ = ["KINDS", "LOOK", "OTHERS", "branches", "factored", "fetched"]

LOOK: Body = (Return(Constant(value=True)),)
"""What is done where something may be a fault."""

KINDS = {"map": Kind.OBJECT, "list": Kind.ARRAY, "string": Kind.STRING}
"""The kinds that are distinguished."""

OTHERS = frozenset({"number", "bool"})
"""The kinds that are not."""

_TRUE, _FALSE = Literal(value=True), Literal(value=False)


def branches(value: Value, bodies: Mapping[str, Body], rest: Body) -> Body:
    """A branch for each kind of value that has a body, and one for the others."""
    idle = tuple(KINDS[kind] for kind, body in bodies.items() if not body)
    if rest and idle:
        rest = (If(negation(ir.IsKind(value, idle[0], idle[1:])), rest),)
    return chained([(ir.IsKind(value, KINDS[kind]), body) for kind, body in bodies.items() if body], rest)


def fetched(path: Path, cases: Iterable[Expression], scope: Scope) -> tuple[Body, Scope]:
    """Variables for the fields of the object at a place that cases mention more than once."""
    mentioned = Counter(
        part.name
        for case in cases
        for part in parts(case)
        if isinstance(part, Word) and (found := path_of(part.name)) and found[:-1] == path
    )
    lines: list[Let] = []
    for name, count in mentioned.items():
        if count > 1 and name not in scope.names:
            variable = local_name(name.rpartition("/")[2].lstrip("$"), scope)
            lines.append(Let(variable, value_of(Word(name), scope)))
            scope = scope.bind(name, variable)
    return tuple(lines), scope


def factored(cases: Sequence[Expression], scope: Scope, facts: Facts) -> Body:
    """Tests of all cases; a condition that several share is asked once."""
    left: list[list[Expression]] = [conjuncts(case) for case in dict.fromkeys(cases) if case != _FALSE]
    if [_TRUE] in left:
        return LOOK
    lines: list[If] = []
    while left:
        counts = Counter(part for case in left for part in dict.fromkeys(case))
        shared, count = counts.most_common(1)[0]
        if count == 1:
            return (*lines, *(If(condition(all_of(case), scope), LOOK) for case in left))
        group = [all_of([part for part in case if part != shared]) for case in left if shared in case]
        left = [case for case in left if shared not in case]
        lines.append(If(condition(shared, scope), _narrowed(shared, group, scope, facts)))
    return tuple(lines)


def _narrowed(shared: Expression, group: Sequence[Expression], scope: Scope, facts: Facts) -> Body:
    """The tests of a group where what they share is true."""
    match shared:
        case Binary("==", Word(name), Literal() as value):
            facts = facts.with_value(name, value)
        case _:
            pass
    reduced_group = [reduced(case, facts, widens=True) for case in group]
    return factored(reduced_group, replace(scope, facts=facts), facts)
