"""The readers made from one contract agree: on every case, on every bound from both sides, and on mutants.

`make fuzz` is the same at length.
"""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

import jsonschema_rs
import parlance_dialects
import pytest
from agreement.ajv import Ajv
from agreement.campaign import CASES as CASES_KIND
from agreement.campaign import examine
from agreement.generated import SUBJECTS, Subject, subjects
from agreement.kinds import KINDS, Input
from agreement.known import Known, entries, explanation
from agreement.mutation import Mutator
from agreement.readers import REFUSED, VALID, Reader, readers, verdicts
from agreement.seeds import seeds
from agreement.shape import Shape

MUTANTS = 25
DRAWN = 12
"""Of each artifact of each dialect; `make fuzz` has no such bounds."""

SLOW = "jsonschema"
"""A reader that takes as long as all others together: in other dialects than the default it is left to the documents
that are drawn, and to `make fuzz`, where it reads all.
"""

CASES = Path(__file__).parent / "cases" / "spec"


@pytest.fixture(scope="module", name="readers_of")
def _readers_of() -> Iterator[Callable[[Subject], dict[str, Reader]]]:
    """All readers of an artifact, which both tests of it share."""
    with Ajv() as ajv:
        yield cache(partial(readers, ajv=ajv))


@pytest.mark.parametrize("subject", SUBJECTS, ids=str)
def test_all_readers_agree(subject: Subject, readers_of: Callable[[Subject], dict[str, Reader]]) -> None:
    by_name = dict(readers_of(subject))
    if subject.dialect != parlance_dialects.DEFAULT:
        del by_name[SLOW]
    outcome = examine(subject, by_name, mutants=MUTANTS)
    assert not outcome.disagreements, "\n".join(map(str, outcome.disagreements))
    assert outcome.tried > MUTANTS
    assert 0.1 < outcome.accepted / outcome.tried < 0.8


@pytest.mark.parametrize("subject", SUBJECTS, ids=str)
def test_all_readers_give_the_verdict_that_is_known(
    subject: Subject, readers_of: Callable[[Subject], dict[str, Reader]]
) -> None:
    """What is drawn as valid is, what is drawn with a fault is refused for it, and damaged bytes are no surprise."""
    kinds = ("valid", "single-fault", "byte-mutated")
    outcome = examine(subject, readers_of(subject), mutants=DRAWN, kinds=kinds)
    assert not outcome.disagreements, "\n".join(map(str, outcome.disagreements))
    valid, faulty, damaged = (outcome.tallies[kind] for kind in kinds)
    assert (valid.accepted, valid.refused) == (DRAWN, 0)
    assert faulty.refused > 0
    assert damaged.refused > DRAWN / 2


def test_a_library_that_takes_what_is_no_json_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def lax(subject: Subject, data: bytes) -> str:
        del subject, data
        return VALID

    monkeypatch.setattr("agreement.byte_mutation._read", lax)
    subject = Subject("openai-2026-11", "chunk")
    found = examine(subject, readers(subject), mutants=50, kinds=["byte-mutated"]).disagreements
    assert any(each.printed.get("strict JSON") == REFUSED for each in found)
    assert min(len(each.text) for each in found) < 20


def test_a_wrong_expectation_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    subject = Subject("openai-2026-11", "chunk")
    def wrong(subject: Subject, number: int) -> Iterator[Input]:
        yield Input("{}", VALID, f"on purpose, of {subject} {number}")

    monkeypatch.setitem(KINDS, "valid", wrong)
    (only,) = examine(subject, readers(subject), mutants=5, kinds=["valid"]).disagreements
    assert "should be valid: on purpose, of openai-2026-11 chunk 0" in str(only)


@pytest.mark.parametrize("spec", ["foreign-full", "foreign-small", "foreign-unions"])
def test_all_readers_agree_on_another_spec(spec: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here are the constructs that our own spec does not need."""
    targets = ("jsonschema", "models", "openapi", "strategies", "validators")
    asked = (word for target in targets for word in ("--target", target))
    command = [sys.executable, "-m", "parlance", "generate", *asked]
    subprocess.run([*command, "--spec", str(CASES / spec), "--output", "made"], cwd=tmp_path, check=True)
    package = spec.replace("-", "_")
    (tmp_path / "made" / "python" / "parlance_dialects").rename(tmp_path / package)
    monkeypatch.syspath_prepend(tmp_path)  # pyright: ignore[reportUnknownMemberType]
    found = subjects(tmp_path / "made", package)
    assert found
    with Ajv() as ajv:
        for subject in found:
            by_name = readers(subject, ajv)
            reported = examine(subject, by_name, mutants=MUTANTS, kinds=(CASES_KIND, "structure-mutated"))
            drawn = examine(subject, by_name, mutants=DRAWN, kinds=("valid", "single-fault"))
            assert drawn.tallies["valid"].accepted > 0
            assert drawn.tallies["single-fault"].refused > 0
            disagreements = [*reported.disagreements, *drawn.disagreements]
            assert not disagreements, "\n".join(map(str, [subject, *disagreements]))


def test_a_reader_that_is_off_is_found_and_its_payload_shrunk() -> None:
    subject = Subject("openai-2026-11", "response")
    lax = copy.deepcopy(subject.bundle)
    usage: dict[str, Any] = lax["$defs"]["CompletionUsage"]
    del usage["properties"]["total_tokens"]["minimum"]
    validator = jsonschema_rs.Draft202012Validator(lax)

    def read(text: str) -> str:
        return VALID if validator.is_valid(json.loads(text)) else REFUSED

    by_name = {**readers(subject), "lax": read}
    found = examine(subject, by_name, mutants=0).disagreements
    assert found
    for disagreement in found:
        assert disagreement.printed == dict.fromkeys(by_name, REFUSED) | {"lax": VALID}
        smallest = json.loads(disagreement.text)
        assert smallest.keys() == {*lax["$defs"]["ChatCompletion"]["required"], "usage"}
        assert smallest["usage"].keys() == {*usage["required"], "total_tokens"}
        assert smallest["usage"]["total_tokens"] < 0


@pytest.mark.parametrize("known", entries(), ids=lambda known: known.reason)
def test_a_known_disagreement_is_still_one(known: Known) -> None:
    subject, text = Subject("openai-2026-11", "request"), json.dumps(known.example)
    with Ajv() as ajv:
        printed = verdicts(readers(subject, ajv), text)
    assert {name for name, verdict in printed.items() if verdict == known.verdict} == known.readers
    assert explanation(text, printed) == known.reason


def test_the_same_seed_makes_the_same_mutants() -> None:
    subject = SUBJECTS[0]

    def mutants() -> list[str]:
        mutator = Mutator(Shape(subject.bundle), Random("again"))  # noqa: S311 - no secret
        return [json.dumps(mutator.mutant(json.loads(text))) for text in seeds(subject)[:50]]

    assert mutants() == mutants()
