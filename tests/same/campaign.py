"""Documents of every kind to the differences between two editions of a dialect."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from agreement.generated import Subject
from agreement.mutation import Mutator
from agreement.seeds import cases, seeds
from agreement.shape import Shape, is_array
from parlance.check.dialect import Dialect
from parlance.runtime.python.violation import Violation

__all__ = ["Outcome", "compare", "documents"]

_SHOWN = 20
"""Differences are kept in full up to so many; beyond, they are counted."""


@dataclass
class Outcome:
    """What was compared, and what differs."""

    documents: int = 0
    findings: Counter[str] = field(default_factory=Counter[str])
    """By code, of the edition of today."""

    edits: int = 0
    differing: int = 0
    """How many documents have another verdict."""

    differences: list[str] = field(default_factory=list[str])


def documents(subject: Subject, rule_examples: Mapping[str, list[str]], mutants: int, seed: int) -> Iterator[Any]:
    """Every case of an artifact, every example of its rules, and so many mutants of both."""
    known = rule_examples.get(subject.artifact, [])
    yield from map(json.loads, [*cases(subject), *known])
    starts, random = [*seeds(subject), *known], Random(f"{subject} {seed}")  # noqa: S311 - no secret
    mutator = Mutator(Shape(subject.bundle), random)
    for _ in range(mutants if starts else 0):
        yield mutator.mutant(json.loads(random.choice(starts)))


def compare(old: Dialect, new: Dialect, artifact: str, given: Iterable[Any], outcome: Outcome) -> None:
    """Judge each document by both."""
    for document in given:
        outcome.documents += 1
        before, now = verdict(old, artifact, document), verdict(new, artifact, document)
        outcome.findings.update(code for code in now.get("codes", ()))
        outcome.edits += len(now.get("edits", ()))
        if before != now:
            outcome.differing += 1
            if len(outcome.differences) < _SHOWN:
                outcome.differences.append(_shown(new.id, artifact, document, before, now))


def verdict(dialect: Dialect, artifact: str, document: Any) -> dict[str, Any]:
    """All that a dialect says of a document, in plain values."""
    checked = [*dialect.artifacts[artifact].check(document)]
    lint, errors = dialect.lints.get(artifact), dialect.errors.get(artifact)
    linted = [*lint(document)] if lint else []
    return {
        "valid": dialect.artifacts[artifact].is_valid(document),
        "codes": [one.code for one in (*checked, *linted)],
        "check": [*map(_plain, checked)],
        "lint": [*map(_plain, linted)],
        "errors": [*map(_plain, errors(document))] if errors else [],
        "edits": [each for one in linted for each in _edits(dialect, one, document)],
        "measures": [rule.measure(document, 1) for rule in dialect.file_rules.get(artifact, ())],
    }


def _edits(dialect: Dialect, one: Violation, document: Any) -> Iterator[tuple[object, ...]]:
    fix = dialect.rules[one.code].fix
    if fix is None:
        return
    for each in fix.edits(document, one.pointer):
        yield fix.title, fix.safe, each.operation, each.pointer, each.name, each.value


def _plain(one: Violation) -> tuple[object, ...]:
    return one.code, one.severity, one.pointer, one.message, one.help, sorted(map(repr, one.known)), one.on_key


def _shown(dialect: str, artifact: str, document: Any, before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    lines = [f"{dialect} {artifact}: {json.dumps(document)[:2000]}"]
    for part in now:
        one, other = before[part], now[part]
        if one == other or part == "codes":
            continue
        if is_array(one) and is_array(other):
            lines += [f"  {part}: before: {each}" for each in one if each not in other]
            lines += [f"  {part}: now:    {each}" for each in other if each not in one]
            lines += [f"  {part}: in another order"] if sorted(map(repr, one)) == sorted(map(repr, other)) else []
        else:
            lines.append(f"  {part}: {one} before, {other} now")
    return "\n".join(lines)
