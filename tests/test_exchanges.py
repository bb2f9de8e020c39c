"""Exchanges: what is found in a request with its answer, wherever the two are recorded."""

from __future__ import annotations

import base64
import gzip
import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from parlance import lint, validate
from parlance.check.dialect import generated_dialect
from parlance.check.document_reader import read_documents
from parlance.exchanges.exchange_verdicts import judge_exchanges
from parlance.exchanges.user_schemas import UnusableSchema, misfit
from parlance.finding import Finding, SpecError
from parlance.payloads.container_rows import containers
from rows import each_row
from streams.campaign import without_gates

CASES = Path(__file__).parent / "cases" / "exchanges"
GOOD: dict[str, dict[str, str]] = yaml.load((CASES / "good.yaml").read_text("utf-8"), yaml.CSafeLoader)
FAULTY: dict[str, dict[str, Any]] = yaml.load((CASES / "faulty.yaml").read_text("utf-8"), yaml.CSafeLoader)


def judged(name: str, data: bytes, dialect: str = "openai") -> list[Finding]:
    documents = read_documents(BytesIO(data), name)
    verdicts = judge_exchanges(documents, generated_dialect(dialect), "exchange", lint=True)
    found = [finding for verdict in verdicts for finding in verdict.findings]
    return [finding for finding in found if finding.severity != "info"]


def test_every_exchange_has_a_row_and_every_row_an_exchange() -> None:
    for folder, rows in (("good", GOOD), ("faulty", FAULTY)):
        assert {path.name for path in (CASES / folder).iterdir()} == {*rows}


@each_row(GOOD)
def test_in_a_good_exchange_nothing_is_found(name: str) -> None:
    assert judged(name, (CASES / "good" / name).read_bytes(), GOOD[name]["dialect"]) == []


@each_row(FAULTY)
def test_a_fault_is_one_finding_at_its_pointer_and_line(name: str) -> None:
    expected = FAULTY[name]
    found = judged(name, (CASES / "faulty" / name).read_bytes(), expected.get("dialect", "openai"))
    facts = [{"code": one.code, "pointer": one.pointer, "line": one.span and one.span.line} for one in found]
    assert facts == [{key: expected[key] for key in ("code", "pointer", "line")}]


@each_row([*GOOD, *FAULTY])
def test_gates_decide_nothing_that_the_rules_would_not(name: str) -> None:
    folder, rows = ("good", GOOD) if name in GOOD else ("faulty", FAULTY)
    data, dialect = (CASES / folder / name).read_bytes(), rows[name].get("dialect", "openai")
    for is_lint in (False, True):
        now, expected = (
            [
                each.findings
                for each in judge_exchanges(read_documents(BytesIO(data), name), one, "exchange", lint=is_lint)
            ]
            for one in (generated_dialect(dialect), without_gates(dialect))
        )
        assert now == expected


REQUEST: dict[str, Any] = {"model": "gpt-4.1", "messages": [{"role": "user", "content": "Hello"}]}
ANSWER: dict[str, Any] = json.loads((CASES / "good" / "plain.json").read_text("utf-8"))["response"]
CHUNKS: list[Any] = json.loads((CASES / "good" / "stream-of-chunks.json").read_text("utf-8"))["stream"]


def pair(request: Any = REQUEST, answer: Any = ANSWER, **others: Any) -> dict[str, Any]:
    return {"request": request, "response": answer, **others}


def har(text: str, encoding: str | None = None) -> bytes:
    content = {"text": text} | ({"encoding": encoding} if encoding else {})
    url = "https://a.example/v1/chat/completions"
    request = {"method": "POST", "url": url, "postData": {"text": json.dumps(REQUEST)}}
    entry = {"request": request, "response": {"status": 200, "content": content}}
    return json.dumps({"log": {"entries": [entry]}}).encode()


def packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data)).decode()


def codes(data: object, dialect: str = "openai") -> list[str]:
    """What the library finds, notes aside."""
    return [one.code for one in lint(data, "exchange", dialect).findings if one.severity != "info"]


# Damaged containers, and what is none.


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "PAR009"),
        (b"hello", "PAR001"),
        (b'{"log": {"entries": [', "PAR001"),
        (b'{"log": 7}', "PAR750"),
        (b"7", "PAR750"),
        (b"[]", "PAR750"),
        (b"[7]", "PAR750"),
        (b"\xff\xfe\x00", "PAR002"),
        (b"[" * 600 + b"]" * 600, "PAR008"),
        (json.dumps({"response": ANSWER}).encode(), "PAR750"),
        (json.dumps({"request": REQUEST}).encode(), "PAR750"),
        (json.dumps({"request": None, "response": ANSWER}).encode(), "PAR750"),
        (json.dumps({"request": REQUEST, "stream": 7}).encode(), "PAR750"),
        (json.dumps(pair(answer="Hello")).encode(), "PAR001"),
        (json.dumps(pair(answer=[])).encode(), "PAR103"),
        (json.dumps(pair(request="{")).encode(), "PAR001"),
        (json.dumps(pair(request=7)).encode(), "PAR103"),
        (har("%%%", "base64"), "PAR751"),
        (har("", "base64"), "PAR750"),
        (har(packed(json.dumps(ANSWER).encode())[:80], "base64"), "PAR751"),
        (har(base64.b64encode(b"\x1f\x8bno gzip at all").decode(), "base64"), "PAR751"),
        (har(base64.b64encode(b"\xff\xfe\xfd" * 40).decode(), "base64"), "PAR751"),
        (har(packed(b" " * (65 << 20)), "base64"), "PAR751"),
        (har(packed(gzip.compress(json.dumps(ANSWER).encode())), "base64"), "PAR002"),
        (har('{"a": ' * 600 + "1" + "}" * 600), "PAR008"),
        (har('{"a": 1, "a": 2}'), "PAR004"),
        (har("data: {}\n\n"), "PAR710"),
    ],
)
def test_what_is_damaged_is_a_finding_with_its_place(data: bytes, code: str) -> None:
    found = judged("a.har", data)
    assert code in {one.code for one in found}
    assert all(one.span is not None for one in found)


@pytest.mark.parametrize("value", [None, 7, "", "text", True, [], {}, [None], {"a": {"b": []}}])
@pytest.mark.parametrize("at", ["request", "response", "stream", "status"])
def test_a_side_of_any_form_is_judged_and_never_an_exception(at: str, value: Any) -> None:
    for rest in (pair(), {"request": {**REQUEST, "stream": True}, "stream": CHUNKS}):
        lint({**rest, at: value}, "exchange")
        judged("a.json", json.dumps({**rest, at: value}).encode())


@pytest.mark.parametrize("field", [*REQUEST, "tools", "tool_choice", "response_format", "stop", "n", "logprobs"])
@pytest.mark.parametrize("value", [None, 7, "", "text", True, [], {}, [None], [7], {"type": 7}, {"function": {}}])
def test_a_request_of_any_form_is_compared_with_its_answer(field: str, value: Any) -> None:
    call = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    message = {"role": "assistant", "content": None, "refusal": None, "tool_calls": [call]}
    answer = {**ANSWER, "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "tool_calls"}]}
    lint(pair({**REQUEST, field: value}, answer), "exchange")


def test_every_beginning_of_a_file_is_judged() -> None:
    for name in ("browser-gzip.har", "cassette-gzip.yaml", "stream-with-usage.json"):
        data = (CASES / "good" / name).read_bytes()
        for end in range(0, len(data), 97):
            assert all(one.span for one in judged(name, data[:end]))


# Schemas of users.


def strict(schema: object, content: str) -> list[str]:
    form = {"type": "json_schema", "json_schema": {"name": "a", "strict": False, "schema": schema}}
    choice = {**ANSWER["choices"][0], "message": {"role": "assistant", "content": content, "refusal": None}}
    return codes(pair({**REQUEST, "response_format": form}, {**ANSWER, "choices": [choice]}))


@pytest.mark.parametrize(
    ("schema", "content", "code"),
    [
        ({"type": "object", "required": ["a"]}, '{"a": 1}', None),
        ({"type": "object", "required": ["a"]}, "{}", "PAR769"),
        ({"properties": {"a": {"$ref": "#/$defs/b"}}, "$defs": {"b": {"type": "string"}}}, '{"a": 1}', "PAR769"),
        ({"type": "object", "properties": {"a": {"type": "string", "nullable": True}}}, '{"a": "b"}', None),
        ({"type": "object", "properties": {"a": {"type": "string", "format": "date"}}}, '{"a": "b"}', None),
        ({"type": "object", "additionalProperties": {"pattern": "^a+$"}}, '{"a": "b"}', "PAR769"),
        ({"type": "object", "properties": {"a": {"$ref": "https://a.example/b.json"}}}, '{"a": 1}', "PAR752"),
        ({"type": "object", "properties": {"a": {"$ref": "#/$defs/none"}}}, '{"a": 1}', "PAR752"),
        ({}, '{"a": 1}', None),
    ],
)
def test_content_is_compared_with_the_schema_of_the_request(schema: object, content: str, code: str | None) -> None:
    found = strict(schema, content)
    assert (code in found) if code else not {"PAR752", "PAR769"} & {*found}


def test_a_schema_that_cannot_be_compiled_is_compiled_once_and_is_no_pass() -> None:
    deep: Any = {"type": "string"}
    for _ in range(150):
        deep = {"type": "object", "properties": {"a": deep}}
    assert "PAR752" in strict(deep, "{}")
    assert "PAR752" in strict(deep, "{}")


# Notes on the verdicts of servers.


@pytest.mark.parametrize(
    ("request_", "status", "expected"),
    [
        (REQUEST, 400, ["PAR790"]),
        (REQUEST, 422, ["PAR790"]),
        (REQUEST, 429, []),
        (REQUEST, 401, []),
        ({**REQUEST, "temperature": 7}, 400, []),
        ({**REQUEST, "temperature": 7}, 200, ["PAR791"]),
        (REQUEST, 200, []),
    ],
)
def test_what_a_server_decides_otherwise_is_a_note(request_: Any, status: int, expected: list[str]) -> None:
    error = {"error": {"message": "no", "type": "invalid_request_error", "param": None, "code": None}}
    answer = ANSWER if status == 200 else error
    exchange = pair(request_, answer, status=status)
    report = lint(exchange, "exchange", select=["PAR79"])
    assert [(one.code, one.severity.value) for one in report.findings] == [(code, "info") for code in expected]
    assert not {"PAR790", "PAR791"} & {one.code for one in lint(exchange, "exchange").findings}


# The library and the command line.


def test_validate_reports_errors_only() -> None:
    cheaper = {**ANSWER, "model": "gpt-4.1-mini"}
    assert [one.code for one in lint(pair(answer=cheaper), "exchange").findings] == ["PAR781"]
    assert validate(pair(answer=cheaper), "exchange").findings == ()
    assert [one.code for one in validate(pair({**REQUEST, "n": 2}), "exchange").findings] == ["PAR755"]


def test_what_is_an_error_of_openai_is_a_warning_where_nobody_saw_it() -> None:
    exchange = pair({**REQUEST, "stop": "1"})
    assert [one.severity.value for one in lint(exchange, "exchange", "openai").findings] == ["error"]
    assert [one.severity.value for one in lint(exchange, "exchange", "azure").findings] == ["warning"]


def parlance(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "parlance", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_other_traffic_is_counted(tmp_path: Path) -> None:
    for name in ("good/browser.har", "faulty/browser-stream.har"):
        (tmp_path / Path(name).name).write_bytes((CASES / name).read_bytes())
    done = parlance("lint", "--as", "exchange", "browser.har", folder=tmp_path)
    assert (done.returncode, "(1 other traffic, 2 exchanges)" in done.stdout) == (0, True)
    done = parlance("lint", "--as", "exchange", "browser-stream.har", folder=tmp_path)
    assert (done.returncode, "1 error in 1 of 1 file; 1 entry of other traffic" in done.stdout) == (1, True)


@pytest.mark.parametrize("name", ["cassette-second.yaml", "stream-arguments-misfit.jsonl", "browser-gzip.har"])
def test_the_command_finds_what_the_library_finds(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes((CASES / "faulty" / name).read_bytes())
    done = parlance("lint", "--as", "exchange", name, "--output-format", "json", folder=tmp_path)
    (found,) = json.loads(done.stdout)["findings"]
    assert {key: found[key] for key in ("code", "pointer", "line")} == FAULTY[name]


def test_a_recording_is_never_edited(tmp_path: Path) -> None:
    data = json.dumps(pair({**REQUEST, "max_tokens": 9})).encode()
    (tmp_path / "a.json").write_bytes(data)
    done = parlance("lint", "--as", "exchange", "--fix", "--unsafe-fixes", "a.json", folder=tmp_path)
    assert "PAR512" in done.stdout
    assert (tmp_path / "a.json").read_bytes() == data


def test_an_event_stream_alone_is_one_finding(tmp_path: Path) -> None:
    (tmp_path / "a.sse").write_text("data: {}\n\ndata: {}\n\n")
    done = parlance("lint", "--as", "exchange", "a.sse", "--output-format", "json", folder=tmp_path)
    assert [one["code"] for one in json.loads(done.stdout)["findings"]] == ["PAR012"]


def test_a_cassette_of_thousands_of_entries_is_judged() -> None:
    entry = json.loads((CASES / "good" / "cassette-base64.json").read_text("utf-8"))["interactions"][0]
    cassette = {"interactions": [entry] * 3_000, "version": 1}
    assert judged("a.json", json.dumps(cassette).encode()) == []


# Rows of containers.


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {description: a., known-by: [/a], request: [{at: /a}]}\n", "needs 'name'"),
        ("- {name: a, description: a., known-by: [/a], reqest: 1}\n", "did you mean 'request'?"),
        ("- {name: a, description: a., known-by: [a]}\n", "is not of the form"),
        ("- {name: a, description: a., payloads: [{at: /a}]}\n", "needs 'as'"),
        ("- {name: a, description: a., payloads: [{at: /a, as: A.b.c}]}\n", "is not of the form"),
        ("- {name: a, description: a., request: [{at: /a, base64: false}]}\n", "must be true"),
        ("- 7\n", "must be a mapping"),
        ("a: 7\n", "a list"),
        ("- {name: a\n", "expected"),
    ],
)
def test_a_row_that_is_none_is_an_error_with_its_place(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(text)
    with pytest.raises(SpecError) as error:
        containers(tmp_path / "a.yaml")
    (finding,) = error.value.findings
    assert message in str(finding)
    assert finding.span


def test_the_reason_why_a_schema_is_not_compiled_is_short() -> None:
    deep: Any = {"type": "string"}
    for _ in range(150):
        deep = {"type": "object", "properties": {"a": deep}}
    for schema, reason in ((deep, "more than 100 schemas"), ({"enum": [*range(50_000)]}, "characters")):
        with pytest.raises(UnusableSchema, match=reason) as error:
            misfit({}, schema)
        assert len(str(error.value)) < 200


def test_recordings_of_a_folder_are_read(tmp_path: Path) -> None:
    for name in ("browser.har", "cassette.yaml", "lines.jsonl"):
        (tmp_path / name).write_bytes((CASES / "good" / name).read_bytes())
    done = parlance("lint", "--as", "exchange", ".", folder=tmp_path)
    assert "3 files conform" in done.stdout
    done = parlance("lint", ".", folder=tmp_path)
    assert "3 files conform" in done.stdout
