"""`parlance dialects lint`: what an author of a dialect has left open, each with a near miss that is not found."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
import shipped
from parlance import dialect_lint
from parlance.check.dialect import Dialect, generated_dialect
from parlance.cli import main
from parlance.contract.ir import Contract
from parlance.dialect_lint import lint_dialect, misfits
from parlance.dialect_lint.case_tables import read_cases
from parlance.generation.rule_examples import example_faults
from parlance.spec import Resolved, Spec, resolve, with_overlays

HEADER = """\
overlay: 1.1.0
info: {title: Acme, version: '2026-11-01'}
id: acme
description: A server.
extends: openai-2026-11
inherited: errors
sources: [{source: its code, date: 2026-11-01}]
"""
EVIDENCE = "evidence: {source: its code, date: 2026-11-01}"
REQUEST = "$.components.schemas.CreateChatCompletionRequest"
SEED = f"  - target: {REQUEST}.properties.seed\n    policy: ignored\n    {EVIDENCE}\n"
MINIMAL = "minimal: {model: m, messages: [{role: user, content: Hello}]}\n"


def found(
    folder: Path, text: str, tables: dict[str, str] | None = None, below: Spec | None = None
) -> list[tuple[str, int, str]]:
    """Code, line and message of what is found in an overlay of *below*; with tables, if there are any."""
    path = folder / "acme.yaml"
    path.write_text(text, "utf-8")
    spec = with_overlays(below or shipped.spec_of_schemas("PAR213"), [path])
    dialect = spec.names["acme"]
    cases = None
    if tables is not None:
        cases = folder / "cases"
        cases.mkdir()
        for name, table in tables.items():
            (cases / f"{name}.yaml").write_text(table, "utf-8")
    findings = lint_dialect(dialect, resolve(spec, "acme"), cases)
    assert all(each.span and each.span.file == str(path) for each in findings)
    return [(each.code, each.span.line if each.span else 0, each.message) for each in findings]


def test_nothing_is_found_where_nothing_is_open(tmp_path: Path) -> None:
    assert found(tmp_path, f"{HEADER}actions:\n{SEED}") == []


def test_what_an_own_dialect_extends_answers_for_itself(tmp_path: Path) -> None:
    text = HEADER.replace("extends: openai-2026-11\ninherited: errors\n", "extends: vllm\n")
    spec = shipped.spec()
    assert any(each.code == "PAR922" for each in lint_dialect(spec.names["vllm"], resolve(spec, "vllm")))
    assert found(tmp_path, text, below=spec) == []


def test_a_claim_without_a_source_is_found(tmp_path: Path) -> None:
    text = HEADER.replace("sources: [{source: its code, date: 2026-11-01}]\n", "unknown-fields: refuse\n")
    [(code, line, message)] = found(tmp_path, f"{text}actions:\n{SEED}")
    assert (code, line) == ("PAR921", 7)
    assert message == "acme says `unknown-fields` and `inherited`, and names no source"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"    {EVIDENCE}", "    evidence: {source: its code}"),
        ("{source: its code, date: 2026-11-01}]", "{source: x}]"),
    ],
)
def test_evidence_of_no_day_is_found(before: str, after: str, tmp_path: Path) -> None:
    text = f"{HEADER}actions:\n{SEED}"
    [(code, _, message)] = found(tmp_path, text.replace(before, after, 1))
    assert code == "PAR921"
    assert message.startswith("nothing says when ")


def test_evidence_that_a_schema_has_is_not_the_headers(tmp_path: Path) -> None:
    field = "{type: string, description: More., x-source: its code}"
    text = f"{HEADER}actions:\n  - target: {REQUEST}.properties\n    update: {{more: {field}}}\n    {EVIDENCE}\n"
    assert found(tmp_path, text) == []


def test_fields_that_nobody_decided_are_found_by_record(tmp_path: Path) -> None:
    text = HEADER.replace("inherited: errors\n", "family: acme\n")
    findings = found(tmp_path, text)
    assert {code for code, _, _ in findings} == {"PAR922"}
    records = {message.split(" of ")[-1].split(":")[0]: message for _, _, message in findings}
    assert "temperature" in records["CreateChatCompletionRequest"]
    assert len(records) > 10
    decided = (
        f"actions:\n  - target: {REQUEST}.properties['temperature', 'seed']\n    policy: supported\n    {EVIDENCE}\n"
    )
    (tmp_path / "b").mkdir()
    left = next(text for _, _, text in found(tmp_path / "b", text + decided) if "CreateChatCompletionRequest:" in text)
    assert " temperature," not in left
    assert " seed," not in left
    assert " top_p," in left


def test_only_decides_the_fields_of_its_record(tmp_path: Path) -> None:
    only = f"actions:\n  - target: {REQUEST}\n    only: [model, messages]\n    {EVIDENCE}\n"
    messages = [text for _, _, text in found(tmp_path, HEADER.replace("inherited: errors\n", "family: acme\n") + only)]
    assert not any("CreateChatCompletionRequest:" in text for text in messages)


def test_a_dialect_of_the_same_family_inherits_decisions(tmp_path: Path) -> None:
    assert found(tmp_path, HEADER.replace("inherited: errors\n", "family: openai\n")) == []


@pytest.mark.parametrize(
    ("actions", "message"),
    [
        (
            f"""
  - target: $.components.schemas
    update: {{Lonely: {{type: object, description: Alone., properties: {{a: {{type: string, description: A.}}}}}}}}
    {EVIDENCE}
""",
            "no artifact of acme reaches Lonely",
        ),
        (
            f"""{SEED}  - target: {REQUEST}.properties.seed
    policy: supported
    {EVIDENCE}
""",
            "a later action takes this policy back, or what it is about",
        ),
        (
            f"""{SEED}  - target: {REQUEST}.properties.seed
    remove: true
    {EVIDENCE}
""",
            "a later action takes this policy back, or what it is about",
        ),
    ],
)
def test_an_action_without_effect_is_found(actions: str, message: str, tmp_path: Path) -> None:
    assert [(code, text) for code, _, text in found(tmp_path, f"{HEADER}actions:\n{actions}")] == [("PAR924", message)]


def test_a_schema_that_only_a_union_or_a_record_lists_is_reached(tmp_path: Path) -> None:
    text = f"""{HEADER}actions:
  - target: $.components.schemas
    update:
      Part: {{type: object, description: Part., properties: {{a: {{type: string, description: A.}}}}}}
      Whole: {{type: object, description: Whole., allOf: [{{$ref: '#/components/schemas/Part'}}], properties: {{}}}}
    {EVIDENCE}
  - target: {REQUEST}.properties
    update: {{more: {{$ref: '#/components/schemas/Whole'}}}}
    {EVIDENCE}
"""
    assert found(tmp_path, text) == []


def test_an_example_that_its_schema_refuses_is_found(tmp_path: Path) -> None:
    field = "{type: integer, maximum: 5, description: More., examples: [5, 6, x]}"
    text = f"{HEADER}actions:\n  - target: {REQUEST}.properties\n    update: {{more: {field}}}\n    {EVIDENCE}\n"
    messages = [(code, message) for code, _, message in found(tmp_path, text)]
    name = "CreateChatCompletionRequest.more"
    assert messages == [("PAR925", f"{name} refuses the example 6"), ("PAR925", f"{name} refuses the example 'x'")]


RULE = """
rules:
  own:
    - code: ACME101
      name: no-bob
      artifact: request
      severity: error
      summary: Bob asks.
      why: He may not.
      kind: forbids
      field: user
      where: self.user == 'WHO'
      message: not Bob
      sources: [{source: its code, date: 2026-11-01}]
      confidence: A
      examples:
        bad: [{at: /user, document: {model: m, messages: [{role: user, content: Hello}], user: Bob}}]
        good: [{document: {model: m, messages: [{role: user, content: Hello}], user: Eve}}]
"""


def test_an_example_of_an_own_rule_that_is_not_found_is_found(tmp_path: Path) -> None:
    assert found(tmp_path, HEADER + RULE.replace("WHO", "Bob")) == []
    (tmp_path / "b").mkdir()
    [(code, _, message)] = found(tmp_path / "b", HEADER + RULE.replace("WHO", "Bo"))
    assert (code, message[:32]) == ("PAR917", "ACME101 is not found in this exa")


def test_a_rule_whose_every_example_is_refused_before_is_found(tmp_path: Path) -> None:
    text = f"{HEADER}family: acme\nrules:\n  enable: [{{code: PAR213, {EVIDENCE}}}]\n"
    assert found(tmp_path, text) == []
    (tmp_path / "b").mkdir()
    refusing = f"actions:\n  - target: {REQUEST}.properties.messages\n    update: {{minItems: 9}}\n    {EVIDENCE}\n"
    [(code, line, message)] = found(tmp_path / "b", text + refusing)
    assert (code, line) == ("PAR920", 10)
    assert message == "PAR213 never speaks in acme: every document that it is about is refused before"


CLAIMS = f"""{HEADER}actions:
{SEED}  - target: {REQUEST}.properties.n
    update: {{maximum: 8}}
    {EVIDENCE}
  - target: {REQUEST}.properties.temperature
    policy: {{clamped: [0, 1]}}
    {EVIDENCE}
  - target: $.components.schemas.ReasoningEffort.oneOf[?@.const == 'minimal']
    policy: refused
    {EVIDENCE}
"""
SHOWN = """
cases:
  - {at: /seed, why: ignored, warn: [PAR125: [1]]}
  - {at: /n, why: to 8, accept: [8], refuse: [PAR107: [9]]}
  - {at: /temperature, why: clamped, accept: [1], warn: [PAR126: [2]]}
  - {at: /reasoning_effort, why: refused, refuse: [PAR124: [minimal]]}
"""


def test_claims_that_cases_show_are_not_found(tmp_path: Path) -> None:
    assert found(tmp_path, CLAIMS, {"request": MINIMAL + SHOWN}) == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            "warn: [PAR125: [1]]",
            "accept: [1]",
            "no case shows PAR125, where CreateChatCompletionRequest.seed is ignored",
        ),
        (
            "refuse: [PAR107: [9]]",
            "refuse: [PAR106: [0]]",
            "no case shows PAR107, where CreateChatCompletionRequest.n has",
        ),
        (
            "accept: [8], ",
            "",
            "no case shows a value without PAR107, where CreateChatCompletionRequest.n has `maximum`",
        ),
        ("accept: [1], ", "", "no case shows a value without PAR126, where CreateChatCompletionRequest.temperature is"),
        (
            "at: /temperature",
            "at: /top_p",
            "no case shows PAR126, where CreateChatCompletionRequest.temperature is clamped",
        ),
        ("[minimal]", "[high]", "no case shows PAR124, where 'minimal' of ReasoningEffort is refused"),
    ],
)
def test_a_claim_that_no_case_shows_is_found(before: str, after: str, message: str, tmp_path: Path) -> None:
    [(code, _, text)] = found(tmp_path, CLAIMS, {"request": MINIMAL + SHOWN.replace(before, after)})
    assert code == "PAR923"
    assert text.startswith(message)


def test_whole_documents_are_cases_too(tmp_path: Path) -> None:
    documents = """
cases: []
documents:
  - {why: ignored, with: {seed: 1}, warnings: [PAR125 /seed]}
  - {why: too many, with: {n: 9}, errors: [PAR107 /n]}
  - {why: clamped, with: {temperature: 2}, warnings: [PAR126 /temperature]}
  - {why: fine, with: {n: 8, temperature: 1}}
  - {why: refused, with: {reasoning_effort: minimal}, errors: [PAR124 /reasoning_effort]}
"""
    assert found(tmp_path, CLAIMS, {"request": MINIMAL + documents}) == []


def test_without_tables_every_claim_is_open(tmp_path: Path) -> None:
    assert [code for code, _, _ in found(tmp_path, CLAIMS, {})] == ["PAR923"] * 4


def test_one_case_shows_all_that_only_leaves_out(tmp_path: Path) -> None:
    only = f"actions:\n  - target: {REQUEST}\n    only: [model, messages]\n    {EVIDENCE}\n"
    text = f"{HEADER}unknown-fields: refuse\n{only}"
    [(code, _, message)] = found(tmp_path, text, {})
    assert code == "PAR923"
    assert "is left out" in message
    (tmp_path / "b").mkdir()
    table = f"{MINIMAL}cases:\n  - {{at: /seed, why: left out, refuse: [PAR124: [1]]}}\n"
    assert found(tmp_path / "b", text, {"request": table}) == []


def test_the_tables_that_ship_are_read() -> None:
    folder = Path(__file__).parent / "cases" / "dialects"
    cases = read_cases(folder / "kluster-2024-10")
    assert {case.artifact for case in cases} == {path.stem for path in (folder / "kluster-2024-10").glob("*.yaml")}
    assert any(case.code is None for case in cases)
    assert any(
        case.code == "PAR105" and case.steps == ("messages", "0", "role") and case.value == "tool" for case in cases
    )


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["dialects", "lint", *arguments])
    assert isinstance(ended.value.code, int)
    out, err = capsys.readouterr()
    return ended.value.code, out, err


def test_the_command_shows_places_and_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(f"{HEADER}actions:\n{SEED}", "utf-8")
    assert run(capsys, str(path)) == (0, "no findings\n", "")
    path.write_text(f"{HEADER}actions:\n{SEED}".replace(EVIDENCE, "evidence: {source: its code}"), "utf-8")
    code, out, err = run(capsys, str(path))
    assert (code, err) == (1, "")
    assert f"{path}:11:15:" in out.replace("\n", "")
    assert out.endswith("1 finding\n")
    code, out, _ = run(capsys, str(path), "--output-format", "json")
    [row] = json.loads(out)["findings"]
    assert (code, row["code"], row["file"], row["line"], row["severity"]) == (1, "PAR921", str(path), 11, "warning")


def test_faults_of_loading_are_shown_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(f"{HEADER}actions:\n{SEED}".replace("properties.seed", "properties.sed"), "utf-8")
    code, out, _ = run(capsys, str(path))
    assert code == 1
    assert "PAR906" in out
    assert "did you mean" in out
    code, out, _ = run(capsys, str(path), "--output-format", "json")
    assert (code, json.loads(out)["findings"][0]["code"]) == (1, "PAR906")


def test_what_cannot_be_read_is_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, str(tmp_path / "none.yaml"))[0] == 2
    assert run(capsys, str(tmp_path))[0] == 2
    (tmp_path / "broken.yaml").write_text("a: [", "utf-8")
    assert run(capsys, str(tmp_path / "broken.yaml"))[0] == 2
    code, _, err = run(capsys, "klustr")
    assert code == 2
    assert "kluster" in err
    code, _, err = run(capsys, "openai@2025-03-01")
    assert code == 2
    assert "no dialect that anybody wrote" in err
    assert run(capsys, "kluster", "--cases", str(tmp_path / "none"))[0] == 2


def test_the_dialects_that_ship_leave_open_only_what_their_sources_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No source decides each field of each record, and no table of cases shows all that one says.

    The checks of these dialects lie in generated/: to make them once more would take nine tenths of the time.
    """

    def build(resolved: Resolved) -> Contract:
        return shipped.contract_of(resolved.id)

    def load(contract: Contract) -> Dialect:
        return generated_dialect(contract.dialect)

    monkeypatch.setattr(dialect_lint, "build_contract", build)
    monkeypatch.setattr(misfits, "compile_dialect", load)
    monkeypatch.setattr(misfits, "example_faults", partial(example_faults, loaded=load))
    code, out, _ = run(capsys, "--output-format", "json")
    rows = json.loads(out)["findings"]
    assert {row["code"] for row in rows} <= {"PAR922", "PAR923"}
    assert code == bool(rows)
