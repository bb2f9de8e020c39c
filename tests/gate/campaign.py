"""Documents of every kind to the gates of every dialect: where one says that nothing is wrong, the rules agree."""

from __future__ import annotations

import copy
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from random import Random
from typing import Any, NamedTuple

from agreement.generated import SUBJECTS, Subject
from agreement.mutation import Mutator
from agreement.seeds import cases, seeds
from agreement.shape import Shape
from parlance.check.dialect import Dialect, generated_dialect
from parlance.contract.build import build_contract
from parlance.contract.ir import Contract
from parlance.spec import Spec, resolve

from .leave_one_out import TestedGate
from .vocabulary import Vocabulary

__all__ = ["Outcome", "Proof", "hold"]

_LARGEST = 20_000
"""Characters of a document that is changed."""

_LARGEST_KEPT = 200_000
"""Characters of one that is changed since tests are true of it that were not before."""

_OFTEN = 50
"""In so many documents a test has to be seen, always with another, to count as idle: by chance it is alone in some."""

_SINGLE = 0.6
"""How many of the documents have one change only, while there are such."""


@dataclass
class Proof:
    """Which tests of the gate of an artifact are needed by a document."""

    gate: TestedGate
    needed: set[int] = field(default_factory=set[int])
    """Those without which a document would pass that a rule finds something in."""

    seen: dict[frozenset[int], str] = field(default_factory=dict[frozenset[int], str])
    """By what is true of it together, a document."""

    waiting: dict[int, list[str]] = field(default_factory=dict[int, list[str]])
    """Documents in which a test is true that none has needed so far."""

    together: dict[int, frozenset[int]] = field(default_factory=dict[int, "frozenset[int]"])
    """By test, those that are true of every document of which it is true."""

    counts: Counter[int] = field(default_factory=Counter[int])
    """Of how many documents a test is true."""

    @property
    def idle(self) -> set[int]:
        """The tests with which another is true each time: without them, nothing more would pass."""
        return {
            number
            for number, count in self.counts.items()
            if count >= _OFTEN and number not in self.needed and len(self.together[number]) > 1
        }

    @property
    def missed(self) -> list[str]:
        """The tests that no document needs, though nothing shows them to be idle."""
        settled = self.needed | self.idle
        return [test for number, test in enumerate(self.gate.tests) if number not in settled]

    def take(self, document: Any, *, is_at_fault: bool) -> bool:
        """Note which tests are true of a document; whether it is worth to be changed further."""
        true = self.gate.true_of(document)
        for number in true:
            self.together[number] = self.together.get(number, true) & true
        self.counts.update(true)
        if is_at_fault and len(true) == 1 and not true <= self.needed:
            (number,) = true
            self.needed.add(number)
            self.waiting.pop(number, None)
        if not true or true in self.seen:
            return False
        text = json.dumps(document)
        self.seen[true] = text if len(text) <= _LARGEST_KEPT else ""
        if not self.seen[true]:
            return False
        for number in true - self.needed:
            self.waiting.setdefault(number, []).append(text)
        return True


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
    proofs: dict[Subject, Proof] = field(default_factory=dict[Subject, Proof])
    """By artifact."""

    @property
    def tests(self) -> int:
        """How many tests the gates have."""
        return sum(len(each.gate.tests) for each in self.proofs.values())

    @property
    def needed(self) -> int:
        """How many tests are needed by a document."""
        return sum(len(each.needed) for each in self.proofs.values())

    @property
    def idle(self) -> int:
        """How many tests are never true alone."""
        return sum(len(each.idle) for each in self.proofs.values())

    @property
    def missed(self) -> list[str]:
        """The other tests."""
        return [f"{subject}: {test}" for subject, proof in self.proofs.items() for test in proof.missed]


class _Source(NamedTuple):
    """What documents are made of."""

    contract: Contract
    examples: Mapping[str, list[str]]
    documents: int
    seed: int


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
        proof = Proof(TestedGate(generated_dialect(subject.dialect).gates[subject.artifact]))
        outcome.proofs[subject] = proof
        source = _Source(contracts[subject.dialect], examples, count // len(subjects) + 1, seed)
        for document in _documents(subject, source, proof):
            _try(subject, document, outcome)
            if share is not None and time.monotonic() > share:
                break
    return outcome


def _documents(subject: Subject, source: _Source, proof: Proof) -> Iterator[Any]:
    """Every case and example, then mutants by the schema, and by the words of the rules."""
    known = source.examples.get(subject.artifact, [])
    yield from map(json.loads, [*cases(subject), *known])
    random = Random(f"{subject} {source.seed}")  # noqa: S311 - no secret
    starts = [text for text in [*seeds(subject), *known, *known] if len(text) < _LARGEST]
    mutator = Mutator(Shape(subject.bundle), random)
    vocabulary = Vocabulary(source.contract, subject.artifact, random, known)
    single = vocabulary.single_changes(filter(_is_clean_of(subject), starts))
    change: Callable[[Any], Any]
    for _ in range(source.documents if starts else 0):
        if single and random.random() < _SINGLE:
            yield single.pop().made()
            continue
        change = mutator.mutant if random.random() < 0.3 else vocabulary.changed
        texts, chance = starts, random.random()
        if proof.waiting and chance < 0.4:
            texts = proof.waiting[random.choice([*proof.waiting])]
        elif proof.seen and chance < 0.5:
            texts = [*filter(None, proof.seen.values())] or starts
        yield change(json.loads(random.choice(texts)))


def _is_clean_of(subject: Subject) -> Callable[[str], bool]:
    """Whether a document is as it should be as that."""
    dialect = generated_dialect(subject.dialect)
    check, refuse = dialect.artifacts[subject.artifact].check, dialect.errors[subject.artifact]
    return lambda text: not any(chain(check(document := json.loads(text)), refuse(document)))


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
    outcome.at_fault += bool(found)
    outcome.clean += not found
    outcome.cautious += looks and not found
    if looks:
        outcome.proofs[subject].take(document, is_at_fault=bool(found))
    missed = (found and not looks) or (warned and not dialect.warning_gates[subject.artifact](document))
    if missed or before != document:
        outcome.unsound.append(f"{subject}: {sorted({*found, *warned})}: {json.dumps(document)[:2000]}")


def _warned(dialect: Dialect, artifact: str, document: Any) -> list[str]:
    """The codes of the warnings about a document without errors."""
    return [one.code for one in dialect.advice[artifact](document) if one.severity == "warning"]
