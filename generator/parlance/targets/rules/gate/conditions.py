"""Conditions that are true of a fault to statements that return True for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ....backends.python.syntax import (
    Assign,
    Constant,
    If,
    Name,
    Not,
    Return,
    Statement,
    TupleDisplay,
    Value,
    both,
    call,
)
from ....contract.expression import Binary, Expression, Literal, parts
from ....contract.expression import Name as Word
from ....program.places import Path, path_of
from ....program.reduction import Facts, all_of, conjuncts, reduced
from ....program.scope import local_name
from .scope import Scope, condition, value_of

__all__ = ["CLASSES", "LOOK", "OTHERS", "Statements", "branches", "factored", "fetched", "guarded"]

Statements = tuple[Statement, ...]
LOOK: Statements = (Return(Constant(value=True)),)
"""What is done where something may be a fault."""

CLASSES = {"map": "dict", "list": "list", "string": "str"}
"""The class of the values of each kind that is told apart."""

OTHERS = frozenset({"number", "bool"})
"""The kinds that are not."""

_TRUE, _FALSE = Literal(value=True), Literal(value=False)


def guarded(test: Value, body: Statements) -> If:
    """What is done where a condition holds; one that the body begins with is asked together with it."""
    match body:
        case (If(inner, then, ()),):
            return If(both("and", [test, inner]), then)
        case _:
            return If(test, body)


def branches(value: Value, bodies: Mapping[str, Statements], rest: Statements) -> Statements:
    """A branch for each kind of value that has a body, and one for the others."""
    idle = [Name(CLASSES[kind]) for kind, body in bodies.items() if not body]
    otherwise = rest
    if rest and idle:
        classes = idle[0] if len(idle) == 1 else TupleDisplay(tuple(idle))
        otherwise = (guarded(Not(call("isinstance", value, classes)), rest),)
    for kind, body in reversed([*bodies.items()]):
        if body:
            test = call("isinstance", value, Name(CLASSES[kind]))
            otherwise = (If(test, body, otherwise) if otherwise else guarded(test, body),)
    return otherwise


def fetched(path: Path, cases: Iterable[Expression], scope: Scope) -> tuple[Statements, Scope]:
    """Variables for the fields of the object at a place that cases mention more than once."""
    mentioned = Counter(
        part.name
        for case in cases
        for part in parts(case)
        if isinstance(part, Word) and (found := path_of(part.name)) and found[:-1] == path
    )
    lines: list[Statement] = []
    for name, count in mentioned.items():
        if count > 1 and name not in scope.names:
            variable = local_name(name.rpartition("/")[2].lstrip("$"), scope)
            lines.append(Assign(variable, value_of(Word(name), scope)))
            scope = scope.bind(name, variable)
    return tuple(lines), scope


def factored(cases: Sequence[Expression], scope: Scope, facts: Facts) -> Statements:
    """Tests of all cases; a condition that several share is asked once."""
    left: list[list[Expression]] = [conjuncts(case) for case in dict.fromkeys(cases) if case != _FALSE]
    if [_TRUE] in left:
        return LOOK
    lines: list[Statement] = []
    while left:
        counts = Counter(part for case in left for part in dict.fromkeys(case))
        shared, count = counts.most_common(1)[0]
        if count == 1:
            return (*lines, *(If(condition(all_of(case), scope), LOOK) for case in left))
        group = [all_of([part for part in case if part != shared]) for case in left if shared in case]
        left = [case for case in left if shared not in case]
        lines.append(guarded(condition(shared, scope), _narrowed(shared, group, scope, facts)))
    return tuple(lines)


def _narrowed(shared: Expression, group: Sequence[Expression], scope: Scope, facts: Facts) -> Statements:
    """The tests of a group where what they share is true."""
    match shared:
        case Binary("==", Word(name), Literal() as value):
            facts = facts.with_value(name, value)
        case _:
            pass
    reduced_group = [reduced(case, facts, widens=True) for case in group]
    return factored(reduced_group, replace(scope, facts=facts), facts)
