"""Pieces that are written like the one before are not judged one by one; nothing may come out otherwise."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parlance.check.dialect import generated_dialect
from parlance.check.document_reader import read_documents
from parlance.check.file_verdicts import judge_all
from parlance.check.skimming import Skimmer
from parlance.check.streams import stream_judge
from parlance.check.streams.repeated_pieces import RepeatedPieces
from parlance.check.streams.stream_reading import StreamReading
from parlance.finding import Finding
from parlance.finding.shape import is_array, is_object

DIALECTS = ("openai", "vllm", "mistral", "deepseek", "azure-2024-10", "compatible", "atoma")
TEXTS = st.sampled_from(
    [
        "Hi",
        " there",
        "",
        "é",
        "🙂",
        'a "b"',
        "\\",
        "\n",
        "\t",
        "}",
        '"content":"',
        '":"x',
        "0",
        "\u2028",
        "a" * 300,
        "null",
        "\u0000",
    ]
)
BODIES: list[dict[str, Any]] = [
    {"content": ...},
    {"content": ..., "refusal": None},
    {"role": "assistant", "content": ...},
    {"refusal": ...},
    {"reasoning_content": ...},
    {"reasoning": ...},
    {"content": [{"type": "text", "text": ...}]},
    {"tool_calls": [{"index": 0, "id": "call_1", "type": "function", "function": {"name": "f", "arguments": ...}}]},
    {"tool_calls": [{"index": 0, "function": {"arguments": ...}}]},
    {"tool_calls": [{"index": 1, "function": {"arguments": ...}}]},
    {"tool_calls": [{"function": {"arguments": ...}}]},
    {"content": None},
    {"content": 3},
    {},
]
CHANGES: list[dict[str, Any]] = [
    {},
    {},
    {"id": "chatcmpl-2"},
    {"created": 2},
    {"usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}},
    {"usage": None, "obfuscation": ...},
    {"choices": []},
    {"system_fingerprint": "fp_2"},
    {"error": {"message": ...}},
    {"p": ...},
]


RECORDED = sorted((Path(__file__).parent / "cases" / "streams").rglob("*.sse"))


class Piece:
    """One event of a stream, with a text for each gap."""

    def __init__(self, body: dict[str, Any], change: dict[str, Any], index: int, reason: str | None) -> None:
        """As the tables above have them."""
        choice = {"index": index, "delta": body, "finish_reason": reason}
        self.value = {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m",
            "choices": [choice],
            **change,
        }

    def written(self, text: str, style: int) -> bytes:
        """The event."""
        separators = (",", ":") if style & 1 else None
        data = json.dumps(_filled(self.value, text), separators=separators, ensure_ascii=bool(style & 2))
        return b"data: " + data.encode() + b"\n\n"


def _filled(value: Any, text: str) -> Any:
    if value is ...:
        return text
    if is_object(value):
        return {key: _filled(item, text) for key, item in value.items()}
    return [_filled(item, text) for item in value] if is_array(value) else value


PIECES = st.builds(
    Piece,
    st.sampled_from(BODIES),
    st.sampled_from(CHANGES) | st.just(dict[str, Any]()),
    st.sampled_from([0, 0, 0, 0, 1]),
    st.sampled_from([None, None, None, None, None, "stop"]),
)
RUNS = st.tuples(PIECES, st.lists(TEXTS, min_size=1, max_size=6))


def _verdicts(dialect: str, events: Sequence[bytes], *, lint: bool, is_asked: bool) -> Iterator[object]:
    """All that can be seen of a reading: with what came, and in the end."""
    reading = StreamReading(generated_dialect(dialect), lint=lint)
    for event in events:
        yield reading.feed(event)
        if is_asked:
            yield reading.completion
    yield reading.close()
    whole = reading.completion
    yield whole, reading.is_whole
    judge: stream_judge.StreamJudge = vars(reading)["_judge"]
    for pointer in (
        "/id",
        "/choices",
        "/choices/0",
        "/choices/0/message/content",
        "/choices/0/message/tool_calls/0/function",
    ):
        touch = judge.touch(pointer)
        yield touch and (touch.piece, touch.pointer)


class _Never(RepeatedPieces):
    """Takes no piece without judging it."""

    def takes(self, data: bytes, number: int) -> bool:
        del data, number
        return False


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the pieces that were not judged."""
    numbers: list[int] = []
    original = RepeatedPieces.takes

    def counted(self: RepeatedPieces, data: bytes, number: int) -> bool:
        is_taken = original(self, data, number)
        numbers.extend([number] if is_taken else [])
        return is_taken

    monkeypatch.setattr(RepeatedPieces, "takes", counted)
    return numbers


def _both(dialect: str, events: Sequence[bytes], *, lint: bool, is_asked: bool) -> None:
    found = [*_verdicts(dialect, events, lint=lint, is_asked=is_asked)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream_judge, "RepeatedPieces", _Never)
        assert found == [*_verdicts(dialect, events, lint=lint, is_asked=is_asked)]


@given(
    dialect=st.sampled_from(DIALECTS),
    runs=st.lists(RUNS, min_size=1, max_size=5),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    style=st.integers(0, 3),
)
@settings(max_examples=examples(60, at_length=1500), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_comes_out_otherwise(
    dialect: str, runs: list[tuple[Piece, list[str]]], flags: tuple[bool, bool, bool], style: int
) -> None:
    begins, lint, is_asked = flags
    first = [Piece({"role": "assistant", "content": ""}, {}, 0, None).written("", style)] if begins else []
    events = [*first, *(piece.written(text, style) for piece, texts in runs for text in texts), b"data: [DONE]\n\n"]
    _both(dialect, events, lint=lint, is_asked=is_asked)
    data = b"".join(events)
    assert _of_file(data, dialect, Skimmer(), lint=lint) == _of_file(data, dialect, None, lint=lint)


def _of_file(data: bytes, dialect: str, skimmer: Skimmer | None, *, lint: bool) -> tuple[list[Finding], int]:
    """What is found in a file, and how many pieces it has."""
    chosen = generated_dialect(dialect)
    documents = read_documents(io.BytesIO(data), "a.sse", skimmer)
    judged = [*judge_all(documents, chosen, "auto", lint=lint, skimmer=skimmer)]
    pieces = sum(one.document.skimmed or 1 for one in judged if one.artifact is not None)
    return [finding for one in judged for finding in one.findings], pieces


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_recorded_streams_come_out_alike_without_a_document_for_each_piece(path: Path) -> None:
    for dialect in ("openai", "vllm"):
        data = path.read_bytes()
        assert _of_file(data, dialect, Skimmer(), lint=True) == _of_file(data, dialect, None, lint=True)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_most_pieces_are_not_judged_and_a_fault_among_them_is_found(dialect: str, taken: list[int]) -> None:
    value = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    def event(delta: dict[str, Any]) -> bytes:
        piece = {**value, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
        whole = {"data": piece} if dialect == "atoma" else piece
        return b"data: " + json.dumps(whole, separators=(",", ":")).encode() + b"\n\n"

    events = [event({"role": "assistant", "content": ""}), *(event({"content": f"{number} "}) for number in range(50))]
    random = Random(3)  # noqa: S311, nothing is secret
    for bad in (event({"content": 7}), event({"content": "x"}).replace(b'"c"', b'"d"'), b"data: {\n\n"):
        del taken[:]
        at = random.randrange(10, 40)
        given_events = [*events[:at], bad, *events[at:]]
        reading = StreamReading(generated_dialect(dialect), lint=True)
        found = [(number, one.code) for number, each in enumerate(given_events) for one in reading.feed(each)]
        assert {number for number, _ in found} <= {0, at}
        assert dialect == "atoma" or at in {number for number, _ in found}
        assert len([number for number in taken if number < at]) >= at - 4
    _both(dialect, events, lint=True, is_asked=False)


def test_what_is_cut_anywhere_comes_out_alike() -> None:
    piece = Piece({"content": ...}, {"obfuscation": ...}, 0, None)
    data = b"".join(
        [
            Piece({"role": "assistant", "content": ""}, {}, 0, None).written("", 1),
            *(piece.written(text, 1) for text in "abcdefgh"),
        ]
    )
    for size in (1, 7, 50, 333, len(data)):
        _both("openai", [data[at : at + size] for at in range(0, len(data), size)], lint=True, is_asked=False)
