"""Lines that are skimmed: the same findings, and the same counts, as where each line is judged."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import pytest
from parlance.check import faultless
from parlance.check.dialect import Dialect, generated_dialect
from parlance.check.document_reader import read_documents
from parlance.check.file_verdicts import judge_all
from parlance.check.selection import Selection
from parlance.check.skimming import BLOCK, Skimmer

CLEAN: dict[str, Any] = {"model": "gpt-5.1", "messages": [{"role": "user", "content": "a é \u2028 😀"}]}
ODD = [
    b'{"model": "gpt-5.1", "model": "gpt-5.1", "messages": [{"role": "user", "content": "a"}]}',
    b'{"model":"gpt-5.1","model":"gpt-5.1","messages":[{"role":"user","content":"a"}]}',
    b'{"model":"gpt-5.1","n":1e999,"messages":[{"role":"user","content":"a"}]}',
    b'{"model":"gpt-5.1","n":NaN,"messages":[{"role":"user","content":"a"}]}',
    b'{"model":"gpt-5.1","seed":123456789012345678901234567890,"messages":[{"role":"user","content":"a"}]}',
    b'{"model":"gpt-5.1","top_p":1.0,"n":1e0,"messages":[{"role":"user","content":"a"}]}',
    b'{"model":"gpt-5.1","messages":[{"role":"user","content":"\\ud83d"}]}',
    b'{"model":"gpt-5.1","messages":[{"role":"user","content":"\\ud83d\\ude00"}]}',
    b'{"model":"gpt-5.1","messages":[{"role":"user","content":"\xff"}]}',
    b'{"model":"gpt-5.1","messages":[{"role":"user","content":"\xed\xa0\x80"}]}',
    b'\xef\xbb\xbf{"model":"gpt-5.1","messages":[{"role":"user","content":"a"}]}',
    b'{"model":"gpt-5.1","messages":[{"role":"user","content":"a"}],"tool_choice":"auto"}',
    b'{"model":"gpt-5.1","messages":[{"role":"user","content":"a"}],"temprature":1}',
    b'{"model":"gpt-5.1","messages":[{"role":"user"}]}',
    b'{"model":"gpt-5.1","messages":[{"role":"user","content":"a"}]',
    b'{"model":"gpt-5.1","messages":[{"role":"user","content":"a"}]} {}',
    b"[" * 600 + b"]" * 600,
    b'{"model":"gpt-5.1","messages":[{"role":"user","content":"a"}],"tools":[{"type":"function","function":{"name":"f",'
    b'"parameters":{"type":"object","properties":' + b'{"a":' * 510 + b"1" + b"}" * 510 + b"}}}]}",
    b'data: {"id":"a"}',
    b"null",
    b"",
    b"   ",
]
"""Lines that are not simply clean, and some that only look so."""


@pytest.fixture(params=[True, False], ids=["orjson", "json"])
def with_orjson(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    if not request.param:
        monkeypatch.setattr(faultless, "_orjson", lambda: None)
    return bool(request.param)


def _found(data: bytes, skimmer: Skimmer | None) -> tuple[list[tuple[Any, ...]], Counter[str], int, int]:
    """Findings with their places, documents by kind, bytes, and how many lines were skimmed."""
    dialect = generated_dialect()
    findings: list[tuple[Any, ...]] = []
    kinds: Counter[str] = Counter()
    size = skimmed = 0
    documents = read_documents(io.BytesIO(data), "a.jsonl", skimmer)
    for judged in judge_all(documents, dialect, skimmer=skimmer):
        findings += [(each.code, each.span, each.message) for each in judged.findings]
        if not judged.again:
            kinds[judged.artifact or ""] += judged.document.skimmed or 1
            size += judged.document.size
            skimmed += judged.document.skimmed
    return findings, kinds, size, skimmed


def _files() -> Iterator[bytes]:
    compact = json.dumps(CLEAN, ensure_ascii=False, separators=(",", ":")).encode()
    for clean, end in product((compact, json.dumps(CLEAN).encode()), (b"\n", b"\r\n")):
        for odd in ODD:
            yield end.join([clean] * 6 + [odd, clean, odd, clean, clean])
        random = Random(0)  # noqa: S311 - no secret
        lines = [clean if random.random() < 0.8 else random.choice(ODD) for _ in range(300)]
        yield end.join([clean] * 6 + lines) + end


@pytest.mark.usefixtures("with_orjson")
def test_what_is_found_is_the_same() -> None:
    for data in _files():
        *judged, none = _found(data, None)
        *skimmed, some = _found(data, Skimmer())
        assert skimmed == judged, data[:3000]
        assert none == 0
        assert some >= 3


@pytest.mark.usefixtures("with_orjson")
@pytest.mark.parametrize("count", [6, BLOCK, BLOCK + 5, BLOCK + 6, 2 * BLOCK + 5])
def test_every_line_is_counted_once(count: int) -> None:
    data = b"\n".join([json.dumps(CLEAN).encode()] * count)
    findings, kinds, size, skimmed = _found(data, Skimmer())
    assert (findings, kinds, size, skimmed) == ([], Counter(request=count), len(data), count - 5)


def test_a_block_ends_where_a_line_is_to_be_judged() -> None:
    clean = json.dumps(CLEAN).encode()
    skimmer = Skimmer()
    data = b"\n".join([clean] * 8 + [b"{"] + [clean] * 2)
    judged = [*judge_all(read_documents(io.BytesIO(data), "a.jsonl", skimmer), generated_dialect(), skimmer=skimmer)]
    blocks = [(each.document.skimmed, each.document.source.first_line) for each in judged if each.document.source]
    assert blocks == [(0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (3, 8), (0, 9), (2, 11)]


def _batch(**changes: Any) -> Iterator[dict[str, Any]]:
    for number in range(12):
        yield {
            "custom_id": f"a{number}",
            "method": "POST",
            "url": "/v1/chat/completions",
            "body": CLEAN,
        } | {key: value for key, value in changes.items() if number >= 7}


@pytest.mark.usefixtures("with_orjson")
@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"custom_id": "a1"}, ["PAR610"] * 5),
        ({"body": {**CLEAN, "model": "gpt-4.1"}}, ["PAR611"] * 5),
        ({"body": {**CLEAN, "tool_choice": "auto"}}, ["PAR401"] * 5),
        ({"body": {**CLEAN, "temprature": 1}}, ["PAR102"] * 5),
        ({"method": "GET"}, ["PAR105"] * 5),
    ],
)
def test_lines_that_depend_on_each_other_are_skimmed_as_they_are_judged(
    changes: dict[str, Any], codes: list[str]
) -> None:
    data = b"\n".join(json.dumps(each).encode() for each in _batch(**changes))
    findings, kinds, size, skimmed = _found(data, Skimmer())
    assert (findings, kinds, size, 0) == _found(data, None)
    assert [code for code, _, _ in findings] == codes
    assert skimmed == (7 if not codes else 2)


def test_a_sum_over_lines_counts_those_that_are_skimmed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"\n\n".join(json.dumps(each).encode() for each in _batch())
    limits = [each for each in generated_dialect().file_rules["batch"] if each.kind == "limit"]
    size = next(each for each in limits if (each.maximum or 0) > 10_000_000 and each.minimum is None)
    for most in (len(data), len(data) - 1, len(data) // 2, 0):
        monkeypatch.setattr(size, "maximum", most)
        judged, skimmed = _found(data, None)[0], _found(data, Skimmer())[0]
        assert skimmed == judged
        assert [code for code, _, _ in judged] == [size.rule.code] * (most < len(data))


def _linted(data: bytes, dialect: Dialect) -> list[tuple[int, list[str]]]:
    skimmer = Skimmer()
    documents = read_documents(io.BytesIO(data), "a.jsonl", skimmer)
    judged = judge_all(documents, dialect, lint=True, skimmer=skimmer)
    return [(each.document.skimmed, [one.code for one in each.findings]) for each in judged]


def test_a_linter_skims_lines_in_which_nothing_is_reported() -> None:
    data = b"\n".join([json.dumps(CLEAN).encode()] * 9)
    whole = generated_dialect()
    notes = Selection().unreported_notes(whole.rules)
    (_, found), *_ = _linted(data, whole)
    assert found
    assert notes >= {*found}
    assert _linted(data, whole) == [(0, found)] * 9
    assert _linted(data, whole.without(notes)) == [*[(0, [])] * 5, (4, [])]


def test_a_linter_judges_lines_with_warnings() -> None:
    warned = {**CLEAN, "user": "a"}
    data = b"\n".join(json.dumps(each).encode() for each in [*[CLEAN] * 6, warned, CLEAN])
    whole = generated_dialect()
    found = _linted(data, whole.without(Selection().unreported_notes(whole.rules)))
    assert found == [*[(0, [])] * 5, (1, []), (0, ["PAR532"]), (1, [])]


def test_lines_are_no_longer_skimmed_where_few_are_clean() -> None:
    skimmer = Skimmer()
    skimmer.is_clean = lambda _: False
    assert not any(skimmer.passes(b"{}", 1, 2) for _ in range(200))
    assert skimmer.is_clean is None
    skimmer = Skimmer()
    skimmer.is_clean = lambda value: value == {}
    assert [skimmer.passes(line, 1, 2) for line in [b"{}", b"[]"] * 200] == [True, False] * 200


def test_lines_that_are_not_compact_are_soon_read_without_proof() -> None:
    pytest.importorskip("orjson")
    skimmer = Skimmer()
    skimmer.is_clean = lambda _: True
    line = json.dumps(CLEAN).encode()
    assert all(skimmer.passes(line, 1, 9) for _ in range(20))
    reader = skimmer._reader  # pyright: ignore[reportPrivateUsage]
    assert reader._orjson is None  # pyright: ignore[reportPrivateUsage]
