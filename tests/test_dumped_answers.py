"""Answers that the SDK wrote again, in a file of their own: what it adds or leaves out is no fault, and faults stay.

The documents are written by the SDK itself, so that a new order of its fields fails here.
"""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import parlance
import pytest
from openai.types.chat import ChatCompletion, ChatCompletionChunk, ParsedChatCompletion

_ANSWER: dict[str, Any] = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1764460800,
    "model": "gpt-4.1-2025-04-14",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "Hi", "refusal": None, "annotations": []},
            "logprobs": None,
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3},
}

_CALL = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}"}}


def _changed(**fields: Any) -> dict[str, Any]:
    return {**deepcopy(_ANSWER), **fields}


def _with_calls() -> dict[str, Any]:
    message = {"role": "assistant", "content": None, "tool_calls": [_CALL]}
    return _changed(choices=[{"index": 0, "message": message, "logprobs": None, "finish_reason": "tool_calls"}])


def _chunk(delta: dict[str, Any], reason: str | None = None) -> ChatCompletionChunk:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
    return ChatCompletionChunk.model_validate(_changed(object="chat.completion.chunk", choices=[choice], usage=None))


_CHUNKS = [_chunk({"role": "assistant", "content": ""}), _chunk({"content": "Hi"}), _chunk({}, "stop")]


def _found(value: object, artifact: str) -> list[tuple[str, str]]:
    return [(one.code, one.pointer) for one in parlance.lint(value, artifact)]


@pytest.mark.parametrize("answer", [_ANSWER, _with_calls(), _changed(provider="Groq")], ids=["text", "calls", "extra"])
@pytest.mark.parametrize("options", [{}, {"exclude_none": True}], ids=["nulls", "without"])
def test_what_the_sdk_adds_or_leaves_out_is_no_finding(answer: dict[str, Any], options: dict[str, Any]) -> None:
    dumped = json.loads(ChatCompletion.model_validate(answer).model_dump_json(**options))
    assert [one for one in _found(dumped, "response") if one[1] != "/provider"] == []


def test_a_parsed_answer_is_read_alike() -> None:
    assert _found(ParsedChatCompletion[object].model_validate(_ANSWER).model_dump(), "response") == []


@pytest.mark.parametrize("chunk", _CHUNKS)
def test_so_are_chunks(chunk: ChatCompletionChunk) -> None:
    assert _found(chunk.model_dump(), "chunk") == []


def test_and_streams_of_them() -> None:
    stream = "".join(f"data: {one.model_dump_json()}\n\n" for one in _CHUNKS) + "data: [DONE]\n\n"
    reader = parlance.StreamValidator()
    assert [*reader.feed(stream.encode()), *reader.close()] == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 9}}, ("PAR801", "/usage/total_tokens")),
        ({"created": None}, ("PAR104", "/created")),
        ({"choices": [None]}, ("PAR104", "/choices/0")),
        ({"model": 3}, ("PAR103", "/model")),
    ],
    ids=["sum", "required null", "null item", "type"],
)
def test_faults_stay(change: dict[str, Any], expected: tuple[str, str]) -> None:
    dumped = ChatCompletion.model_validate(_ANSWER).model_dump()
    assert _found({**dumped, **change}, "response") == [expected]


@pytest.mark.parametrize("field", ["usage", "object"])
def test_a_null_in_the_order_of_a_server_is_a_fault(field: str) -> None:
    assert _found(_changed(**{field: None}), "response") == [("PAR104", f"/{field}")]


def test_files_and_lines_of_them_are_clean(tmp_path: Path) -> None:
    answers = [ChatCompletion.model_validate(one) for one in (_ANSWER, _with_calls())]
    (tmp_path / "one.json").write_text(answers[0].model_dump_json(indent=2))
    (tmp_path / "log.jsonl").write_text("".join(f"{one.model_dump_json()}\n" for one in answers))
    for name in ("one.json", "log.jsonl"):
        assert [*parlance.lint_file(tmp_path / name)] == []
