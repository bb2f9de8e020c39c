"""Values of a wrong type: help for every one, and a fix where it is plain what was meant and the result is valid."""

from __future__ import annotations

import json
from typing import Any

import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from parlance.check.dialect import generated_dialect
from parlance.check.document import Document
from parlance.check.document_reader import decoded_document, json_document, yaml_document
from parlance.check.engine import Verdict, judge
from parlance.check.fixes.edited_value import edited_value
from parlance.check.fixes.fix_rounds import fix_document
from parlance.check.fixes.retyping import WRONG_TYPE
from parlance.finding.pointer import value_at

HELLO = [{"role": "user", "content": "Hello"}]
TOOL = {"type": "function", "function": {"name": "tides"}}


def request(**fields: Any) -> dict[str, Any]:
    return {"model": "gpt-4.1-2025-04-14", "messages": HELLO, **fields}


def spoken(**fields: Any) -> dict[str, Any]:
    return request(messages=[{"role": "user", "content": "Hello", **fields}])


def tool(**fields: Any) -> dict[str, Any]:
    return request(tools=[{"type": "function", "function": {"name": "tides", **fields}}])


def called(arguments: Any) -> dict[str, Any]:
    call = {"id": "call_1", "type": "function", "function": {"name": "tides", "arguments": arguments}}
    answer = {"role": "tool", "tool_call_id": "call_1", "content": "high"}
    return request(messages=[*HELLO, {"role": "assistant", "tool_calls": [call]}, answer], tools=[TOOL])


ARGUMENTS = "/messages/1/tool_calls/0/function/arguments"


def verdict(document: Document, artifact: str | None = "request") -> Verdict:
    return judge(document, generated_dialect(), artifact or "request", lint=True)


FIXED: list[tuple[dict[str, Any], str, Any, bool]] = [
    # A number or a boolean in quotes.
    (request(temperature="0.7"), "/temperature", 0.7, False),
    (request(temperature="1"), "/temperature", 1, False),
    (request(seed="100"), "/seed", 100, False),
    (request(seed="-5"), "/seed", -5, False),
    (request(seed="123456789012345"), "/seed", 123456789012345, False),
    (request(logit_bias={"5": "1"}), "/logit_bias/5", 1, False),
    (request(store="true"), "/store", True, False),
    (request(stream="false"), "/stream", False, False),
    # A number or a boolean without.
    (request(stop=5), "/stop", "5", False),
    (request(stop=["a", 5]), "/stop/1", "5", False),
    (request(stop=True), "/stop", "true", False),
    (request(metadata={"customer": 4711}), "/metadata/customer", "4711", False),
    (request(metadata={"version": 1.5}), "/metadata/version", "1.5", False),
    (spoken(content=2027), "/messages/0/content", "2027", False),
    (spoken(name=7), "/messages/0/name", "7", False),
    # JSON that belongs into a string.
    (called({"town": "Bergen"}), ARGUMENTS, '{"town":"Bergen"}', True),
    (called({}), ARGUMENTS, "{}", True),
    (called({"a": [1, None, {"ø": 'says "no"'}]}), ARGUMENTS, '{"a":[1,null,{"ø":"says \\"no\\""}]}', True),
    (called([1]), ARGUMENTS, "[1]", True),
    (called(5), ARGUMENTS, "5", False),
    # And the other way round.
    (request(tools=json.dumps([TOOL])), "/tools", [TOOL], False),
    (request(logit_bias='{"5": 1}'), "/logit_bias", {"5": 1}, False),
    (request(messages=json.dumps(HELLO, indent=2)), "/messages", HELLO, False),
    # One where there may be several.
    (request(modalities="text"), "/modalities", ["text"], False),
    (request(messages=HELLO[0]), "/messages", HELLO, False),
    (request(tools=TOOL), "/tools", [TOOL], False),
    (spoken(content={"type": "text", "text": "x"}), "/messages/0/content", [{"type": "text", "text": "x"}], False),
    # One of several where there is one.
    (request(model=["gpt-4.1-2025-04-14"]), "/model", "gpt-4.1-2025-04-14", False),
    (request(seed=[5]), "/seed", 5, False),
    (request(tools=[TOOL], tool_choice=["auto"]), "/tool_choice", "auto", False),
    (request(tools=[[TOOL]]), "/tools/0", TOOL, False),
    (request(messages=[HELLO]), "/messages/0", HELLO[0], False),
]


@pytest.mark.parametrize(("payload", "pointer", "meant", "safe"), FIXED, ids=range(len(FIXED)))
def test_what_was_meant_is_one_finding_with_a_fix(
    payload: dict[str, Any], pointer: str, meant: Any, safe: bool
) -> None:
    document = json_document(json.dumps(payload))
    before = verdict(document)
    errors = [one for one in zip(before.findings, before.value_fixes, strict=True) if one[0].severity == "error"]
    ((finding, value_fix),) = errors
    assert (finding.code, finding.pointer) == ("PAR103", pointer)
    assert value_fix
    assert value_fix.safe is safe
    assert finding.fix
    assert finding.help == finding.fix.title
    result = value_at(edited_value(payload, value_fix.edits), pointer)
    assert (result, type(result)) == (meant, type(meant))
    after = fix_document(document, verdict, unsafe=not safe).verdict
    assert not any(one.severity == "error" for one in after.findings)


@pytest.mark.parametrize(
    ("payload", "pointer"),
    [
        (spoken(name=None), "/messages/0/name"),
        (tool(description=None), "/tools/0/function/description"),
        (tool(parameters=None), "/tools/0/function/parameters"),
        (request(user=None), "/user"),
        (request(stream=True, stream_options={"include_usage": None}), "/stream_options/include_usage"),
    ],
)
def test_null_is_left_out_where_nothing_need_be(payload: dict[str, Any], pointer: str) -> None:
    document = json_document(json.dumps(payload))
    ((finding, value_fix),) = [
        one for one in zip(verdict(document).findings, verdict(document).value_fixes, strict=True) if one[1]
    ]
    assert (finding.code, finding.pointer, finding.help) == ("PAR104", pointer, "leave it out")
    assert value_fix
    assert not value_fix.safe
    after = fix_document(document, verdict, unsafe=True).document.value
    parent, _, key = pointer.rpartition("/")
    container: Any = value_at(after, parent)
    assert key not in container


NUMBER, WHOLE, BOOLEAN = "write a number, without quotes", "write a whole number, without quotes", "write true or false"


@pytest.mark.parametrize(
    ("payload", "pointer", "advice"),
    [
        # Numbers that are not written as one, or that are none.
        (request(temperature=" 0.7"), "/temperature", NUMBER),
        (request(temperature="0.7\n"), "/temperature", NUMBER),
        (request(temperature="0,7"), "/temperature", NUMBER),
        (request(temperature=".5"), "/temperature", NUMBER),
        (request(temperature="1e0"), "/temperature", NUMBER),
        (request(temperature="NaN"), "/temperature", NUMBER),
        (request(temperature=""), "/temperature", NUMBER),
        (request(temperature="low"), "/temperature", NUMBER),
        (request(temperature="\u0660"), "/temperature", NUMBER),
        (request(seed="007"), "/seed", WHOLE),
        (request(seed="0x10"), "/seed", WHOLE),
        (request(seed="1.5"), "/seed", WHOLE),
        (request(seed="1234567890123456"), "/seed", WHOLE),
        (request(store="True"), "/store", f"{BOOLEAN}, without quotes"),
        (request(store="yes"), "/store", f"{BOOLEAN}, without quotes"),
        (request(store=1), "/store", BOOLEAN),
        (request(seed=1.5), "/seed", "write a whole number"),
        # What would be out of bounds, or not among the values.
        (request(temperature="7"), "/temperature", NUMBER),
        (spoken(role=1), "/messages/0/role", 'write a string "…"'),
        # Several forms.
        (request(stop={"a": 1}), "/stop", 'write a string "…" or an array of strings ["…"]'),
        (spoken(content=None), "/messages/0/content", 'write a string "…" or an array of objects [{…}]'),
        (request(tool_choice=5), "/tool_choice", 'write a string "…" or an object {…}'),
        # More than one, or none, where one is expected; text where there should be objects.
        (request(model=["a", "b"]), "/model", 'write a string "…"'),
        (request(model=[]), "/model", 'write a string "…"'),
        (request(messages="Hello"), "/messages", "write an array of objects [{…}]"),
        (request(messages=["Hello"]), "/messages/0", "write an object {…}"),
        (request(response_format="json_object"), "/response_format", "write an object {…}"),
        # Null where something must be.
        (request(model=None), "/model", 'write a string "…"'),
        (request(tools=[None]), "/tools/0", "write an object {…}"),
        (request(stop=["a", None]), "/stop/1", 'write a string "…"'),
        (called(None), ARGUMENTS, 'write JSON in a string, such as "{}"'),
        # What was meant is plain, and it has a fault of its own.
        (request(modalities="video"), "/modalities", 'put it in an array: ["video"]'),
        (request(messages={"role": "usr"}), "/messages", 'put it in an array: [{"role": "usr"}]'),
    ],
)
def test_everything_else_gets_help_alone(payload: dict[str, Any], pointer: str, advice: str) -> None:
    found = verdict(json_document(json.dumps(payload)))
    rows = [
        (one.pointer, one.help, value_fix)
        for one, value_fix in zip(found.findings, found.value_fixes, strict=True)
        if one.code in WRONG_TYPE
    ]
    assert rows == [(pointer, advice, None)]


def test_all_mistakes_of_a_document_are_fixed_together() -> None:
    document = json_document(
        json.dumps(request(temperature="0.7", stop=5, modalities="text", model=["gpt-4.1-2025-04-14"], seed=[7]))
    )
    fixed_text = fix_document(document, verdict, unsafe=True)
    expected = request(temperature=0.7, stop="5", modalities=["text"], seed=7)
    assert fixed_text.document.value == expected


def test_a_payload_without_text_gets_the_same_help() -> None:
    (finding,) = verdict(decoded_document(request(temperature="0.7"))).findings
    assert (finding.fix, finding.help) == (None, "write it without quotes: 0.7")
    (finding,) = verdict(decoded_document(request(metadata={"size": 1e22}))).findings
    assert (finding.fix, finding.help) == (None, 'write a string "…"')


@pytest.mark.parametrize("word", ["5", "1.50", "1e22", "-0", "12345678901234567890", "true"])
def test_what_is_put_in_quotes_stays_as_it_is_written(word: str) -> None:
    text = json.dumps(request(metadata={"size": "HERE"})).replace('"HERE"', word)
    fixed_text = fix_document(json_document(text), verdict, unsafe=True)
    assert fixed_text.document.value == request(metadata={"size": word})


@pytest.mark.parametrize(
    ("word", "meant"),
    [*((word, word) for word in ("yes", "0x1F", "010", "1_000", "1.50", "NO")), ("&a 5", "5")],
)
def test_what_yaml_reads_as_something_else_keeps_its_word(word: str, meant: str) -> None:
    text = f"model: gpt-4.1-2025-04-14\nmessages: [{{role: user, content: Hello}}]\nmetadata:\n  size: {word}\n"
    document = yaml_document(text)
    (finding,) = verdict(document).findings
    fixed_text = fix_document(document, verdict, unsafe=True)
    if finding.fix:
        assert fixed_text.document.value == request(metadata={"size": meant})
    assert finding.fix or word.startswith("&")


def test_the_body_of_a_batch_line_is_fixed_in_its_place() -> None:
    line = {"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": request(seed="7")}
    found = judge(json_document(json.dumps(line)), generated_dialect(), "batch", lint=True)
    (value_fix,) = [one for one in found.value_fixes if one]
    assert value_at(edited_value(line, value_fix.edits), "/body/seed") == 7


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.sampled_from(["1", "{}"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ["model", "messages", "temperature", "stop", "tools", "tool_choice", "metadata", "modalities", "user", "seed"]


@settings(max_examples=examples(80, at_length=2000))
@given(st.dictionaries(st.sampled_from(FIELDS), VALUES, min_size=1))
def test_a_fix_is_valid_where_it_is_made_and_every_wrong_type_has_help(fields: dict[str, Any]) -> None:
    payload = request(**fields)
    check = generated_dialect().artifacts["request"].check
    found = verdict(json_document(json.dumps(payload)))
    for finding, value_fix in zip(found.findings, found.value_fixes, strict=True):
        if finding.code in WRONG_TYPE:
            assert finding.help
        if finding.code in WRONG_TYPE and value_fix:
            left = [one.pointer for one in check(edited_value(payload, value_fix.edits)) if one.severity == "error"]
            assert not any(f"{one}/".startswith(f"{finding.pointer}/") for one in left)
