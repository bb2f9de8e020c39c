"""Documents of every kind to the gates of every dialect: where one says that nothing is wrong, the rules agree."""

from __future__ import annotations

import copy
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from agreement.generated import SUBJECTS, Subject
from agreement.mutation import Mutator
from agreement.seeds import cases, seeds
from agreement.shape import Shape
from parlance.check.dialect import Dialect, generated_dialect
from parlance.contract.build import build_contract
from parlance.contract.ir import Contract
from parlance.spec import Spec, resolve

from .leave_one_out import Left, left_out
from .vocabulary import Vocabulary

__all__ = ["Outcome", "hold", "leave_out"]

_LARGEST = 20_000
"""Characters of a document that is changed."""


@dataclass
class Outcome:
    """What was tried, and what came of it."""

    documents: int = 0
    sound: int = 0
    """Of sound structure."""

    faulty: Counter[str] = field(default_factory=Counter[str])
    """How often rules found something in those, by code."""

    at_fault: int = 0
    """How many of those rules find something in."""

    cautious: int = 0
    """Of sound structure and without an error, and yet to be looked at."""

    clean: int = 0
    unsound: list[str] = field(default_factory=list[str])
    kept: dict[Subject, list[str]] = field(default_factory=dict[Subject, "list[str]"])
    """By artifact, documents that rules find something in."""


def hold(  # noqa: PLR0913, PLR0917 - where from, how much, and how long
    spec: Spec,
    examples: Mapping[str, list[str]],
    count: int,
    seed: int,
    seconds: float | None = None,
    given: Sequence[Subject] = SUBJECTS,
) -> Outcome:
    """Try so many mutants in all, or as many as there is time for."""
    outcome = Outcome()
    subjects = [subject for subject in given if subject.artifact in generated_dialect(subject.dialect).gates]
    until = None if seconds is None else time.monotonic() + seconds
    contracts: dict[str, Contract] = {}
    for number, subject in enumerate(subjects):
        if subject.dialect not in contracts:
            contracts[subject.dialect] = build_contract(resolve(spec, subject.dialect))
        now = time.monotonic()
        share = None if until is None else now + max(until - now, 0) / (len(subjects) - number)
        documents = _documents(subject, contracts[subject.dialect], examples, count // len(subjects) + 1, seed)
        for document in documents:
            _try(subject, document, outcome)
            if share is not None and time.monotonic() > share:
                break
    return outcome


def leave_out(outcome: Outcome) -> Left:
    """Leave out each test of each gate, and see whether a document shows it."""
    whole = Left()
    for subject, texts in outcome.kept.items():
        left = left_out(generated_dialect(subject.dialect).gates[subject.artifact], map(json.loads, texts))
        whole.tests += left.tests
        whole.unnoticed += [f"{subject}: {each}" for each in left.unnoticed]
    return whole


def _documents(
    subject: Subject, contract: Contract, examples: Mapping[str, list[str]], count: int, seed: int
) -> Iterator[Any]:
    """Every case and example, then mutants by the schema, and by the words of the rules."""
    known = examples.get(subject.artifact, [])
    yield from map(json.loads, [*cases(subject), *known])
    random = Random(f"{subject} {seed}")  # noqa: S311 - no secret
    starts = [text for text in [*seeds(subject), *known, *known] if len(text) < _LARGEST]
    mutator, vocabulary = Mutator(Shape(subject.bundle), random), Vocabulary(contract, subject.artifact, random, known)
    change: Callable[[Any], Any]
    for _ in range(count if starts else 0):
        change = mutator.mutant if random.random() < 0.3 else vocabulary.changed
        yield change(json.loads(random.choice(starts)))


def _try(subject: Subject, document: Any, outcome: Outcome) -> None:
    dialect = generated_dialect(subject.dialect)
    outcome.documents += 1
    if next(iter(dialect.artifacts[subject.artifact].check(document)), None) is not None:
        return
    outcome.sound += 1
    found = {one.code for one in dialect.errors[subject.artifact](document)}
    before = copy.deepcopy(document) if outcome.documents % 50 == 0 else document
    looks = dialect.gates[subject.artifact](document)
    warned = _warned(dialect, subject.artifact, document) if not found else []
    outcome.faulty.update([*found, *warned])
    if found:
        outcome.at_fault += 1
        outcome.kept.setdefault(subject, []).append(json.dumps(document))
    outcome.clean += not found
    outcome.cautious += looks and not found
    missed = (found and not looks) or (warned and not dialect.warning_gates[subject.artifact](document))
    if missed or before != document:
        outcome.unsound.append(f"{subject}: {sorted({*found, *warned})}: {json.dumps(document)[:2000]}")


def _warned(dialect: Dialect, artifact: str, document: Any) -> list[str]:
    """The codes of the warnings about a document without errors."""
    return [one.code for one in dialect.advice[artifact](document) if one.severity == "warning"]
