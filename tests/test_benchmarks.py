"""The benchmark's corpus is what it claims, and its quick mode runs to the end; no times are asserted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import benchmarks.__main__
import parlance
import pytest
from benchmarks import importing
from benchmarks.__main__ import main
from benchmarks.mistakes import invalid_payloads
from benchmarks.payloads import Payload, valid_payloads
from benchmarks.peers import PEERS
from benchmarks.typescript import ABSENT, is_ready, left_over, sizes
from parlance.folders import spec_folder
from parlance.spec.reading import read_list
from parlance_dialects.openai_2026_11 import check_request, is_valid_request


def rules_of_the_spec() -> Iterator[Any]:
    for path in sorted((spec_folder() / "rules").glob("*.yaml")):
        yield from read_list(path)


VALID, INVALID = valid_payloads(), invalid_payloads()


def test_there_are_requests_of_every_size() -> None:
    assert len({payload.name for payload in VALID}) >= 12
    assert len({payload.name for payload in INVALID}) >= 12
    sizes = [len(payload.data) for payload in VALID]
    assert 100 <= min(sizes) <= 200
    assert 190_000 <= max(sizes) <= 200_000


def test_every_run_measures_the_same_bytes() -> None:
    assert valid_payloads() == VALID
    assert invalid_payloads() == INVALID


@pytest.mark.parametrize("payload", [*VALID, *INVALID], ids=lambda payload: payload.name)
def test_a_request_has_the_errors_that_it_declares(payload: Payload) -> None:
    value = json.loads(payload.data)
    errors = [violation for violation in check_request(value) if violation.severity == "error"]
    assert len(errors) == payload.errors, errors
    assert is_valid_request(value) is (payload.errors == 0)
    assert parlance.validate(payload.data).ok is (payload.errors == 0)


def test_the_invalid_requests_have_errors() -> None:
    assert all(payload.errors for payload in INVALID)
    assert max(payload.errors for payload in INVALID) == 50


def test_quick_mode_prints_a_ratio_for_each_peer(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_SIZE", 0)  # the document as it is, without copies
    main(["--quick"])
    printed = capsys.readouterr().out
    for peer in PEERS:
        row = rf"^{re.escape(peer.name)} +{peer.finds}( +[\d.,]+){{3}} +\d+ of \d+$"
        assert re.search(row, printed, re.MULTILINE), printed
    assert max(map(len, printed.splitlines())) <= 80
    # What lies beside others is judged by the schemas that a request brings: their time is not that of a rule.
    kinds = {rule["kind"] for rule in rules_of_the_spec() if rule.get("scope") != "exchange"}
    for kind in kinds:
        assert re.search(rf"^{kind} +[1-9]\d* +[1-9]\d* ", printed, re.MULTILINE), f"{kind} is not measured"
    assert "check-jsonschema" in printed
    assert "Aims" in printed


@pytest.mark.skipif(not is_ready(fetch=False), reason=ABSENT)
def test_a_bundler_leaves_out_what_is_not_asked_for() -> None:
    found = sizes()
    others = ["response", "chunk", "error", "batch", "batch-output", "fine-tune"]
    names = found["names"]
    assert left_over(names["isValidRequest"], others) == []
    assert left_over(names["isValidRequest"], ["request"]) != []
    assert left_over(names["isValidResponse"], ["request", "chunk", "batch"]) == []
    # What it recognises other artifacts by is part of `check`, their rules are not.
    assert "acceptsChatCompletion" in left_over(names["checkRequest"], others)
    assert not [name for name in left_over(names["checkRequest"], others) if name.endswith("_CHECKS")]
    # Nor does a guard say what is wrong.
    words = [name for name in names["isValidRequest"] if name.endswith("_TEXTS") or name.startswith("collect")]
    assert words == [name for name in ("worded", "filled", "checkText") if name in names["isValidRequest"]] == []
    by_name = {name: size for name, _, size in found["sizes"]}
    assert by_name["structure alone"] < by_name["ajv, stand-alone"]
    assert by_name["isValidRequest"] < by_name["checkRequest"] * 0.6
    assert by_name["isValidRequest"] < by_name["checkRequest"] < by_name["the whole dialect"]


def test_a_verdict_of_ours_that_is_wrong_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Payload("said to be wrong", valid_payloads()[0].data, errors=1)
    monkeypatch.setattr(benchmarks.__main__, "PEERS", [peer for peer in PEERS if peer.own])
    monkeypatch.setattr(benchmarks.__main__, "valid_payloads", lambda: [honest])
    monkeypatch.setattr(benchmarks.__main__, "invalid_payloads", list)
    with pytest.raises(SystemExit, match="is_valid_request of said to be wrong"):
        main(["--quick"])
