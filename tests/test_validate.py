"""Each folder of cases/validate holds an input, perhaps the arguments, and what the command prints about it.

`PARLANCE_ACCEPT=1 pytest tests/test_validate.py` accepts what it prints now; `git diff` is the review.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command import parlance
from parlance.check.dialect import Dialect
from parlance.check.document_reader import json_document
from parlance.check.engine import judge
from parlance.check.excerpt import WIDTH
from parlance.finding.suggestion import suggestions
from parlance.runtime.python.artifact import Artifact
from parlance.runtime.python.violation import Violation
from stand_in.parlance_dialects.small import ARTIFACTS

CASES = sorted(path for path in (Path(__file__).parent / "cases" / "validate").iterdir() if path.is_dir())
SMALL = Dialect("small", ARTIFACTS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_command_says_what_is_expected(case: Path) -> None:
    (source,) = case.glob("input.*")
    extra = case / "arguments.txt"
    done = parlance("validate", *(extra.read_text().split() if extra.exists() else ()), source.name, cwd=case)
    printed = f"{done.stdout}{done.stderr}exit {done.returncode}\n"
    expected = case / "expected.txt"
    if os.environ.get("PARLANCE_ACCEPT"):
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_printed_fits_a_terminal_and_cannot_steer_it(case: Path) -> None:
    if (case / "arguments.txt").exists() and "json" in (case / "arguments.txt").read_text():
        return
    for line in (case / "expected.txt").read_text(encoding="utf-8").splitlines():
        assert sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line) <= WIDTH
        assert all(char.isprintable() or char == "\u200d" for char in line)


def codes(text: str, artifact: str = "request") -> list[tuple[str, str]]:
    return [(one.code, one.pointer) for one in judge(json_document(text), SMALL, artifact).findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"modle": "m", "messages": []}', [("PAR102", "/modle")]),
        ('{"modle": "m", "modell": "m", "messages": []}', [("PAR102", "/modle"), ("PAR102", "/modell")]),
        ('{"model": "m", "modle": "m", "messages": []}', [("PAR102", "/modle")]),
        ('{"model": NaN, "messages": []}', [("PAR005", "/model")]),
        ('{"messages": 5, "messages": [], "model": "m"}', [("PAR004", "/messages")]),
    ],
)
def test_one_mistake_is_one_finding(text: str, expected: list[tuple[str, str]]) -> None:
    assert codes(text) == expected


def test_a_missing_field_outweighs_the_warning_about_its_misspelling() -> None:
    violations = [
        Violation("PAR101", "/model", "required field 'model' is absent"),
        Violation("PAR121", "/modle", "unknown field 'modle'", ("model",), "warning"),
    ]

    def found(_: object) -> Iterator[Violation]:
        return iter(violations)

    lenient = Artifact("request", found, lambda _: True, frozenset(), frozenset(), {})
    (finding,) = judge(json_document('{"modle": 1}'), Dialect("x", {"request": lenient}), "request").findings
    assert (finding.code, finding.severity) == ("PAR101", "error")
    assert finding.span is not None
    assert finding.span.column == 2
    assert finding.help == "'modle' may be a misspelling of it"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"model": "m", "messages": []}', "request"),
        ('{"model": "m"}', "request"),
        ('{"object": "answer"}', "response"),
        ('{"object": "other", "text": 1, "model": "m"}', "response"),
        ('{"stop": 1}', "request"),
        ("{}", None),
        ('{"name": "x", "version": 1}', None),
        ("[]", None),
    ],
)
def test_the_artifact_is_reported_by_the_fields(text: str, expected: str | None) -> None:
    assert judge(json_document(text), SMALL).artifact == expected


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("modle", ["model", "mode", "x"], ["model", "mode"]),
        ("ROLE", ["role"], ["role"]),
        ("n", ["id", "m"], []),
        ("temprature", ["temperature"], ["temperature"]),
        ("fast", [1, True, "fast"], []),
        ("max_token", ["max_tokens", "max_completion_tokens"], ["max_tokens"]),
    ],
)
def test_the_nearest_words_are_suggested_first(word: str, known: list[Any], expected: list[str]) -> None:
    assert suggestions(word, known) == expected


def test_a_word_in_use_is_not_suggested() -> None:
    assert suggestions("modle", ["model"], used=("model",)) == []
