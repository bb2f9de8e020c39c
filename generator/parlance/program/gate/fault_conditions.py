"""Conditions that are true of a fault to statements that return true for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ...contract.expression import (
    Binary,
    Call,
    Conditional,
    Expression,
    Has,
    Index,
    Literal,
    Macro,
    Select,
    names,
    parts,
)
from ...contract.expression import Name as Word
from ...contract.kinds import Kind
from .. import ir
from ..ir import Body, Constant, If, Let, Return, Value
from ..logic import chained, negation
from ..places import Path, path_of
from ..reduction import Facts, all_of, conjuncts, reduced
from ..rule_expressions import condition, value_of
from ..scope import Scope, local_name
from ..structure import ABSENT
from .idle_conditions import without_idle

__all__ = ["KINDS", "LOOK", "OTHERS", "branches", "factored", "fetched", "pruned"]

LOOK: Body = (Return(Constant(value=True)),)
"""What is done where something may be a fault."""

KINDS = {"map": Kind.OBJECT, "list": Kind.ARRAY, "string": Kind.STRING}
"""The kinds that are distinguished."""

OTHERS = frozenset({"number", "bool"})
"""The kinds that are not."""

_READERS = frozenset({"matches", "is_json", "is_json_object", "is_base64", "resolves"})
"""Functions that read a text from its beginning."""

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
    """Tests of all cases; a condition that several share is asked once, and what goes over many items last."""
    left = [conjuncts(case) for case in pruned(cases)]
    if [_TRUE] in left:
        return LOOK
    lines: list[If] = []
    while left:
        shared, count = _most_common(left)
        if count == 1:
            ordered = [all_of(sorted(_beside_keys(case, facts), key=_cost)) for case in left]
            return (*lines, *(If(condition(case, scope), LOOK) for case in ordered))
        group = [all_of([part for part in case if part != shared]) for case in left if shared in case]
        left = [case for case in left if shared not in case]
        lines.append(If(condition(shared, scope), _narrowed(shared, group, scope, facts)))
    return tuple(lines)


def pruned(cases: Iterable[Expression]) -> list[Expression]:
    """The *cases* that can be true, without what others among them decide."""
    left = without_idle([conjuncts(case) for case in dict.fromkeys(cases) if case != _FALSE])
    return [*dict.fromkeys(map(all_of, left))]


def _beside_keys(case: Sequence[Expression], facts: Facts) -> list[Expression]:
    """The conditions of a case, reduced by the keys that some of them ask for."""
    keys = [part for part in case if isinstance(part, Has)]
    for key in keys:
        facts = _facts_where(key, facts)
    if not keys:
        return [*case]
    rest = reduced(all_of(part for part in case if part not in keys), facts, widens=True)
    return [*keys, *(part for part in conjuncts(rest) if part != _TRUE)]


def _facts_where(condition: Expression, facts: Facts) -> Facts:
    """What is known besides where a condition is true."""
    match condition:
        case Binary("==", Word(name), Literal() as value):
            return facts.with_value(name, value)
        case Binary("!=", Word(name), Literal(None)) if (path := path_of(name)) and facts.kinds(path[:-1]) <= {"map"}:
            return facts.with_kinds(path, facts.kinds(path) - {"null", ABSENT})
        case Has(Word(name), key) if (path := path_of(name)) is not None and facts.kinds(path) <= {"map"}:
            return facts.with_kinds((*path, key), facts.kinds((*path, key)) - {ABSENT})
        case _:
            return facts


def _most_common(cases: Iterable[Iterable[Expression]]) -> tuple[Expression, int]:
    """The condition that most cases have, and how many do; one that goes over many items only where no other is."""
    counts = Counter(part for case in cases for part in dict.fromkeys(case))
    cheap = Counter({part: count for part, count in counts.items() if not _is_costly(part)})
    shared = [each.most_common(1)[0] for each in (cheap, counts) if each]
    return next((each for each in shared if each[1] > 1), shared[-1])


def _is_costly(expression: Expression) -> bool:
    """Whether it takes a walk over items."""
    return any(isinstance(part, Macro) for part in parts(expression))


def _cost(expression: Expression) -> int:
    """How late a condition is asked: reading a text takes longer than looking up a value, and a walk most."""
    reads = any(isinstance(part, Call) and part.function in _READERS for part in parts(expression))
    return 2 if _is_costly(expression) else int(reads)


def _narrowed(shared: Expression, group: Sequence[Expression], scope: Scope, facts: Facts) -> Body:
    """The tests of a group where what they share is true."""
    facts = _facts_where(shared, facts)
    reduced_group = pruned(reduced(case, facts, widens=True) for case in group)
    lines, scope = _evaluated(reduced_group, replace(scope, facts=facts))
    return (*lines, *factored(reduced_group, scope, facts))


def _evaluated(cases: Iterable[Expression], scope: Scope) -> tuple[Body, Scope]:
    """Variables for what several cases work out of many items, such as the one with some key."""
    several = Counter(
        part
        for case in cases
        for part in dict.fromkeys(parts(case))
        if isinstance(part, Select | Index | Conditional) and _is_costly(part) and _is_of_places(part)
    )
    lines: list[Let] = []
    done: set[Expression] = set()
    for part, count in several.items():  # what stands in another comes after it
        if count > 1 and part not in done:
            words = [each.field for each in parts(part) if isinstance(each, Select)]
            variable = local_name(words[0] if words else "found", scope)
            lines.append(Let(variable, value_of(part, scope)))
            scope = scope.bind(f"{variable} (evaluated)", variable).prepare(part, variable)
            done |= {*parts(part)}
    return tuple(lines), scope


def _is_of_places(expression: Expression) -> bool:
    """Whether it is the same whatever a macro around it goes over."""
    return all(path_of(name) is not None for name in names(expression))
