"""A stream, chunk by chunk: the time of one beside that of decoding the same bytes, and the memory of very many."""

from __future__ import annotations

import gc
import json
import statistics
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parlance import StreamValidator

__all__ = ["ChunkCosts", "chunk_costs", "chunk_table"]

_HEAD = {
    "id": "chatcmpl-BlB7abcdefghijklmnop",
    "object": "chat.completion.chunk",
    "created": 1750000000,
    "model": "gpt-4.1-2025-04-14",
    "service_tier": "default",
    "system_fingerprint": "fp_a1b2c3d4e5",
}
_TAIL = {"usage": None, "obfuscation": "abcdefgh"}
_ROLE = {"role": "assistant", "content": "", "refusal": None}


class ChunkCosts(NamedTuple):
    """What a chunk takes."""

    size: int
    """Bytes of a chunk."""

    ratios: dict[str, float]
    """By what is done with it, how many times as long it takes as `json.loads` of the same bytes in the same run."""

    chunks: int
    """How many there were for the memory."""

    growth: float
    """Bytes of memory that each took, over those of its text."""


def chunk_costs(chunks: int, rounds: int) -> ChunkCosts:
    """Measure with so many *chunks*."""
    some = [_event({"content": f" {number % 100_000:05d}"}) for number in range(min(chunks, 2_000))]
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        base = _seconds(json.loads, [each[6:-2] for each in some])
        for name, lint in (("validate", False), ("lint", True)):
            validator = StreamValidator(lint=lint)
            _clean(validator.feed(_event(_ROLE)))
            found.setdefault(name, []).append(_seconds(validator.feed, some) / base)
    ratios = {name: statistics.median(each) for name, each in found.items()}
    return ChunkCosts(len(some[0]), ratios, chunks, _growth(chunks))


def chunk_table(costs: ChunkCosts) -> Iterator[str]:
    """The costs, as a table."""
    yield f"A chunk of {costs.size} bytes of a stream, all rules, beside json.loads of the same bytes"
    yield ""
    for name, ratio in costs.ratios.items():
        yield f"{name:32}{ratio:>8.1f} x"
    yield f"{costs.chunks:,} chunks, memory for each over that of its text: {costs.growth:.1f} bytes"


def _event(delta: object) -> bytes:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": None}
    return b"data: " + json.dumps({**_HEAD, "choices": [choice], **_TAIL}, separators=(",", ":")).encode() + b"\n\n"


def _seconds(function: object, chunks: Sequence[bytes]) -> float:
    assert callable(function)
    start = time.thread_time()
    for each in chunks:
        function(each)
    return time.thread_time() - start


def _clean(findings: Sequence[object]) -> None:
    if findings:
        raise AssertionError(findings)


def _growth(chunks: int) -> float:
    """How much more memory a chunk takes than its part of the text that they come to."""
    validator, piece = StreamValidator(), _event({"content": " 12345"})
    _clean(validator.feed(_event(_ROLE)))
    validator.feed(piece)
    gc.collect()
    tracemalloc.start()
    for _ in range(chunks):
        validator.feed(piece)
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return kept / chunks - len(" 12345")
