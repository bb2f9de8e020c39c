"""One artifact of one dialect: its cases, then mutants of them, before all readers."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from .generated import Subject
from .known import explanation
from .mutation import Mutator
from .readers import REFUSED, VALID, Reader, Verdicts, verdicts
from .seeds import cases, seeds
from .shape import Shape
from .shrinking import shrunk

__all__ = ["Disagreement", "Outcome", "examine"]

_ENOUGH = 5
"""After so many unexplained disagreements an artifact is given up."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A minimal payload, and what each reader says of it."""

    text: str
    said: Verdicts

    def __str__(self) -> str:
        """Show the payload above the verdicts."""
        return "\n".join([f"  {self.text[:2000]}", *(f"    {name}: {verdict}" for name, verdict in self.said.items())])


@dataclass(slots=True)
class Outcome:
    """What came of one artifact."""

    subject: Subject
    accepted: int = 0
    refused: int = 0
    explained: Counter[str] = field(default_factory=Counter[str])
    disagreements: list[Disagreement] = field(default_factory=list[Disagreement])
    seconds: float = 0

    @property
    def tried(self) -> int:
        """How many payloads there were."""
        return self.accepted + self.refused + self.explained.total() + len(self.disagreements)


def examine(
    subject: Subject, by_name: dict[str, Reader], *, mutants: int, seconds: float = 3600, seed: int = 0
) -> Outcome:
    """Ask the readers *by_name* about all cases, and about so many mutants as the time allows."""
    started = time.monotonic()
    outcome = Outcome(subject)
    for text in cases(subject):
        _try(outcome, by_name, text)
    starts, random = seeds(subject), Random(f"{subject} {seed}")  # noqa: S311 - no secret
    mutator = Mutator(Shape(subject.bundle), random)
    for number in count():
        if number >= mutants or time.monotonic() - started > seconds or len(outcome.disagreements) >= _ENOUGH:
            break
        text = json.dumps(mutator.mutant(json.loads(random.choice(starts))))
        _try(outcome, by_name, text)
    outcome.seconds = time.monotonic() - started
    return outcome


def _try(outcome: Outcome, by_name: dict[str, Reader], text: str) -> None:
    said = verdicts(by_name, text)
    if set(said.values()) == {VALID}:
        outcome.accepted += 1
    elif set(said.values()) == {REFUSED}:
        outcome.refused += 1
    else:
        _record(outcome, by_name, text, said)


def _record(outcome: Outcome, by_name: dict[str, Reader], text: str, said: Verdicts) -> None:
    """Count what is known of, and keep what is not, in its smallest form."""
    def still(smaller: Any) -> bool:
        return _kinds(verdicts(by_name, json.dumps(smaller))) == _kinds(said)

    smallest = json.dumps(shrunk(json.loads(text), still))
    said = verdicts(by_name, smallest)
    reason = explanation(smallest, said)
    if reason is not None:
        outcome.explained[reason] += 1
    elif all(each.text != smallest for each in outcome.disagreements):
        outcome.disagreements.append(Disagreement(smallest, said))


def _kinds(said: Verdicts) -> dict[str, str]:
    """The verdicts without what varies from payload to payload."""
    return {name: verdict.split(":")[0].split(" ")[0] for name, verdict in said.items()}
