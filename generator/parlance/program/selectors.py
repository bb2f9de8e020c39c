"""Selectors to loops over a document, and what is evaluated once before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..contract.expression import Binary, Expression, Macro, names, parts
from ..contract.rules import ANY, BESIDE, Selector
from ..finding.pointer import joined
from .ir import At, Body, Each, EachSchema, Field, HasField, If, Let, Pointer, Searchable, Value, Variable
from .logic import NULL, Header, extended, is_given
from .rule_expressions import value_of
from .scope import Scope, local_name

__all__ = ["ROOT", "Approach", "Selected", "ahead", "beside", "document", "pointed", "selection"]

ROOT = Variable("root")
_ORDER = ("", "inner_", "innermost_")


@dataclass(frozen=True, slots=True)
class Selected:
    """A value that a program can mention, and its pointer."""

    value: Value
    pointer: Pointer
    scope: Scope
    depth: int = 0
    """How many loops stand around it."""


@dataclass(frozen=True, slots=True)
class Approach:
    """Statements without bodies, each to stand inside the one before, and the value that they come to."""

    headers: tuple[Header, ...]
    selected: Selected


def document(reserved: frozenset[str]) -> Selected:
    """The document as a whole."""
    return Selected(ROOT, Pointer(), Scope({"self": ROOT, "root": ROOT, "index": NULL}, reserved))


def beside(start: Selected, scope_of_rule: str) -> Selected:
    """A document, and the variables about what it is held beside."""
    scope = start.scope
    for name in BESIDE.get(scope_of_rule, ()):
        scope = scope.bind(name, name)
    return replace(start, scope=scope)


def selection(selector: Selector, start: Selected, *, nulls: bool = False) -> Approach:
    """From *start* to every place of *selector* that is there; one that is null is there only for *nulls*."""
    headers: list[Header] = []
    holder: Value = NULL
    value, pointer, scope, depth = start.value, start.pointer, start.scope, start.depth
    for step in selector.steps:
        if step == ANY:
            prefix = _ORDER[min(depth, len(_ORDER) - 1)]
            token, item = f"{prefix}index", f"{prefix}item"
            headers.append(Each(value, token, item))
            value, pointer = Variable(item), extended(pointer, "/", Variable(token))
            scope = scope.bind("index", token, token=True)
            depth += 1
        else:
            holder = value
            value, pointer = Field(value, step), extended(pointer, joined([step]))
    if selector.subschemas:
        headers.append(EachSchema(value, "schema", "path", "level"))
        scope = scope.bind("self", "schema").bind("path", "path").bind("depth", "level")
        selected = Selected(Variable("schema"), extended(pointer, Variable("path")), scope, depth)
        return Approach(tuple(headers), selected)
    is_field = bool(selector.steps) and selector.steps[-1] != ANY
    if nulls and is_field:
        headers.append(If(HasField(holder, selector.steps[-1])))
    elif is_field:
        name = local_name("value", scope)
        headers.append(At(value, name))
        value = Variable(name)
    elif selector.steps and not nulls:
        headers.append(If(is_given(value)))
    return Approach(tuple(headers), Selected(value, pointer, scope.bind("self", value), depth))


def pointed(selected: Selected, point: tuple[str, ...]) -> Pointer:
    """The pointer of *point* below a selected value."""
    return extended(selected.pointer, joined(point)) if point else selected.pointer


def ahead(expressions: Sequence[Expression], start: Selected) -> tuple[Body, Selected]:
    """What goes over the whole document, evaluated once before a loop, and a start that knows of it."""
    lines: list[Let] = []
    done: set[Expression] = set()
    scope = start.scope
    every = [part for each in expressions for part in parts(each)]
    for part in every:
        if isinstance(part, Macro) and {*names(part)} == {"root"} and part not in done:
            variable = local_name("overall", scope)
            value = value_of(part, scope)
            lines.append(Let(variable, Searchable(value) if _is_only_searched(part, every) else value))
            scope = scope.bind(variable, variable).prepare(part, variable)
            done |= {*parts(part)}
    return tuple(lines), replace(start, scope=scope)


def _is_only_searched(part: Expression, every: Sequence[Expression]) -> bool:
    """Whether *part* is nowhere but on the right of `in`."""
    searches = sum(isinstance(each, Binary) and each.operator == "in" and each.right == part for each in every)
    return searches == every.count(part)
