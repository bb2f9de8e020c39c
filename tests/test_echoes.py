"""What rests on a value that is refused already is no second finding; what does not, is one.

Found by strategies: a document with one mistake had two findings.
"""

from __future__ import annotations

from typing import Any

import parlance
import pytest

HELLO = {"role": "user", "content": "Hello"}
ONE_CALL = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}"}}


def _conversation(call: Any, answered: Any) -> dict[str, Any]:
    called = {"role": "assistant", "content": None, "tool_calls": [call]}
    answer = {"role": "tool", "content": "Sun.", "tool_call_id": answered}
    return {"model": "gpt-4.1", "messages": [HELLO, called, answer]}


def _answer(**usage: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": "Hello", "refusal": None}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    counts = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3, **usage}
    start = {"id": "a", "object": "chat.completion", "created": 1, "model": "gpt-4.1"}
    return {**start, "choices": [choice], "usage": counts}


ALONE = [
    ("request", _conversation({**ONE_CALL, "id": 7}, "call_1"), "PAR103", "/messages/1/tool_calls/0/id"),
    ("request", _conversation(ONE_CALL, 7), "PAR103", "/messages/2/tool_call_id"),
    ("response", _answer(prompt_tokens=0.5), "PAR103", "/usage/prompt_tokens"),
    ("response", _answer(prompt_tokens=-1), "PAR106", "/usage/prompt_tokens"),
]


@pytest.mark.parametrize(("artifact", "document", "code", "pointer"), ALONE, ids=lambda each: str(each)[:40])
def test_one_mistake_is_one_finding(artifact: str, document: Any, code: str, pointer: str) -> None:
    found = parlance.validate(document, artifact=artifact).findings
    assert [(each.code, each.pointer) for each in found] == [(code, pointer)]


def test_a_line_of_a_batch_is_no_exception() -> None:
    body = _conversation({**ONE_CALL, "id": 7}, "call_1")
    line = {"custom_id": "a", "method": "POST", "url": "/v1/chat/completions", "body": body}
    (only,) = parlance.validate(line, artifact="batch").findings
    assert (only.code, only.pointer) == ("PAR103", "/body/messages/1/tool_calls/0/id")


def test_what_is_wrong_by_itself_is_still_reported() -> None:
    document = {**_conversation(ONE_CALL, "call_2"), "temperature": "hot"}
    found = parlance.validate(document).findings
    assert {(each.code, each.pointer) for each in found} >= {("PAR103", "/temperature"), ("PAR302", "/messages/2")}


@pytest.mark.parametrize("lacking", [(), ("index",), ("message",), ("index", "message")])
def test_a_documented_field_is_not_missed_beside_a_required_one(lacking: tuple[str, ...]) -> None:
    """Without `logprobs` alone there is a warning; a choice that lacks what is required has more important faults."""
    answer = _answer()
    answer["created"] = 1755734400
    for field in (*lacking, "logprobs"):
        del answer["choices"][0][field]
    found = parlance.lint(answer, artifact="response").findings
    assert {each.code for each in found} == ({"PAR101"} if lacking else {"PAR814"})
    assert {each.pointer for each in found} == {f"/choices/0/{field}" for field in lacking or ("logprobs",)}
