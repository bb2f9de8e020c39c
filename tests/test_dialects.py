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
from agreement.dialect_tables import Trial, WholeDocument, trials, whole_documents
from parlance.cli.overview import overview
from parlance.contract.ir import Enumeration, Field, Record, Refused
from parlance.finding.catalogue import CATALOGUE
from parlance.library import FutureDialectWarning
from parlance.on_demand import note_on_day
from parlance.spec import resolve
from parlance.targets.python_names import member_names
from parlance_dialects.artifact import Artifact
from rows import each_row

CASES = Path(__file__).parent / "cases" / "dialects"
TABLES = sorted(CASES.glob("*/*.yaml"))
SEEDS = {"openai-2024-06": 23, "openai-2025-12": 23, "atoma-2024-12": 18, "kluster-2024-10": 18, "openai-2024-10": 26}
"""How many live request fields each of the five documents prints."""

SPEC = shipped.spec()


def _name(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def _table(path: Path) -> dict[str, Any]:
    table: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return table


def _artifact(path: Path) -> Artifact:
    """What the table in a file is about."""
    module = importlib.import_module(f"parlance_dialects.{path.parent.name.replace('-', '_')}")
    artifact: Artifact = module.ARTIFACTS[path.stem]
    return artifact


def _as_the_table_says(trial: Trial, artifact: Artifact) -> bool:
    found = list(artifact.check(trial.document))
    errors = [(each.code, each.pointer) for each in found if each.severity == "error"]
    if artifact.is_valid(trial.document) is not (not errors):
        return False
    if trial.code == "accept" or trial.is_warning or CATALOGUE[trial.code].severity != "error":
        others = [(each.code, each.pointer) for each in found]
        return errors == [] and (trial.code == "accept" or (trial.code, trial.pointer) in others)
    return errors == [(trial.code, trial.pointer)]


# A test for each table, not for each of its thousands of rows: to run one takes far less than to collect and report it.
@pytest.mark.parametrize("path", TABLES, ids=_name)
def test_documents_get_the_verdicts_of_the_table(path: Path) -> None:
    artifact, tried = _artifact(path), [*trials(_table(path))]
    assert tried
    wrong = [
        f"{trial.pointer or '/'}: {json.dumps(trial.document)[:500]} should be {trial.code}, "
        f"and is found {[f'{each.severity} {each.code} {each.pointer}' for each in artifact.check(trial.document)]}"
        for trial in tried
        if not _as_the_table_says(trial, artifact)
    ]
    assert not wrong, "\n".join([f"{path.relative_to(CASES)}:", *wrong])


def test_a_row_that_is_wrong_is_found() -> None:
    artifact = _artifact(CASES / "openai-2024-06" / "request.yaml")
    minimal: dict[str, Any] = {"model": "gpt-4o", "messages": [{"role": "user", "content": "Hello"}]}
    refused: dict[str, Any] = {**minimal, "n": 0}
    assert _as_the_table_says(Trial("", "accept", minimal), artifact)
    assert _as_the_table_says(Trial("/n", "PAR106", refused), artifact)
    for trial in (
        Trial("", "accept", refused),
        Trial("/n", "PAR106", minimal),
        Trial("/n", "PAR104", refused),
        Trial("/top_p", "PAR106", refused),
        Trial("/n", "PAR106", refused, is_warning=True),
    ):
        assert not _as_the_table_says(trial, artifact), trial


def _whole_documents() -> Iterator[tuple[Path, WholeDocument]]:
    for path in TABLES:
        if "\ndocuments:" in path.read_text("utf-8"):  # to read all the tables would take every process two seconds
            yield from ((path, document) for document in whole_documents(_table(path)))


@each_row(_whole_documents(), lambda row: f"{_name(row[0])}: {row[1].why}")
def test_a_whole_document_gets_the_findings_of_the_table(row: tuple[Path, WholeDocument]) -> None:
    path, case = row
    dialect, artifact = path.parent.name, path.stem
    found = parlance.lint(case.document, artifact=artifact, dialect=dialect).findings
    by_severity = {
        str(severity): sorted(f"{each.code} {each.pointer}" for each in found if each.severity == severity)
        for severity in ("error", "warning")
    }
    assert by_severity["error"] == sorted(case.errors)
    assert set(case.warnings) <= set(by_severity["warning"])
    assert case.errors or case.warnings or by_severity["warning"] == []
    validated = parlance.validate(case.document, artifact=artifact, dialect=dialect).findings
    errors, refused = ([one for one in each if one.severity == "error"] for each in (found, validated))
    assert errors == refused


@each_row(TABLES, _name)
def test_a_minimal_document_is_free_of_warnings(path: Path) -> None:
    assert list(_artifact(path).check(_table(path)["minimal"])) == []


def _request_fields(dialect: str) -> tuple[Field, ...]:
    contract = shipped.contract_of(dialect)
    root = next(each.root for each in contract.artifacts if each.name == "request")
    record = next(each for each in contract.definitions if each.name == root)
    assert isinstance(record, Record)
    return tuple(field for field in record.fields if not isinstance(field.policy, Refused))


@pytest.mark.parametrize("dialect", SEEDS)
def test_a_request_has_the_fields_of_its_document(dialect: str) -> None:
    table = _table(CASES / dialect / "request.yaml")
    fields = _request_fields(dialect)
    printed = {field.name for field in fields if field.printed}
    assert printed == set(table["printed"])
    assert {field.name for field in fields if not field.printed} == set(table["unprinted"])
    assert len(printed) == SEEDS[dialect]


@pytest.mark.parametrize("dialect", SEEDS)
def test_every_printed_field_has_a_case(dialect: str) -> None:
    table = _table(CASES / dialect / "request.yaml")
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


@pytest.mark.parametrize("advice", [True, False])
def test_what_a_dialect_lowers_is_no_error_where_notes_are_not_shown(advice: bool) -> None:
    payload = {"model": "m", "messages": [{"role": "user", "content": "Hello"}], "top_logprobs": 2}
    found = parlance.lint(payload, dialect="compatible", select=["ALL"] if advice else None).findings
    assert [str(each.severity) for each in found if each.code == "PAR201"] == ["warning"]
