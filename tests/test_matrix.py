"""The matrix of dialects: its states, its places, and its three forms."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shipped
from parlance.cli import main
from parlance.cli.matrix_command import print_matrix
from parlance.contract.build import build_contract
from parlance.contract.ir import Contract
from parlance.folders import snapshot_file, spec_folder
from parlance.spec import Spec, load_spec, resolve
from parlance.targets.matrix import Cell, FieldPlace, UnknownFieldError, cells, request_fields
from parlance.targets.matrix_table import LETTERS, as_page, as_rows, as_text

CASES = Path(__file__).parent / "cases" / "overlays"
NAMES = ("vllm-scratch", "mistral-scratch")
SMALL = Path(__file__).parent / "cases" / "spec" / "foreign-small"
BAR = """overlay: 1.1.0
info: {title: A bar, version: '1'}
id: bar
description: A bar.
extends: shop
as-of: 2025-03-01
actions:
"""
ACTION = """  - target: $.components.schemas.FIELD
    policy: POLICY
    evidence: {source: a visit, date: 2025-02-01, says: we tried}
"""


@pytest.fixture(scope="module", name="spec")
def scratch_spec(tmp_path_factory: pytest.TempPathFactory) -> Spec:
    """The spec with both scratch dialects."""
    root = tmp_path_factory.mktemp("matrix") / "spec"
    shutil.copytree(spec_folder(), root)
    for path in CASES.glob("*.yaml"):
        shutil.copy(path, root / "dialects")
    return load_spec(root, snapshot=snapshot_file())


@pytest.fixture(scope="module", name="contracts")
def scratch_contracts(spec: Spec) -> dict[str, Contract]:
    known = {name: shipped.contract_of(name) for name in ("openai", "kluster")}
    return known | {name: build_contract(resolve(spec, name)) for name in NAMES}


def cell(contracts: dict[str, Contract], dialect: str, field: str) -> Cell:
    [[found]] = cells([(dialect, contracts[dialect])], [FieldPlace.of(field)], contracts["openai"])
    return found


@pytest.mark.parametrize(
    ("dialect", "field", "state", "bounds", "null", "confidence"),
    [
        ("openai", "temperature", "supported", "From 0 to 2.", True, None),
        ("kluster", "tools", "refused", None, None, "A"),
        ("vllm-scratch", "user", "ignored", None, None, "A"),
        ("mistral-scratch", "temperature", "clamped", "at least 0 and at most 1.5", True, "B"),
        ("mistral-scratch", "tool_choice", "mapped", '"required" as "any"', True, "A"),
        ("mistral-scratch", "seed", "renamed", "random_seed", None, "A"),
        ("mistral-scratch", "safe_prompt", "extension", None, False, "A"),
        ("mistral-scratch", "top_p", "refused", None, None, "C"),
        ("mistral-scratch", "logit_bias", "refused", None, None, "A"),
        ("vllm-scratch", "top_p", "unknown", "From 0 to 1 (not confirmed).", None, None),
        ("vllm-scratch", "n", "supported", "At most 16384. At least 1 (not confirmed).", True, "A"),
        # a field that only another dialect has: by what becomes of unknown ones
        ("mistral-scratch", "guided", "refused", None, None, "A"),
        ("vllm-scratch", "safe_prompt", "unknown", None, None, None),
        # deeper ones, and values
        ("openai", "/messages/*/role=developer", "supported", None, None, None),
        ("mistral-scratch", "/messages/*/role=developer", "refused", None, None, "A"),
        ("mistral-scratch", "/messages/*/role=user", "supported", None, None, None),
        ("vllm-scratch", "/tools/*/type=custom", "refused", None, None, "A"),
        ("mistral-scratch", "/reasoning_effort=medium", "refused", None, None, "A"),
        ("mistral-scratch", "/reasoning_effort=low", "ignored", None, None, "A"),
        ("openai", "/reasoning_effort=other", "refused", None, None, None),
        ("openai", "/stream_options/include_usage", "supported", None, False, None),
        ("openai", "/response_format/json_schema/name", "supported", "1 to 64 characters. ", False, None),
        ("openai", "/messages/*/content/*/text", "supported", None, False, None),
    ],
)
def test_a_field_has_its_state(  # noqa: PLR0913, PLR0917 the columns of the table
    contracts: dict[str, Contract],
    dialect: str,
    field: str,
    state: str,
    bounds: str | None,
    null: bool | None,
    confidence: str | None,
) -> None:
    if field in {"guided", "safe_prompt"}:
        columns = [(name, contracts[name]) for name in contracts]
        [row] = cells(columns, [FieldPlace.of(field)], contracts["openai"])
        found = next(each for each in row if each.dialect == dialect)
    else:
        found = cell(contracts, dialect, field)
    assert (found.dialect, found.field, found.state) == (dialect, field, state)
    assert (found.bounds or "").startswith(bounds or "")
    assert bool(found.bounds) is bool(bounds)
    if null is not None:
        assert found.null is null
    if confidence is not None:
        assert found.confidence == confidence
    assert found.state in LETTERS


def test_a_field_of_no_dialect_is_an_error(contracts: dict[str, Contract]) -> None:
    for field in ("sed", "/messages/*/rol", "/messages/role", "/nowhere/*", ""):
        with pytest.raises(UnknownFieldError) as raised:
            cell(contracts, "openai", field)
        assert raised.value.field == field
        assert "seed" in raised.value.known


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["dialects", "matrix", *arguments])
    assert isinstance(ended.value.code, int)
    out, err = capsys.readouterr()
    return ended.value.code, out, err


def test_an_unknown_field_is_named_with_the_near_one(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "--dialect", "openai,kluster", "--field", "sed")
    assert (code, out) == (2, "")
    assert "no request has a field 'sed'; did you mean 'seed'?" in " ".join(err.split())
    code, _, err = run(capsys, "--field", "/messages/*/zzz")
    assert code == 2
    assert "deeper ones are pointers" in " ".join(err.split())
    code, _, err = run(capsys, "--dialect", "opnai")
    assert code == 2
    assert "openai" in err


def test_json_has_a_cell_for_each_field_and_dialect(capsys: pytest.CaptureFixture[str]) -> None:
    names = ["openai", "kluster"]
    arguments = ["--dialect", ",".join(names), "--field", "tools", "--field", "/messages/*/role=tool"]
    code, out, _ = run(capsys, *arguments, "--output-format", "json")
    rows: list[dict[str, Any]] = json.loads(out)["cells"]
    assert code == 0
    assert [(row["field"], row["dialect"]) for row in rows] == [
        (field, name) for field in ("tools", "/messages/*/role=tool") for name in names
    ]
    for row in rows:
        assert [*row] == ["dialect", "field", "state", "bounds", "null", "confidence", "date", "evidence"]
        assert row["confidence"] in {"A", "B", "C", None}
        assert all([*each] == ["source", "date", "says"] for each in row["evidence"])
    assert rows[1]["state"] == "refused"
    assert rows[1]["date"] == "2024-10-16"


def test_a_dialect_that_is_named_twice_has_one_column(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "--dialect", "openai,openai", "--dialect", "openai", "--field", "seed")
    assert "seed S\n" in out


def test_the_text_fits_80_columns_with_many_dialects(contracts: dict[str, Contract]) -> None:
    columns = [(f"a-dialect-with-a-long-name-{number:02}", contracts["mistral-scratch"]) for number in range(30)]
    values = map(FieldPlace.of, ("/messages/*/role=developer", "/prompt_cache_retention=in_memory"))
    fields = [*request_fields([contracts["openai"]]), *values]
    rows = cells(columns, fields, contracts["openai"])
    lines = [*as_text(rows)]
    assert max(map(len, lines)) <= 80
    letters = [line.split()[1:] for line in lines if line.startswith("seed ")]
    assert sum(map(len, letters)) == 30
    assert len(letters) == 2, "two blocks, each with every field"
    assert {letter for row in letters for letter in row} == {"R"}


def test_hearsay_is_in_lower_case(contracts: dict[str, Contract]) -> None:
    rows = cells([("m", contracts["mistral-scratch"])], [FieldPlace.of("top_p")], contracts["openai"])
    assert any(line.startswith("top_p x") for line in as_text(rows))
    assert as_rows(rows)[0]["confidence"] == "C"


def test_a_long_field_is_cut(contracts: dict[str, Contract]) -> None:
    [row] = cells([("openai", contracts["openai"])], [FieldPlace.of("seed")], contracts["openai"])
    long = replace(row[0], field="/" + "x" * 60)
    assert max(map(len, as_text([[long] * 30]))) <= 80


def test_markdown_has_the_table_and_the_evidence(contracts: dict[str, Contract]) -> None:
    columns = [(name, contracts[name]) for name in NAMES]
    page = as_page(cells(columns, [*map(FieldPlace.of, ("temperature", "user"))], contracts["openai"]))
    assert page["dialects"] == [*NAMES]
    assert [row["letters"] for row in page["rows"]] == [["S", "C"], ["I", "X"]]
    clamped = next(each for each in page["details"] if each["state"] == "clamped")
    assert clamped["bounds"] == "at least 0 and at most 1.5"
    assert "confidence B" in clamped["evidence"]


def test_markdown_and_text_are_printed(spec: Spec, capsys: pytest.CaptureFixture[str]) -> None:
    print_matrix(spec, NAMES, ["seed", "user"], "markdown")
    out = capsys.readouterr().out
    assert "| field | vllm-scratch | mistral-scratch |" in out
    assert "| `seed` | ? | R |" in out
    print_matrix(spec, [], ["seed"], "text")
    assert capsys.readouterr().out.count("\n") > 5


def test_the_page_has_every_dialect_and_every_field_of_the_default() -> None:
    page = (spec_folder().parent / "generated" / "markdown" / "matrix.md").read_text("utf-8")
    spec = shipped.spec()
    header = next(line for line in page.splitlines() if line.startswith("| field |"))
    assert {*header.strip("| ").split(" | ")[1:]} == {alias for each in spec.dialects for alias in each.aliases}
    contract = build_contract(resolve(spec, spec.default))
    for field, _, _ in request_fields([contract]):
        assert f"\n| `{field}` |" in page, field
    assert "| `/messages/*/role=developer` |" in page


@pytest.mark.parametrize(
    ("policies", "field", "state"),
    [
        ({"Order.properties.drinks": "ignored"}, "/drinks/*/sugar", "ignored"),
        ({"Order.properties.extra": "refused"}, "/extra/sugar", "refused"),
        ({"Order.properties.drinks": "ignored"}, "/drinks/*/size=small", "ignored"),
        ({"Order.properties.drinks": "ignored", "Drink.properties.sugar": "refused"}, "/drinks/*/sugar", "ignored"),
        ({"Order.properties.drinks": "ignored"}, "/drinks/*/milk", "ignored"),
        ({"Order.properties.drinks": "ignored"}, "drinks", "ignored"),
        ({"Order.properties.drinks": "ignored"}, "guest", "unknown"),
        ({"Order.properties.drinks": "supported"}, "/drinks/*/sugar", "unknown"),
        ({"Drink.properties.sugar": "supported"}, "/drinks/*/sugar", "supported"),
        ({"Drink.properties.sugar": "ignored"}, "/drinks/*/name", "unknown"),
        ({"Drink.properties.sugar": "ignored"}, "drinks", "unknown"),
    ],
)
def test_what_is_in_a_field_without_effect_has_none(
    tmp_path: Path, policies: dict[str, str], field: str, state: str
) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    schemas = tmp_path / "schemas" / "order.yaml"
    milk = "milk: {type: boolean, description: Whether there is milk., x-since: 2025-05-01, x-source: the blackboard}"
    extra = "extra: {$ref: '#/Drink', description: One more.}"
    text = schemas.read_text("utf-8").replace("    sugar:", f"    {milk}\n    sugar:")
    schemas.write_text(text.replace("    guest:", f"    {extra}\n    guest:"), "utf-8")
    actions = (ACTION.replace("FIELD", name).replace("POLICY", policy) for name, policy in policies.items())
    (tmp_path / "dialects" / "bar.yaml").write_text(BAR + "".join(actions), "utf-8")
    spec = load_spec(tmp_path, snapshot=snapshot_file())
    base, bar = (build_contract(resolve(spec, name)) for name in ("shop@2025-06-01", "bar"))
    ((cell,),) = cells([("bar", bar)], [FieldPlace.of(field)], base)
    assert cell.state == state
    assert bool(cell.evidence) is (state != "unknown")
