"""Schemas and patterns drawn, mutated and judged by both sides, for as many rounds or seconds as given."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from .sampling import drawn_pattern, drawn_schema, mutated
from .verdicts import CODE, PLACES, compiles, findings, is_wellformed, refused_pattern

__all__ = ["Outcome", "run"]


@dataclass
class Outcome:
    """How much was judged, and what the two sides differ on."""

    schemas: int = 0
    malformed: int = 0
    patterns: int = 0
    compiled: int = 0
    differences: list[str] = field(default_factory=list[str])


def run(seed: int, *, rounds: int | None = None, seconds: float | None = None) -> Outcome:
    """Judge four mutants of a schema and four patterns a round."""
    outcome, random = Outcome(), Random(seed)  # noqa: S311 - no secret
    end = None if seconds is None else time.monotonic() + seconds
    for number in count():
        if number == rounds or (end is not None and time.monotonic() > end):
            return outcome
        for schema in _mutants(random):
            _judge_schema(schema, random, outcome)
        for _ in range(4):
            _judge_pattern(drawn_pattern(random), outcome)
    return outcome


def _mutants(random: Random) -> Iterator[dict[str, Any]]:
    """Mutants of a schema that is right, the last of them changed twice."""
    schema = drawn_schema(random)
    once = [mutated(schema, random) for _ in range(3)]
    yield from once
    yield mutated(once[-1], random)


def _judge_schema(schema: dict[str, Any], random: Random, outcome: Outcome) -> None:
    at, make = random.choice(PLACES)
    found = [one for one in findings(make(schema, random.random() < 0.5)) if one.code == CODE]
    expected = is_wellformed(schema)
    outcome.schemas += 1
    outcome.malformed += not expected
    if expected is bool(found) or not all(one.pointer.startswith(f"{at}/") for one in found):
        reported = [f"{one.pointer}: {one.message}" for one in found]
        verdict = "valid" if expected else "malformed"
        outcome.differences.append(f"{json.dumps(schema)}: {verdict}, and we say {reported}")


def _judge_pattern(pattern: str, outcome: Outcome) -> None:
    expected = compiles(pattern)
    outcome.patterns += 1
    outcome.compiled += expected
    if expected is refused_pattern(pattern):
        verdict = "compiles" if expected else "does not compile"
        outcome.differences.append(f"pattern {pattern!r} {verdict}, and we say otherwise")
