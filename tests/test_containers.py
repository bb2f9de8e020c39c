"""Payloads are found wherever they lie, judged as themselves, and their faults stand at their places in the file."""

# ruff: noqa: E501 - documents that stand in one line each are a table

from __future__ import annotations

import base64
import copy
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import click
import parlance
import pytest
import yaml
from click.testing import CliRunner
from containers.writers import WRITERS, events_of
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parlance import Finding
from parlance.check.document_reader import json_document
from parlance.cli.main import cli
from parlance.finding import SpecError
from parlance.finding.shape import is_object
from parlance.payloads.container_rows import containers
from parlance.payloads.joined_lines import joined_text
from parlance.payloads.opening import ValuePlace
from parlance.payloads.written_places import Change, PayloadText, applied

REQUEST: dict[str, Any] = {
    "model": "gpt-4.1",
    "temperature": 0.5,
    "top_p": 0.25,
    "messages": [
        {"role": "system", "content": 'It\'s "short", always: # no comment\n\n  indented\tand {{not}} long.'},
        {"role": "user", "content": "Grüße aus Husum 🌊 \\ " + "words " * 30},
    ],
    "tools": [
        {
            "type": "function",
            "function": {"name": "tide", "parameters": {"type": "object", "properties": {"at": {"type": "string"}}}},
        }
    ],
}
ANSWER: dict[str, Any] = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1785931200,
    "model": "gpt-4.1",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "At 14:52.", "refusal": None},
            "logprobs": None,
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 14, "completion_tokens": 7, "total_tokens": 21},
}


def _temperature(request: dict[str, Any]) -> None:
    request["temperature"] = 9.25


def _role(request: dict[str, Any]) -> None:
    request["messages"][1]["role"] = "uzer"


def _part(request: dict[str, Any]) -> None:
    request["messages"][0]["content"] = [{"type": "txt7", "text": "a"}]


def _name(request: dict[str, Any]) -> None:
    request["tools"][0]["function"]["name"] = "x.y.z"


def _top_p(request: dict[str, Any]) -> None:
    request["top_p"] = "much7"


def _second(request: dict[str, Any]) -> None:
    request["tools"].append({"type": "funktion", "function": {"name": "b"}})


def _strict(request: dict[str, Any]) -> None:
    request["tools"][0]["function"]["strict"] = "yes7"


def _description(request: dict[str, Any]) -> None:
    request["tools"][0]["function"]["description"] = 775533


def _message_name(request: dict[str, Any]) -> None:
    request["messages"][1]["name"] = 664422


def _content(request: dict[str, Any]) -> None:
    request["messages"][1]["content"] = 553311


Fault = tuple[Callable[[dict[str, Any]], None], str, str]
FAULTS: dict[str, list[Fault]] = {
    "request": [
        (_temperature, "PAR107", "9.25"),
        (_role, "PAR105", "uzer"),
        (_part, "PAR105", "txt7"),
        (_name, "PAR111", "x.y.z"),
        (_top_p, "PAR103", "much7"),
    ],
    "messages": [
        (_role, "PAR105", "uzer"),
        (_part, "PAR105", "txt7"),
        (_message_name, "PAR103", "664422"),
        (_content, "PAR103", "553311"),
    ],
    "tools": [
        (_name, "PAR111", "x.y.z"),
        (_second, "PAR105", "funktion"),
        (_strict, "PAR103", "yes7"),
        (_description, "PAR103", "775533"),
    ],
}
FAULTS["conversation"] = FAULTS["messages"]
FAULTS["streamed"] = FAULTS["request"]
FAULTS["prompt"] = [*FAULTS["request"][:3], FAULTS["request"][4], *FAULTS["messages"][2:]]
FAULTS["comparison"] = [*FAULTS["request"][:1], *FAULTS["messages"], *FAULTS["tools"][:1]]
CASES = [(name, fault) for name, written in WRITERS.items() for fault in range(len(FAULTS[written.holds]))]


def found(path: Path) -> list[Finding]:
    return [one for one in parlance.lint_file(path).findings if one.severity != "info"]


def file_of(name: str, folder: Path, request: dict[str, Any], answer: dict[str, Any] = ANSWER) -> Path:
    written = WRITERS[name]
    path = folder / written.file
    path.write_bytes(written.write(request, answer))
    return path


def text_of(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.name.endswith(".gz") else data).decode()


def written_at(path: Path, finding: Finding) -> str:
    """What stands in the file where a finding is, without quotes and line ends that belong to a container."""
    assert finding.span is not None
    lines = text_of(path).split("\n")
    rest = lines[finding.span.line - 1][finding.span.column - 1 :]
    return "".join([rest, *lines[finding.span.line : finding.span.line + 1]]).lstrip("\\\"' ")


@pytest.mark.parametrize("name", WRITERS)
def test_in_a_container_without_a_fault_nothing_is_found(name: str, tmp_path: Path) -> None:
    path = file_of(name, tmp_path, REQUEST)
    assert [str(one) for one in found(path)] == []
    payloads = [*parlance.find_payloads(path)]
    assert payloads
    expected: dict[str, Any] = {
        "request": REQUEST,
        "messages": REQUEST["messages"],
        "conversation": {"messages": REQUEST["messages"]},
        "tools": REQUEST["tools"],
        "streamed": {**REQUEST, "stream": True},
        "prompt": {key: value for key, value in REQUEST.items() if key != "tools"},
        "comparison": REQUEST["messages"],
    }
    assert expected[WRITERS[name].holds] in [payload.value for payload in payloads]


@pytest.mark.parametrize(("name", "number"), CASES)
def test_a_fault_is_one_finding_at_its_characters(name: str, number: int, tmp_path: Path) -> None:
    written = WRITERS[name]
    change, code, token = FAULTS[written.holds][number]
    request = copy.deepcopy(REQUEST)
    change(request)
    path = file_of(name, tmp_path, request)
    (finding,) = found(path)
    assert finding.code == code
    assert finding.span is not None
    if written.is_exact:
        assert written_at(path, finding).startswith(token)
    else:
        assert finding.span.line > 1


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\"'\\{}#:- `"), max_size=60)


@given(contents=st.lists(WORDS, min_size=1, max_size=3), name=st.sampled_from([*WRITERS]))
@settings(max_examples=examples(60, at_length=1000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_request_is_found_in_any_container_and_its_places_lead_back(
    contents: list[str], name: str, tmp_path: Path
) -> None:
    written = WRITERS[name]
    request = copy.deepcopy(REQUEST)
    request["messages"] = [{"role": "user", "content": f"{content}."} for content in contents]
    path = file_of(name, tmp_path, request)
    values = [payload.value for payload in parlance.find_payloads(path)]
    kept = {"messages": "messages", "comparison": "messages", "tools": "tools"}.get(written.holds)
    sought = request[kept] if kept else None
    assert sought in values if kept else any(_messages(value) == request["messages"] for value in values)
    if not written.is_exact or written.holds == "tools":
        return
    request["messages"][-1]["role"] = "uzer"
    path = file_of(name, tmp_path, request)
    (finding,) = [one for one in found(path) if one.code == "PAR105"]
    assert finding.span is not None
    assert written_at(path, finding).startswith("uzer")


def _messages(value: object) -> object:
    return value.get("messages") if is_object(value) else None


def test_a_stream_in_a_text_file_is_judged(tmp_path: Path) -> None:
    for name in ("a.txt", "a.json", "a.sse", "a.txt.gz"):
        text = events_of(ANSWER)
        data = text.encode()
        (tmp_path / name).write_bytes(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)
        assert found(tmp_path / name) == []
        data = text.replace('"stop"', '"stopp"').encode()
        (tmp_path / name).write_bytes(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)
        (finding,) = found(tmp_path / name)
        assert (finding.code, finding.span and finding.span.line) == ("PAR105", 3)


def test_what_holds_itself_deeper_than_three_times_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    value: Any = REQUEST
    for depth in range(5):
        value = {"body": json.dumps(value)}
        path.write_text(json.dumps(value))
        codes = [one.code for one in found(path)]
        assert codes == ([] if depth < 3 else ["PAR753"])


# Fixing in place.

CHANGED_IN_PLACE = {
    **dict.fromkeys(
        [
            *("LangSmith", "Langfuse", "Markdown", "Markdown, list", "OTLP", "OpenInference", "Phoenix", "Postman"),
            *("array", "array in one line", "console exporter", "log", "array in YAML", "notebook", "notebook, raw"),
            *("REST client", "Bruno", "curl", "curl, with input"),
        ],
        "",
    ),
    "pair": "/request",
    "pairs in lines": "/request",
    "record": "/body",
    "HAR": "/log/entries/1/request/postData/text",
    "vcrpy": "/interactions/*/request/body",
    "vcrpy, broad": "/interactions/*/request/body",
    "vcrpy in double quotes": "/interactions/*/request/body",
    "vcrpy, literal": "/interactions/*/request/body",
    "vcrpy in JSON": "/interactions/*/request/body",
    "VCR of Ruby": "/http_interactions/*/request/body/string",
    "vcrpy, parsed": "/interactions/*/request/parsed_body",
    "nock": "/*/body",
}
"""By container, the pointer that says that a payload is one's own: nobody edits what was recorded."""


class Run(NamedTuple):
    """What a command came to."""

    stdout: str
    stderr: str
    exit_code: int


def ran(*arguments: str) -> Run:
    """What the command prints; whatever is no error in words is raised."""
    result = CliRunner().invoke(cli, [*arguments], standalone_mode=False)
    if isinstance(result.exception, click.ClickException):
        return Run(result.stdout, result.stderr + result.exception.format_message(), 2)
    if isinstance(result.exception, SpecError):
        return Run(result.stdout, result.stderr + str(result.exception), 2)
    if result.exception is not None:
        raise result.exception
    return Run(result.stdout, result.stderr, result.return_value)


@pytest.mark.parametrize("name", CHANGED_IN_PLACE)
def test_what_is_fixed_in_a_container_is_all_that_changes(name: str, tmp_path: Path) -> None:
    path = file_of(name, tmp_path, {**REQUEST, "max_tokens": 7})
    before = path.read_bytes()
    pointer = CHANGED_IN_PLACE[name]
    options = ["--at", pointer] if pointer else []
    done = ran("lint", "--fix", *options, str(path))
    assert before.count(b"max_tokens") == 1
    assert path.read_bytes() == before.replace(b"max_tokens", b"max_completion_tokens")
    assert "Fixed 1 of 1 finding in 1 file" in done.stderr
    after = path.read_bytes()
    assert ran("lint", "--fix", *options, str(path)).exit_code == 0
    assert path.read_bytes() == after


@pytest.mark.parametrize("name", CHANGED_IN_PLACE)
def test_the_edits_of_a_finding_in_a_container_are_those_of_the_file(name: str, tmp_path: Path) -> None:
    path = file_of(name, tmp_path, {**REQUEST, "max_tokens": 7})
    pointer = CHANGED_IN_PLACE[name]
    options = ["--at", pointer] if pointer else []
    report = json.loads(ran("lint", "--output-format", "json", *options, str(path)).stdout)
    (finding,) = report["findings"]
    assert report["summary"]["fixable"] == 1
    (edit,) = finding["fix"]["edits"]
    lines = path.read_text("utf-8").split("\n")
    row = int(edit["line"]) - 1
    assert edit["line"] == edit["end_line"]
    lines[row] = lines[row][: edit["column"] - 1] + edit["text"] + lines[row][edit["end_column"] - 1 :]
    before = path.read_bytes()
    assert "\n".join(lines).encode() == before.replace(b"max_tokens", b"max_completion_tokens")


def test_what_stands_in_a_container_comes_in_the_order_of_the_file(tmp_path: Path) -> None:
    """Cells of several kinds, each found by a pattern of its own."""
    fence = f"```json\n{json.dumps(REQUEST)}\n```"
    kinds = {"markdown": fence, "raw": json.dumps(REQUEST)}
    cells: list[dict[str, Any]] = [{"cell_type": kind, "metadata": {}, "source": text} for kind, text in [*kinds.items()] * 6]
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": cells, "nbformat": 4}), "utf-8")
    found = [one.pointer for one in parlance.find_payloads(path) if one.value]
    assert [pointer.split("/")[2] for pointer in found] == [str(number) for number in range(12)]


def test_nulls_that_an_sdk_writes_count_as_absent(tmp_path: Path) -> None:
    answer = copy.deepcopy(ANSWER)
    nulls = {"annotations": None, "audio": None, "function_call": None, "tool_calls": None}
    answer["choices"][0]["message"] |= nulls
    answer["usage"] |= {"completion_tokens_details": None, "prompt_tokens_details": None}
    path = tmp_path / "a.json"
    for value in ({"request": {**REQUEST, "n": 1}, "response": answer}, {"ts": 1, "payload": answer}):
        path.write_text(json.dumps(value), encoding="utf-8")
        assert found(path) == []
    path.write_bytes(WRITERS["HAR"].write(REQUEST, answer))
    assert {one.code for one in found(path)} == {"PAR104"}
    path.write_text(json.dumps({"ts": 1, "payload": {**answer, "choices": None}}), encoding="utf-8")
    assert [one.code for one in found(path)] == ["PAR104"]


@pytest.mark.parametrize("name", ["array with gzip", "log with gzip", "curl, with escapes", "vcrpy", "HAR"])
def test_what_cannot_be_written_back_stays_as_it_was(name: str, tmp_path: Path) -> None:
    path = file_of(name, tmp_path, {**REQUEST, "max_tokens": 7})
    before = path.read_bytes()
    done = ran("lint", "--fix", str(path))
    assert path.read_bytes() == before
    assert "PAR512" in done.stdout
    if name not in {"vcrpy", "HAR"}:
        assert "not fixed" in done.stderr or "cannot be written" in done.stderr


def test_a_request_in_pieces_is_not_fixed_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "a.prompt.yml"
    path.write_text("model: openai/gpt-4.1\nmodelParameters: {maxTokens: 7}\nmessages: [{role: user, content: hi}]\n")
    before = path.read_bytes()
    done = ran("lint", "--fix", str(path))
    assert "PAR512" in done.stdout
    assert "1 finding could be fixed, and cannot be written where they stand" in done.stderr
    assert path.read_bytes() == before


LINES = st.lists(st.text(st.sampled_from('a"\\ü\t'), max_size=3).map(lambda line: f"{line}\n"), min_size=1, max_size=4)


@given(lines=LINES, last=st.sampled_from(["", "z", '"']), at=st.tuples(*[st.integers(0, 12)] * 2), new=st.text('b"\n'), indent=st.sampled_from([None, 1]))
@settings(max_examples=examples(80, at_length=2000), deadline=None)
def test_a_change_in_a_list_of_lines_is_one_of_the_text(
    lines: list[str], last: str, at: tuple[int, int], new: str, indent: int | None
) -> None:
    lines = [*lines, *([last] if last else [])]
    outer = json_document(json.dumps({"source": lines}, indent=indent))
    joined = joined_text(ValuePlace(outer, "/source", lines, ""))
    whole, source = "".join(lines), joined.document.source
    assert source is not None
    start, end = sorted(min(one, len(whole)) for one in at)
    change = Change(start, end, new)
    written = PayloadText(whole, source, 0).in_file([change], outer.source)
    assert written is not None
    after: list[str] = json.loads(applied(outer.source.text, written))["source"] if outer.source else []
    assert "".join(after) == applied(whole, [change])
    assert all(line.endswith("\n") for line in after[:-1] if line)


# What is sent to another interface.

_BODY = '{"model": "m", "messages": [{"role": "uzer", "content": "a"}]}'


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("https://api.openai.com/v1/chat/completions", True),
        ("https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21", True),
        ("$BASE/chat/completions", True),
        ("${URL}", True),
        ("http://localhost:8000", True),
        ("https://host/$INTERFACE", True),
        ("http://localhost:11434/api/chat", False),
        ("localhost:11434/api/chat", False),
        ("https://api.anthropic.com/v1/messages", False),
        ("$BASE/v1/responses", False),
    ],
)
def test_what_is_sent_to_another_interface_is_counted_as_that(address: str, is_ours: bool, tmp_path: Path) -> None:
    page = "```sh\ncurl {}\n```\n"
    files = {
        "first.md": page.format(f"-X POST {address} -H 'a: b/c' -d '{_BODY}'"),
        "last.md": page.format(f"-d '{_BODY}' \"{address}\" | jq ."),
        "a.http": f"# chat\nPOST {address} HTTP/1.1\nA: b/c\n\n{_BODY}\n",
        "a.bru": f"post {{\n  url: {address}\n}}\n\nbody:json {{\n  {_BODY}\n}}\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
        assert [one.code for one in found(tmp_path / name)] == (["PAR105"] if is_ours else []), name
        assert len([*parlance.find_payloads(tmp_path / name)]) == is_ours, name
        if not is_ours:
            assert "(1 other traffic)" in ran("lint", str(tmp_path / name)).stdout, name


# Where a user says that payloads are.


@pytest.mark.parametrize(
    ("pointer", "code", "words"),
    [
        ("/body/request", 0, "1 file conforms"),
        ("/body/*", 0, "1 file conforms"),
        ("/body/reqest", 2, "/body/reqest matches nothing: did you mean /body/request?"),
        ("/bdy/request", 2, "did you mean /body/request?"),
        ("/body/request/model/x", 2, "at /body/request/model there is nothing inside"),
        ("/other", 2, "at the root there are ts, body"),
        ("/body/answer", 2, "at /body there are request"),
        ("body.request", 2, "is no JSON Pointer; write /body/request"),
    ],
)
def test_a_pointer_says_where_payloads_are(pointer: str, code: int, words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"ts": 1, "body": {"request": json.dumps(REQUEST)}}) + "\n")
    done = ran("lint", "--at", pointer, str(path))
    assert words in " ".join((done.stdout + done.stderr).split())
    assert done.exit_code == code


def test_a_pointer_goes_on_inside_a_text_and_each_element_is_a_payload(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"a": json.dumps({"b": [REQUEST, {**REQUEST, "top_p": 7.5}]})}))
    for options in (("--at", "/a/b/*"), ("--at", "/a/b", "--each")):
        done = ran("lint", "--output-format", "concise", *options, str(path))
        assert done.stdout.count("PAR107") == 1
        column = path.read_text().index("7.5") + 1
        assert f"a.json:1:{column}: PAR107" in done.stdout


def test_settings_say_where_the_payloads_of_a_file_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "a.jsonl").write_text(json.dumps({"x": {"y": {**REQUEST, "top_p": 7.5}}}) + "\n")
    assert "not a payload" in ran("lint", ".").stdout
    (tmp_path / "parlance.toml").write_text('[per-file-payloads]\n"logs/*.jsonl" = "/x/y"\n')
    assert "PAR107" in ran("lint", ".").stdout
    (tmp_path / "parlance.toml").write_text('[per-file-payloads]\n"logs/*.jsonl" = "x.y"\n')
    done = ran("lint", ".")
    assert (done.exit_code, "parlance.toml:2: 'x.y' is no JSON Pointer; write /x/y" in done.stderr) == (2, True)


def test_rows_of_a_user_count_before_those_of_the_spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text(json.dumps({"ours": 1, "prompt": {"call": {**REQUEST, "top_p": 7.5}}}))
    (tmp_path / "parlance.toml").write_text('containers = ["rows.yaml"]\n')
    row = "- name: our prompts\n  description: What we keep.\n  known-by: [/ours]\n  payloads:\n"
    (tmp_path / "rows.yaml").write_text(f"{row}    - {{at: /prompt/call, as: request}}\n")
    done = ran("lint", "a.json")
    assert "PAR107" in done.stdout
    assert "1 request in 1 entry (our prompts)" in done.stdout
    (tmp_path / "rows.yaml").write_text(f"{row}    - {{at: prompt, as: request}}\n")
    done = ran("lint", "a.json")
    assert (done.exit_code, "rows.yaml:5" in done.stderr) == (2, True)


def test_an_overlay_and_the_folder_of_a_spec_bring_rows(tmp_path: Path) -> None:
    row = "{name: our prompts, description: What we keep., known-by: [/ours], payloads: [{at: /a/call, as: request}]}"
    head = "overlay: 1.1.0\ninfo: {title: Ours, version: '2026-11-20'}\nid: ours\ndescription: Ours.\nextends: openai-2026-11\n"
    overlay, rows, path = tmp_path / "ours.yaml", tmp_path / "rows.yaml", tmp_path / "a.json"
    overlay.write_text(f"{head}containers: [{row}]\n")
    rows.write_text(f"- {row}\n")
    path.write_text(json.dumps({"ours": 1, "a": {"call": {**REQUEST, "top_p": 7.5}}}))
    done = ran("lint", "--overlay", str(overlay), str(path))
    assert "PAR107" in done.stdout
    assert "1 request in 1 entry (our prompts)" in done.stdout
    ways: list[dict[str, Any]] = [{"dialect": overlay}, {"overlays": [overlay]}, {"containers": [rows]}]
    for options in ways:
        (payload,) = parlance.find_payloads(path, **options)
        assert (payload.container, payload.artifact, payload.pointer) == ("our prompts", "request", "/a/call")
        (finding,) = parlance.lint_file(path, **options).findings
        assert (finding.code, written_at(path, finding)[:3]) == ("PAR107", "7.5")
    assert [*parlance.find_payloads(path)] == []
    folder = tmp_path / "spec" / "containers"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text(f"- {row}\n")
    assert containers(folder=tmp_path / "spec")[0].name == "our prompts"
    overlay.write_text(f"{head}containers: [{row.replace('known-by', 'known-bye')}]\n")
    done = ran("lint", "--overlay", str(overlay), str(path))
    assert (done.exit_code, "did you mean 'known-by'?" in done.stderr) == (2, True)


# Files in the shapes of public repositories and tools.

SHAPES = Path(__file__).parent / "cases" / "containers"
SHAPE_CASES: dict[str, dict[str, str]] = yaml.load((SHAPES.parent / "containers.yaml").read_text("utf-8"), yaml.CSafeLoader)


def test_every_shape_is_a_case() -> None:
    assert sorted(SHAPE_CASES) == sorted(path.name for path in SHAPES.iterdir())


@pytest.mark.parametrize("name", SHAPE_CASES)
def test_in_a_shape_of_the_wild_its_one_fault_is_found(name: str, tmp_path: Path) -> None:
    case, text = SHAPE_CASES[name], (SHAPES / name).read_text("utf-8")
    assert text.count(case["at"]) == 1
    (finding,) = found(SHAPES / name)
    assert finding.code == case["code"]
    assert written_at(SHAPES / name, finding).startswith(case["at"])
    path = tmp_path / name
    path.write_text(text.replace(case["at"], case["instead"]), "utf-8")
    assert [str(one) for one in found(path)] == []


def test_conversations_of_an_application_are_no_requests_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    messages = [{"role": "user", "content": "hi", "timestamp": 1}]
    path.write_text(json.dumps({"session": {"id": "s", "messages": messages}, "settings": {"model": "gpt-4.1", "temperature": 9}}))
    assert [*parlance.find_payloads(path)] == []
    path.write_text(json.dumps({"short": REQUEST, "long": {**REQUEST, "top_p": 7.5}, "note": "two"}))
    assert [payload.pointer for payload in parlance.find_payloads(path)] == ["/short", "/long"]
    assert [one.code for one in found(path)] == ["PAR107"]


# What is no payload, and what is damaged.

FOLDERS: dict[str, dict[str, str]] = {
    "application": {
        "package-lock.json": '{"lockfileVersion": 3, "packages": {}}',
        "tsconfig.json": '{\n  // strict\n  "compilerOptions": {"strict": true,},\n}',
        "config/app.yaml": "model: gpt-4.1\nretries: 3\nlog-level: info\n",
        "openapi.yaml": "openapi: 3.1.0\ninfo: {title: x, version: '1'}\npaths: {}\n",
        "schema/chat.schema.json": '{"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {"model": {}, "messages": {}}}',
        "deploy/chart/templates/a.yaml": "kind: A\n{{- if .Values.model }}\nmodel: {{ .Values.model }}\n{{- end }}\n",
        "deploy/k8s.yaml": "apiVersion: v1\nkind: ConfigMap\n---\napiVersion: v1\nkind: Service\n",
        "deploy/stack.yaml": "Resources:\n  A: !Sub '${B}'\n",
        "fixtures/anthropic.json": '{"type": "message", "role": "assistant", "content": [{"type": "text", "text": "x"}], "model": "claude", "id": "m", "usage": {}}',
        "fixtures/embedding.json": '{"model": "text-embedding-3-small", "input": "x"}',
        "notes.txt": "messages: none\nmodel: none\n",
    },
    "docs": {
        "README.md": '# A\n\n```json\n{"model": "gpt-4.1", "messages": [...]}\n```\n\n```json\n{"name": "x"}\n```\n\n```python\n{"model": 1}\n```\n',
        "changes.md": "nothing\n",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", FOLDERS)
def test_in_a_folder_without_payloads_there_is_no_error(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for file, text in FOLDERS[name].items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    done = ran("lint", ".")
    assert (done.exit_code, " error" in done.stdout) == (0, False)
    shown = ran("lint", "--show-files", ".").stdout
    assert all(file in shown for file in FOLDERS[name])


TEAM: dict[str, tuple[str, ...]] = {
    "prompts": ("messages", "tools", "GitHub Models", "promptfoo", "array in YAML"),
    "logs": ("log", "log with gzip", "pairs in lines", "record", "OpenInference", "OTLP", "LiteLLM", "console exporter"),
    "cassettes": ("vcrpy", "vcrpy, literal", "vcrpy in JSON", "VCR of Ruby", "nock", "Polly.js", "HAR", "HAR with base64"),
    "documents": ("notebook", "notebook, raw", "Markdown", "Markdown, list", "curl", "curl, with input"),
}  # fmt: skip


@pytest.mark.parametrize("name", TEAM)
def test_in_a_folder_of_a_team_every_payload_is_found(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for number, container in enumerate(TEAM[name]):
        (tmp_path / f"{number}").mkdir()
        request = copy.deepcopy(REQUEST)
        FAULTS[WRITERS[container].holds][0][0](request)
        file_of(container, tmp_path / f"{number}", request)
    done = ran("lint", "--output-format", "concise", ".")
    assert [line.split("/")[0] for line in done.stdout.splitlines() if ": PAR" in line] == [
        str(number) for number in range(len(TEAM[name]))
    ]
    for number, container in enumerate(TEAM[name]):
        file_of(container, tmp_path / f"{number}", REQUEST)
    done = ran("lint", ".")
    assert (done.exit_code, "skipped" in done.stdout) == (0, False)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.har", b'{"log": 7}', "PAR601"),
        ("a.har", b'{"log": {"entries": 7}}', "no payload in 1 entry (HAR)"),
        ("a.har", b'{"log": {"entries": []}}', "no payload in 1 entry (HAR)"),
        ("a.har", b'{"log": {"entries": [7, null, {"request": []}]}}', "1 file: nothing to check"),
        ("a.json.gz", gzip.compress(b"{" * 5, mtime=0)[:-9], "its gzip data breaks off"),
        ("a.json.gz", b"{}", "it is no gzip data"),
        ("a.jsonl.gz", gzip.compress(b"{}\n" * 5 + b"{", 1, mtime=0), "PAR001"),
        ("a.ipynb", b'{"cells": 7, "nbformat": 4}', "no payload in 1 entry (notebook)"),
        ("a.json", b'{"item": [{"item": []}], "info": {"schema": "x"}}', "Postman collection"),
        ("a.md", b"```json\n{", "1 file: nothing to check (no payload)"),
        ("a.yaml", b"interactions: [{request: {body: !!binary '%%%', method: POST, uri: /chat/completions}}]", "PAR751"),
    ],
)  # fmt: skip
def test_what_is_damaged_is_reported_and_never_an_exception(name: str, data: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    done = ran("lint", str(tmp_path / name))
    assert words in " ".join((done.stdout + done.stderr).split())


def test_what_gzip_makes_large_is_read_to_a_bound(tmp_path: Path) -> None:
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(b" " * (300 << 20), 1))
    done = ran("lint", str(tmp_path / "a.json.gz"))
    assert "a document of more than 256 MiB" in " ".join((done.stdout + done.stderr).split())


def test_every_beginning_of_a_container_is_read_without_an_exception(tmp_path: Path) -> None:
    for name, written in WRITERS.items():
        data = written.write(REQUEST, ANSWER)
        for end in range(0, len(data), max(len(data) // 6, 1)):
            path = tmp_path / written.file
            path.write_bytes(data[:end])
            assert ran("lint", str(path)).exit_code in {0, 1, 2}, name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"model": "m", "messages": MESSAGES, "top_p": NaN}]', ["/0/top_p"]),
        ('[{"model": "m", "messages": MESSAGES}, {"model": "m", "n": 1, "messages": MESSAGES, "n": 2}]', ["/1/n"]),
        ('[{"role": "user", "content": "a", "name": "x", "name": "y"}]', ["/0/name"]),
        ('{"name": "x", "prompts": [[{"role": "user", "content": "a", "content": "b"}]]}', ["/prompts/0/0/content"]),
        ('{"ts": 1, "payload": {"model": "m", "messages": MESSAGES, "top_p": Infinity}}', ["/payload/top_p"]),
        ('{"request": {"model": "m", "n": 1, "n": 1, "messages": MESSAGES}, "status": 500}', ["/request/n"]),
        ('{"log": {"entries": [{"time": NaN, "request": {"method": "POST", "url": "https://a/chat/completions", "postData": {"text": "{}"}}}]}}', ["/log/entries/0/time"]),
    ],
)  # fmt: skip
def test_faults_of_the_text_are_found_in_what_lies_in_it(text: str, expected: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(text.replace("MESSAGES", '[{"role": "user", "content": "a"}]'))
    codes = {"PAR004", "PAR005"}
    assert [one.pointer for one in parlance.lint_file(path).findings if one.code in codes] == expected


# Lines that are none.

LINES_OF_A_BATCH = [
    {"custom_id": f"a{number}", "method": "POST", "url": "/v1/chat/completions", "body": {**REQUEST, "max_tokens": 7}}
    for number in range(3)
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_documents_that_go_on_over_lines_are_one_fault_and_judged(end: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    text = end.join(json.dumps(one, indent=2).replace("\n", end) for one in LINES_OF_A_BATCH) + end
    path.write_bytes(text.encode())
    lines = text[: text.index("\n}")].count("\n") + 2
    first, *others = parlance.lint_file(path).findings
    assert (first.code, first.span and first.span.line) == ("PAR015", 1)
    assert f"has {lines} lines" in first.message
    assert [one.code for one in others] == ["PAR512"] * 3
    assert all(text.splitlines()[one.span.line - 1].lstrip().startswith('"max_tokens"') for one in others if one.span)
    assert "Fixed 2 of 4 findings" in ran("lint", "--fix", str(path)).stderr
    before, after = text.encode().split(b"max_tokens", 1)
    fixed = after.replace(b"max_tokens", b"max_completion_tokens")
    assert path.read_bytes() == before + b"max_tokens" + fixed  # the document with the fault stays as it is


def test_that_an_id_comes_twice_is_found_in_them_too(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(one, indent=1) for one in [LINES_OF_A_BATCH[0], *LINES_OF_A_BATCH]))
    assert [one.pointer for one in parlance.lint_file(path).findings].count("/custom_id") == 1


@pytest.mark.parametrize("text", ['{"a": 1,\n{"b": 2}\n', '{\n"a": 1\nx}\n', '{"model": "m"\n"messages": []}\n'])
def test_what_is_broken_otherwise_stays_a_fault_of_each_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(text)
    codes = {one.code for one in parlance.lint_file(path).findings}
    assert "PAR001" in codes
    assert "PAR015" not in codes


@pytest.mark.parametrize(("name", "indent"), [("a.json", 1), ("a.json", None), ("a.jsonl", None), ("a.jsonl", 1)])
def test_lines_in_an_array_are_judged_as_what_they_are(name: str, indent: int | None, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(json.dumps(LINES_OF_A_BATCH, indent=indent))
    assert {payload.artifact for payload in parlance.find_payloads(path)} == {"batch"}
    assert [one.pointer for one in parlance.lint_file(path).findings if one.code == "PAR512"] == [
        f"/{number}/body/max_tokens" for number in range(3)
    ]
    faults = [] if name == "a.json" else ["PAR016" if indent is None else "PAR015"]
    assert [one.code for one in parlance.lint_file(path).findings if one.code != "PAR512"] == faults


def test_lines_that_are_arrays_of_messages_are_no_arrays_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(REQUEST['messages'])}\n" * 2)
    assert not parlance.lint_file(path).findings


# Templates, comments, and what Python prints.


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.json", '{"model": {{model}}, "messages": [{"role": "user", "content": "a"}], "top_p": ${P}}', ["PAR013", "PAR013"]),
        ("a.json", '{"model": "{{ model }}", "messages": [{"role": "user", "content": "{{a}}"}]}', []),
        ("a.json", '{"model": "m", "messages": [{% for a in b %}{{ a }}{% endfor %}]}', ["PAR014"]),
        ("a.json", "{'model': 'm', 'messages': [], 'stop': None}", ["PAR001"]),
        ("a.json", "ChatCompletion(id='x', choices=[])", ["PAR001"]),
        ("a.json", '{"model": "m", // a\n "messages": [{"role": "user", "content": "a"}]}', ["PAR001"]),
        ("a.jsonc", '{"model": "m", // a\n "messages": [{"role": "user", "content": "a"},],}', []),
        ("a.json5", "{model: 'm', /* a */ messages: [{role: 'user', content: 'it\\'s'}], top_p: .5, n: 0x1}", []),
        ("a.json5", "{model: 'm', messages: [{role: 'uzer', content: 'a'}]}", ["PAR105"]),
        ("a.jsonc", '{"model": "m" "messages": []}', ["PAR001"]),
        ("a.md", '```jsonc\n{"model": "m", // a\n "messages": [{"role": "uzer", "content": "a"},],}\n```\n', ["PAR105"]),
    ],
)  # fmt: skip
def test_text_that_is_nearly_json_is_read_or_explained(
    name: str, text: str, expected: list[str], tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    done = ran("lint", "--output-format", "concise", "--extend-select", "PAR013", str(tmp_path / name))
    assert re.findall(r": (PAR\d+) ", done.stdout) == expected


def test_a_variable_of_postman_without_quotes_is_a_note(tmp_path: Path) -> None:
    path = file_of("Postman", tmp_path, {**REQUEST, "model": "MODEL"})
    path.write_bytes(path.read_bytes().replace(b'\\"MODEL\\"', b"{{model}}"))
    done = ran("lint", "--output-format", "concise", "--extend-select", "PAR013", str(path))
    line, column = path.read_text("utf-8")[: path.read_text("utf-8").index("{{model}}")].rsplit("\n", 1)
    assert f"a.json:{line.count(chr(10)) + 2}:{len(column) + 1}: PAR013" in done.stdout
    assert done.exit_code == 0


def test_the_page_of_containers_shows_a_row_that_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parent.parent / "docs" / "containers.md").read_text("utf-8")
    row = page.partition("```yaml\n")[2].partition("```")[0]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "containers.yaml").write_text(row)
    (tmp_path / "parlance.toml").write_text('containers = ["containers.yaml"]\n')
    packed = base64.b64encode(json.dumps({**ANSWER, "object": "chat"}).encode()).decode()
    call = {
        "target": "https://a/v1/chat/completions",
        "sent": REQUEST,
        "code": 200,
        "received": packed,
        "encoding": "base64",
    }
    (tmp_path / "a.json").write_text(json.dumps({"gateway": {"version": 1}, "calls": [call, {"target": "/health"}]}))
    done = ran("lint", "a.json")
    assert "PAR105" in done.stdout
    assert "1 request, 1 answer in 2 entries (records of our gateway)" in " ".join(done.stdout.split())
