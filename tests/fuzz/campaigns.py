"""The parts of `make fuzz`: each tries what it can in the seconds that it is given, and counts what was tried."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import count
from random import Random
from typing import NamedTuple

from agreement.ajv import Ajv
from agreement.campaign import EVERY_KIND, examine
from agreement.damage import damage, examples
from agreement.generated import EVERY_SUBJECT, Subject
from agreement.readers import readers
from conformance.agreement import agree
from expressions.campaign import examine_random as examine_expressions
from expressions.campaign import examine_spoken
from gate.campaign import hold
from metaschema.campaign import run as examine_embedded
from parlance.folders import spec_folder
from parlance.spec import load_spec
from patterns.campaign import examine_random as examine_patterns
from patterns.speed import examine_speed
from streams.campaign import hold as hold_streams
from streams.mutants import cases as streams
from typescript.campaign import examine as examine_typescript
from typescript.tools import ABSENT, is_installed

from .laws import examine as examine_laws

__all__ = ["CAMPAIGNS", "Campaign", "Result"]

_SHOWN = 300
"""How many characters of a note are printed."""


class Result(NamedTuple):
    """What came of a part."""

    counts: dict[str, int]
    wrong: list[str]
    """Every disagreement, with what it takes to see it again."""

    skipped: str = ""
    """Why nothing was tried."""

    notes: Sequence[str] = ()
    """What is worth to be known, and no disagreement."""


class Campaign(NamedTuple):
    """A part, and how much of the time is for it."""

    title: str
    share: int
    run: Callable[[float, int], Result]
    """Takes seconds and a seed."""


def _rounds(seconds: float, seed: int) -> Iterator[int]:
    """A new seed until the time is over; the first in any case."""
    until = time.monotonic() + seconds
    for number in count(seed * 1_000_000):
        yield number
        if time.monotonic() > until:
            return


def _readers(seconds: float, seed: int) -> Result:
    until = time.monotonic() + seconds
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    workers = os.cpu_count() or 1
    work = partial(_subject, until=until, seed=seed, workers=workers)
    with ProcessPoolExecutor(workers) as pool:
        chosen = Random(seed).sample(EVERY_SUBJECT, len(EVERY_SUBJECT))  # noqa: S311 - no secret
        for made, found in pool.map(work, enumerate(chosen)):
            counts += made
            wrong += found
    return Result(dict(counts), wrong)


def _subject(
    numbered: tuple[int, Subject], *, until: float, seed: int, workers: int
) -> tuple[Counter[str], list[str]]:
    """One artifact, in its part of the time that is left."""
    number, subject = numbered
    left = until - time.monotonic()
    if left <= 0:
        return Counter({"artifacts without time": 1}), []
    seconds = left * workers / (len(EVERY_SUBJECT) - number + workers - 1)
    with Ajv() as ajv:
        outcome = examine(
            subject, readers(subject, ajv), mutants=10_000, seconds=min(seconds, left), seed=seed, kinds=EVERY_KIND
        )
    tallies = outcome.tallies.values()
    counts = Counter(
        artifacts=1,
        documents=outcome.tried,
        accepted=outcome.accepted,
        refused=sum(one.refused for one in tallies),
        known=sum(one.explained.total() for one in tallies),
    )
    return counts, [f"{subject}:\n{one}" for one in outcome.disagreements]


def _damage(seconds: float, seed: int) -> Result:
    done = damage(1_000_000, seed, seconds=seconds)
    counts = {"documents": done.documents, "looks": done.looks, "findings": done.findings.total(), "edits": done.edits}
    return Result(counts, done.failures)


def _expressions(seconds: float, seed: int) -> Result:
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for number in _rounds(seconds, seed):
        for outcome in (examine_spoken(1, number), examine_expressions(100, 10, number)):
            evaluations = outcome.evaluations.total()
            counts.update(expressions=outcome.expressions, evaluations=evaluations, values=outcome.values.total())
            counts.update(known=outcome.deliberate.total())
            wrong += map(str, outcome.differences)
    return Result(dict(counts), wrong)


def _patterns(seconds: float, seed: int) -> Result:
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for number in _rounds(seconds, seed):
        meaning, speed = examine_patterns(100, seed=number), examine_speed(50, seed=number)
        counts.update(patterns=meaning.patterns, searches=meaning.searches.total(), known=meaning.deliberate.total())
        counts.update(proven=speed.proven, texts=speed.texts)
        wrong += [*map(str, meaning.differences), *speed.broken]
    return Result(dict(counts), wrong)


def _schemas(seconds: float, seed: int) -> Result:
    tally = agree(seed, seconds=seconds)
    counts = {"schemas": tally.schemas, "loops": tally.loops, "values": tally.values, "outvoted": tally.outvoted}
    return Result(counts, [*tally.disagreements])


def _embedded(seconds: float, seed: int) -> Result:
    done = examine_embedded(seed, seconds=seconds)
    judged = {"schemas": done.schemas, "malformed": done.malformed}
    return Result({**judged, "patterns": done.patterns, "compiled": done.compiled}, done.differences)


def _gates(seconds: float, seed: int) -> Result:
    spec = load_spec(spec_folder())
    outcome = hold(spec, examples(spec), 10_000_000, seed, seconds)
    counts = {
        "documents": outcome.documents,
        "of sound structure": outcome.sound,
        "at fault": outcome.at_fault,
        "clean": outcome.clean,
        "too cautious": outcome.cautious,
        "tests": outcome.tests,
        "idle": outcome.idle,
        "noticed where left out": outcome.needed,
        "not noticed": len(outcome.missed),
    }
    return Result(counts, outcome.unsound, notes=[f"not noticed: {each[:_SHOWN]}" for each in outcome.missed])


def _streams(seconds: float, seed: int) -> Result:
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for number in _rounds(seconds, seed):
        outcome = hold_streams([*streams()], 200, number)
        counts.update(streams=outcome.streams, findings=outcome.codes.total())
        wrong += outcome.different
    return Result(dict(counts), wrong)


def _typescript(seconds: float, seed: int) -> Result:
    if not is_installed():
        return Result({}, [], ABSENT)
    outcome = examine_typescript(seconds, seed)
    fewest = {"mutants of the dialect with the fewest": min(outcome.mutants.values())}
    return Result({**outcome.documents, **fewest}, outcome.differences)


def _laws(seconds: float, seed: int) -> Result:
    done = examine_laws(seconds, seed)
    return Result({"modules": done.modules, "passed": done.passed}, done.failures)


CAMPAIGNS: dict[str, Campaign] = {
    "readers": Campaign("all readers of a document", 5, _readers),
    "typescript": Campaign("documents in Python and in TypeScript", 2, _typescript),
    "damage": Campaign("damaged documents before every rule and fix", 2, _damage),
    "expressions": Campaign("expressions and two CEL engines", 2, _expressions),
    "patterns": Campaign("patterns, node and RE2", 2, _patterns),
    "schemas": Campaign("modules of random schemas and two validators", 2, _schemas),
    "gates": Campaign("gates and the rules for errors", 2, _gates),
    "streams": Campaign("chunks that are seen quickly to be clean, and all rules", 1, _streams),
    "metaschema": Campaign("schemas in requests, the meta-schema and Python's patterns", 1, _embedded),
    "laws": Campaign("the laws of the tests, on ten times as many examples", 2, _laws),
}
