"""Payloads are found wherever they lie, judged as themselves, and their faults stand at their places in the file."""

from __future__ import annotations

import copy
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import parlance
import pytest
from containers.writers import WRITERS, events_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parlance import Finding

REQUEST: dict[str, Any] = {
    "model": "gpt-4.1",
    "temperature": 0.5,
    "top_p": 0.25,
    "messages": [
        {"role": "system", "content": "It's \"short\", always: # no comment\n\n  indented\tand {{not}} long."},
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


def _schema(request: dict[str, Any]) -> None:
    request["tools"][0]["function"]["parameters"]["type"] = "objekt"


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
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    return value.get("messages") if isinstance(value, dict) else None


def test_a_stream_in_a_text_file_is_judged(tmp_path: Path) -> None:
    for name in ("a.txt", "a.json", "a.sse", "a.txt.gz"):
        text = events_of(ANSWER)
        data = text.encode()
        (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        assert found(tmp_path / name) == []
        data = text.replace('"stop"', '"stopp"').encode()
        (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        (finding,) = found(tmp_path / name)
        assert (finding.code, finding.span and finding.span.line) == ("PAR105", 3)


def test_what_holds_itself_deeper_than_three_times_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    value: Any = REQUEST
    for depth in range(5):
        value = {"body": json.dumps(value)}
        path.write_text(json.dumps(value))
        codes = [one.code for one in found(path)]
        assert codes == ([] if depth < 3 else ["PAR753"])
