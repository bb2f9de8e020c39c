"""Types that `--from-schema --with` writes: they accept all that the checks accept, whatever the schema is called."""

from __future__ import annotations

import ast
import json
import sys
import types
from dataclasses import replace
from pathlib import Path
from typing import Any

import pydantic
import pytest
import yaml
from conformance.sampling import Sampler
from parlance.cli import main
from parlance.finding import SpecError
from parlance.finding.shape import is_array, is_object
from parlance.runtime.python.equality import comparable
from parlance.schema_compiler.compiling import CompiledSchema, Options, TypeTarget, compile_with_types
from parlance.schema_compiler.module import Header
from parlance.schemas.building import Permissions
from parlance.schemas.document_library import Library
from parlance.schemas.documents import SchemaDocument
from parlance.schemas.drafts import Draft
from typescript.tools import ABSENT, FOLDER, is_installed
from typescript.tools import run as run_node

ATTEMPTS: dict[str, list[str]] = yaml.load(
    (Path(__file__).parent / "cases" / "injection" / "attempts.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
)
HOSTILE = [text for texts in ATTEMPTS.values() for text in texts]
PYTHON: tuple[TypeTarget, ...] = ("models", "typeddicts")

ORDER: dict[str, Any] = {
    "title": "Order",
    "type": "object",
    "required": ["lines", "class"],
    "properties": {
        "lines": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/order-line"}},
        "class": {"enum": ["cheap", "dear", None]},
        "next": {"$ref": "#"},
        "price": {"type": ["number", "null"], "minimum": 0},
        "address": {"type": "object", "properties": {"city": {"type": "string", "pattern": "(?=a)a"}}},
        "notes": {"type": "object", "additionalProperties": {"type": "string", "format": "date"}},
        "tag": {"oneOf": [{"const": "a"}, {"type": "boolean"}, {"type": "array", "items": {"type": "integer"}}]},
        "anything": {},
    },
    "$defs": {
        "order-line": {"allOf": [{"$ref": "#/$defs/base"}, {"type": "object", "required": ["count"]}]},
        "base": {"type": "object", "properties": {"count": {"type": "integer"}, "id": {"type": "string"}}},
    },
}
VALID: list[Any] = [
    {"lines": [{"count": 1}], "class": None},
    {"lines": [{"count": 1.0, "id": "x", "more": [1]}], "class": "dear", "price": 1.5, "address": {"city": "a"}},
    {"lines": [{"count": 2}], "class": "cheap", "next": {"lines": [{"count": 3}], "class": None}, "price": None},
    {"lines": [{"count": 2}], "class": "cheap", "notes": {"a": "no date"}, "tag": [1, 2], "anything": {"x": None}},
    {"lines": [{"count": 2}], "class": "cheap", "tag": True, "price": 10**20},
]


def made(schema: Any, target: TypeTarget, start: str = "") -> CompiledSchema:
    document = SchemaDocument("", "", schema)
    return compile_with_types(document, Library(), Options(types=target, start=start), Header("a test", "pytest"))


def loaded(schema: Any, target: TypeTarget) -> tuple[Any, pydantic.TypeAdapter[Any]]:
    return load(made(schema, target), target)


def load(result: CompiledSchema, target: TypeTarget) -> tuple[Any, pydantic.TypeAdapter[Any]]:
    """The module, and what holds a value against the type of the root, which comes last among the types."""
    text = result.module
    if target == "typeddicts":  # for Pydantic alone, before Python 3.12
        text = text.replace("from typing import", "from typing_extensions import", 1)
    module: Any = types.ModuleType("made_of_schema")
    sys.modules["made_of_schema"] = module
    exec(compile(text, "made.py", "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - our own output
    return module, pydantic.TypeAdapter(getattr(module, result.root))


@pytest.mark.parametrize("target", PYTHON)
def test_a_type_accepts_what_is_valid_and_gives_it_back(target: TypeTarget) -> None:
    module, adapter = loaded(ORDER, target)
    for value in VALID:
        assert module.is_valid(value)
        given_back: Any = adapter.dump_python(adapter.validate_python(value), by_alias=True, exclude_unset=True)
        assert target != "models" or comparable(given_back) == comparable(value)
    invalid: list[Any] = [
        3,
        {"lines": []},
        {"lines": [{}], "class": "other"},
        {"class": None, "lines": [{"count": "x"}]},
    ]
    for value in invalid:
        with pytest.raises(pydantic.ValidationError):
            adapter.validate_python(value)
    assert {"Document", "OrderLine", "Address", "Violation", "check", "is_valid"} == {*module.__all__}


def typed(schema: Any) -> Any:
    """A schema that says the type of objects and arrays, which types imply where nobody does."""
    if is_array(schema):
        return [*map(typed, schema)]
    if not is_object(schema):
        return schema
    result: dict[str, Any] = {}
    for key, value in schema.items():
        is_map = key in {"properties", "$defs", "definitions", "patternProperties", "dependentSchemas"}
        is_value = key in {"enum", "const", "required"}
        result[key] = value if is_value else {k: typed(v) for k, v in value.items()} if is_map else typed(value)
    if not result.keys() & {"type", "enum", "const"}:
        if result.keys() & {"properties", "required", "additionalProperties", "patternProperties"}:
            result["type"] = "object"
        elif result.keys() & {"items", "prefixItems"}:
            result["type"] = "array"
    return result


@pytest.mark.parametrize("target", PYTHON)
def test_types_of_random_schemas_accept_what_the_checks_accept(target: TypeTarget) -> None:
    sampler, compared = Sampler(20), 0
    for _ in range(25):
        try:
            module, adapter = loaded(typed(sampler.document(Draft.DRAFT_2020_12)), target)
        except SpecError:  # a reference that leads back to itself
            continue
        for value in (sampler.value() for _ in range(20)):
            if module.is_valid(value):
                result: Any = adapter.dump_python(adapter.validate_python(value), by_alias=True, exclude_unset=True)
                assert target != "models" or comparable(result) == comparable(value)
                compared += 1
    assert compared > 100


NAMES = [
    *("_x", "__proto__", "class", "None", "self", "model_config", "model_x", "schema", "json", "copy", "int", "str"),
    *(
        "list",
        "Any",
        "Literal",
        "Field",
        "a-b",
        "a b",
        "a_b",
        "A_b",
        "1",
        "",
        " ",
        "\u017f",
        "é",
        "\ufb01",
        "日本",
        "field_",
        "root",
    ),
    *("Document", "x: int = 1\n", "'", '"""', "\\", "{{x}}", "\ue000\ue001", "constructor", "*/", "//", "$ref"),
]


@pytest.mark.parametrize("target", PYTHON)
def test_a_property_may_have_any_name(target: TypeTarget) -> None:
    schema = {"type": "object", "required": NAMES, "properties": {name: {"type": "integer"} for name in NAMES}}
    module, adapter = loaded(schema, target)
    value = dict.fromkeys(NAMES, 1)
    assert module.is_valid(value)
    assert adapter.dump_python(adapter.validate_python(value), by_alias=True) == value


@pytest.mark.parametrize("target", PYTHON)
def test_definitions_may_have_any_name(target: TypeTarget) -> None:
    names = [*NAMES, "Violation", "Json", "check", "BaseModel", "TypedDict", "NotRequired", "a_B", "PROGRAMS"]
    definitions = {name: {"type": "object", "properties": {"x": {"type": "null"}}} for name in names}
    references = [
        {"$ref": "#/$defs/" + name.replace("~", "~0").replace("/", "~1").replace("%", "%25")} for name in names
    ]
    module, adapter = loaded({"$defs": definitions, "type": "array", "prefixItems": references}, target)
    value = [{"x": None} for _ in names]
    assert module.is_valid(value)
    adapter.validate_python(value)
    assert len({*module.__all__}) == len(module.__all__) >= len(names)
    assert module.Violation("", "", "", "").pointer == ""


@pytest.mark.parametrize("target", PYTHON)
def test_texts_of_a_schema_stay_texts(target: TypeTarget) -> None:
    texts = HOSTILE[::2]
    schema = {
        "title": texts[0],
        "description": texts[1],
        "type": "object",
        "properties": {text: {"enum": [text, "x"], "description": text, "default": text} for text in texts},
        "$defs": {text: {"type": "object", "title": text} for text in texts},
    }
    module, adapter = loaded(schema, target)
    value = {text: text for text in texts}
    assert module.is_valid(value)
    assert adapter.dump_python(adapter.validate_python(value), by_alias=True, exclude_unset=True) == value
    text = made(schema, target).module
    called = {ast.unparse(node.func) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)}
    assert not called & {"open", "exec", "eval", "__import__", "print"}


def test_the_types_of_typescript_are_types_and_nothing_else(tmp_path: Path) -> None:
    texts = [*NAMES, *HOSTILE[::2]]
    hostile: dict[str, Any] = {
        "type": "object",
        "properties": {text: {"enum": [text, None]} for text in texts},
        "$defs": {"x": {}},
    }
    order = made(ORDER, "typescript").typescript or ""
    assert "export interface Document {\n  lines: OrderLine[];\n" in order
    assert '  class: "cheap" | "dear" | null;\n  next?: Document;\n  price?: number | null;\n' in order
    assert '  tag?: "a" | boolean | number[];\n  anything?: unknown;\n' in order
    if not is_installed():
        pytest.skip(ABSENT)
    (tmp_path / "order.ts").write_text(order, "utf-8")
    (tmp_path / "hostile.ts").write_text(made(hostile, "typescript").typescript or "", "utf-8")
    uses = [f"good.push({json.dumps(value)});" for value in VALID if "more" not in json.dumps(value)]
    uses += ["// @ts-expect-error a value that no order has", 'good.push({"lines": [], "class": "other"});']
    lines = ['import type { Document } from "./order.js";', "const good: Document[] = [];", *uses, "export { good };"]
    (tmp_path / "use.ts").write_text("\n".join(lines), "utf-8")
    names = [str(tmp_path / name) for name in ("order.ts", "hostile.ts", "use.ts")]
    compiler = str(FOLDER / "node_modules" / "typescript" / "bin" / "tsc")
    flags = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--skipLibCheck"]
    run_node(compiler, *flags, *names)


ARGUMENTS = [
    (["--with", "models", "--with", "typescript"], "--with is given more than once"),
    (["--with", "typescript", "--output", "-"], "name the module with --output"),
    (["--with", "zod"], "'zod' is not one of"),
]


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["generate", "--from-schema", "order.json", *arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "order.json").write_text(json.dumps(ORDER))
    return tmp_path


@pytest.mark.parametrize(("arguments", "message"), ARGUMENTS)
def test_what_cannot_be_asked_for_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert run("--output", "order.py", *arguments) == 2
    assert message in capsys.readouterr().err
    assert [*folder.iterdir()] == [folder / "order.json"]


def test_both_files_are_written_or_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order = ("--with", "typescript", "--output", "order.py")
    (folder / "order.ts").write_text("export {};\n")
    assert run(*order) == 2
    assert "order.ts is in the way" in capsys.readouterr().err
    assert not (folder / "order.py").exists()
    (folder / "order.ts").unlink()
    assert run(*order, "--check") == 1
    assert capsys.readouterr().out.startswith("order.py is missing\norder.ts is missing\nrun: parlance generate ")
    assert run(*order) == 0
    assert run(*order, "--check") == 0
    assert run(*order) == 0
    assert capsys.readouterr().out == (
        "order.py: new\norder.ts: new\norder.py is up to date\norder.ts is up to date\n"
        "order.py: nothing changed\norder.ts: nothing changed\n"
    )
    (folder / "order.ts").write_text((folder / "order.ts").read_text().replace("id?:", "key?:"))
    assert run(*order, "--check") == 1
    assert "order.py is up to date\norder.ts is stale\nrun: " in capsys.readouterr().out


REPORTS: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases" / "public-schemas.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
)


@pytest.mark.parametrize("case", REPORTS, ids=lambda case: case["report"].partition(" (")[0])
def test_public_reports(case: dict[str, Any]) -> None:
    options = Options(
        start=case.get("start", ""), permissions=Permissions(assert_formats=case.get("assert_formats", False))
    )
    document, header = SchemaDocument("", "", case["document"]), Header("a test", "pytest")
    for target in PYTHON:
        module, adapter = load(compile_with_types(document, Library(), replace(options, types=target), header), target)
        for value in case["valid"]:
            assert module.is_valid(value), value
            result: Any = adapter.dump_python(adapter.validate_python(value), by_alias=True, exclude_unset=True)
            assert target != "models" or comparable(result) == comparable(value)
        for value in case["invalid"]:
            assert not module.is_valid(value), value
            assert [*module.check(value)]
    text = compile_with_types(document, Library(), replace(options, types="typescript"), header).typescript or ""
    for line in case["types"]:
        assert line in text.split("\n"), text
