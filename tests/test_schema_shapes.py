"""The shapes in which schemas are compiled: each is taken where it is faster, and says what trying everything says."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from conformance.ours import loaded
from parlance.backends.python.values import python_value
from parlance.backends.typescript.values import Values
from parlance.contract.ir import Text
from parlance.program.ir import Apply, Constant, Fits, Variable
from parlance.program.logic import nodes
from parlance.program.validation.conditions import text_condition
from parlance.schema_compiler.compiling import Options, compile_schema
from parlance.schema_compiler.module import Header
from parlance.schemas.building import Permissions
from parlance.schemas.document_library import Library
from parlance.schemas.documents import SchemaDocument
from parlance.schemas.drafts import DRAFTS

TEXT, NUMBER = {"type": "string"}, {"type": "number"}


def form(tag: str, value: Any, **others: Any) -> dict[str, Any]:
    """An object that has a tag."""
    schemas: dict[type, Any] = {dict: value, list: {"enum": value}, str: {"const": value}}
    tagged = schemas[type(value)]
    return {"type": "object", "properties": {tag: tagged, **others}, "required": [tag, *others]}


def untyped(schema: dict[str, Any]) -> dict[str, Any]:
    return {keyword: value for keyword, value in schema.items() if keyword != "type"}


def optional(schema: dict[str, Any]) -> dict[str, Any]:
    return {keyword: value for keyword, value in schema.items() if keyword != "required"}


A, B = form("t", "a", x=TEXT), form("t", "b", x=NUMBER)
WORDS: list[Any] = ["a", "b", "c", "aa", 3, None, [], {}]
PARTS: list[Any] = ["s", 1, None, [], {}]
OBJECTS: list[Any] = [
    *({"t": tag, "x": x} for tag in WORDS for x in PARTS),
    *({"t": "a"}, {"x": "s"}, {"x": []}, {}, {"u": "a", "x": "s"}, {"u": "b", "t": "a", "x": "s"}),
]
OTHERS: list[Any] = [None, True, 3, 1.5, "a", "", [], ["a"]]

DISPATCHED: dict[str, list[Any]] = {
    "constants": [A, B],
    "more values than one": [form("t", ["a", "aa"]), form("t", ["b", "c"], x=TEXT)],
    "many values": [form("t", ["a", "aa", "c", "d"]), B],
    "no type": [untyped(A), untyped(B)],
    "another kind beside": [A, B, TEXT],
    "two of another kind beside": [A, B, {"type": ["string", "null"]}, {"type": "string", "maxLength": 1}],
    "kinds": [form("x", TEXT), form("x", NUMBER), form("x", {"type": ["array", "null"]})],
    "kinds of values": [form("x", [None, True]), form("x", TEXT)],
    "behind references": [{"$ref": "#/$defs/a"}, {"allOf": [{"$ref": "#/$defs/b"}, {"required": ["x"]}]}],
}
TRIED: dict[str, list[Any]] = {
    "a value twice": [form("t", ["a", "b"]), B],
    "not required": [optional(A), optional(B)],
    "one not required": [A, optional(B)],
    "another tag": [A, form("u", "b")],
    "one without": [A, B, {"type": "object", "required": ["u"]}],
    "a number among the values": [form("t", ["a", 3]), form("t", ["b", "c"]), form("t", [4, "d"])],
    "kinds that meet": [form("x", {"type": ["string", "null"]}), form("x", {"type": ["number", "null"]})],
}


def compiled(schema: Any) -> tuple[str, dict[str, Any]]:
    """The text of the module, and the module."""
    options = Options(DRAFTS["2020-12"], Permissions())
    text = compile_schema(SchemaDocument("", "", schema), Library(), options, Header("a test", "pytest"))
    return text, loaded(text)


def check(schema: Any, values: list[Any]) -> str:
    """Compare the results with another reader's; give the text of the module."""
    text, module = compiled(schema)
    other: Any = jsonschema_rs.validator_for(schema)
    results = [other.is_valid(value) for value in values]
    assert [module["is_valid"](value) for value in values] == results
    assert [not list(module["check"](value)) for value in values] == results
    assert {*results} == {True, False}
    return text


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
@pytest.mark.parametrize("name", [*DISPATCHED, *TRIED])
@pytest.mark.parametrize("place", ["root", "items", "property", "of a type"])
def test_alternatives_that_a_property_distinguishes_are_dispatched(keyword: str, name: str, place: str) -> None:
    union: dict[str, Any] = {keyword: [*DISPATCHED.get(name, []), *TRIED.get(name, [])]}
    schemas = {
        "root": union,
        "items": {"type": "array", "items": union},
        "property": {"properties": {"p": union}},
        "of a type": {"type": "object", **union},
    }
    values = {
        "root": [*OBJECTS, *OTHERS],
        "items": [[value] for value in [*OBJECTS, *OTHERS]],
        "property": [{"p": value} for value in [*OBJECTS, *OTHERS]],
        "of a type": [*OBJECTS, *OTHERS],
    }
    text = check({"$defs": {"a": A, "b": B}, **schemas[place]}, values[place])
    assert ("tag = " in text) is (name in DISPATCHED)


@pytest.mark.parametrize(
    ("pattern", "shape"),
    [
        ("^[a-f]+$", ".strip("),
        ("^[a-f0-9]*$", ".strip("),
        ("^[0-9]+$", ".isdigit("),
        ("^ab", '.startswith("ab")'),
        (r"^a\.b", '.startswith("a.b")'),
        ("^[a-f]+", "matches("),
        ("[a-f]+$", "searched("),
        ("ab", "matches("),
        ("^ab$", "matches("),
        ("^a.b", "matches("),
    ],
)
def test_a_simple_pattern_needs_no_regular_expression(pattern: str, shape: str) -> None:
    values = ["", "a", "ab", "abc", "a.b", "a-b", "0", "12", "\u0661", "af\n", "xab", "fx", "\n", "a.bc"]
    schema = {"type": "array", "items": {"type": "string", "pattern": pattern}}
    assert shape in check(schema, [[], *([value] for value in values)])
    keys = {"type": "object", "patternProperties": {pattern: NUMBER}, "additionalProperties": False}
    assert shape in check(keys, [{}, *({value: 1} for value in values), *({value: "x"} for value in values)])


def test_a_contract_takes_the_same_shapes() -> None:
    value = Variable("value")
    starts, fits = (text_condition(Text(pattern=pattern), value) for pattern in (r"^file-\.", "^file-.$"))
    assert Apply("startsWith", (value, Constant("file-.")), is_sure=True) in [*nodes(starts)]
    assert Fits(value, "^file-.$", may_be_empty=True) in [*nodes(fits)]
    assert "startswith" in repr(python_value(starts))
    assert ".startsWith(" in repr(Values().piece(starts))


@pytest.mark.parametrize("others", [False, None, TEXT, "patterns", "a pattern of names that are known"])
@pytest.mark.parametrize("count", [15, 16, 45, 900])
def test_the_properties_of_a_large_object_are_looked_up_by_name(count: int, others: Any) -> None:
    names = [f"p{number}" for number in range(count)]
    kinds = [TEXT, NUMBER, True, False, {"type": "array", "items": {"$ref": "#"}}]
    properties = {name: kinds[index % 5] for index, name in enumerate(names)}
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    if others == "patterns":
        schema |= {"patternProperties": {"^x-": NUMBER, "^q": True}, "additionalProperties": False}
    elif others is not None and others not in (False, TEXT):
        schema |= {"patternProperties": {"0$": {"not": {"const": "xy"}}}, "additionalProperties": False}
    elif others is not None:
        schema["additionalProperties"] = others
    last = names[-1]
    values: list[Any] = [
        *({}, {"p0": "x"}, {"p0": 1}, {"p1": 1}, {"p3": 1}, {"zz": 1}, {"p0": "x", "zz": 1}, {"p4": [{"p0": 1}]}),
        *({"p4": [{"p4": []}, {"p1": 2}]}, {last: "x"}, {last: 1}, {last: []}, {"p0": "x", last: []}, []),
        {name: {0: "x", 1: 1, 2: None, 4: []}[index % 5] for index, name in enumerate(names) if index % 5 != 3},
    ]
    values += [{"x-a": 1}, {"x-a": "x"}, {"q": None}, {"p0": "xy"}, {"p10": "xy"}, {"r0": "xy"}]
    assert (".get(key)" in check(schema, values)) is (count >= 16)
    required = {**schema, "required": ["p1", "p0"]}
    check(required, [*values, {"p0": "x", "p1": 1}, {"p0": "x", "p1": 1, "p2": 1}, {"p0": "x", "p1": 1, "z": 1}])
