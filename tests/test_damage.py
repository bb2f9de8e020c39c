"""No rule fails, whatever the document; `python -m tests.agreement.damage` is this at length."""

from __future__ import annotations

import pytest
from agreement.damage import damage
from parlance_dialects.openai_2026_08 import rules


def test_no_rule_fails_or_changes_what_it_looks_at() -> None:
    done = damage(500)
    assert not done.failures, done.failures[0]
    assert done.documents == 500
    assert done.looks > 500 * 5 * 5
    assert len(done.findings) > 60
    assert done.edits > 100


def test_a_rule_that_fails_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def lint(value: object) -> object:
        return iter([value["messages"]])  # type: ignore[index]

    monkeypatch.setitem(rules.LINTS, "request", lint)
    assert damage(20).failures
