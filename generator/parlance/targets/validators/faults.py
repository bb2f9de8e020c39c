"""Statements that report every fault of one value, with its pointer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from ...backends.python.text import literal
from ...contract.ir import (
    Alias,
    Anything,
    Array,
    Boolean,
    Constant,
    Enumeration,
    Integer,
    Map,
    Named,
    Nothing,
    Null,
    Number,
    Record,
    Tagged,
    Text,
    Type,
    Union,
)
from ...regex import translated
from .code import AllOf, AnyOf, Block, Call, Condition, Line, Statement
from .conditions import condition
from .kinds import Kind, expected, options_by_kind
from .names import Names

__all__ = ["count_faults", "faults", "null_passed", "wrong_type"]

_TESTS = {
    Kind.STRING: "isinstance({0}, str)",
    Kind.BOOLEAN: "isinstance({0}, bool)",
    Kind.NUMBER: "isinstance({0}, (int, float))",
    Kind.OBJECT: "isinstance({0}, dict)",
    Kind.ARRAY: "isinstance({0}, list)",
}


def faults(shape: Type, variable: str, at: str, names: Names, phrase: str | None = None) -> list[Statement]:
    """Statements that report what keeps *variable* from being of *shape*."""
    said = phrase or ("" if shape == Nothing() else expected(shape, names.definitions))
    match shape:
        case Anything():
            return []
        case Nothing():
            return [wrong_type(variable, at, "absent")]
        case Null():
            return [Block("if", f"{variable} is not None", (wrong_type(variable, at, said),))]
        case Text() | Integer() | Number() | Boolean() | Constant():
            return [_scalar(shape, variable, at, said, plain=phrase is None)]
        case Array():
            test = f"isinstance({variable}, list)"
            return _branches([(test, _array(shape, variable, at, names))], variable, at, said)
        case Map():
            test = f"isinstance({variable}, dict)"
            return _branches([(test, _map(shape, variable, at, names))], variable, at, said)
        case Tagged():
            test = f"isinstance({variable}, dict)"
            return _branches([(test, _tagged(shape, variable, at, names))], variable, at, said)
        case Named(name):
            return _named(name, variable, at, names, phrase)
        case Union():
            return _union(shape, variable, at, names, said)
        case _:
            assert_never(shape)


def wrong_type(variable: str, at: str, said: str) -> Statement:
    """The report that *variable* is not what the phrase *said* says."""
    return Call("wrong_type", (variable, at, "found", literal(said)))


def _branches(branches: list[tuple[str, list[Statement]]], variable: str, at: str, said: str) -> list[Statement]:
    """`if`/`elif` over tests of type, the last of which reports a wrong one."""
    if len(branches) == 1 and not branches[0][1]:
        return [Block("if not", branches[0][0], (wrong_type(variable, at, said),))]
    chain: list[Statement] = []
    for test, body in branches:
        chain.append(Block("elif" if chain else "if", test, tuple(body) or (Line("pass"),)))
    return [*chain, Block("else", None, (wrong_type(variable, at, said),))]


def _scalar(
    shape: Text | Integer | Number | Boolean | Constant, variable: str, at: str, said: str, *, plain: bool
) -> Statement:
    subject = (variable, at, "found")
    phrase = () if plain else (f"expected={literal(said)}",)
    match shape:
        case Text(media_type=str(media_type)):
            facts = (f"expected={literal(said)}", f"media_type={literal(media_type)}")
            return Call("check_text", (*subject, *_text_bounds(shape), *facts))
        case Text():
            return Call("check_text", (*subject, *_text_bounds(shape), *phrase))
        case Integer() | Number():
            bounds = _given(
                {
                    "least": shape.minimum,
                    "most": shape.maximum,
                    "above": shape.exclusive_minimum,
                    "below": shape.exclusive_maximum,
                    "step": shape.multiple_of,
                }
            )
            function = "check_integer" if isinstance(shape, Integer) else "check_number"
            return Call(function, (*subject, *bounds, *phrase))
        case Boolean():
            return Call("check_boolean", (*subject, *phrase))
        case Constant(value):
            return Call("check_constant", (*subject, literal(value), literal(said)))
        case _:
            assert_never(shape)


def _text_bounds(shape: Text) -> list[str]:
    search = None if shape.pattern is None else translated(shape.pattern)
    return _given(
        {"shortest": shape.min_length, "longest": shape.max_length, "pattern": shape.pattern, "search": search}
    )


def _given(bounds: Mapping[str, str | int | float | None]) -> list[str]:
    return [f"{name}={literal(value)}" for name, value in bounds.items() if value is not None]


def _array(shape: Array, variable: str, at: str, names: Names) -> list[Statement]:
    bounds = _given({"fewest": shape.min_items, "most": shape.max_items})
    if shape.unique_items:
        bounds.append("unique=True")
    head: list[Statement] = [Call("check_array", (variable, at, "found", *bounds))] if bounds else []
    outermost = variable in {"value", "field"}
    index, item = ("index", "item") if outermost else (f"inner_{_index(variable)}", f"inner_{variable}")
    body = _element(shape.items, item, _indexed(at, index), names)
    if not body:
        return head
    return [*head, Block(f"for {index}, {item} in enumerate({variable})", None, tuple(body))]


def _index(variable: str) -> str:
    return variable.replace("item", "index")


def _indexed(at: str, index: str) -> str:
    if at == "at":
        return f'f"{{at}}/{{{index}}}"'
    if at.startswith('f"') and at.endswith('"'):
        return f'{at[:-1]}/{{{index}}}"'
    return f'{at} + f"/{{{index}}}"'


def _element(shape: Type, variable: str, at: str, names: Names) -> list[Statement]:
    """The faults of one of many: most have none, so the fast path looks first."""
    body = faults(shape, variable, at, names)
    if body and not isinstance(shape, (Array, Map)):
        return [Block("if not", condition(shape, variable, names), tuple(null_passed(body, variable)))]
    return body


def count_faults(shape: Map | Record, variable: str, at: str) -> list[Statement]:
    """Statements that report too few or too many fields of *variable*, an object."""
    bounds = _given({"fewest": shape.min_properties, "most": shape.max_properties})
    return [Call("check_map", (variable, at, "found", *bounds))] if bounds else []


def _map(shape: Map, variable: str, at: str, names: Names) -> list[Statement]:
    head = count_faults(shape, variable, at)
    key, item = ("key", "item") if variable in {"value", "field"} else (f"inner_{variable}_key", f"inner_{variable}")
    here = _indexed(at, f"escape({key})")
    keys: list[Statement] = []
    if shape.keys is not None:
        fault = Call("invalid_key", (here, "found", key, *_text_bounds(shape.keys)))
        keys = [Block("if not", condition(shape.keys, key, names), (fault,))]
    values = _element(shape.values, item, here, names)
    if values:
        return [*head, Block(f"for {key}, {item} in {variable}.items()", None, (*keys, *values))]
    return [*head, Block(f"for {key} in {variable}", None, tuple(keys))] if keys else head


def _tagged(shape: Tagged, variable: str, at: str, names: Names) -> list[Statement]:
    tags = literal(tuple(value for value, _ in shape.options))
    chain: list[Statement] = [Line(f"tag = {variable}.get({literal(shape.tag)})")]
    for index, (value, name) in enumerate(shape.options):
        call = Call(names.check(name), (variable, at, "found"))
        chain.append(Block("elif" if index else "if", f"tag == {literal(value)}", (call,)))
    last = Call("check_tag", (variable, at, "found", literal(shape.tag), tags))
    return [*chain, Block("else", None, (last,))]


def _named(name: str, variable: str, at: str, names: Names, phrase: str | None) -> list[Statement]:
    definition = names.definitions[name]
    match definition:
        case Enumeration():
            if definition.open:
                return faults(definition.base, variable, at, names, phrase)
            said = phrase or expected(Named(name), names.definitions)
            return [Call("check_member", (variable, at, "found", names.members(name), literal(said)))]
        case Alias(type=Text() | Integer() | Number() | Boolean() | Null() | Constant() | Anything() as shape):
            return faults(shape, variable, at, names, phrase)
        case Alias() | Record():
            return [Call(names.check(name), (variable, at, "found"))]
        case _:
            assert_never(definition)


def _union(shape: Union, variable: str, at: str, names: Names, said: str) -> list[Statement]:
    groups = options_by_kind(shape, names.definitions)
    nullable = groups.pop(Kind.NULL, None) is not None
    if Kind.BOOLEAN in groups and Kind.NUMBER in groups:
        # In Python True is an int; in JSON it is not.
        groups = {Kind.BOOLEAN: groups.pop(Kind.BOOLEAN), **groups}
    if len(groups) == 1:
        ((kind, options),) = groups.items()
        body = _group(kind, options, (variable, at), names, said)
        return _unless_null(body, variable) if nullable else body
    branches = [
        (_TESTS[kind].format(variable), _narrowed(kind, options, (variable, at), names))
        for kind, options in groups.items()
    ]
    chain = _branches(branches, variable, at, said)
    return _unless_null(chain, variable) if nullable else chain


def _unless_null(body: list[Statement], variable: str) -> list[Statement]:
    """*body* where null is no fault."""
    given = f"{variable} is not None"
    match body:
        case [*chain, Block("else", body=last)]:
            return [*chain, Block("elif", given, last)]
        case [Block("if not", condition=str(test), body=inner)]:
            return [Block("if", AllOf((given, f"not {test}")), inner)]
        case _:
            return [Block("if", given, tuple(body))]


def _narrowed(kind: Kind, options: list[Type], subject: tuple[str, str], names: Names) -> list[Statement]:
    """The faults of a value that is known to be of *kind*."""
    match options:
        case [Text() as shape]:
            return [_scalar(shape, *subject, "", plain=True)] if _text_bounds(shape) else []
        case [Boolean()]:
            return []
        case [Array() as shape]:
            return _array(shape, *subject, names)
        case [Map() as shape]:
            return _map(shape, *subject, names)
        case [Tagged() as shape]:
            return _tagged(shape, *subject, names)
        case _:
            return _group(kind, options, subject, names, kind.value)


def _group(kind: Kind, options: list[Type], subject: tuple[str, str], names: Names, said: str) -> list[Statement]:
    """The faults of a value of one kind, for which there may be several forms."""
    variable, at = subject
    if len(options) == 1:
        return faults(options[0], variable, at, names, said)
    tests: list[Condition] = [condition(option, variable, names) for option in options]
    checked = [
        names.check(option.name)
        for option in options
        if isinstance(option, Named) and not isinstance(names.definitions[option.name], Enumeration)
    ]
    labels = literal(" or ".join(_label(option, kind) for option in options))
    if len(checked) == len(options):
        functions = f"({', '.join(checked)})"
        last: Statement = Call("check_variants", (variable, at, "found", functions, labels))
    else:
        last = Call("no_variant", (at, "found", labels))
    return [Block("if not", AnyOf(tuple(tests)), (last,))]


def _label(option: Type, kind: Kind) -> str:
    return option.name if isinstance(option, Named) else kind.value


def null_passed(body: list[Statement], variable: str) -> list[Statement]:
    """*body* where a test before it has let null pass already."""
    given = f"{variable} is not None"
    match body:
        case [Block("if", condition=test, body=inner)] if test == given:
            return list(inner)
        case [*chain, Block("elif", condition=test, body=inner)] if test == given:
            return [*chain, Block("else", None, inner)]
        case _:
            return body
