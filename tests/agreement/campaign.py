"""One artifact of one dialect before all readers: its cases, and then each kind of input in turn."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

from .byte_mutation import byte_mutants, disagreement, shrunk_bytes
from .generated import Subject
from .kinds import KINDS, Input, inputs
from .known import explanation
from .readers import REFUSED, VALID, Reader, Verdicts, verdicts
from .seeds import cases
from .shrinking import shrunk

__all__ = ["CASES", "EVERY_KIND", "Disagreement", "Outcome", "Tally", "examine"]

CASES, BYTES = "cases", "byte-mutated"
EVERY_KIND = (CASES, *KINDS, BYTES)
_ENOUGH = 5
"""After so many unexplained disagreements a kind is given up."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A minimal payload, and what each reader says of it."""

    text: str
    printed: Verdicts
    reported: str = ""

    def __str__(self) -> str:
        """Show the payload above the verdicts."""
        lines = [f"  {self.text[:2000]}", *(f"    {name}: {verdict}" for name, verdict in self.printed.items())]
        return "\n".join([*([f"  {self.reported}"] if self.reported else []), *lines])


@dataclass(slots=True)
class Tally:
    """What came of one kind."""

    accepted: int = 0
    refused: int = 0
    explained: Counter[str] = field(default_factory=Counter[str])
    disagreements: list[Disagreement] = field(default_factory=list[Disagreement])

    @property
    def tried(self) -> int:
        """How many payloads there were."""
        return self.accepted + self.refused + self.explained.total() + len(self.disagreements)


@dataclass(slots=True)
class Outcome:
    """What came of one artifact."""

    subject: Subject
    tallies: dict[str, Tally] = field(default_factory=dict[str, Tally])
    seconds: float = 0

    @property
    def tried(self) -> int:
        """How many payloads there were."""
        return sum(each.tried for each in self.tallies.values())

    @property
    def accepted(self) -> int:
        """How many all readers took."""
        return sum(each.accepted for each in self.tallies.values())

    @property
    def disagreements(self) -> list[Disagreement]:
        """Those of all kinds."""
        return [one for each in self.tallies.values() for one in each.disagreements]


def examine(  # noqa: PLR0913, a campaign has many settings
    subject: Subject,
    by_name: dict[str, Reader],
    *,
    mutants: int,
    seconds: float = 3600,
    seed: int = 0,
    kinds: Sequence[str] = (CASES, "structure-mutated"),
) -> Outcome:
    """Ask the readers *by_name* about all cases, and about so many inputs of each kind as the time allows."""
    started = time.monotonic()
    outcome = Outcome(subject)
    for number, kind in enumerate(kinds, 1):
        tally = outcome.tallies[kind] = Tally()
        if kind == BYTES:
            tries: Iterable[Callable[[], None]] = _byte_tries(tally, subject, by_name, mutants, seed)
        else:
            tries = _tries(tally, by_name, _inputs(kind, subject, mutants, seed))
        until = started + seconds * number / len(kinds)
        for attempt in tries:
            attempt()
            late = kind != CASES and time.monotonic() > until
            if late or len(tally.disagreements) >= _ENOUGH:
                break
    outcome.seconds = time.monotonic() - started
    return outcome


def _inputs(kind: str, subject: Subject, mutants: int, seed: int) -> Iterator[Input]:
    if kind == CASES:
        return map(Input, cases(subject))
    return islice(inputs(kind, subject, seed), mutants)


def _tries(tally: Tally, by_name: dict[str, Reader], given: Iterable[Input]) -> Iterator[Callable[[], None]]:
    for one in given:
        yield partial(_try, tally, by_name, one)


def _try(tally: Tally, by_name: dict[str, Reader], one: Input) -> None:
    printed = verdicts(by_name, one.text)
    agreed = set(printed.values()) == {VALID} or set(printed.values()) == {REFUSED}
    if not agreed:
        _record(tally, by_name, one.text, printed)
    elif one.expected is not None and one.expected not in printed.values():
        tally.disagreements.append(Disagreement(one.text, printed, f"should be {one.expected}: {one.reported}"))
    elif VALID in printed.values():
        tally.accepted += 1
    else:
        tally.refused += 1


def _byte_tries(
    tally: Tally, subject: Subject, by_name: dict[str, Reader], mutants: int, seed: int
) -> Iterator[Callable[[], None]]:
    for data in islice(byte_mutants(subject, seed), mutants):
        yield partial(_try_bytes, tally, subject, by_name, data)


def _try_bytes(tally: Tally, subject: Subject, by_name: dict[str, Reader], data: bytes) -> None:
    ours, printed = disagreement(subject, by_name, data)
    if not printed:
        tally.accepted += ours == VALID
        tally.refused += ours == REFUSED
        return
    smallest = shrunk_bytes(data, lambda each: disagreement(subject, by_name, each)[1].keys() == printed.keys())
    ours, printed = disagreement(subject, by_name, smallest)
    reason = explanation(smallest.decode("utf-8", "replace"), printed)
    if reason is not None:
        tally.explained[reason] += 1
    elif all(each.text != repr(smallest) for each in tally.disagreements):
        tally.disagreements.append(Disagreement(repr(smallest), {"parlance.validate": ours, **printed}))


def _record(tally: Tally, by_name: dict[str, Reader], text: str, printed: Verdicts) -> None:
    """Count what is known of, and keep what is not, in its smallest form."""
    def still(smaller: Any) -> bool:
        return _kinds(verdicts(by_name, json.dumps(smaller))) == _kinds(printed)

    smallest = json.dumps(shrunk(json.loads(text), still))
    printed = verdicts(by_name, smallest)
    reason = explanation(smallest, printed)
    if reason is not None:
        tally.explained[reason] += 1
    elif all(each.text != smallest for each in tally.disagreements):
        tally.disagreements.append(Disagreement(smallest, printed))


def _kinds(printed: Verdicts) -> dict[str, str]:
    """The verdicts without what varies from payload to payload."""
    return {name: verdict.split(":")[0].split(" ")[0] for name, verdict in printed.items()}
