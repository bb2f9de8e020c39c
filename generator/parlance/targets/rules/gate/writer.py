"""The gate: one function for each artifact, which tells quickly that rules find nothing in a document.

It walks a document of sound structure once, for all rules. Where it returns False they find nothing; where it returns
True they may find something, and have to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ....backends.python.key_sets import KeySets
from ....backends.python.syntax import (
    Assign,
    Attribute,
    Call,
    Comparison,
    Constant,
    Evaluate,
    For,
    Function,
    If,
    Name,
    NamedValue,
    Return,
    Statement,
    Try,
    Value,
    call,
    used_names,
)
from ....contract.expression import Expression
from ....contract.rules import ANY, Rule
from ....finding.pointer import joined
from ....program.cases import Pairs, Place
from ....program.ir import Variable
from ....program.places import EVERY_SCHEMA, Path, place
from ....program.reduction import Facts, reduced
from ....program.scope import local_name
from ....program.structure import ABSENT
from ..vocabulary import RESERVED
from .conditions import CLASSES, LOOK, OTHERS, Statements, branches, factored, fetched, guarded
from .scope import Scope, condition, value_of
from .walk import walk

__all__ = ["Subject", "gate"]

_ORDER = ("", "inner_", "innermost_")
_NULL = Constant(None)
_NOTHING = frozenset({"null", ABSENT})
_LARGEST = 30
"""How many statements are asked in place; a function of several hundred is too much for a reader, and for pyright."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a gate is made for."""

    name: str
    """The artifact, as a part of names."""

    called: Mapping[str, str]
    """The constants of rules, by code."""

    models: Value | None
    """A call that tells whether something may be wrong by what is known of models."""


def gate(subject: Subject, root: Place, facts: Facts, sets: KeySets) -> tuple[Statements, list[Function]]:
    """The body of the function that has `root`, the document, and the functions that it calls."""
    scope = Scope({place(()).name: Variable("root")}, RESERVED, facts=facts, sets=sets)
    writer = _Writer(subject)
    body = writer.value(root, scope, facts.with_kinds((), {"map"}))
    asked = () if subject.models is None else (If(subject.models, LOOK),)
    whole = Try((*body, *asked), "(KeyError, TypeError)", LOOK)
    return (*((whole,) if body or asked else ()), Return(Constant(value=False))), [*writer.functions.values()]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes what is asked of places."""

    subject: Subject
    functions: dict[str, Function] = field(default_factory=dict[str, Function])
    """Those that are called, by name."""

    def value(self, here: Place, scope: Scope, facts: Facts) -> Statements:
        """What is asked of a value that has a variable and is not null, kind by kind."""
        scope = replace(scope, facts=facts)
        asked = tuple(self._asked(rule) for rule in here.asked)
        kinds = facts.kinds(here.path) - _NOTHING
        if len(kinds) == 1:
            return (*asked, *self._of_kind(here, scope, facts.with_kinds(here.path, kinds)))
        bodies: dict[str, Statements] = {}
        for kind in sorted(kinds - OTHERS, key=[*CLASSES].index):
            bodies[kind] = self._of_kind(here, scope, facts.with_kinds(here.path, {kind}))
        others = kinds & OTHERS
        rest = self._of_kind(here, scope, facts.with_kinds(here.path, others)) if others else ()
        return (*asked, *branches(value_of(place(here.path), scope), bodies, rest))

    def _asked(self, rule: Rule) -> Statement:
        return If(call("breaks", Name(f"_check_{self.subject.called[rule.code].lower()}"), Name("root")), LOOK)

    def _of_kind(self, here: Place, scope: Scope, facts: Facts) -> Statements:
        """The same where the value is of one kind, or of several that nothing is in."""
        scope = replace(scope, facts=facts)
        cases = [_reduced(case, facts) for case in here.cases]
        (kind,) = kinds if len(kinds := facts.kinds(here.path) - _NOTHING) == 1 else ("",)
        if kind == "map":
            return self._object(here, cases, scope, facts)
        body = factored(cases, scope, facts)
        if kind == "list" and ANY in here.below:
            body += self._items(here.below[ANY], value_of(place(here.path), scope), scope, facts)
        return body

    def _object(self, here: Place, cases: list[Expression], scope: Scope, facts: Facts) -> Statements:
        head, scope = fetched(here.path, cases, scope)
        body = factored(cases, scope, facts)
        fields = [below for step, below in here.below.items() if step not in {ANY, EVERY_SCHEMA}]
        for below in fields:
            body += self._field(below, scope, facts)
        if ANY in here.below:
            values = Call(Attribute(value_of(place(here.path), scope), "values"))
            body += self._items(here.below[ANY], values, scope, facts)
        if EVERY_SCHEMA in here.below:
            schemas = here.below[EVERY_SCHEMA]
            tables = [self.subject.called[rule.code] for rule in schemas.keywords]
            body += self._apart(schemas.path, walk(schemas, tables, scope, facts), scope)
        return (*head, *body)

    def _field(self, here: Place, scope: Scope, facts: Facts) -> Statements:
        kinds = facts.kinds(here.path)
        if kinds <= _NOTHING:
            return ()
        name = place(here.path).name
        if name in scope.names:
            body = self.value(here, scope, facts)
            is_there = Comparison(scope.python(name), "is not", _NULL)
            return (guarded(is_there, body),) if body and kinds & _NOTHING else body
        variable = local_name(here.path[-1], scope)
        given = value_of(place(here.path), scope)
        body = self.value(here, scope.bind(name, variable), facts)
        is_used = any(variable in used_names(statement) for statement in body)
        if not body:
            return ()
        if not kinds & _NOTHING:
            return (Assign(variable, given), *body) if is_used else body
        value = NamedValue(variable, given) if is_used else given
        return (guarded(Comparison(value, "is not", _NULL), body),)

    def _items(self, item: Place, values: Value, scope: Scope, facts: Facts) -> Statements:
        depth = min(item.path.count(ANY), len(_ORDER)) - 1
        variable = local_name(f"{_ORDER[depth]}item", scope)
        inner = scope.bind(place(item.path).name, variable)
        body = self._apart(item.path, self.value(item, inner, facts), inner)
        if not item.pairs:
            if body and facts.kinds(item.path) & {"null"}:
                body = (guarded(Comparison(Name(variable), "is not", _NULL), body),)
            return (For((variable,), values, body),) if body else ()
        pending = local_name("pending", inner)
        facts = facts.with_kinds(item.path, facts.kinds(item.path) - _NOTHING)
        inner = replace(inner, facts=facts)
        followed = [line for pairs in item.pairs for line in _followed(pairs, pending, inner, facts)]
        start = Assign(pending, call("set"), "set[Any]")
        loop = For((variable,), values, (*body, *followed))
        return (start, loop, If(Name(pending), LOOK))

    def _apart(self, path: Path, body: Statements, scope: Scope) -> Statements:
        """*body*, in a function of its own where it is long."""
        if sum(map(_size, body)) <= _LARGEST:
            return body
        words = [re.sub("[^a-z0-9]+", "_", step.lower()) for step in path if step not in {ANY, EVERY_SCHEMA}]
        name = "_".join([f"_may_refuse_{self.subject.name}", *(word for word in words if word)])
        while name in self.functions:
            name += "_"
        used = {name for statement in body for name in used_names(statement)}
        known = [value.name for value in (*scope.names.values(), *scope.ready.values()) if isinstance(value, Variable)]
        given = [variable for variable in dict.fromkeys(known) if variable in used]
        summary = f"Whether the rules for errors may find something at {joined(path)}."
        whole = (*body, Return(Constant(value=False)))
        parameters = tuple((variable, "Any") for variable in given)
        self.functions[name] = Function(name, parameters, "bool", summary, whole)
        return (If(call(name, *map(Name, given)), LOOK),)


def _size(statement: Statement) -> int:
    """How many statements there are in one, itself among them."""
    match statement:
        case If(_, body, otherwise):
            return 1 + sum(map(_size, (*body, *otherwise)))
        case For(_, _, body):
            return 1 + sum(map(_size, body))
        case _:
            return 1


def _followed(pairs: Pairs, pending: str, scope: Scope, facts: Facts) -> Statements:
    """Keep up with the ids that are open: whatever is not as it should be is looked at."""
    closes, opens = (condition(_reduced(each, facts), scope) for each in (pairs.closes_when, pairs.opens_when))
    closed = value_of(_reduced(pairs.closes_id, facts), scope)
    ids = call("items", value_of(_reduced(pairs.opens_ids, facts), scope))
    is_open = Name(pending)
    remove = Evaluate(Call(Attribute(is_open, "remove"), (closed,)))
    reopened = (Assign(pending, call("set", ids)), If(Comparison(_NULL, "in", is_open), LOOK))
    return (If(closes, (remove,), (If(is_open, LOOK), If(opens, reopened))),)


def _reduced(case: Expression, facts: Facts) -> Expression:
    return reduced(case, facts, widens=True)
