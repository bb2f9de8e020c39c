"""The generated npm package beside the generated Python package, over mutants and drawn mistakes, batch by batch."""

from __future__ import annotations

import importlib
import os
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from agreement.generated import EVERY_SUBJECT, Subject
from hypothesis import HealthCheck, Phase, given, seed, settings
from parlance_dialects.strategy import Fault

from .generated import Case, built, decodable, differences, mutated

__all__ = ["Outcome", "examine"]

_MUTANTS, _DRAWN = 2_000, 20
"""How many documents a batch has of each kind. Node starts once a batch, which takes as long as 200 mutants."""

_CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
_DRAWING = settings(
    max_examples=_DRAWN, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=_CHECKS
)


class Outcome(NamedTuple):
    """What was judged, and where the languages differ."""

    documents: Counter[str]
    """How many of each kind."""

    mutants: Counter[str]
    """How many mutants of each dialect; a dialect without any has 0."""

    differences: list[str]
    """Those, and drawings that failed."""


def examine(seconds: float, first: int) -> Outcome:
    """Batches of one artifact after the other until the time is over, those begun to their end; *first* is the seed."""
    outcome = Outcome(Counter(), Counter({subject.dialect: 0 for subject in EVERY_SUBJECT}), [])
    workers = os.cpu_count() or 1
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(workers) as pool:
        package = built(Path(folder))
        work = partial(_share, package=package, until=until, first=first, workers=workers)
        for each in pool.map(work, range(workers)):
            outcome.documents.update(each.documents)
            outcome.mutants.update(each.mutants)
            outcome.differences.extend(each.differences)
    return outcome


def _share(worker: int, *, package: Path, until: float, first: int, workers: int) -> Outcome:
    """What one process does of it: every dialect in turn, each time another artifact of it with other numbers."""
    outcome = Outcome(Counter(), Counter(), [])
    dialects = _mixed(first)
    for number in count(first * 1_000_000 + worker, workers):
        turn, place = divmod(number, len(dialects))
        subject = dialects[place][turn % len(dialects[place])]
        mutants = [*mutated(Random(number), _MUTANTS, subject)]  # noqa: S311 - no secret
        drawn, failure = _drawn(subject, number)
        outcome.documents.update({"mutants": len(mutants), "drawn with a mistake": len(drawn)})
        outcome.mutants[subject.dialect] += len(mutants)
        outcome.differences.extend([*failure, *differences(package, [*mutants, *drawn])])
        if time.monotonic() > until:
            return outcome
    raise AssertionError


def _mixed(first: int) -> list[list[Subject]]:
    """The artifacts of each dialect, in an order by chance."""
    of_dialect: dict[str, list[Subject]] = {}
    for subject in Random(first).sample(EVERY_SUBJECT, len(EVERY_SUBJECT)):  # noqa: S311 - no secret
        of_dialect.setdefault(subject.dialect, []).append(subject)
    return [*of_dialect.values()]


def _drawn(subject: Subject, number: int) -> tuple[list[Case], list[str]]:
    """Documents with one fault each, and why there are not as many as there should be."""
    strategies: Any = importlib.import_module(f"{subject.module.__name__}.strategies")
    faults: list[Fault] = []

    @_DRAWING
    @seed(number)
    @given(getattr(strategies, f"faulty_{subject.artifact.replace('-', '_')}")())
    def draw(fault: Fault) -> None:
        faults.append(fault)

    failure: list[str] = []
    try:
        draw()
    except Exception:
        failure = [f"{subject}, seed {number}: {traceback.format_exc()}"]
    return [Case(subject.dialect, subject.artifact, decodable(each.document)) for each in faults], failure
