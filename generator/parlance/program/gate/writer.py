"""The gate: one routine for each artifact, which shows quickly that rules find nothing in a document.

It walks a document of sound structure once, for all rules. Where it returns false they find nothing; where it returns
true they may find something, and have to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ...contract.expression import Expression, Macro
from ...contract.rules import ANY, Rule
from .. import ir
from ..cases import CasePlace, Pairs
from ..ir import (
    At,
    Body,
    Constant,
    EachField,
    EachItem,
    EachSchema,
    Field,
    Gather,
    If,
    Let,
    Return,
    Statement,
    Value,
    Variable,
)
from ..logic import NULL, is_given, variables
from ..places import EVERY_SCHEMA, Path, beside, place
from ..reduction import Facts, kinds_of, reduced
from ..rule_expressions import condition, value_of
from ..scope import Scope, local_name
from ..structure import ABSENT
from .fault_conditions import KINDS, LOOK, OTHERS, branches, factored, fetched, pruned
from .walk import walk

__all__ = ["Gate", "GateRoutine", "gate"]

_ORDER = ("", "inner_", "innermost_")
_NOTHING = frozenset({"null", ABSENT})
_PASS = Return(Constant(value=False))
_LARGEST = 30
"""How many statements are asked in place; a function of several hundred is too much for a reader, and for pyright."""


@dataclass(frozen=True, slots=True)
class GateRoutine:
    """A part of a gate."""

    name: str
    """Words joined by `_`, no two routines alike."""

    path: Path
    """The place that it is about."""

    parameters: tuple[str, ...]
    body: Body


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether rules may find something in a document, `root`; where a value is not as promised, they may."""

    body: Body
    routines: tuple[GateRoutine, ...]


def gate(  # noqa: PLR0913, PLR0917 what there is to ask
    root: CasePlace,
    facts: Facts,
    model: Sequence[str] | None,
    reserved: frozenset[str],
    severity: str = "error",
    others: Sequence[str] = (),
) -> Gate:
    """The gate for all that is asked at a place and below it, and for what is known of the model at some steps.

    Of models it is asked what is of some *severity*; *others* are the names of what stands beside the document.
    """
    document = Variable("root")
    known: dict[str, Value] = {place(beside(name)).name: Variable(name) for name in others}
    scope = Scope({place(()).name: document, **known}, reserved, facts=facts)
    writer = _GateWriter()
    body = writer.value(root, scope, facts.with_kinds((), {"map"}))
    if model is not None:
        name: Value = document
        for step in model:
            name = Field(name, step)
        body = (*body, If(ir.RefusedByModel(name, severity), LOOK))
    return Gate(body, tuple(writer.routines.values()))


@dataclass(frozen=True, slots=True)
class _GateWriter:
    """Writes what is asked of places."""

    routines: dict[str, GateRoutine] = field(default_factory=dict[str, GateRoutine])
    """Those that are asked, by name."""

    def value(self, here: CasePlace, scope: Scope, facts: Facts) -> Body:
        """What is asked of a value that has a variable and is not null, kind by kind."""
        scope = replace(scope, facts=facts)
        asked = tuple(_asked(rule) for rule in here.asked)
        kinds = facts.kinds(here.path) - _NOTHING
        if len(kinds) == 1:
            return (*asked, *self._of_kind(here, scope, facts.with_kinds(here.path, kinds)))
        bodies: dict[str, Body] = {}
        for kind in sorted(kinds - OTHERS, key=[*KINDS].index):
            bodies[kind] = self._of_kind(here, scope, facts.with_kinds(here.path, {kind}))
        others = kinds & OTHERS
        rest = self._of_kind(here, scope, facts.with_kinds(here.path, others)) if others else ()
        return (*asked, *branches(value_of(place(here.path), scope), bodies, rest))

    def _of_kind(self, here: CasePlace, scope: Scope, facts: Facts) -> Body:
        """The same where the value is of one kind, or of several that nothing is in."""
        scope = replace(scope, facts=facts)
        cases = pruned(_reduced(case, facts) for case in here.cases)
        (kind,) = kinds if len(kinds := facts.kinds(here.path) - _NOTHING) == 1 else ("",)
        if kind == "map":
            return self._object(here, cases, scope, facts)
        body = factored(cases, scope, facts)
        if body == LOOK:
            return LOOK
        if kind == "list" and ANY in here.below:
            body += self._items(here.below[ANY], scope, facts, is_array=True)
        return body

    def _object(self, here: CasePlace, cases: list[Expression], scope: Scope, facts: Facts) -> Body:
        head, scope = fetched(here.path, cases, scope)
        body = factored(cases, scope, facts)
        if body == LOOK:
            return LOOK
        fields = [below for step, below in here.below.items() if step not in {ANY, EVERY_SCHEMA}]
        for below in fields:
            body += self._field(below, scope, facts)
        if ANY in here.below:
            body += self._items(here.below[ANY], scope, facts, is_array=False)
        if EVERY_SCHEMA in here.below:
            schemas = here.below[EVERY_SCHEMA]
            codes = [rule.code for rule in schemas.keywords]
            body += self._apart(schemas.path, walk(schemas, codes, scope, facts), scope)
        return (*head, *body)

    def _field(self, here: CasePlace, scope: Scope, facts: Facts) -> Body:
        kinds = facts.kinds(here.path)
        if kinds <= _NOTHING:
            return ()
        name, is_certain = place(here.path).name, not kinds & _NOTHING
        if name in scope.names:
            body = self.value(here, scope, facts)
            return body if is_certain or not body else (If(is_given(scope.names[name]), body),)
        variable = local_name(here.path[-1], scope)
        value = value_of(place(here.path), scope)
        body = self.value(here, scope.bind(name, variable), facts)
        if not body or (is_certain and variable not in variables(body)):
            return body
        return (Let(variable, value), *body) if is_certain else (At(value, variable, body),)

    def _items(self, item: CasePlace, scope: Scope, facts: Facts, *, is_array: bool) -> Body:
        depth = min(item.path.count(ANY), len(_ORDER)) - 1
        variable = local_name(f"{_ORDER[depth]}item", scope)
        inner = scope.bind(place(item.path).name, variable)
        body = self._apart(item.path, self.value(item, inner, facts), inner)
        holder = value_of(place(item.path[:-1]), scope)
        if not item.pairs:
            if body and facts.kinds(item.path) & {"null"}:
                body = (If(is_given(Variable(variable)), body),)
            return (_each(holder, variable, body, is_array=is_array),) if body else ()
        pending = local_name("pending", inner)
        facts = facts.with_kinds(item.path, facts.kinds(item.path) - _NOTHING)
        inner = replace(inner, facts=facts)
        followed = [line for pairs in item.pairs for line in _followed(pairs, Variable(pending), inner, facts)]
        loop = _each(holder, variable, (*body, *followed), is_array=is_array)
        return (Gather(pending, "ids"), loop, If(ir.HasOpen(Variable(pending)), LOOK))

    def _apart(self, path: Path, body: Body, scope: Scope) -> Body:
        """*body*, in a function of its own where it is long."""
        if sum(map(_size, body)) <= _LARGEST:
            return body
        words = [re.sub("[^a-z0-9]+", "_", step.lower()) for step in path if step not in {ANY, EVERY_SCHEMA}]
        name = "_".join(word for word in words if word)
        while name in self.routines:
            name += "_"
        used = variables(body)
        known = [value.name for value in (*scope.names.values(), *scope.ready.values()) if isinstance(value, Variable)]
        given = tuple(variable for variable in dict.fromkeys(known) if variable in used)
        self.routines[name] = GateRoutine(name, path, given, (*body, _PASS))
        return (If(ir.Ask(name, tuple(map(Variable, given))), LOOK),)


def _asked(rule: Rule) -> Statement:
    return If(ir.Breaks(rule.code), LOOK)


def _each(holder: Value, item: str, body: Body, *, is_array: bool) -> Statement:
    return EachItem(holder, None, item, body) if is_array else EachField(holder, None, item, body)


def _size(statement: Statement) -> int:
    """How many statements there are in one, itself among them; questions that follow each other directly are one."""
    match statement:
        case If(_, (If(_, _, ()) | At() as only,), ()) | At(_, _, (If(_, _, ()) | At() as only,)):
            return _size(only)
        case If(_, body, otherwise):
            return 1 + sum(map(_size, (*body, *otherwise)))
        case At(body=body) | EachItem(body=body) | EachField(body=body) | EachSchema(body=body):
            return 1 + sum(map(_size, body))
        case _:
            return 1


def _followed(pairs: Pairs, pending: Variable, scope: Scope, facts: Facts) -> Body:
    """Keep up with the ids that are open: whatever is not as it should be is looked at."""
    closes, opens = (condition(_reduced(each, facts), scope) for each in (pairs.closes_when, pairs.opens_when))
    close = ir.CloseId(pending, value_of(_reduced(pairs.closes_id, facts), scope))
    reopen = ir.OpenIds(pending, value_of(_reduced(pairs.opens_ids, facts), scope))
    looks = (If(ir.IsOpen(pending, NULL), LOOK),) if _may_have_null(pairs.opens_ids, facts) else ()
    return (If(closes, (close,), (If(ir.HasOpen(pending), LOOK), If(opens, (reopen, *looks)))),)


def _may_have_null(ids: Expression, facts: Facts) -> bool:
    """Whether an id among those of an item may be null, or absent."""
    if isinstance(ids, Macro) and ids.name == "map" and ids.guard is None:
        return bool(kinds_of(ids.body, facts.with_item(ids.variable, ids.of)) & _NOTHING)
    return True


def _reduced(case: Expression, facts: Facts) -> Expression:
    return reduced(case, facts, widens=True)
