"""`parlance spec import` and `parlance spec bundle`: each edit, one verdict of all validators, what is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema_rs
import parlance as library
import pytest
from agreement.ajv import Ajv
from command import parlance
from import_cases import bad_cases, imported, provider_shapes, rows, written
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from parlance.finding.shape import is_array, is_object
from parlance.importing.normalisations import NORMALISATIONS

ROWS = rows()


def line_of(edit: dict[str, Any]) -> str:
    """An edit as the cases write it."""
    before, after = (shortened(edit[key]) if key in edit else "nothing" for key in ("before", "after"))
    pointer = edit["pointer"].removeprefix("/components/schemas") or "#"
    return f"{edit['line']} {edit['kind']} {pointer}: {before} → {after}"


def shortened(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 or "allOf" in text[:2] else f"{text[:59]}…"


@pytest.fixture(scope="module")
def ajv() -> Any:
    with Ajv() as process:
        yield process


@pytest.mark.parametrize("case", ROWS, ids=[case["name"] for case in ROWS])
def test_each_edit_is_reported_and_all_validators_agree(case: dict[str, Any], tmp_path: Path, ajv: Ajv) -> None:
    done = imported(case, tmp_path, "--report", "report.json")
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    expected = sorted(cut(line) for line in case["edits"])
    assert sorted(line_of(edit) for edit in report["edits"]) == expected
    check_values(case, tmp_path, ajv)


def check_values(case: dict[str, Any], tmp_path: Path, ajv: Ajv) -> None:
    """All validators have the verdict that the case says, of each of its values."""
    artifact = case.get("artifact", "request")
    readers = [pair for pair in other_readers(case, tmp_path, artifact, ajv) if pair[0] != case.get("without")]
    for verdict in ("accept", "refuse"):
        for value in case[verdict]:
            ours = library.validate(json.dumps(value), artifact, spec=tmp_path / "spec").ok
            theirs = {name: reads(value) for name, reads in readers}
            assert {"parlance": ours, **theirs} == dict.fromkeys(["parlance", *theirs], verdict == "accept"), value


def cut(line: str) -> str:
    """An expected edit, its values as long as they are shown."""
    head, _, after = line.partition(" → ")
    place, _, before = head.partition(": ")
    short = [text if len(text) <= 60 else f"{text[:59]}…" for text in (before, after)]
    return f"{place}: {short[0]} → {short[1]}"


def other_readers(case: dict[str, Any], folder: Path, artifact: str, ajv: Ajv) -> Any:
    """Validators of others, with the bundle of the document."""
    name = written(case, folder).name
    options = [str(option) for option in case.get("options", [])]
    done = parlance("spec", "bundle", name, "--output", "bundle.json", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    document = json.loads((folder / "bundle.json").read_text("utf-8"))
    OpenAPIV31SpecValidator(document).validate()
    root = next(
        media["schema"]["$ref"]
        for operation in operations(document)
        for body in [operation.get("requestBody", {"content": {}})]
        for media in body["content"].values()
        if artifact == "request" or media["schema"]["$ref"].lower().endswith(f"/{artifact}")
    )
    text = json.dumps(document["components"]["schemas"]).replace("#/components/schemas/", "#/$defs/")
    schema = {"$ref": root.replace("#/components/schemas/", "#/$defs/"), "$defs": json.loads(text)}
    for inner in schema["$defs"].values():
        without_discriminators(inner)
    (folder / "schema.json").write_text(json.dumps(schema), "utf-8")
    reads = ajv.reader(folder / "schema.json")
    plain: Any = Draft202012Validator(schema)
    yield "jsonschema", plain.is_valid
    yield "jsonschema-rs", jsonschema_rs.Draft202012Validator(schema).is_valid
    yield "ajv", partial(is_valid_to, reads)


def is_valid_to(reads: Callable[[str], str], value: object) -> bool:
    """Whether ajv takes a value."""
    return reads(json.dumps(value)) == "valid"


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for methods in document["paths"].values() for operation in methods.values()]


def without_discriminators(value: Any) -> None:
    """Take out what is a keyword of OpenAPI and not of JSON Schema: strict ajv asks for it to be known."""
    if is_object(value):
        if is_object(value.get("discriminator")) and "oneOf" in value:
            del value["discriminator"]
        for inner in value.values():
            without_discriminators(inner)
    elif is_array(value):
        for inner in value:
            without_discriminators(inner)


def test_every_kind_of_edit_has_a_case() -> None:
    seen = {line.split()[1] for case in ROWS for line in case["edits"]}
    assert seen == set(NORMALISATIONS)


SHAPES = provider_shapes()


@pytest.mark.parametrize("case", SHAPES, ids=[case["name"] for case in SHAPES])
def test_documents_in_the_shapes_of_providers_are_imported(case: dict[str, Any], tmp_path: Path, ajv: Ajv) -> None:
    done = imported(case, tmp_path, "--report", "report.json")
    assert done.returncode == 0, done.stderr
    counts = json.loads((tmp_path / "report.json").read_text("utf-8"))["summary"]
    assert {kind: count for kind, count in counts.items() if kind != "annotation"} == case["kinds"]
    check_values(case, tmp_path, ajv)


BAD = bad_cases()


@pytest.mark.parametrize("case", BAD, ids=[case["name"] for case in BAD])
def test_what_cannot_be_imported_is_refused_with_its_place(case: dict[str, Any], tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.yaml").write_text("A: {type: string}\n", "utf-8")
    done = imported(case, inside, "--report", "report.txt")
    assert done.returncode == 2
    assert done.stdout == ""
    first = done.stderr.split("\n")[0]
    assert first.startswith(f"{case.get('file', 'document.yaml')}:"), done.stderr
    assert case["error"] in first
    printed = re.sub(r"\n +\| ", " ", done.stderr)
    assert case["says"] in printed
    assert case["help"] in printed
    assert [path.name for path in inside.iterdir()] == [case.get("file", "document.yaml")]


def test_a_document_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "document.json").open("wb") as stream:
        stream.truncate(100 << 20)
    done = parlance("spec", "import", "document.json", "--output", "spec", cwd=tmp_path)
    assert done.returncode == 2
    assert "the file has 104,857,600 bytes, and a document has 33,554,432 at most" in done.stderr
    assert "cut it to the operation that you need" in done.stderr


def test_the_folder_of_a_spec_is_bundled(tmp_path: Path) -> None:
    case = ROWS[0]
    assert imported(case, tmp_path).returncode == 0
    for source, name in (("document.yaml", "one.json"), ("spec", "other.json")):
        day = ["--as-of", "2026-01-02"] if source != "spec" else []
        done = parlance("spec", "bundle", source, "--output", name, *day, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "other.json").read_bytes()
    done = parlance("spec", "bundle", "spec", "--output", "x.json", "--schemas", "Request", cwd=tmp_path)
    assert done.returncode == 2
    assert "a folder is bundled as it is" in done.stderr


def test_a_second_import_changes_nothing_and_leaves_the_work_of_others(tmp_path: Path) -> None:
    case = ROWS[0]
    assert "new" in imported(case, tmp_path).stdout
    before = {path: path.stat().st_mtime_ns for path in sorted((tmp_path / "spec").rglob("*"))}
    assert "nothing changed" in imported(case, tmp_path).stdout
    assert before == {path: path.stat().st_mtime_ns for path in sorted((tmp_path / "spec").rglob("*"))}
    own = tmp_path / "other" / "openapi.yaml"
    own.parent.mkdir()
    own.write_text("mine\n", "utf-8")
    done = parlance("spec", "import", "document.yaml", "--output", "other", cwd=tmp_path)
    assert done.returncode == 2
    assert "openapi.yaml is in the way: it was not generated" in done.stderr
    assert [path.name for path in own.parent.iterdir()] == ["openapi.yaml"]
    assert own.read_text("utf-8") == "mine\n"


def test_a_reference_to_another_address_is_read_from_the_file_that_is_given(tmp_path: Path) -> None:
    (tmp_path / "shared.json").write_text('{"A": {"type": "string", "maxLength": 1}}', "utf-8")
    schema = "Request: {type: object, properties: {a: {$ref: 'https://example.invalid/s.json#/A'}}}"
    done = imported({"schemas": schema}, tmp_path, "--ref", "https://example.invalid/s.json=shared.json")
    assert done.returncode == 0, done.stderr
    assert library.validate('{"a": "x"}', spec=tmp_path / "spec").ok
    assert not library.validate('{"a": "xy"}', spec=tmp_path / "spec").ok


TEXTS = [
    *("a: b #c", "- x", "{{ x }}", "\"'\\", "  led by blanks\n\n  and ended  \n", "tab\there"),
    *("\x7f\u2028\ufeff", "no", "é"),
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts_of_a_document_come_through_as_they_are(text: str, tmp_path: Path) -> None:
    schema = {"type": "object", "properties": {"a": {"description": f"x{text}x.", "enum": [text, "b"]}}}
    document = {"title": f"t{text}", **schema}
    (tmp_path / "document.json").write_text(json.dumps(document), "utf-8")
    done = parlance("spec", "import", "document.json", "--output", "spec", "--id", "texts", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (artifact,) = re.findall(r"schemas for (\S+):", done.stdout)
    assert library.validate(json.dumps({"a": text}), artifact, spec=tmp_path / "spec").ok
    assert not library.validate(json.dumps({"a": f"{text}!"}), artifact, spec=tmp_path / "spec").ok
    assert parlance("spec", "bundle", "spec", "--output", "out.json", cwd=tmp_path).returncode == 0
    bundled = json.loads((tmp_path / "out.json").read_text("utf-8"))
    (record,) = (each for each in bundled["components"]["schemas"].values() if "properties" in each)
    assert record["properties"]["a"]["description"] == f"x{text}x."


@pytest.mark.parametrize("depth", [250, 60])
def test_schemas_that_stand_deep_in_one_another_are_refused(depth: int, tmp_path: Path) -> None:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(depth):
        schema = {"type": "array", "items": schema}
    (tmp_path / "deep.json").write_text(json.dumps({"type": "object", "properties": {"a": schema}}), "utf-8")
    done = parlance("spec", "import", "deep.json", "--output", "spec", cwd=tmp_path)
    assert done.returncode == (2 if depth > 64 else 0), done.stderr
    assert ("more than 64 deep" in done.stderr) is (depth > 64)


def test_a_long_chain_of_names_is_refused(tmp_path: Path) -> None:
    schemas: dict[str, Any] = {f"A{number}": {"$ref": f"#/$defs/A{number + 1}"} for number in range(2000)}
    schemas["A2000"] = {"type": "string"}
    document = {"type": "object", "properties": {"a": {"$ref": "#/$defs/A0"}}, "$defs": schemas}
    (tmp_path / "chain.json").write_text(json.dumps(document), "utf-8")
    done = parlance("spec", "import", "chain.json", "--output", "spec", cwd=tmp_path)
    assert done.returncode == 2
    assert "too long a chain" in done.stderr
    assert "Traceback" not in done.stderr
