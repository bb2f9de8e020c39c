"""The fast path: code that says whether a value has no fault at all, and stops at the first."""

from __future__ import annotations

from ...backends.python.text import literal
from ...contract.ir import (
    Alias,
    Anything,
    Array,
    Field,
    Map,
    Named,
    Nothing,
    Presence,
    Record,
    Tagged,
    Type,
    Union,
    UnknownFields,
)
from .code import AnyOf, Block, Condition, Line, Statement, inlined
from .conditions import array_tests, condition, map_tests, text_condition, within
from .kinds import Kind, options_by_kind
from .names import Names

__all__ = ["definition_body", "record_body", "root_condition"]

_REJECT = (Line("return False"),)
_DONE = Block("if", "seen == size", (Line("return True"),))
_STRAIGHT_SCAN = 3
"""With fewer optional fields left than this, looking for them costs less than asking whether any are left."""


def _reject_unless(shape: Type, variable: str, names: Names, loop: str = "item") -> list[Statement]:
    """Statements that return False when *variable* is not of *shape*."""
    match shape:
        case Anything():
            return []
        case Nothing():
            return [*_REJECT]
        case Array():
            head = [_guard(part) for part in array_tests(shape, variable)]
            items = _reject_unless(shape.items, loop, names, f"inner_{loop}")
            return [*head, *_loop(f"for {loop} in {variable}", items)]
        case Map():
            head = [_guard(part) for part in map_tests(shape, variable)]
            keys = [_guard(text_condition(shape.keys, "key"))] if shape.keys is not None else []
            values = _reject_unless(shape.values, loop, names, f"inner_{loop}")
            if keys and values:
                return [*head, *_loop(f"for key, {loop} in {variable}.items()", [*keys, *values])]
            return [*head, *_loop(f"for key in {variable}", keys), *_loop(f"for {loop} in {variable}.values()", values)]
        case Named(name) if isinstance(alias := names.definitions[name], Alias) and isinstance(alias.type, Tagged):
            return _reject_unless(alias.type, variable, names, loop)
        case Tagged():
            return [_guard(f"isinstance({variable}, dict)"), *_dispatch(shape, variable, names)]
        case Union():
            return _union(shape, variable, names, loop)
        case _:
            return [_guard(condition(shape, variable, names))]


def _guard(test: Condition) -> Statement:
    return Block("if not", test, _REJECT)


def _loop(header: str, body: list[Statement]) -> list[Statement]:
    return [Block(header, None, tuple(body))] if body else []


def _dispatch(shape: Tagged, variable: str, names: Names) -> list[Statement]:
    first = f"tag = {variable}.get({literal(shape.tag)})"
    branches = [
        Block("elif" if index else "if", f"tag == {literal(value)}", (_guard(f"{names.predicate(name)}({variable})"),))
        for index, (value, name) in enumerate(shape.options)
    ]
    return [Line(first), *branches, Block("else", None, _REJECT)]


def _union(shape: Union, variable: str, names: Names, loop: str) -> list[Statement]:
    """A chain of tests, in which an array or map that must be looped over has a branch of its own."""
    loops: list[tuple[str, list[Statement]]] = []
    rest: list[Condition] = []
    for options in options_by_kind(shape, names.definitions).values():
        only = options[0]
        if len(options) == 1 and isinstance(only, (Array, Map)):
            test, *body = _reject_unless(only, variable, names, loop)
            if body and isinstance(test, Block):
                loops.append((str(test.condition), body))
                continue
        rest += [each for option in options if (each := condition(option, variable, names)) not in rest]
    null = f"{variable} is None"
    rest.sort(key=lambda each: each != null)
    chain = [Block("elif" if index else "if", test, tuple(body)) for index, (test, body) in enumerate(loops)]
    if not chain:
        return [_guard(_any(rest))]
    if rest in ([], [null]):
        last = Block("elif", f"{variable} is not None", _REJECT) if rest else Block("else", None, _REJECT)
        return [*chain, last]
    return [Block("if not", _any(rest), (*chain, Block("else", None, _REJECT)))]


def _any(tests: list[Condition]) -> Condition:
    return tests[0] if len(tests) == 1 else AnyOf(tuple(tests))


def root_condition(root: str, names: Names) -> str:
    """An expression that is true for a whole document without a fault."""
    return inlined(condition(Named(root), "value", names))


def definition_body(alias: Alias, names: Names) -> list[Statement]:
    """The body of the predicate of *alias*."""
    return [*_reject_unless(alias.type, "value", names), Line("return True")]


def record_body(record: Record, names: Names) -> list[Statement]:
    """The body of the predicate of *record*."""
    counted = record.unknown is not UnknownFields.OPEN
    always = [field for field in record.fields if field.presence is not Presence.OPTIONAL]
    optional = [field for field in record.fields if field.presence is Presence.OPTIONAL]
    tag = names.tags.get(record.name)
    body: list[Statement] = [] if tag else [_guard("isinstance(value, dict)")]
    if (size := within("len(value)", record.min_properties, record.max_properties)) is not None:
        body.append(_guard(size))
    for field in always:
        if field.name != tag:
            body += _required(field, names)
    if counted and optional:
        done = Block("if", f"size == {len(always)}", (Line("return True"),))
        body += [Line("size = len(value)"), *([done] if always else []), Line(f"seen = {len(always)}")]
    for index, field in enumerate(optional):
        body += _optional(field, names, counted=counted, last=index + _STRAIGHT_SCAN > len(optional))
    if counted:
        return [*body, Line("return seen == size" if optional else f"return len(value) == {len(always)}")]
    return [*body, *_extras(record, names), Line("return True")]


def _required(field: Field, names: Names) -> list[Statement]:
    checks = _reject_unless(field.type, "field", names)
    name = literal(field.name)
    if not checks:
        return [Block("if", f"{name} not in value", _REJECT)]
    if Kind.NULL not in options_by_kind(field.type, names.definitions):
        # An absent field reads as None, which is refused here.
        return [Line(f"field = value.get({name})"), *checks]
    return [Block("if", f"{name} not in value", _REJECT), Line(f"field = value[{name}]"), *checks]


def _optional(field: Field, names: Names, *, counted: bool, last: bool) -> list[Statement]:
    name = literal(field.name)
    body = _reject_unless(field.type, "field", names)
    if field.type == Nothing():
        return [Block("if", f"{name} in value", _REJECT)]
    if body:
        body.insert(0, Line(f"field = value[{name}]"))
    if counted:
        body.append(Line("seen += 1"))
        if not last:
            body.append(_DONE)
    return [Block("if", f"{name} in value", tuple(body))] if body else []


def _extras(record: Record, names: Names) -> list[Statement]:
    if record.extra is None:
        return []
    body = _reject_unless(record.extra, "field", names)
    known = f"key not in {names.fields(record.name)}"
    return _loop("for key, field in value.items()", [Block("if", known, tuple(body))] if body else [])
