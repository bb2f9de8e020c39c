"""The benchmark's corpus is what it claims, and its quick mode runs to the end; no times are asserted."""

from __future__ import annotations

import json
import re

import pytest
from benchmarks.__main__ import main
from benchmarks.mistakes import invalid_payloads
from benchmarks.payloads import Payload, valid_payloads
from benchmarks.peers import PEERS
from parlance_dialects.openai_2026_08 import check_request, is_valid_request

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


def test_the_invalid_requests_have_errors() -> None:
    assert all(payload.errors for payload in INVALID)
    assert max(payload.errors for payload in INVALID) == 50


def test_quick_mode_prints_a_ratio_for_each_peer(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--quick"])
    printed = capsys.readouterr().out
    for peer in PEERS:
        row = rf"^{re.escape(peer.name)} +{peer.finds}( +[\d.,]+){{3}} +\d+ of \d+$"
        assert re.search(row, printed, re.MULTILINE), printed
    assert max(map(len, printed.splitlines())) <= 80
    assert "Aims" in printed
