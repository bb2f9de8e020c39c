"""Editions, versions of OpenAPI, parts of documents and notes, as `parlance generate --from-schema` reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conformance.ours import loaded
from parlance.cli import main
from parlance.finding import Finding, SpecError
from parlance.schema_compiler.compiling import Options, compile_schema
from parlance.schema_compiler.module import Header
from parlance.schemas.document_library import Library
from parlance.schemas.documents import SchemaDocument

OLD = "http://json-schema.org/draft-04/schema#"


def verdict(document: Any, start: str = "") -> tuple[Any, list[str]]:
    """What says whether a value is valid by a part of a document, and the notes that were made."""
    notes: list[Finding] = []
    options = Options(start=start, note=notes.append)
    text = compile_schema(SchemaDocument("", "", document), Library(), options, Header("a test", "pytest"))
    return loaded(text)["is_valid"], [note.message for note in notes]


def refusal(document: Any, start: str = "") -> str:
    """What is said of a document that is refused."""
    with pytest.raises(SpecError) as caught:
        verdict(document, start)
    return "\n".join(finding.message for finding in caught.value.findings)


def openapi(version: str, **schemas: Any) -> dict[str, Any]:
    return {"openapi": version, "info": {"title": "t", "version": "1"}, "components": {"schemas": schemas}}


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["generate", *arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


EDITIONS: list[tuple[dict[str, Any], list[Any], list[Any]]] = [
    ({"minimum": 3, "exclusiveMinimum": True}, [3.5, "x"], [3, 2]),
    ({"minimum": 3, "exclusiveMinimum": False}, [3], [2]),
    ({"maximum": 3, "exclusiveMaximum": True}, [2], [3]),
    (
        {"id": "http://e.com/r", "definitions": {"a": {"id": "b", "type": "null"}}, "items": {"$ref": "b"}},
        [[None]],
        [[1]],
    ),
    ({"definitions": {"a": {"id": "#b", "type": "null"}}, "items": {"$ref": "#b"}}, [[None]], [[1]]),
    ({"properties": {"id": {"type": "string"}}}, [{"id": ""}], [{"id": 1}]),
    ({"items": [{"type": "null"}], "additionalItems": False}, [[None]], [[None, 1], [1]]),
    ({"dependencies": {"a": ["b"]}}, [{"b": 1}], [{"a": 1}]),
]


@pytest.mark.parametrize(("schema", "valid", "invalid"), EDITIONS)
def test_the_keywords_of_draft_04_mean_what_they_did(schema: Any, valid: list[Any], invalid: list[Any]) -> None:
    for address in (OLD, OLD.rstrip("#"), OLD.replace("http:", "https:")):
        is_valid, _ = verdict({"$schema": address, **schema})
        assert all(map(is_valid, valid))
        assert not any(map(is_valid, invalid))


@pytest.mark.parametrize("keyword", ["const", "if", "contains", "propertyNames", "unevaluatedProperties", "nullable"])
def test_a_keyword_that_an_edition_does_not_have_and_that_would_refuse_values_is_an_error(keyword: str) -> None:
    assert keyword in refusal({"$schema": OLD, keyword: {}})


NULLABLE: list[Any] = [
    {"type": "string", "minLength": 2},
    {"enum": ["aa", "bb"]},
    {"type": "string", "enum": ["aa"]},
    {"$ref": "#/components/schemas/Text"},
    {"allOf": [{"$ref": "#/components/schemas/Text"}]},
    {"anyOf": [{"$ref": "#/components/schemas/Text"}, {"type": "boolean"}]},
    {"oneOf": [{"type": "string", "pattern": "a"}, {"$ref": "#/components/schemas/Object"}]},
    {"not": {"type": ["null", "integer"]}},
]


@pytest.mark.parametrize("schema", NULLABLE, ids=json.dumps)
@pytest.mark.parametrize("version", ["3.0.0", "3.0.3", "3.1.0"])
def test_null_is_accepted_wherever_nullable_stands(version: str, schema: Any) -> None:
    named = {"Text": {"type": "string"}, "Object": {"type": "object", "required": ["a"]}}
    is_valid, notes = verdict(openapi(version, A={**schema, "nullable": True}, **named), "/components/schemas/A")
    plain, silent = verdict(openapi(version, A={**schema, "nullable": False}, **named), "/components/schemas/A")
    assert (is_valid(None), plain(None), silent) == (True, False, [])
    assert len(notes) == (1 if version == "3.1.0" else 0)
    values: list[Any] = ["aa", "", 1, {}, [], False, 1.5]
    for value in values:
        assert is_valid(value) == plain(value)


def test_bounds_and_siblings_are_read_as_the_version_means_them() -> None:
    schema = {"type": "number", "minimum": 3, "exclusiveMinimum": True}
    for version in ("3.0.1", "3.1.1"):
        is_valid, _ = verdict(openapi(version, A=schema), "/components/schemas/A")
        assert [is_valid(value) for value in (3, 4)] == [False, True]
    beside = {"$ref": "#/components/schemas/B", "maxLength": 1, "description": "x"}
    for version, kept in (("3.0.1", True), ("3.1.1", False)):
        is_valid, notes = verdict(openapi(version, A=beside, B={"type": "string"}), "/components/schemas/A")
        assert is_valid("long") is kept
        assert [note.partition(": ")[2] for note in notes] == (
            ["maxLength says nothing beside a $ref in OpenAPI 3.0"] if kept else []
        )


def test_a_property_may_have_the_name_of_a_keyword_of_openapi() -> None:
    schema = {
        "properties": {"nullable": {"type": "string"}, "exclusiveMinimum": {"type": "boolean"}},
        "nullable": False,
    }
    is_valid, _ = verdict(openapi("3.1.0", A={"type": "object", **schema}), "/components/schemas/A")
    assert is_valid({"nullable": "x", "exclusiveMinimum": True})
    assert not is_valid({"nullable": True})


ANNOTATIONS = ["markdownDescription", "tsType", "x-note", "enumDescriptions", "deprecationMessage", "javaType", "_note"]


@pytest.mark.parametrize("word", [*ANNOTATIONS, "$comment", "examples", "readOnly", "//", "$defs", "meta:enum"])
def test_what_is_known_to_be_a_remark_needs_no_permission(word: str) -> None:
    is_valid, notes = verdict({"$schema": OLD, "type": "string", word: []})
    assert (is_valid("a"), is_valid(1), notes) == (True, False, [])


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("requierd", "required"),
        ("propertis", "properties"),
        ("addtionalProperties", "additionalProperties"),
        ("emum", "enum"),
        ("markdownDescripton", "markdownDescription"),
    ],
)
def test_a_misspelt_keyword_stays_an_error_with_the_near_name(word: str, near: str) -> None:
    assert f"did you mean {near!r}" in refusal({"$schema": OLD, "type": "string", word: []})


def test_a_remark_that_holds_a_schema_is_a_property_in_the_wrong_place() -> None:
    assert verdict({"type": "object", "name": "Order", "version": "1"})[0]({})
    assert "unknown keyword 'name'" in refusal({"type": "object", "name": {"type": "string"}})


DOCUMENT = {"tools": [{"in": {"type": "object", "properties": {"a b": {"type": "null"}, "100%": {"type": "null"}}}}]}


@pytest.mark.parametrize(
    ("start", "valid"),
    [
        ("/tools/0/in", {"a b": None}),
        ("/tools/0/in/properties/a b", None),
        ("/tools/0/in/properties/a%20b", None),
        ("/tools/0/in/properties/100%", None),
        ("/tools/0/in/properties/100%25", None),
    ],
)
def test_any_part_of_any_document_can_be_a_schema(start: str, valid: Any) -> None:
    is_valid, _ = verdict(DOCUMENT, start)
    assert is_valid(valid)
    assert not is_valid(3)


@pytest.mark.parametrize("start", ["/tools/1", "/tools/in", "/tools/00", "/tols", "/tools/0/in/type/x", "name"])
def test_a_part_that_is_not_there_is_refused(start: str) -> None:
    assert "leads nowhere" in refusal(DOCUMENT, start) or "no anchor" in refusal(DOCUMENT, start)


def test_a_part_may_say_its_own_edition_and_be_named_by_an_anchor() -> None:
    old = {"schemas": {"A": {"$schema": OLD, "minimum": 3, "exclusiveMinimum": True}}}
    assert not verdict(old, "/schemas/A")[0](3)
    assert not verdict({"$defs": {"A": {"$anchor": "a", "type": "null"}}}, "a")[0](3)


ACCEPTS_EVERYTHING: list[Any] = [
    True,
    {},
    {"title": "x"},
    {"$defs": {"A": {"type": "string"}}},
    {"$ref": "#/$defs/a", "$defs": {"a": {"description": "x"}}},
    {"properties": {"a": {"items": {}}, "b": {"$ref": "#"}}},
    {"anyOf": [{"type": "string"}, {}]},
    {"format": "email", "uniqueItems": False, "required": []},
]


@pytest.mark.parametrize("schema", ACCEPTS_EVERYTHING, ids=json.dumps)
def test_what_would_check_nothing_is_never_written(
    schema: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("schema.json").write_text(json.dumps(schema))
    assert run("--from-schema", "schema.json", "--output", "module.py") == 2
    assert "accepts every value" in capsys.readouterr().err
    assert not Path("module.py").exists()


@pytest.mark.parametrize(
    "schema", [False, {"not": {}}, {"required": ["a"]}, {"anyOf": [{"type": "null"}]}, {"items": False}]
)
def test_what_refuses_anything_at_all_is_written(schema: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("schema.json").write_text(json.dumps(schema))
    assert run("--from-schema", "schema.json", "--output", "module.py") == 0


def test_notes_are_printed_once_each_and_hinder_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    parts = {name: {"type": "string", "nullable": True} for name in "abc"}
    Path("api#1.json").write_text(json.dumps(openapi("3.1.0", A={"type": "object", "properties": parts}), indent=1))
    Path("api.json").write_text(Path("api#1.json").read_text())
    assert run("--from-schema", "api.json#/components/schemas/A", "--output", "module.py") == 0
    printed = capsys.readouterr()
    assert printed.out == "module.py: new\n"
    assert printed.err.startswith("api.json:14:7: note: `nullable` has no meaning in OpenAPI 3.1")
    assert printed.err.endswith("(and 2 more)\n")
    text = Path("module.py").read_text()
    assert "Schema: api.json#/components/schemas/A\n" in text
    assert run("--from-schema", "api.json#/components/schemas/A", "--output", "module.py", "--check") == 0
    # A file whose name has the sign in it is that file.
    assert run("--from-schema", "api#1.json", "--output", "other.py") == 2
    assert "api#1.json:2:2: error PAR903" in capsys.readouterr().err


def source_of(schema: Any) -> str:
    return compile_schema(SchemaDocument("", "", schema), Library(), Options(), Header("a test", "pytest"))


def test_a_long_pattern_stands_in_a_module_once() -> None:
    pattern = r"^[\p{Letter}\p{Number}_]+(/[\p{Letter}\p{Number}_]+)?$"
    slow = r"^(\p{Letter}+\p{Letter}*)+x$"  # searched for by a program
    properties = {name: {"type": "string", "pattern": pattern} for name in "abcdefgh"}
    named = {"type": "object", "patternProperties": {slow: {"type": "string"}}, "additionalProperties": False}
    once = source_of({"properties": {"a": properties["a"], "named": named}})
    often = source_of({"properties": {**properties, "named": named, "more": named}})
    assert len(often) < len(once) * 1.2
    is_valid = loaded(often)["is_valid"]
    assert is_valid({"a": "ä/ß", "h": "x", "named": {"abx": "y"}})
    for value in ({"a": "/"}, {"h": "-"}, {"named": {"ab": "y"}}, {"more": {"abx": 1}}):
        assert not is_valid(value)
        assert [*loaded(often)["check"](value)]


@pytest.mark.parametrize(
    ("one", "other", "excluded"),
    [
        (["a"], ["b"], True),
        (["a"], [], True),
        ([], [], False),
        (["a", "b"], ["b", "a"], False),
    ],
)
def test_closed_objects_exclude_each_other_by_what_they_require(
    one: list[str], other: list[str], excluded: bool
) -> None:
    def closed(required: list[str], more: str) -> dict[str, Any]:
        properties: dict[str, Any] = {name: {"type": "string"} for name in [*required, more]}
        return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}

    text = source_of({"oneOf": [closed(one, "x"), closed(other, "y"), {"type": "string"}]})
    is_valid = loaded(text)["is_valid"]
    assert ("and is " not in text) is excluded  # "must be one of several forms, and is 2 of them"
    assert is_valid({**dict.fromkeys(one, "v"), "x": "v"})
    assert is_valid("text")
    assert is_valid({}) is (bool(one) is not bool(other))
    assert not is_valid({"x": "v", "y": "v"})


def test_a_name_is_searched_for_once() -> None:
    schema = {
        "type": "object",
        "properties": {"named": {"type": "null"}},
        "patternProperties": {"^[^-]+-[^-]+$": {"type": "integer"}},
        "additionalProperties": {"type": "string"},
    }
    text = source_of(schema)
    assert text.partition("def check")[2].partition("def _check_root")[0].count('matches("') == 1
    is_valid = loaded(text)["is_valid"]
    assert is_valid({"named": None, "a-b": 1, "c": "x"})
    for value in ({"a-b": "x"}, {"c": 1}, {"named": "x"}, {"a-b": 1.5}):
        assert not is_valid(value)
