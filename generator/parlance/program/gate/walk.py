"""The part of a gate that walks over a schema in a document and over all schemas in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ...contract.expression import Binary, Expression, Has, Literal, names, operands, parts
from ...contract.expression import Name as Word
from .. import ir
from ..cases import CasePlace, Sum
from ..ir import At, Body, Constant, EachSchema, Gather, If, Increment, Let, Statement, Variable
from ..logic import is_given, negation
from ..places import OUTERMOST, Path, place, places
from ..reduction import Facts, all_of, conjuncts, negated, reduced
from ..rule_expressions import condition, value_of
from ..scope import Scope, local_name
from ..structure import ABSENT
from .fault_conditions import KINDS, LOOK, OTHERS, branches, factored, fetched

__all__ = ["walk"]

_TRUE, _FALSE = Literal(value=True), Literal(value=False)
_TYPE, _DESCRIPTION = "type", "description"
_PLAIN = ("string", "integer", "number", "boolean", "null")
"""Types of values that hold no others; with a description, most schemas are of one of them."""

_COMMON = 3
"""A key without which so many cases come to nothing is one that most schemas have: nothing is saved by asking first."""


def walk(here: CasePlace, tables: Sequence[str], scope: Scope, facts: Facts) -> Body:
    """Body for all schemas at a place, whose keywords are held against some tables."""
    return _LoopWriter(here, facts).statements(tables, scope)


class _Term(NamedTuple):
    """A part of what a sum measures."""

    when: Expression
    measure: Expression
    amount: str


class _LoopWriter:
    """Writes one loop."""

    def __init__(self, here: CasePlace, facts: Facts) -> None:
        self._path = here.path
        self._facts = facts.with_kinds(here.path, {"map"})
        cases = [reduced(each, self._facts, widens=True) for each in here.cases]
        self._cases = [case for case in cases if case != _FALSE]
        self._sums = here.sums
        needed = [self._needed(case) for case in self._cases]
        counts = Counter(keys[0] for ways in needed for keys in ways if len(keys) == 1)
        self._common = {key for key, count in counts.items() if count >= _COMMON}
        guards = [next((keys for keys in ways if self._common.isdisjoint(keys)), ()) for ways in needed]
        of_containers = {case for case in self._cases if self._is_of_container(case)}
        # What holds others has these keys nearly always: nothing is saved by asking for them first.
        usual = {key for case, keys in zip(self._cases, guards, strict=True) if case in of_containers for key in keys}
        self._usual = self._common | usual
        self._guards = [keys if usual.isdisjoint(keys) else () for keys in guards]
        self._terms = [term for each in self._sums for term in operands("+", each.measure)]
        terms = {key for term in self._terms if (key := self._needed_by(term))}
        self._rare = tuple(sorted({key for keys in self._guards for key in keys} | terms - self._usual))

    def statements(self, codes: Sequence[str], scope: Scope) -> Body:
        """The loop with what stands before and after it."""
        holder = value_of(place(self._path[:-1]), scope)
        head, scope = self._hoisted(scope)
        schema = local_name("subschema", scope)
        inner = scope.bind(place(self._path).name, schema).bind("depth", "depth")
        inner = inner.bind(OUTERMOST, ir.Identical(Variable(schema), value_of(place(self._path[:-1]), scope)))
        amounts = {each: self._amount(each) for each in self._sums}
        body = tuple(self._schema(inner, amounts))
        starts = [Gather(name, "sum") for name in amounts.values()]
        beyond = [
            ir.Ordering(">", Variable(name), Constant(each.maximum), are_numbers=True) for each, name in amounts.items()
        ]
        first, *others = codes or (None,)
        loops = [EachSchema(holder, schema, None, "depth", keywords=code) for code in others]
        loops.append(EachSchema(holder, schema, None, "depth", body, first, self._plain_types()))
        return (*head, *starts, *loops, *(If(test, LOOK) for test in beyond))

    def _plain_types(self) -> tuple[str, ...]:
        """The types with which nothing is asked of a schema that has at most a description besides."""
        inside = {path[len(self._path)] for case in self._cases for path in places(case) if self._is_inside(path)}
        asked = {part.field for case in self._cases for part in parts(case) if isinstance(part, Has)}
        keys = (inside | asked | {_DESCRIPTION} | {self._needed_by(term) for term in self._terms}) - {_TYPE}
        if _DESCRIPTION in inside | asked or "" in keys:
            return ()
        facts = self._facts.without((*self._path, key) for key in keys).with_kinds((*self._path, _TYPE), {"string"})
        name = place((*self._path, _TYPE)).name
        return tuple(
            kind
            for kind in _PLAIN
            if all(
                reduced(case, facts.with_value(name, Literal(kind)), widens=True) == _FALSE for case in self._cases
            )
        )

    def _is_of_container(self, case: Expression) -> bool:
        """Whether a case is none of a schema with the type of values that hold no others."""
        path = (*self._path, _TYPE)
        facts, name = self._facts.with_kinds(path, {"string"}), place(path).name
        return all(
            reduced(case, facts.with_value(name, Literal(kind)), widens=True) == _FALSE for kind in _PLAIN
        )

    def _is_inside(self, path: Path) -> bool:
        return path[: len(self._path)] == self._path != path

    def _hoisted(self, scope: Scope) -> tuple[list[Statement], Scope]:
        """Conditions that are the same for every schema, decided before the loop."""
        lines: list[Statement] = []
        whens = [reduced(each.when, self._facts) for each in self._sums]
        for part in dict.fromkeys(part for each in (*self._cases, *whens) for part in conjuncts(each)):
            if isinstance(part, Literal) or not self._is_outside(part):
                continue
            if (known := scope.ready.get(negated(part))) is not None:
                scope = replace(scope, ready={**scope.ready, part: negation(known)})
                continue
            words = [path[-1] for path in places(part) if path] or ["applies"]
            variable = local_name(words[0], scope)
            lines.append(Let(variable, condition(part, scope)))
            scope = scope.bind(f"{variable} (decided)", variable).prepare(part, variable)
        return lines, scope

    def _is_outside(self, part: Expression) -> bool:
        inside = any(path[: len(self._path)] == self._path for path in places(part))
        return not inside and {"depth", OUTERMOST}.isdisjoint(names(part))

    def _schema(self, scope: Scope, amounts: Mapping[Sum, str]) -> Iterator[Statement]:
        """What is asked of one schema."""
        plain = [case for case, keys in zip(self._cases, self._guards, strict=True) if not keys]
        rare = [self._with_guard(case, keys) for case, keys in zip(self._cases, self._guards, strict=True) if keys]
        head, scope = fetched(self._path, plain, scope)
        yield from head
        yield from self._plain(plain, scope)
        yield from self._added(amounts, scope, is_rare=False)
        seldom = (*factored(rare, scope, self._facts), *self._added(amounts, scope, is_rare=True))
        if seldom:
            asked: Expression = Has(place(self._path), self._rare[0])
            for key in self._rare[1:]:
                asked = Binary("||", asked, Has(place(self._path), key))
            yield If(condition(asked, replace(scope, facts=self._facts)), seldom)

    def _amount(self, one: Sum) -> str:
        """The variable of a sum, which is called by what is counted."""
        return "_".join(["size_of", *(self._needed_by(term).lstrip("$") for term in operands("+", one.measure))])

    def _with_guard(self, case: Expression, keys: Sequence[str]) -> Expression:
        """A case, before which it is asked for the key that it needs."""
        has = Has(place(self._path), keys[0])
        asked = [part for part in conjuncts(case) if self._is_outside(part)]
        rest = [part for part in conjuncts(case) if part not in asked and part != has]
        return all_of([*asked, *([has] if len(keys) == 1 else []), *rest])

    def _plain(self, cases: Sequence[Expression], scope: Scope) -> Body:
        """Tests of what most schemas are asked for; apart where the value of a common key is a string."""
        key = next((key for key in sorted(self._common) if place((*self._path, key)).name in scope.names), None)
        if key is None:
            return factored(cases, scope, self._facts)
        path = (*self._path, key)
        bodies: list[Body] = []
        for kinds in ({"string"}, self._facts.kinds(path) - {"string"}):
            facts = self._facts.with_kinds(path, kinds)
            left = [reduced(case, facts, widens=True) for case in cases]
            bodies.append(factored(left, replace(scope, facts=facts), facts))
        return branches(scope.names[place(path).name], {"string": bodies[0]}, bodies[1])

    def _added(self, amounts: Mapping[Sum, str], scope: Scope, *, is_rare: bool) -> Iterator[Statement]:
        """What a schema adds to the sums, key by key."""
        by_key: dict[str, list[_Term]] = {}
        for each, amount in amounts.items():
            when = reduced(each.when, self._facts)
            for term in operands("+", each.measure):
                by_key.setdefault(self._needed_by(term), []).append(_Term(when, term, amount))
        for key, terms in by_key.items():
            if (key in self._rare) is is_rare:
                yield from self._counted(key, terms, scope)

    def _counted(self, key: str, terms: Sequence[_Term], scope: Scope) -> Iterator[Statement]:
        """What a schema adds by the value of one of its keys, kind by kind."""
        if not key:
            yield from self._sized(terms, scope, self._facts)
            return
        path = (*self._path, key)
        name = place(path).name
        known, value = scope.names.get(name), value_of(Word(name), scope)
        variable = local_name(key.lstrip("$"), scope)
        scope = scope if known else scope.bind(name, variable)
        whens = {term.when for term in terms}
        shared = condition(whens.pop(), scope) if len(whens) == 1 and _TRUE not in whens else None
        if shared:
            terms = [term._replace(when=_TRUE) for term in terms]
        kinds = self._facts.kinds(path) - {"null", ABSENT}
        distinguished = [kind for kind in KINDS if kind in kinds]
        bodies = {kind: self._sized(terms, scope, self._facts.with_kinds(path, {kind})) for kind in distinguished}
        others = self._sized(terms, scope, self._facts.with_kinds(path, kinds & OTHERS)) if kinds & OTHERS else ()
        sized = bodies[min(kinds)] if len(bodies) == len(kinds) == 1 else branches(scope.names[name], bodies, others)
        if sized:
            counted = If(is_given(known), sized) if known else At(value, variable, sized)
            yield If(shared, (counted,)) if shared else counted

    @staticmethod
    def _sized(terms: Sequence[_Term], scope: Scope, facts: Facts) -> Body:
        scope = replace(scope, facts=facts)
        by_condition: dict[Expression, list[Statement]] = {}
        for term in terms:
            measure = reduced(term.measure, facts)
            if isinstance(measure, Literal) and not measure.value:
                continue
            number = value_of(measure, scope)
            whole = number if scope.kinds(measure) <= {"number"} else ir.OrZero(number)
            by_condition.setdefault(term.when, []).append(Increment(Variable(term.amount), whole))
        always = by_condition.pop(_TRUE, [])
        return (*always, *(If(condition(when, scope), tuple(lines)) for when, lines in by_condition.items()))

    def _needed(self, case: Expression) -> list[tuple[str, ...]]:
        """Ways to see that a case is none: keys of a schema of which one at least has to be there."""
        inside = [path[len(self._path)] for path in places(case) if self._is_inside(path)]
        asked = [part.field for part in parts(case) if isinstance(part, Has) and part.of == place(self._path)]
        mentioned = tuple(dict.fromkeys([*inside, *asked]))
        alone: list[tuple[str, ...]] = [(key,) for key in mentioned if self._without(case, [key]) == _FALSE]
        return alone or ([mentioned] if mentioned and self._without(case, mentioned) == _FALSE else [])

    def _needed_by(self, term: Expression) -> str:
        """The key without which a term adds nothing; empty where there is none."""
        keys = dict.fromkeys(path[len(self._path)] for path in places(term) if path[: len(self._path)] == self._path)
        return next((key for key in keys if isinstance(self._without(term, [key]), Literal)), "")

    def _without(self, expression: Expression, keys: Sequence[str]) -> Expression:
        facts = self._facts.without((*self._path, key) for key in keys)
        return reduced(expression, facts, widens=True)
