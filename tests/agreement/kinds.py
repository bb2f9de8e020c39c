"""Four kinds of input, each with what is known of it beforehand."""

from __future__ import annotations

import importlib
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.strategies import SearchStrategy

from .generated import Subject
from .mutation import Mutator
from .readers import REFUSED, VALID
from .seeds import seeds
from .shape import Shape

__all__ = ["KINDS", "Input", "drawn", "inputs"]

_FIRST, _LARGEST = 12, 100
"""How many documents are drawn at first, and at most at a time: a short run draws no more than it uses."""

_CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@dataclass(frozen=True, slots=True)
class Input:
    """The text of a payload, and the verdict that it deserves, where that is known."""

    text: str
    expected: str | None = None
    reported: str = ""
    """Why it deserves it."""


def _valid(subject: Subject, number: int) -> Iterator[Input]:
    for round_, count in _rounds(number):
        for document in drawn(_made(subject, "valid"), count, round_):
            yield Input(json.dumps(document), VALID, "drawn as valid")


def _single_fault(subject: Subject, number: int) -> Iterator[Input]:
    """What breaks the structure is refused; what breaks a rule alone is valid to readers that know no rules.

    Of what a rule explains nothing is known beforehand: in most dialects the structure refuses it, too.
    """
    explaining = {code for code, rule in _rules(subject).items() if rule.explains}
    for round_, count in _rounds(number):
        for fault in drawn(_made(subject, "faulty"), count, round_):
            structural = fault.code.startswith("PAR1") and fault.severity == "error"
            expected = None if fault.code in explaining else REFUSED if structural else VALID
            reported = f"{fault.code} at {fault.pointer or '(root)'}: {fault.where}, {fault.what}"
            yield Input(json.dumps(fault.document), expected, reported)


def _structure_mutated(subject: Subject, number: int) -> Iterator[Input]:
    starts, random = seeds(subject), Random(f"{subject} {number}")  # noqa: S311 - no secret
    mutator = Mutator(Shape(subject.bundle), random)
    while True:
        yield Input(json.dumps(mutator.mutant(json.loads(random.choice(starts)))))


KINDS = {"valid": _valid, "single-fault": _single_fault, "structure-mutated": _structure_mutated}
"""What makes inputs of each kind, without end; bytes are mutated elsewhere."""


def inputs(kind: str, subject: Subject, number: int) -> Iterator[Input]:
    """Inputs of a kind; another *number* gives others."""
    return KINDS[kind](subject, number)


def _rounds(number: int) -> Iterator[tuple[int, int]]:
    """The number of each round, and how many documents it draws."""
    count = _FIRST
    for round_ in itertools.count(number * 1_000_000):
        yield round_, count
        count = min(2 * count, _LARGEST)


def _rules(subject: Subject) -> dict[str, Any]:
    rules: dict[str, Any] = importlib.import_module(f"{subject.module.__name__}.rules").RULES
    return rules


def _made(subject: Subject, verb: str) -> SearchStrategy[Any]:
    module = importlib.import_module(f"{subject.module.__name__}.strategies")
    strategy: SearchStrategy[Any] = getattr(module, f"{verb}_{subject.artifact.replace('-', '_')}")()
    return strategy


def drawn(strategy: SearchStrategy[Any], count: int, number: int) -> list[Any]:
    """So many values; another *number* gives others."""
    found: list[Any] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        suppress_health_check=_CHECKS,
    )
    @given(strategy)
    def draw(value: Any) -> None:
        found.append(value)

    draw()
    return found
