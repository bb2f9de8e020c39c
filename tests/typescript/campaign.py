"""The generated npm package beside the generated Python package, over mutants and drawn mistakes, batch by batch."""

from __future__ import annotations

import importlib
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from agreement.generated import EVERY_SUBJECT, Subject
from hypothesis import HealthCheck, Phase, given, seed, settings
from parlance_dialects.strategy import Fault

from .generated import Case, built, cases, decodable, differences

__all__ = ["Outcome", "examine"]

_MUTANTS, _DRAWN = 500, 20
"""How many documents a batch has of each kind."""

_CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
_DRAWING = settings(
    max_examples=_DRAWN, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=_CHECKS
)


class Outcome(NamedTuple):
    """How many documents of each kind were judged, and where the languages differ."""

    documents: Counter[str]
    differences: list[str]


def examine(seconds: float, first: int) -> Outcome:
    """Batches of one artifact after the other until the time is over, those begun to their end; *first* is the seed."""
    documents: Counter[str] = Counter()
    found: list[str] = []
    workers = os.cpu_count() or 1
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(workers) as pool:
        package = built(Path(folder))
        work = partial(_share, package=package, until=until, first=first, workers=workers)
        for each in pool.map(work, range(workers)):
            documents += each.documents
            found += each.differences
    return Outcome(documents, found)


def _share(worker: int, *, package: Path, until: float, first: int, workers: int) -> Outcome:
    """What one process does of it: every artifact in turn, again and again with other numbers."""
    documents: Counter[str] = Counter()
    found: list[str] = []
    mixed = Random(first).sample(EVERY_SUBJECT, len(EVERY_SUBJECT))  # noqa: S311 - no secret
    for number in count(first * 1_000_000 + worker, workers):
        subject = mixed[number % len(mixed)]
        mutants = [*cases(Random(number), _MUTANTS, [subject])]  # noqa: S311 - no secret
        drawn = [*_drawn(subject, number)]
        documents.update({"mutants": len(mutants), "drawn with a mistake": len(drawn)})
        found += differences(package, [*mutants, *drawn])
        if time.monotonic() > until:
            return Outcome(documents, found)
    raise AssertionError


def _drawn(subject: Subject, number: int) -> Iterator[Case]:
    """Documents with one fault each."""
    strategies: Any = importlib.import_module(f"{subject.module.__name__}.strategies")
    faults: list[Fault] = []

    @_DRAWING
    @seed(number)
    @given(getattr(strategies, f"faulty_{subject.artifact.replace('-', '_')}")())
    def draw(fault: Fault) -> None:
        faults.append(fault)

    draw()
    for each in faults:
        yield Case(subject.dialect, subject.artifact, decodable(each.document))
