"""Streams: what is found in each, wherever its bytes are cut, and what its chunks come to."""

from __future__ import annotations

import io
import itertools
import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from parlance import Finding, StreamValidator, UnknownDialect, validate
from parlance.check.dialect import generated_dialect
from parlance.check.document_reader import read_documents
from parlance.check.streams.stream_reading import StreamReading
from parlance.runtime.python.stream import StreamFormat, StreamRule
from rows import each_row
from streams.campaign import hold
from streams.mutants import cases

CASES = Path(__file__).parent / "cases" / "streams"
GOOD: dict[str, dict[str, str]] = yaml.load((CASES / "good.yaml").read_text("utf-8"), yaml.CSafeLoader)
FAULTY: dict[str, dict[str, Any]] = yaml.load((CASES / "faulty.yaml").read_text("utf-8"), yaml.CSafeLoader)
INCOMPLETE = {"PAR705", "PAR709", "PAR710"}
"""Codes of a stream that breaks off: in an event, before the first one, and before its marker."""


def stream(name: str) -> bytes:
    folder = "good" if name in GOOD else "faulty"
    return (CASES / folder / f"{name}.sse").read_bytes()


def dialect(name: str) -> str:
    return str((GOOD.get(name) or FAULTY[name]).get("dialect", "openai"))


def judged(dialect: str, *pieces: bytes, **options: Any) -> list[Finding]:
    validator = StreamValidator(dialect, lint=True, **options)
    return [*itertools.chain.from_iterable(map(validator.feed, pieces)), *validator.close()]


def test_every_stream_has_a_row_and_every_row_a_stream() -> None:
    for folder, rows in (("good", GOOD), ("faulty", FAULTY)):
        assert {path.stem for path in (CASES / folder).iterdir()} == {*rows}


@each_row(GOOD)
def test_in_a_good_stream_nothing_is_found(name: str) -> None:
    assert judged(dialect(name), stream(name)) == []


@each_row(GOOD)
def test_what_a_good_stream_comes_to_is_a_sound_answer(name: str) -> None:
    validator = StreamValidator(dialect(name))
    validator.feed(stream(name))
    assert validate(validator.completion, "response", dialect(name)).findings == ()


@each_row(FAULTY)
def test_a_fault_is_one_finding_at_its_chunk_and_line(name: str) -> None:
    expected = FAULTY[name]
    found = [
        {"code": one.code, "chunk": one.chunk, "line": one.span and one.span.line, "pointer": one.pointer}
        for one in judged(dialect(name), stream(name))
    ]
    assert found == [{key: expected[key] for key in ("code", "chunk", "line", "pointer")}]


@each_row(GOOD)
def test_a_part_of_a_good_stream_is_incomplete_and_nothing_else(name: str) -> None:
    whole = stream(name)
    # Of most streams some parts, each time others: the number is prime.
    step = 1 if name in {"text-with-usage", "perplexity-without-marker"} else 41
    for end in range(0, len(whole), step):
        codes = [one.code for one in judged(dialect(name), whole[:end])]
        assert len(codes) <= 1, f"{codes} after {end} bytes"
        assert {*codes} <= INCOMPLETE, f"{codes} after {end} bytes"


@each_row([*GOOD, *FAULTY])
def test_any_cutting_of_the_bytes_gives_the_same_findings(name: str) -> None:
    whole = stream(name)
    expected = judged(dialect(name), whole)
    chance = random.Random(name)  # noqa: S311 cuts that are the same every time
    for _ in range(5):
        cuts = sorted(chance.randint(0, len(whole)) for _ in range(chance.randint(1, 9)))
        pieces = [whole[start:end] for start, end in itertools.pairwise([0, *cuts, len(whole)])]
        assert judged(dialect(name), *pieces) == expected
    assert judged(dialect(name), *(bytes([byte]) for byte in whole)) == expected


@each_row(itertools.product(FAULTY, [b"\r", b"\r\n"]))
def test_findings_are_the_same_whichever_way_lines_end(row: tuple[str, bytes]) -> None:
    name, end = row
    plain = stream(name).replace(b"\r\n", b"\n")
    expected, found = (judged(dialect(name), text) for text in (plain, plain.replace(b"\n", end)))
    assert [(one.code, one.chunk, one.span and one.span.line) for one in found] == [
        (one.code, one.chunk, one.span and one.span.line) for one in expected
    ]


@each_row(FAULTY)
def test_a_finding_comes_with_the_event_that_causes_it(name: str) -> None:
    validator = StreamValidator(dialect(name), lint=True)
    line = 1
    for piece in stream(name).splitlines(keepends=True):
        for finding in validator.feed(piece):
            assert finding.span
            # What is wrong with an event is known at the blank line after it.
            assert line - finding.span.line <= 4
        line += 1
    for finding in validator.close():
        assert finding.span
        assert finding.code == "PAR707" or finding.span.line >= line - 2


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("text-with-usage", {"include_usage": True}, None),
        ("text-with-usage", None, "PAR746"),
        ("text", {"include_usage": True}, "PAR745"),
        ("text", {"include_usage": False}, None),
    ],
)
def test_a_stream_is_judged_beside_the_request_that_it_answers(name: str, options: Any, code: str | None) -> None:
    request: dict[str, Any] = {"model": "gpt-4.1", "messages": [], "stream": True, "stream_options": options}
    assert [one.code for one in judged("openai", stream(name), request=request)] == [code] * (code is not None)


def test_an_event_beyond_the_limit_is_a_finding_and_is_not_kept() -> None:
    found = judged("openai", stream("text"), largest_event=300)
    assert {one.code for one in found} == {"PAR706"}
    assert judged("openai", stream("text"), largest_event=1000) == []


@pytest.mark.parametrize("deep", [600, 100_000])
def test_a_chunk_that_is_nested_too_deeply_is_a_finding(deep: int) -> None:
    found = judged("openai", b'data: {"choices": ' + b"[" * deep + b"]" * deep + b"}\n\n")
    assert [one.code for one in found] == ["PAR008"]


@pytest.mark.parametrize(
    "value", ["null", "7", '"text"', "[]", '{"choices": 7}', '{"choices": [7, null]}', '{"choices": [{"delta": []}]}']
)
def test_a_chunk_of_any_form_is_judged_and_never_an_exception(value: str) -> None:
    text = stream("one-call").replace(b"data: [DONE]", f"data: {value}\n\ndata: [DONE]".encode())
    validator = StreamValidator()
    findings = validator.feed(text) + validator.close()
    assert findings
    assert validator.completion["choices"]


def test_the_completion_grows_while_the_stream_comes() -> None:
    validator = StreamValidator()
    pieces = stream("text").split(b"\n\n")
    texts: list[str | None] = []
    for piece in pieces[:5]:
        validator.feed(piece + b"\n\n")
        texts.append(validator.completion["choices"][0]["message"]["content"])
    assert texts == ["", "High", "High water", "High water in Bergen", "High water in Bergen is at 10:42."]


def test_a_closed_stream_takes_nothing_more() -> None:
    validator = StreamValidator()
    assert [one.code for one in validator.close()] == ["PAR709"]
    assert validator.close() == []
    with pytest.raises(ValueError, match="closed"):
        validator.feed(b"data: {}\n\n")
    with pytest.raises(UnknownDialect):
        StreamValidator("nobody")


def test_many_chunks_take_no_more_memory_for_each_and_no_longer() -> None:
    head, piece, *_ = stream("text").split(b"\n\n")
    validator = StreamValidator()
    validator.feed(head + b"\n\n")
    times: list[float] = []
    for _ in range(4):
        start = time.process_time()
        validator.feed((piece + b"\n\n") * 2_000)
        times.append(time.process_time() - start)
    # Whoever copies what there is for each chunk takes seven times as long for the last ones as for the first.
    assert times[-1] < 4 * times[0]


def test_what_is_seen_quickly_of_chunks_is_what_the_rules_say() -> None:
    outcome = hold([*cases()], 200, seed=0)  # `make fuzz PART=streams` makes as many as it can
    assert outcome.different == []
    assert outcome.streams > 250
    assert len(outcome.codes) > 35


@pytest.mark.parametrize("lint", [False, True])
@pytest.mark.parametrize("name", ["text", "one-call", "logprobs", "deepseek-reasoning", "before-obfuscation"])
def test_no_rule_is_asked_of_the_chunks_of_a_good_stream(name: str, lint: bool) -> None:
    """But of the first one, before which nothing is known, and of what only the end can show."""
    asked: list[Any] = []

    def asks(rule: StreamRule) -> StreamRule:
        def check(piece: Any, before: Any, facts: Any, request: Any, found: Any) -> None:
            asked.append(facts["chunks"])
            rule.check(piece, before, facts, request, found)

        return StreamRule(rule.rule, check)

    whole = generated_dialect(dialect(name))
    form = whole.stream()
    facts = (form.piece, form.into, form.request, form.errors, form.end, form.fold)
    watched = StreamFormat(*facts, tuple(map(asks, form.rules)), form.may_refuse, form.may_warn)
    reading = StreamReading(whole.changed(streams={"stream": watched}), lint=lint)
    assert reading.feed(stream(name)) == reading.close() == []
    assert {*asked} <= {0, max(asked, default=0)}


def test_usage_in_every_chunk_takes_no_longer_the_more_has_come() -> None:
    """Whoever puts the whole together and judges it whenever something settles takes ever longer."""
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    validator, costs = StreamValidator("compatible"), list[float]()
    for number in range(4):
        chunks = b""
        for place in range(1_000):
            delta = {"content": "Ebb"} | ({"role": "assistant"} if number == place == 0 else {})
            choice = {"index": 0, "delta": delta, "finish_reason": None}
            chunk = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1764000000, "model": "tide"}
            chunks += b"data: " + json.dumps({**chunk, "choices": [choice], "usage": usage}).encode() + b"\n\n"
        start = time.process_time()
        validator.feed(chunks)
        costs.append(time.process_time() - start)
    assert costs[-1] < 3 * costs[0]


def events(*steps: tuple[int, Any, str | None]) -> bytes:
    """A stream with a chunk for each index, delta and reason."""
    found = ""
    for index, delta, reason in steps:
        choice = {"index": index, "delta": delta, "logprobs": None, "finish_reason": reason}
        chunk = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1764000000, "model": "gpt-4.1"}
        found += f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n"
    return f"{found}data: [DONE]\n\n".encode()


START: dict[str, Any] = {"role": "assistant", "content": "", "refusal": None}
CALL: dict[str, Any] = {"index": 0, "id": "call_1", "type": "function", "function": {"name": "tides", "arguments": "{"}}
BROKEN: dict[str, Any] = {**START, "content": None, "tool_calls": [CALL]}
END: dict[str, Any] = {}


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        # A choice that ends before those of lower numbers begin stands in its place at last.
        ([(1, START, None), (1, END, "stop"), (0, START, None), (0, END, "stop")], []),
        (
            [
                (2, START, None), (2, END, "stop"),
                (1, START, None), (1, END, "stop"),
                (0, START, None), (0, END, "stop"),
            ],
            [],
        ),
        ([(1, START, None), (0, START, None), (1, END, "stop"), (0, END, "stop")], []),
        (
            [
                (0, START, None), (2, START, None),
                (2, END, "stop"), (0, END, "stop"),
                (1, START, None), (1, END, "stop"),
            ],
            [],
        ),
        # Where they never begin, the end shows it.
        ([(1, START, None), (1, END, "stop")], [("PAR813", 1, "/choices/0/index")]),
        (
            [(0, START, None), (0, END, "stop"), (2, START, None), (2, END, "stop")],
            [("PAR813", 3, "/choices/0/index")],
        ),
        # What is wrong in such a choice is found once, and so is the same in another one.
        (
            [(1, BROKEN, None), (1, END, "tool_calls"), (0, START, None), (0, END, "stop")],
            [("PAR808", 0, "/choices/0/delta/tool_calls/0/function/arguments")],
        ),
        (
            [(1, BROKEN, None), (1, END, "tool_calls"), (0, BROKEN, None), (0, END, "tool_calls")],
            [("PAR808", 3, "/choices/0/delta"), ("PAR808", 0, "/choices/0/delta/tool_calls/0/function/arguments")],
        ),
        (
            [(0, BROKEN, None), (0, END, "tool_calls"), (1, BROKEN, None), (1, END, "tool_calls")],
            [("PAR808", 1, "/choices/0/delta"), ("PAR808", 3, "/choices/0/delta")],
        ),
    ],
)
def test_choices_are_judged_in_whatever_order_they_begin_and_end(
    steps: list[tuple[int, Any, str | None]], expected: list[tuple[str, int, str]]
) -> None:
    assert [(one.code, one.chunk, one.pointer) for one in judged("openai", events(*steps))] == expected


# The command line.


def parlance(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command with the dialects that were generated."""
    command = [sys.executable, "-m", "parlance", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def lint(*arguments: str, folder: Path) -> Any:
    done = parlance("lint", *arguments, "--output-format", "json", folder=folder)
    assert done.returncode in {0, 1}, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ["sum-of-tokens", "role-again", "no-end-marker", "cut-in-chunk", "json-body"])
def test_a_file_is_checked_as_a_stream_by_its_name_or_by_the_option(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.sse").write_bytes(stream(name))
    (tmp_path / "b.txt").write_bytes(stream(name))
    expected = FAULTY[name]
    for arguments in (["a.sse"], ["--as", "stream", "a.sse"], ["--as", "stream", "b.txt"]):
        (found,) = lint(*arguments, folder=tmp_path)["findings"]
        assert {key: found[key] for key in ("code", "chunk", "line", "pointer")} == {
            key: expected[key] for key in ("code", "chunk", "line", "pointer")
        }


@pytest.mark.parametrize("name", ["text", "comments-and-fields", "with-a-head", "windows-line-ends"])
def test_a_stream_is_known_by_how_it_begins(name: str, tmp_path: Path) -> None:
    (tmp_path / "recorded").write_bytes(stream(name))
    report = lint("recorded", folder=tmp_path)
    assert (report["findings"], report["summary"]["artifacts"]) == ([], {"chunk": 6})


def test_a_finding_of_no_stream_has_no_chunk(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"model": "gpt-4.1"}')
    assert [one["chunk"] for one in lint("a.json", folder=tmp_path)["findings"]] == [None]


def test_what_is_named_otherwise_is_no_stream(tmp_path: Path) -> None:
    (tmp_path / "a.sse").write_bytes(stream("text"))
    assert [one["code"] for one in lint("--as", "request", "a.sse", folder=tmp_path)["findings"]] == ["PAR012"]
    done = parlance("validate", "--as", "strem", "a.sse", folder=tmp_path)
    assert (done.returncode, "did you mean 'stream'" in done.stderr) == (2, True)


def test_a_recording_is_never_edited(tmp_path: Path) -> None:
    for name in ("field-of-wrong-type", "windows-role-again"):
        (tmp_path / "a.sse").write_bytes(stream(name))
        parlance("lint", "--fix", "--unsafe-fixes", "a.sse", folder=tmp_path)
        assert (tmp_path / "a.sse").read_bytes() == stream(name)


def test_a_file_is_read_an_event_at_a_time() -> None:
    documents = read_documents(io.BytesIO(stream("text")), "a.sse")
    assert len([*documents]) == 8  # six chunks, the marker and the end
