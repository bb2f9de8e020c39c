"""What overlays say on single places: fixes, days, hearsay, nested members, responses, and what is taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shipped
from parlance.check.dialect import Dialect
from parlance.check.document_reader import decoded_document, json_document
from parlance.check.engine import judge
from parlance.compiled import compile_dialect
from parlance.contract.build import build_contract
from parlance.contract.ir import Contract
from parlance.spec import resolve, with_overlays
from parlance.targets.phrases import described

HELLO = [{"role": "user", "content": "Hello"}]
KNOWN: dict[str, Any] = {"model": "m", "messages": HELLO}
REQUEST = "$.components.schemas.CreateChatCompletionRequest"
Found = list[tuple[str, str, str]]


def overlay(actions: str, *, name: str = "acme", extends: str = "openai-2026-11", header: str = "") -> str:
    """An overlay of some actions, each of which has the evidence EVIDENCE or HEARSAY."""
    text = f"""\
overlay: 1.1.0
info: {{title: Acme, version: '2026-11-24'}}
id: {name}
description: A server.
extends: {extends}
{header}
actions:
{actions}"""
    known = "evidence: {source: its code, date: 2026-11-01, says: so}"
    hearsay = "evidence: {source: a post, date: 2026-11-01, says: so, confidence: C}"
    return text.replace("EVIDENCE", known).replace("HEARSAY", hearsay)


def contract_of(folder: Path, *texts: str) -> Contract:
    """The contract of the last of some overlays."""
    spec = shipped.spec_of_schemas()
    for number, text in enumerate(texts):
        path = folder / f"overlay-{number}.yaml"
        path.write_text(text, "utf-8")
        spec = with_overlays(spec, [path])
    return build_contract(resolve(spec, spec.dialects[-1].id))


def dialect_of(folder: Path, *texts: str) -> Dialect:
    return compile_dialect(contract_of(folder, *texts))


def found(dialect: Dialect, document: Any, artifact: str = "request") -> Found:
    verdict = judge(decoded_document(document), dialect, artifact)
    return [(each.code, each.pointer, str(each.severity)) for each in verdict.findings]


def field(name: str, policy: str, evidence: str = "EVIDENCE") -> str:
    return f"  - target: {REQUEST}.properties.{name}\n    policy: {policy}\n    {evidence}\n"


NEW = f"""\
  - target: {REQUEST}.properties
    update: {{random_seed: {{type: integer, description: Seed.}}}}
    EVIDENCE
"""


@pytest.mark.parametrize(
    ("unknown", "document", "titles"),
    [
        ("refuse", {"seed": 1}, ["rename it to 'random_seed'"]),
        ("keep", {"seed": 1}, ["rename it to 'random_seed'"]),
        ("refuse", {"seed": 1, "random_seed": 2}, []),  # both cannot be
        ("refuse", {"random_seed": 2}, []),
    ],
)
def test_a_field_of_an_old_name_is_renamed(
    unknown: str, document: dict[str, Any], titles: list[str], tmp_path: Path
) -> None:
    acme = dialect_of(
        tmp_path, overlay(NEW + field("seed", "{renamed: random_seed}"), header=f"unknown-fields: {unknown}")
    )
    text = json.dumps({**KNOWN, **document})
    findings = judge(json_document(text, "request.json"), acme, "request").findings
    renamed = [each for each in findings if each.code == "PAR128"]
    assert len(renamed) == ("seed" in document)
    fixes = [each.fix for each in renamed if each.fix]
    assert len(fixes) == len(titles)
    for fix in fixes:
        (edit,) = fix.edits
        assert "random_seed" in edit.text
        fixed = text[: edit.span.column - 1] + edit.text + text[edit.span.end_column - 1 :]
        assert json.loads(fixed) == {**KNOWN, "random_seed": 1}
        assert found(acme, json.loads(fixed)) == []


@pytest.mark.parametrize(
    ("since", "is_there"), [("2026-11-24", True), ("2026-11-25", False), ("2026-11-20", True), ("2023-03-01", True)]
)
def test_what_an_overlay_dates_is_judged_on_its_own_day(since: str, is_there: bool, tmp_path: Path) -> None:
    more = f"{{type: integer, description: More., x-since: {since}}}"
    action = f"  - target: {REQUEST}.properties\n    update: {{more: {more}}}\n    EVIDENCE\n"
    contract = contract_of(tmp_path, overlay(action, header="unknown-fields: refuse"))
    acme = compile_dialect(contract)
    assert (found(acme, {**KNOWN, "more": 1}) == []) is is_there
    assert str(contract.day) == "2026-11-24"
    assert contract.as_of == shipped.spec().names["openai-2026-11"].as_of


@pytest.mark.parametrize(("since", "fires"), [("2026-11-24", True), ("2026-11-20", True), ("2026-11-25", False)])
def test_an_own_rule_is_judged_on_the_dialects_own_day(since: str, fires: bool, tmp_path: Path) -> None:
    rule = f"""\
rules:
  own:
    - code: ACME101
      name: no-bob
      artifact: request
      severity: error
      since: {since}
      summary: Bob asks.
      why: He may not.
      kind: forbids
      field: user
      where: self.user == 'Bob'
      message: not Bob
      sources: [{{source: its code, date: 2026-11-01}}]
      confidence: A
      examples:
        bad: [{{at: /user, document: {{model: m, messages: [], user: Bob}}}}]
        good: [{{document: {{model: m, messages: []}}}}]
"""
    text = overlay(field("seed", "ignored"), header=rule)
    (tmp_path / "overlay.yaml").write_text(text, "utf-8")
    spec = with_overlays(shipped.spec_of_schemas(), [tmp_path / "overlay.yaml"])
    resolved = resolve(spec, "acme")
    if fires:
        assert "ACME101" in {rule.code for rule in build_contract(resolved).rules}
    else:
        with pytest.raises(Exception, match="ACME101 can never fire"):
            build_contract(resolved)


@pytest.mark.parametrize(
    ("here", "elsewhere", "inside", "outside"),
    [
        ("refuse", "keep", [("PAR102", "/stream_options/odd", "error")], []),
        ("ignore", "refuse", [("PAR122", "/stream_options/odd", "warning")], [("PAR102", "/odd", "error")]),
        ("keep", "refuse", [], [("PAR102", "/odd", "error")]),
    ],
)
def test_a_record_says_what_becomes_of_unknown_fields(
    here: str, elsewhere: str, inside: Found, outside: Found, tmp_path: Path
) -> None:
    target = "$.components.schemas.ChatCompletionStreamOptions"
    action = f"  - target: {target}\n    update: {{x-unknown-fields: {here}}}\n    EVIDENCE\n"
    acme = dialect_of(tmp_path, overlay(action, header=f"unknown-fields: {elsewhere}"))
    assert found(acme, {**KNOWN, "stream": True, "stream_options": {"odd": 1}}) == inside
    assert found(acme, {**KNOWN, "odd": 1}) == outside


def test_a_refused_value_of_an_open_set_is_refused_and_others_are_not(tmp_path: Path) -> None:
    colour = """\
  - target: $.components.schemas
    update:
      Colour:
        type: string
        description: A colour.
        x-open: true
        oneOf: [{const: red, description: Red.}, {const: blue, description: Blue.}]
    EVIDENCE
"""
    use = f"""\
  - target: {REQUEST}.properties
    update: {{colour: {{$ref: '#/components/schemas/Colour', description: Colour.}}}}
    EVIDENCE
  - target: $.components.schemas.Colour.oneOf[?@.const == 'blue']
    policy: refused
    EVIDENCE
"""
    acme = dialect_of(tmp_path, overlay(colour + use))
    refused = [("PAR124", "/colour", "error")]
    values = {"red": [], "green": [], "blue": refused, "Blue": []}
    assert {value: found(acme, {**KNOWN, "colour": value}) for value in values} == values
    assert found(acme, {**KNOWN, "colour": 1}) == [("PAR103", "/colour", "error")]


def test_texts_are_read_where_nothing_else_may_stand(tmp_path: Path) -> None:
    more = """\
        numbers: {type: array, items: {type: integer}, description: Numbers.}
        many: {type: object, additionalProperties: {type: number}, description: Many.}
        either: {anyOf: [{type: integer}, {type: boolean}], description: Either.}
        other: {anyOf: [{type: integer}, {type: string}], description: Other.}
        absent: {anyOf: [{type: integer}, {type: 'null'}], description: Absent.}
        one: {const: 1, description: One.}
"""
    action = f"  - target: {REQUEST}.properties\n    update:\n{more}    EVIDENCE\n"
    acme = dialect_of(tmp_path, overlay(action, header="conversions: lax"))
    spelt, wrong = "PAR129", "PAR103"
    for document, codes in (
        ({"numbers": [1, "2"]}, [(spelt, "/numbers/1", "warning")]),
        ({"numbers": "1"}, [(wrong, "/numbers", "error")]),
        ({"many": {"a": "0.5"}}, [(spelt, "/many/a", "warning")]),
        ({"either": "1"}, [(wrong, "/either", "error")]),
        ({"either": "true"}, [(wrong, "/either", "error")]),
        ({"other": "1"}, []),
        ({"absent": "1"}, [(spelt, "/absent", "warning")]),
        ({"absent": "null"}, [(wrong, "/absent", "error")]),
        ({"one": "1"}, [(wrong, "/one", "error")]),
    ):
        assert found(acme, {**KNOWN, **document}) == codes, document


PART = "$.components.schemas.ChatCompletionRequestUserMessageContentPart.oneOf"


@pytest.mark.parametrize(
    ("policy", "evidence", "code", "severity"),
    [
        ("refused", "EVIDENCE", "PAR124", "error"),
        ("refused", "HEARSAY", "PAR124", "warning"),
        ("ignored", "EVIDENCE", "PAR125", "warning"),
    ],
)
def test_a_part_of_a_message_has_a_policy(policy: str, evidence: str, code: str, severity: str, tmp_path: Path) -> None:
    schemas = shipped.spec().document["components"]["schemas"]
    references = [each["$ref"] for each in schemas["ChatCompletionRequestUserMessageContentPart"]["oneOf"]]
    image = next(each for each in references if "Image" in each)
    acme = dialect_of(
        tmp_path, overlay(f"  - target: {PART}[?@['$ref'] == '{image}']\n    policy: {policy}\n    {evidence}\n")
    )
    parts = [{"type": "text", "text": "What?"}, {"type": "image_url", "image_url": {"url": "https://a.example/b.png"}}]
    document = {"model": "m", "messages": [{"role": "user", "content": parts}]}
    assert found(acme, document) == [(code, "/messages/0/content/1/type", severity)]
    assert found(acme, {"model": "m", "messages": [{"role": "user", "content": parts[:1]}]}) == []


def test_only_reaches_fields_that_a_record_takes_from_others(tmp_path: Path) -> None:
    schemas = """\
  - target: $.components.schemas
    update:
      Part:
        type: object
        description: Part.
        properties: {a: {type: string, description: A.}, b: {type: string, description: B.}}
      Whole:
        type: object
        description: Whole.
        required: [a]
        allOf: [{$ref: '#/components/schemas/Part'}]
        properties: {c: {type: string, description: C.}}
    EVIDENCE
"""
    use = f"""\
  - target: {REQUEST}.properties
    update: {{whole: {{$ref: '#/components/schemas/Whole', description: Whole.}}}}
    EVIDENCE
  - target: $.components.schemas.Whole
    only: [b]
    EVIDENCE
"""
    acme = dialect_of(tmp_path, overlay(schemas + use, header="unknown-fields: refuse"))
    assert found(acme, {**KNOWN, "whole": {"b": "x"}}) == [], "what is left out is not required either"
    for name in ("a", "c"):
        assert found(acme, {**KNOWN, "whole": {name: "x"}}) == [("PAR124", f"/whole/{name}", "error")]


def test_only_drops_fields_of_what_servers_send(tmp_path: Path) -> None:
    target = "$.components.schemas.ChatCompletion"
    action = f"  - target: {target}\n    only: [id, choices, created, model, object]\n    EVIDENCE\n"
    acme = dialect_of(tmp_path, overlay(action, header="unknown-fields: refuse"))
    message = {"role": "assistant", "content": "Hello", "refusal": None}
    choice = {"index": 0, "finish_reason": "stop", "message": message, "logprobs": None}
    answer = {"id": "a", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    assert found(acme, answer, "response") == []
    assert found(acme, {**answer, "usage": 7}, "response") == [], "it is kept, and not judged"


def test_a_dialect_of_the_same_family_takes_a_policy_back(tmp_path: Path) -> None:
    first = overlay(field("seed", "refused") + field("n", "ignored") + field("temperature", "{clamped: [0, 1]}"))
    later = overlay(
        field("seed", "supported") + field("n", "supported") + field("temperature", "supported"),
        name="acme-two",
        extends="acme",
        header="family: acme",
    )
    documents: list[dict[str, Any]] = [{"seed": 1}, {"n": 2}, {"temperature": 1.5}]
    acme = dialect_of(tmp_path, first)
    assert [found(acme, {**KNOWN, **each})[0][0] for each in documents] == ["PAR124", "PAR125", "PAR126"]
    two = dialect_of(tmp_path, first, later)
    assert [found(two, {**KNOWN, **each}) for each in documents] == [[], [], []]
    assert found(two, {**KNOWN, "seed": "x"}) == [("PAR103", "/seed", "error")], "its type is judged again"


@pytest.mark.parametrize(
    ("policy", "value", "code"),
    [
        ("refused", 1, "PAR124"),
        ("ignored", 1, "PAR125"),
        ("{clamped: [0, 1]}", 2, "PAR126"),
        ("{mapped: [{values: [7], as: 8}]}", 7, "PAR127"),
        ("{renamed: random_seed}", 1, "PAR128"),
    ],
)
def test_hearsay_is_a_warning_at_most(policy: str, value: int, code: str, tmp_path: Path) -> None:
    text = overlay(NEW + field("seed", policy, "HEARSAY"), header="unknown-fields: refuse")
    contract = contract_of(tmp_path, text)
    acme = compile_dialect(contract)
    assert found(acme, {**KNOWN, "seed": value}) == [(code, "/seed", "warning")]
    request = next(each for each in contract.definitions if each.name == "CreateChatCompletionRequest")
    seed = next(each for each in getattr(request, "fields", ()) if each.name == "seed")
    assert "confidence C" in described(seed)
