"""What chunks come to: any completion that was taken apart, and the odd shapes that servers send."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parlance import UnknownArtifact, fold
from parlance.check.dialect import Dialect, generated_dialect, generated_package
from parlance.check.streams.stream_reading import StreamReading

BASE = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1764000000, "model": "gpt-4.1"}
DIALECTS = sorted({generated_dialect(name).id for name in generated_package().DIALECTS} - {"atoma-2024-12"})


def chunk(*choices: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**BASE, "choices": [*choices], **fields}


def piece(delta: dict[str, Any], reason: str | None = None, index: int = 0) -> dict[str, Any]:
    return chunk({"index": index, "delta": delta, "finish_reason": reason})


def calls(*deltas: list[dict[str, Any]]) -> list[tuple[Any, Any, Any]]:
    """Id, name and arguments of the calls that deltas come to, a chunk each."""
    message = fold(piece({"tool_calls": each}) for each in deltas)["choices"][0]["message"]
    return [
        (each.get("id"), each.get("function", {}).get("name"), each.get("function", {}).get("arguments"))
        for each in message["tool_calls"]
    ]


def call(arguments: str, name: str | None = None, **fields: Any) -> dict[str, Any]:
    return {**fields, "function": {"arguments": arguments, **({} if name is None else {"name": name})}}


# Completions, taken apart.

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SOME = TEXTS.filter(bool)


@st.composite
def cuts(draw: st.DrawFn, text: str) -> list[str]:
    """The pieces of a text, of which some may be empty."""
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
    return [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]


CALLS = st.lists(st.tuples(SOME, SOME, TEXTS), max_size=3, unique_by=lambda call: call[0])


@st.composite
def usages(draw: st.DrawFn) -> dict[str, Any]:
    prompt, answer = draw(st.integers(0, 99)), draw(st.integers(0, 99))
    return {"prompt_tokens": prompt, "completion_tokens": answer, "total_tokens": prompt + answer}


@st.composite
def messages(draw: st.DrawFn) -> dict[str, Any]:
    texts = {name: draw(st.none() | TEXTS) for name in ("content", "refusal")}
    message: dict[str, Any] = {"role": "assistant", **texts}
    if found := draw(CALLS):
        message["tool_calls"] = [
            {"id": id_, "type": "function", "function": {"name": name, "arguments": arguments}}
            for id_, name, arguments in found
        ]
    return message


@st.composite
def completions(draw: st.DrawFn) -> dict[str, Any]:
    choices = [
        {"index": index, "message": draw(messages()), "finish_reason": draw(st.sampled_from(["stop", "length"]))}
        for index in range(draw(st.integers(1, 3)))
    ]
    whole: dict[str, Any] = {**BASE, "object": "chat.completion", "choices": choices}
    if usage := draw(st.none() | usages()):
        whole["usage"] = usage
    return whole


@st.composite
def deltas(draw: st.DrawFn, message: dict[str, Any]) -> list[dict[str, Any]]:
    """The deltas that a message may come in."""
    first: dict[str, Any] = {"role": "assistant", "content": None, "refusal": None}
    found = [first]
    for name in ("content", "refusal"):
        if message[name] is not None:
            found += [{name: part} for part in draw(cuts(message[name]))]
    for index, each in enumerate(message.get("tool_calls", ())):
        head, *rest = draw(cuts(each["function"]["arguments"]))
        begin = {"index": index, **each, "function": {**each["function"], "arguments": head}}
        found += [{"tool_calls": [begin]}, *({"tool_calls": [{"index": index, **call(part)}]} for part in rest)]
    return found


@given(completions(), st.data())
def test_a_completion_that_is_taken_apart_is_folded_to_itself(whole: dict[str, Any], data: st.DataObject) -> None:
    queues = [
        [
            *(piece(delta, index=choice["index"]) for delta in data.draw(deltas(choice["message"]))),
            piece({}, choice["finish_reason"], choice["index"]),
        ]
        for choice in whole["choices"]
    ]
    chunks: list[dict[str, Any]] = []
    while queues := [queue for queue in queues if queue]:
        chunks.append(data.draw(st.sampled_from(queues)).pop(0))
    if "usage" in whole:
        chunks = [*({**each, "usage": None} for each in chunks), chunk(usage=whole["usage"])]
    before = copy.deepcopy(chunks)
    assert fold(chunks) == whole
    assert chunks == before


WORDS = st.sampled_from(["choices", "delta", "index", "tool_calls", "function", "content", "arguments", "id", "usage"])
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


@given(st.lists(ODD, max_size=5))
def test_whatever_comes_is_folded_without_an_exception_and_changes_nothing(chunks: list[Any]) -> None:
    before = copy.deepcopy(chunks)
    json.dumps(fold(chunks))
    assert chunks == before


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_folds_a_plain_stream(dialect: str) -> None:
    whole = fold([piece({"role": "assistant", "content": "Eb"}), piece({"content": "b"}), piece({}, "stop")], dialect)
    assert (whole["id"], whole["model"], whole.get("object")) in {
        ("chatcmpl-1", "gpt-4.1", "chat.completion"),
        ("chatcmpl-1", "gpt-4.1", None),  # where servers have words of their own
    }
    message = {"role": "assistant", "content": "Ebb"}
    assert whole["choices"] == [{"index": 0, "message": message, "finish_reason": "stop"}]


# Shapes of servers, by what was reported of them.


def test_roles_ids_and_names_that_come_again_are_not_strung_together() -> None:
    whole = fold(piece({"role": "assistant", "content": text}) for text in ("Eb", "b"))
    assert whole["choices"][0]["message"] == {"role": "assistant", "content": "Ebb"}
    head = {"index": 0, "id": "call_1", "type": "function"}
    parts = [[call(text, "tides", **head)] for text in ('{"port"', ': "Bergen"', "}")]
    assert calls(*parts) == [("call_1", "tides", '{"port": "Bergen"}')]


def test_a_role_that_never_comes_is_that_of_every_answer() -> None:
    for delta in ({"content": "Ebb"}, {"role": None, "content": "Ebb"}):
        assert fold([piece(delta)])["choices"][0]["message"] == {"role": "assistant", "content": "Ebb"}


def test_the_first_id_and_model_that_are_not_empty_are_those_of_the_answer() -> None:
    first: dict[str, Any] = {"id": "", "object": "", "created": 0, "model": "", "choices": []}
    whole = fold([first, piece({"role": "assistant", "content": "Ebb"}), {**piece({}, "stop"), "id": "other"}])
    assert [whole[name] for name in ("id", "object", "created", "model")] == [
        "chatcmpl-1", "chat.completion", 1764000000, "gpt-4.1",
    ]  # fmt: skip


def test_usage_stays_whatever_follows_it() -> None:
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    whole = fold([piece({"content": "Ebb"}, "stop"), chunk(usage=usage), chunk(moderation={"input": None}, usage=None)])
    assert (whole["usage"], whole["moderation"]) == (usage, {"input": None})


def test_a_finish_reason_that_comes_again_or_changes() -> None:
    cases = ((["stop", None, "stop"], "stop"), (["stop", "tool_calls"], "tool_calls"), (["stop", ""], "stop"))
    for reasons, expected in cases:
        assert fold(piece({}, reason) for reason in reasons)["choices"][0]["finish_reason"] == expected


def test_choices_come_in_any_order() -> None:
    whole = fold([piece({"content": "b"}, index=1), piece({"content": "a"}), piece({"content": "c"}, index=2)])
    assert [(one["index"], one["message"]["content"]) for one in whole["choices"]] == [(0, "a"), (1, "b"), (2, "c")]


def test_calls_without_an_index_are_in_the_order_in_which_they_begin() -> None:
    one, two = call("{}", "tides", id="a"), call("{}", "winds", id="b")
    assert calls([one, two]) == [("a", "tides", "{}"), ("b", "winds", "{}")]
    assert calls([one], [two]) == [("a", "tides", "{}"), ("b", "winds", "{}")]
    assert calls([call("", "tides", id="a")], [call("{")], [call("}")]) == [("a", "tides", "{}")]


def test_several_calls_with_one_index_are_several() -> None:
    one, two = call("{}", "tides", index=0, id="a"), call("{}", "winds", index=0, id="b")
    assert calls([one], [two]) == [("a", "tides", "{}"), ("b", "winds", "{}")]
    one, two = call("{}", "tides", index=0), call("{}", "tides", index=0)
    assert calls([one], [two]) == [(None, "tides", "{}"), (None, "tides", "{}")]


def test_two_deltas_of_one_call_may_stand_in_one_chunk() -> None:
    assert calls([call("", "tides", index=0, id="a"), call("{}", index=0)]) == [("a", "tides", "{}")]


def test_another_id_without_a_name_goes_on_with_the_call() -> None:
    parts = [[call("", "tides", index=0, id="a")], [call("{", "", index=0, id="b")], [call("}", "", index=0, id="c")]]
    assert calls(*parts) == [("a", "tides", "{}")]


def test_indices_may_begin_anywhere() -> None:
    parts = [[call("", "tides", index=7, id="a")], [call("{}", index=7)], [call("{}", "winds", index=8, id="b")]]
    assert calls(*parts) == [("a", "tides", "{}"), ("b", "winds", "{}")]


@pytest.mark.parametrize("id_", [7, "", None])
def test_ids_may_be_numbers_or_empty(id_: object) -> None:
    parts = [[call("", "tides", index=0, id=id_)], [call("{}", index=0, id=id_)]]
    assert calls(*parts) == [(id_, "tides", "{}")]


def test_lists_and_texts_of_one_field_are_kept_in_order() -> None:
    think: dict[str, Any] = {"type": "thinking", "thinking": []}
    whole = fold([piece({"content": [think]}), piece({"content": "Ebb"})])
    assert whole["choices"][0]["message"]["content"] == [think, "Ebb"]
    whole = fold([piece({"content": "Ebb"}), piece({"content": [think]})])
    assert whole["choices"][0]["message"]["content"] == ["Ebb", think]


def test_texts_that_no_schema_knows_are_put_together_too() -> None:
    whole = fold(piece({"reasoning_content": text}) for text in ("The ", "moon."))
    assert whole["choices"][0]["message"]["reasoning_content"] == "The moon."


def test_an_envelope_is_opened() -> None:
    whole = fold([{"data": piece({"role": "assistant", "content": "Ebb"}, "stop")}], "atoma")
    assert whole["choices"][0]["message"]["content"] == "Ebb"


def test_a_dialect_without_streams_is_an_error() -> None:
    with pytest.raises(UnknownArtifact, match="no streams"):
        StreamReading(Dialect("bare", {}))
