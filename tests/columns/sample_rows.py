"""Rows as a gateway logs them, with every fault that the repository knows an example of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.mistakes import invalid_payloads
from benchmarks.payloads import valid_payloads
from parlance.spec_source import SpecSource

__all__ = ["clean_rows", "faulty_rows", "sample_rows"]

_CASES = Path(__file__).parents[1] / "cases" / "lint" / "defects"
_LONGEST = 12_000
"""Bytes of a row; what is longer says nothing else."""

_TEXTS = (
    b"",
    b" \n ",
    b"nope",
    b"null",
    b"[]",
    b"42",
    b'"{}"',
    b"{",
    b'{"model":"gpt-4.1","messages":[{"role":"user","content":"cut o',
    b'{"model":"gpt-4.1","messages":[{"role":"user","content":"H\xff"}]}',
    b'{"model":"gpt-4.1","messages":[{"role":"user","content":"H\xc3',
    b'\xef\xbb\xbf{"model":"gpt-4.1","messages":[{"role":"user","content":"Hi"}]}',
    '{"model":"gpt-4.1","messages":[{"role":"user","content":"Hi"}]}'.encode("utf-16"),
    b'{"model":"gpt-4.1","model":"gpt-4","messages":[{"role":"user","content":"Hi"}]}',
    b'{"model":"gpt-4.1","messages":[{"role":"user","content":"\\ud800"}]}',
    b'{"model":"gpt-4.1","temperature":NaN,"messages":[{"role":"user","content":"Hi"}]}',
    b'{"model":"gpt-4.1","temperature":1e999,"messages":[{"role":"user","content":"Hi"}]}',
    b'{"model":"gpt-4.1","seed":123456789012345678901234567890,"messages":[{"role":"user","content":"Hi"}]}',
    b'{"model":"gpt-4.1","messages":[{"role":"user","content":"Hi"}]} {}',
    b'{"model":"gpt-4.1","messages":[{"role":"user","content":"Hi"}],}',
    b"{'model':'gpt-4.1'}",
    b'data: {"id":"chatcmpl-1","object":"chat.completion.chunk"}\n\ndata: [DONE]\n\n',
    b"[" * 600 + b"]" * 600,
    b"\x00" * 20,
    b'{"model":"gpt-4.1","messages":[{"role":"user","content":"\x00"}]}',
)
"""What is no JSON, or no request."""


@cache
def clean_rows() -> tuple[bytes, ...]:
    """Requests without a fault, written by programs that differ."""
    compact = [payload.data for payload in valid_payloads() if len(payload.data) <= _LONGEST]
    return (*compact, *(json.dumps(json.loads(each)).encode() for each in compact[:4]))


@cache
def faulty_rows() -> tuple[bytes, ...]:
    """Each of them with what is, in one dialect or another, at least a note."""
    mistakes = [payload.data for payload in invalid_payloads() if len(payload.data) <= _LONGEST]
    defects = [path.read_bytes() for path in sorted(_CASES.glob("*.json"))]
    return (*_TEXTS, *mistakes, *defects, *(json.dumps(each).encode() for each in _bad_examples()))


def _bad_examples() -> Iterator[Any]:
    for rule in SpecSource().load().rules:
        for example in rule["examples"]["bad"] if rule["artifact"] == "request" else ():
            yield example["document"]


def sample_rows(count: int, *, every: int = 5) -> list[bytes | None]:
    """So many rows, of which no two clean ones are alike; one in *every* is null or has a fault."""
    return [*islice(_rows(every), count)]


def _rows(every: int) -> Iterator[bytes | None]:
    clean, faulty = clean_rows(), (None, *faulty_rows())
    number = 0
    while True:
        if number % every == every - 1:
            yield faulty[number // every % len(faulty)]
        else:
            row = clean[number % len(clean)]
            yield row[:-1] + b',"safety_identifier":"%d"}' % number if b'"safety_identifier"' not in row else row
        number += 1
