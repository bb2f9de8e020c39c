"""The dialects against the tables of `cases/dialects`: what each accepts, what it refuses, and where it warns."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import parlance
import pytest
import shipped
import yaml
from agreement.dialect_tables import trials
from parlance.cli.overview import overview
from parlance.contract.ir import Enumeration, Field, JsonValue, Record, Refused
from parlance.finding.catalogue import CATALOGUE
from parlance.library import FutureDialectWarning, note_on_day
from parlance.spec import resolve
from parlance.targets.python_names import member_names

CASES = Path(__file__).parent / "cases" / "dialects"
TABLES = sorted(CASES.glob("*/*.yaml"))
SEEDS = {"openai-2024-06": 23, "openai-2025-12": 23, "atoma-2024-12": 18, "kluster-2024-10": 18, "openai-2024-10": 26}
"""How many live request fields each of the five documents prints."""

SPEC = shipped.spec()


def _parameters() -> Iterator[Any]:
    for path in TABLES:
        where = (path.parent.name, path.stem)
        for pointer, code, document in trials(yaml.safe_load(path.read_text("utf-8"))):
            yield pytest.param(*where, pointer, code, document, id=f"{'-'.join(where)}:{pointer or '/'}:{code}")


@pytest.mark.parametrize(("dialect", "artifact", "pointer", "code", "document"), list(_parameters()))
def test_a_document_gets_the_verdict_of_the_table(
    dialect: str, artifact: str, pointer: str, code: str, document: JsonValue
) -> None:
    module = importlib.import_module(f"parlance_dialects.{dialect.replace('-', '_')}")
    found = list(module.ARTIFACTS[artifact].check(document))
    errors = [(each.code, each.pointer) for each in found if each.severity == "error"]
    assert module.ARTIFACTS[artifact].is_valid(document) is (not errors)
    if code != "accept" and CATALOGUE[code].severity == "error":
        assert errors == [(code, pointer)]
    else:
        assert errors == []
        assert code == "accept" or (code, pointer) in [(each.code, each.pointer) for each in found]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_minimal_document_is_free_of_warnings(path: Path) -> None:
    module = importlib.import_module(f"parlance_dialects.{path.parent.name.replace('-', '_')}")
    assert list(module.ARTIFACTS[path.stem].check(yaml.safe_load(path.read_text("utf-8"))["minimal"])) == []


def _request_fields(dialect: str) -> tuple[Field, ...]:
    contract = shipped.contract_of(dialect)
    root = next(each.root for each in contract.artifacts if each.name == "request")
    record = next(each for each in contract.definitions if each.name == root)
    assert isinstance(record, Record)
    return tuple(field for field in record.fields if not isinstance(field.policy, Refused))


@pytest.mark.parametrize("dialect", SEEDS)
def test_a_request_has_the_fields_of_its_document(dialect: str) -> None:
    table = yaml.safe_load((CASES / dialect / "request.yaml").read_text("utf-8"))
    fields = _request_fields(dialect)
    printed = {field.name for field in fields if field.printed}
    assert printed == set(table["printed"])
    assert {field.name for field in fields if not field.printed} == set(table["unprinted"])
    assert len(printed) == SEEDS[dialect]


@pytest.mark.parametrize("dialect", SEEDS)
def test_every_printed_field_has_a_case(dialect: str) -> None:
    table = yaml.safe_load((CASES / dialect / "request.yaml").read_text("utf-8"))
    assert {f"/{name}" for name in table["printed"]} <= {case["at"] for case in table["cases"]}


def test_the_example_of_openai_2024_06_is_valid_but_for_a_comma() -> None:
    folder = CASES / "openai-2024-06"
    assert parlance.validate((folder / "example-request.json").read_bytes(), "request", "openai-2024-06").findings == ()
    assert parlance.validate((folder / "example-response-mended.json").read_bytes(), "response", "openai-2024-06").ok
    [finding, *_] = parlance.validate(
        (folder / "example-response-as-printed.json").read_bytes(), "response", "openai-2024-06"
    ).findings
    assert finding.span is not None
    assert (finding.code, finding.span.line, finding.span.column) == ("PAR001", 11, 64)


def test_the_documents_print_29_fields_together() -> None:
    printed = {field.name for dialect in SEEDS for field in _request_fields(dialect) if field.printed}
    assert len(printed) == 29


def test_openai_2024_10_names_33_models_as_printed_and_no_other() -> None:
    rows: list[list[str]] = json.loads((CASES / "openai-2024-10" / "printed-models.json").read_text("utf-8"))
    models = next(each for each in shipped.contract_of("openai-2024-10").definitions if each.name == "ModelEnum")
    assert isinstance(models, Enumeration)
    assert not models.open
    names = member_names(models)
    assert [[names[index], member.value] for index, member in enumerate(models.members)] == [
        row for row in rows if row[0] != "GPT_4O_2024_08_062"
    ]
    assert len(models.members) == 33


def test_a_day_after_all_that_the_spec_knows_is_reported() -> None:
    request = '{"model": "m", "messages": [{"role": "user", "content": "Hello"}]}'
    with pytest.warns(FutureDialectWarning, match=f"knows nothing after {SPEC.base.as_of}: openai@2099-01-01"):
        assert parlance.validate(request, dialect="openai@2099-01-01").ok
    assert note_on_day(SPEC, SPEC.base.as_of) is None
    assert "knows nothing" in str(overview(SPEC, resolve(SPEC, "openai@2099-01-01"))["note"])
    assert overview(SPEC, resolve(SPEC, "kluster"))["note"] is None
