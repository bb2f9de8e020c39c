"""`make same` sees any difference between two editions of a dialect, and none between an edition and itself."""

from __future__ import annotations

from itertools import islice

import shipped
from agreement.damage import examples
from agreement.generated import Subject
from parlance.check.dialect import generated_dialect
from same.campaign import Outcome, compare, documents
from stand_in.parlance_dialects.small import ARTIFACTS

SUBJECT = Subject("openai-2026-11", "request")
SMALL = {"request": ARTIFACTS["response"]}
"""An artifact that takes nothing that a request is."""

NOW = generated_dialect(SUBJECT.dialect)


def test_what_is_left_out_or_written_otherwise_is_seen() -> None:
    given = [*islice(documents(SUBJECT, examples(shipped.spec()), 50, 0), 600)]
    same, silent, lax = Outcome(), Outcome(), Outcome()
    compare(NOW, NOW, "request", given, same)
    compare(NOW.changed(lints={}), NOW, "request", given, silent)
    compare(NOW.changed(artifacts=SMALL), NOW, "request", given, lax)
    assert same.documents == len(given)
    assert same.differing == 0
    assert same.findings
    assert same.edits
    assert silent.differing > 100
    assert "  lint: now:    ('PAR" in silent.differences[0]
    assert lax.differing > 100
    assert any("  valid: False before, True now" in each for each in lax.differences)
