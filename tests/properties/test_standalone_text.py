"""Whatever text a schema holds, its module compiles, and means that text and nothing else."""

from __future__ import annotations

import ast
import re
from typing import Any

from effort import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st
from parlance.schema_compiler.compiling import Options, compile_schema
from parlance.schema_compiler.module import Header
from parlance.schemas.building import Permissions
from parlance.schemas.document_library import Library
from parlance.schemas.documents import SchemaDocument
from parlance.schemas.drafts import DRAFTS
from test_python_text import HOSTILE

TEXTS = st.lists(HOSTILE.filter(bool), min_size=2, max_size=2, unique=True)


def compiled(schema: Any, header: Header) -> tuple[str, dict[str, Any]]:
    """The module of a schema, as text and loaded."""
    options = Options(DRAFTS["2020-12"], Permissions(unknown_keywords=True))
    text = compile_schema(SchemaDocument("", "", schema), Library(), options, header)
    namespace: dict[str, Any] = {"__name__": "generated"}
    exec(compile(text.encode(), "generated.py", "exec"), namespace)  # noqa: S102, what is to be tried
    return text, namespace


def schema_of(name: str, other: str) -> dict[str, Any]:
    """A schema with texts wherever one can stand."""
    pattern = "^" + re.sub(r"[\\^$.*+?()\[\]{}|/]", r"\\\g<0>", name) + "$"
    token = name.replace("~", "~0").replace("/", "~1").replace("%", "%25")
    return {
        "title": name,
        "description": name,
        "$comment": name,
        f"x-{name}": name,
        "type": "object",
        "required": [name],
        "properties": {name: {"$ref": f"#/$defs/{token}"}, other: {"const": {name: [other]}}},
        "patternProperties": {pattern: {"minLength": 0}},
        "additionalProperties": {"enum": [name, [name], name * 2]},
        "dependentRequired": {other: [name]},
        "dependentSchemas": {name: {"properties": {name: {"not": {"const": other}}}}},
        "propertyNames": {"not": {"const": name + other}},
        "$defs": {name: {"enum": [name, 1, {other: name}], "default": name}},
    }


@settings(max_examples=examples(60, at_length=1500), deadline=None)
@given(TEXTS, HOSTILE)
@example(['"""', "'''"], "x")
@example(["\\", "{value}"], "\n")
@example(['")\nraise SystemExit\n("', "\ud800"], "*/ \"\"\" '''")
@example(["\\N{BULLET}", "\\x22"], "\r")
def test_a_module_means_the_texts_of_its_schema(texts: list[str], header: str) -> None:
    name, other = texts
    text, module = compiled(schema_of(name, other), Header(header, header))
    assert all(isinstance(node, _EXPECTED) for node in ast.parse(text).body)
    valid, check = module["is_valid"], module["check"]
    third = f"{name}{other}-"
    fitting: list[Any] = [{name: name}, {name: 1.0}, {name: {other: name}}]
    for value in (*fitting, {name: 1, other: {name: [other]}}, {name: 1, third: [name]}):
        assert valid(value), list(check(value))
    broken: list[Any] = [{}, {name: other}, {name: 2}, {name: {other: other}}]
    broken += [{name: 1, other: {name: [name]}}, {name: 1, third: []}]
    for value in broken:
        assert not valid(value)
        assert list(check(value))
    for pointer, value in ((name, {name: 2}), (third, {name: 1, third: 2})):
        token = pointer.replace("~", "~0").replace("/", "~1")
        assert {violation.pointer for violation in check(value)} == {f"/{token}"}


_EXPECTED = (ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.If, ast.Expr, ast.ClassDef, ast.FunctionDef)
"""A docstring, imports, constants, the types, and definitions."""
