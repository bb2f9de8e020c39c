"""A document is held against the artifact that was named, and a line against that of its file."""

from __future__ import annotations

import io
import json
from typing import Any

import parlance
import pytest
from parlance.check.dialect import generated_dialect
from parlance.check.document_reader import read_documents
from parlance.check.file_verdicts import judge_all

USER = {"role": "user", "content": "Hello"}
REQUEST: dict[str, Any] = {"model": "gpt-4.1", "messages": [USER]}
LESSON: dict[str, Any] = {"messages": [USER, {"role": "assistant", "content": "Ahoy"}]}
RESPONSE: dict[str, Any] = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1750000000,
    "model": "gpt-4.1",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "Ahoy", "refusal": None},
            "logprobs": None,
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
}
CHUNK: dict[str, Any] = {
    "id": "chatcmpl-1",
    "object": "chat.completion.chunk",
    "created": 1750000000,
    "model": "gpt-4.1",
    "choices": [{"index": 0, "delta": {"content": "Ahoy"}, "logprobs": None, "finish_reason": None}],
}
BATCH: dict[str, Any] = {"custom_id": "a", "method": "POST", "url": "/v1/chat/completions", "body": REQUEST}
OUTPUT: dict[str, Any] = {
    "id": "b",
    "custom_id": "b",
    "response": {"status_code": 200, "request_id": "c", "body": RESPONSE},
    "error": None,
}
DOCUMENTS = {"request": REQUEST, "response": RESPONSE, "chunk": CHUNK, "batch": BATCH, "batch-output": OUTPUT}
PAIRS = [(named, name) for named in (*DOCUMENTS, "fine-tune") for name in DOCUMENTS if name != named]


def found(lines: list[dict[str, Any]], artifact: str = "auto") -> list[tuple[int, str, str]]:
    """Line, code and message of each finding but that the file is short, which is not what is tried."""
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    documents = read_documents(io.BytesIO(text.encode()), "a.jsonl")
    return [
        (finding.span.line, finding.code, finding.message)
        for judged in judge_all(documents, generated_dialect(), artifact)
        for finding in judged.findings
        if finding.span and finding.code != "PAR640"
    ]


@pytest.mark.parametrize(("named", "name"), PAIRS)
def test_the_named_artifact_is_final(named: str, name: str) -> None:
    report = parlance.validate(DOCUMENTS[name], artifact=named)
    assert not report.ok
    if named != "fine-tune":
        assert [(one.code, one.pointer) for one in report.findings] == [("PAR602", "")]


@pytest.mark.parametrize(("named", "name"), PAIRS)
def test_the_named_artifact_is_final_for_lines_too(named: str, name: str) -> None:
    lines = [DOCUMENTS[name], DOCUMENTS.get(named, LESSON)]
    assert {line for line, _, _ in found(lines, named)} == {1}


def test_a_line_of_another_kind_than_its_file_is_a_finding() -> None:
    lines = [REQUEST, REQUEST, RESPONSE, REQUEST, BATCH, REQUEST, CHUNK]
    assert found(lines) == [
        (3, "PAR602", "looks like a response, not a request"),
        (5, "PAR602", "looks like a batch, not a request"),
        (7, "PAR602", "looks like a chunk, not a request"),
    ]


def test_the_kind_of_a_file_is_that_of_most_of_its_first_lines() -> None:
    assert [line for line, _, _ in found([RESPONSE, REQUEST, REQUEST])] == [1]
    assert [line for line, _, _ in found([RESPONSE, REQUEST])] == [2]
    assert [line for line, _, _ in found([LESSON, REQUEST, LESSON])] == [2]


def test_a_broken_line_is_still_of_its_kind() -> None:
    misspelt = {"modle": "gpt-4.1", "messages": [USER]}
    assert [(line, code) for line, code, _ in found([REQUEST, misspelt, {**REQUEST, "n": 0}])] == [
        (2, "PAR102"),
        (3, "PAR106"),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([LESSON] * 10, []),
        ([LESSON, LESSON, {"messages": [USER]}], ["PAR641"]),
        ([{"messages": [USER]}] * 2, ["PAR101", "PAR101"]),
        ([REQUEST, LESSON], ["PAR602"]),
    ],
)
def test_lines_without_a_model_are_training_data_or_lack_it(lines: list[dict[str, Any]], expected: list[str]) -> None:
    assert [code for _, code, _ in found(lines)] == expected


@pytest.mark.parametrize("document", [LESSON, {"messages": [USER]}, {**LESSON, "tools": []}])
def test_a_document_without_a_model_is_a_request_that_lacks_it(document: dict[str, Any]) -> None:
    first = parlance.validate(document, artifact="auto").findings[0]
    assert (first.code, first.pointer) == ("PAR101", "/model")
    assert first.help == "add it, or name what this is: --as fine-tune"
