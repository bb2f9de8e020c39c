"""The JSON Schema bundles and OpenAPI documents are what their standards ask, and validators take them and agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from agreement.ajv import Ajv, AjvError
from agreement.generated import EVERY_SUBJECT, GENERATED, SUBJECTS, Subject
from openapi_spec_validator import OpenAPIV31SpecValidator

DIALECTS = sorted({subject.dialect for subject in SUBJECTS})

@pytest.mark.parametrize("subject", SUBJECTS, ids=str)
def test_a_bundle_is_a_schema_by_its_own_standard(subject: Subject) -> None:
    assert subject.bundle["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(subject.bundle)
    jsonschema_rs.meta.validate(subject.bundle)
    jsonschema_rs.Draft202012Validator(subject.bundle)


def test_ajv_says_why_it_does_not_take_a_schema(tmp_path: Path) -> None:
    schema = tmp_path / "misspelt.schema.json"
    schema.write_text('{"type": "object", "propertes": {}}', "utf-8")
    with Ajv() as ajv, pytest.raises(AjvError, match='unknown keyword: "propertes"'):
        ajv.reader(schema)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_openapi_document_is_one(dialect: str) -> None:
    document: Any = json.loads((GENERATED / "openapi" / f"{dialect}.json").read_bytes())
    assert document["openapi"].startswith("3.1.")
    assert [each.message for each in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_every_dialect_has_an_openapi_document() -> None:
    assert {path.stem for path in (GENERATED / "openapi").glob("*.json")} == {each.dialect for each in EVERY_SUBJECT}
