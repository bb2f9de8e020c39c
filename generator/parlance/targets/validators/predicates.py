"""The fast path: code that says whether a value has no fault at all, and stops at the first."""

from __future__ import annotations

import string
from typing import assert_never

from ...contract.ir import (
    Alias,
    Anything,
    Array,
    Boolean,
    Constant,
    Enumeration,
    Field,
    Integer,
    Map,
    Named,
    Null,
    Number,
    Presence,
    Record,
    Tagged,
    Text,
    Type,
    Union,
    UnknownFields,
)
from ..python_text import literal
from .characters import character_set
from .code import AllOf, AnyOf, Block, Condition, Line, Statement
from .kinds import Kind, options_by_kind
from .names import Names

__all__ = ["condition", "definition_body", "record_body", "root_condition"]

_REJECT = (Line("return False"),)
_PASS = (Line("pass"),)
_STRAIGHT_SCAN = 3
"""With fewer optional fields left than this, looking for them costs less than asking whether any are left."""


def condition(shape: Type, variable: str, names: Names) -> Condition:
    """An expression that is true when *variable* is of *shape*."""
    match shape:
        case Text() | Integer() | Number() | Boolean() | Null() | Constant() | Anything():
            return _scalar(shape, variable)
        case Named(name):
            return _named(name, variable, names)
        case Array():
            return _all(_array_head(shape, variable), shape.items, f"for item in {variable}", names)
        case Map():
            head = _map_head(shape, variable)
            if shape.keys is not None:
                head.append(f"all({_flat(_text(shape.keys, 'key'))} for key in {variable})")
            return _all(head, shape.values, f"for item in {variable}.values()", names)
        case Tagged(tag, options):
            return AllOf((f"isinstance({variable}, dict)", AnyOf(tuple(
                AllOf((f"{variable}.get({literal(tag)}) == {literal(value)}", f"{names.predicate(name)}({variable})"))
                for value, name in options
            ))))
        case Union(options):
            ordered = sorted(options, key=lambda option: not isinstance(option, Null))
            return AnyOf(tuple(condition(option, variable, names) for option in ordered))
        case _:
            assert_never(shape)


def _all(head: list[str], items: Type, clause: str, names: Names) -> Condition:
    if not isinstance(items, Anything):
        head.append(f"all({_flat(condition(items, 'item', names))} {clause})")
    return AllOf(tuple(head)) if len(head) > 1 else head[0]


def _flat(each: Condition) -> str:
    match each:
        case str():
            return each
        case AnyOf(parts):
            return f"({' or '.join(map(_flat, parts))})"
        case AllOf(parts):
            return f"({' and '.join(map(_flat, parts))})"
        case _:
            assert_never(each)


def _scalar(shape: Text | Integer | Number | Boolean | Null | Constant | Anything, variable: str) -> Condition:
    match shape:
        case Text():
            return _text(shape, variable)
        case Integer() | Number():
            return _number(shape, variable)
        case Boolean():
            return f"isinstance({variable}, bool)"
        case Null():
            return f"{variable} is None"
        case Constant(value):
            return _constant(value, variable)
        case Anything():
            return "True"
        case _:
            assert_never(shape)


def _text(shape: Text, variable: str) -> Condition:
    parts = [f"isinstance({variable}, str)"]
    if (size := _size(f"len({variable})", shape.min_length, shape.max_length)) is not None:
        parts.append(size)
    if shape.pattern is not None:
        parts += _pattern(shape.pattern, variable, may_be_empty=not shape.min_length)
    return AllOf(tuple(parts)) if len(parts) > 1 else parts[0]


def _pattern(pattern: str, variable: str, *, may_be_empty: bool) -> list[str]:
    only = character_set(pattern)
    if only is None:
        return [f"matches({literal(pattern)}, {variable})"]
    if only.characters == string.digits and not only.may_be_empty:
        return [f"{variable}.isascii()", f"{variable}.isdigit()"]
    nonempty = [f'{variable} != ""'] if may_be_empty and not only.may_be_empty else []
    return [*nonempty, f"not {variable}.strip({only.constant})"]


def _number(shape: Integer | Number, variable: str) -> Condition:
    bounds = _bounds(shape, variable)
    # A bool is an int by `isinstance` alone; other subclasses are left to the slow path.
    whole = f"type({variable}) is int"
    if isinstance(shape, Integer):
        kind = AnyOf((whole, AllOf((f"isinstance({variable}, float)", f"{variable}.is_integer()"))))
    elif _is_bounded(shape):
        kind = AnyOf((f"isinstance({variable}, float)", whole))
    else:
        # Only a finite number gives zero here.
        kind = AnyOf((whole, AllOf((f"isinstance({variable}, float)", f"{variable} - {variable} == 0"))))
    return AllOf((kind, *bounds)) if bounds else kind


def _is_bounded(shape: Number) -> bool:
    below = shape.minimum if shape.minimum is not None else shape.exclusive_minimum
    above = shape.maximum if shape.maximum is not None else shape.exclusive_maximum
    return below is not None and above is not None


def _bounds(shape: Integer | Number, variable: str) -> list[str]:
    parts: list[str] = []
    if (size := _size(variable, shape.minimum, shape.maximum)) is not None:
        parts.append(size)
    if shape.exclusive_minimum is not None:
        parts.append(f"{variable} > {literal(shape.exclusive_minimum)}")
    if shape.exclusive_maximum is not None:
        parts.append(f"{variable} < {literal(shape.exclusive_maximum)}")
    if shape.multiple_of is not None:
        parts.append(f"is_multiple({variable}, {literal(shape.multiple_of)})")
    return parts


def _size(measured: str, least: float | None, most: float | None) -> str | None:
    if least is not None and most is not None:
        return f"{literal(least)} <= {measured} <= {literal(most)}"
    if least is not None:
        return f"{measured} >= {literal(least)}"
    return f"{measured} <= {literal(most)}" if most is not None else None


def _constant(value: str | int | bool, variable: str) -> Condition:
    if isinstance(value, bool):
        return f"{variable} is {value}"
    if isinstance(value, str):
        return f"{variable} == {literal(value)}"
    return AllOf((f"{variable} == {literal(value)}", f"not isinstance({variable}, bool)"))


def _named(name: str, variable: str, names: Names) -> Condition:
    definition = names.definitions[name]
    match definition:
        case Enumeration():
            if definition.open:
                return condition(definition.base, variable, names)
            if isinstance(definition.base, Text):
                return AllOf((f"isinstance({variable}, str)", f"{variable} in {names.members(name)}"))
            return AllOf((
                f"isinstance({variable}, (int, float))",
                f"not isinstance({variable}, bool)",
                f"{variable} in {names.members(name)}",
            ))
        case Alias(type=Text() | Integer() | Number() | Boolean() | Null() | Constant() | Anything() as shape):
            return _scalar(shape, variable)
        case Alias() | Record():
            return f"{names.predicate(name)}({variable})"
        case _:
            assert_never(definition)


def _array_head(shape: Array, variable: str) -> list[str]:
    head = [f"isinstance({variable}, list)"]
    if (size := _size(f"len({variable})", shape.min_items, shape.max_items)) is not None:
        head.append(size)
    if shape.unique_items:
        head.append(f"is_unique({variable})")
    return head


def _map_head(shape: Map, variable: str) -> list[str]:
    head = [f"isinstance({variable}, dict)"]
    if (size := _size(f"len({variable})", shape.min_properties, shape.max_properties)) is not None:
        head.append(size)
    return head


def _reject_unless(shape: Type, variable: str, names: Names, loop: str = "item") -> list[Statement]:
    """Statements that return False when *variable* is not of *shape*."""
    match shape:
        case Anything():
            return []
        case Array():
            head = [_guard(part) for part in _array_head(shape, variable)]
            items = _reject_unless(shape.items, loop, names, f"inner_{loop}")
            return [*head, *_loop(f"for {loop} in {variable}", items)]
        case Map():
            head = [_guard(part) for part in _map_head(shape, variable)]
            keys = [_guard(_text(shape.keys, "key"))] if shape.keys is not None else []
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
    for kind, options in options_by_kind(shape, names.definitions).items():
        only = options[0]
        if len(options) == 1 and isinstance(only, (Array, Map)) and kind in {Kind.ARRAY, Kind.OBJECT}:
            test = f"isinstance({variable}, {'list' if kind is Kind.ARRAY else 'dict'})"
            loops.append((test, _reject_unless(only, variable, names, loop)[1:]))
        else:
            rest += [each for option in options if (each := condition(option, variable, names)) not in rest]
    rest.sort(key=lambda each: each != f"{variable} is None")
    remaining: Condition = AnyOf(tuple(rest)) if len(rest) > 1 else rest[0] if rest else "False"
    if not loops:
        return [_guard(remaining)]
    if not rest:
        branches = [Block("elif" if i else "if", test, tuple(body) or _PASS) for i, (test, body) in enumerate(loops)]
        return [*branches, Block("else", None, _REJECT)]
    inner = [Block("elif" if i else "if", test, tuple(body) or _PASS) for i, (test, body) in enumerate(loops)]
    return [Block("if not", remaining, (*inner, Block("else", None, _REJECT)))]


def root_condition(root: str, names: Names) -> str:
    """An expression that is true for a whole document without a fault."""
    return _flat(condition(Named(root), "value", names))


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
    if (size := _size("len(value)", record.min_properties, record.max_properties)) is not None:
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


def _done() -> list[Statement]:
    return [Block("if", "seen == size", (Line("return True"),))]


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
    if body:
        body.insert(0, Line(f"field = value[{name}]"))
    if counted:
        body.append(Line("seen += 1"))
        if not last:
            body += _done()
    return [Block("if", f"{name} in value", tuple(body))] if body else []


def _extras(record: Record, names: Names) -> list[Statement]:
    if record.extra is None:
        return []
    body = _reject_unless(record.extra, "field", names)
    known = f"key not in {names.fields(record.name)}"
    return _loop("for key, field in value.items()", [Block("if", known, tuple(body))] if body else [])
