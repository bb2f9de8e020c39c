"""`python -m tests.agreement.damage`: damaged documents before every rule of every dialect, none of which may fail."""

from __future__ import annotations

import argparse
import copy
import json
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from random import Random
from typing import Any

import shipped
from parlance.check.dialect import Dialect, generated_dialect
from parlance.runtime.python.violation import Violation
from parlance.spec import Spec
from parlance_dialects.checks import Checks, Findings
from parlance_dialects.violation import Violation as GeneratedViolation
from parlance_dialects.violation import with_severities
from shipped import contract_of

from .generated import EVERY_SUBJECT, Subject
from .mutation import Mutator
from .seeds import seeds
from .shape import Shape, is_array

__all__ = ["Damage", "damage", "examples"]

_LARGEST = 20_000
"""Characters of an example."""

_DEPTH = 3
"""How often a document may be damaged on top of what was done to it."""


@dataclass
class Damage:
    """What came of it."""

    documents: int = 0
    looks: int = 0
    """How often a lint looked at a document."""

    findings: Counter[str] = field(default_factory=Counter[str])
    """By code."""

    edits: int = 0
    failures: list[str] = field(default_factory=list[str])


def damage(documents: int, seed: int = 0, *, seconds: float | None = None) -> Damage:
    """Show so many damaged documents, or as many as there is time for, to all rules of all dialects and their fixes."""
    until = None if seconds is None else time.monotonic() + seconds
    done = Damage()
    spec = shipped.spec()
    dialects = [generated_dialect(header.id) for header in spec.dialects]
    makers = [_mutants(subject, starts, seed) for subject, starts in _subjects(spec)]
    for number in range(documents):
        if until is not None and number and time.monotonic() > until:
            break
        document = next(makers[number % len(makers)])
        done.documents += 1
        for dialect in dialects:
            for artifact in dialect.lints:
                try:
                    _look(done, dialect, artifact, document)
                except Exception:
                    done.failures.append(
                        f"{dialect.id} {artifact}\n{json.dumps(document)[:2000]}\n{traceback.format_exc()}"
                    )
    return done


def _look(done: Damage, dialect: Dialect, artifact: str, document: Any) -> None:
    before = copy.deepcopy(document)
    done.looks += 1
    found = [*dialect.lints[artifact](document)]
    assert [*map(_reported, found)] == [*map(_reported, _unpruned(dialect, artifact, document))], "a check was left out"
    rules = dialect.rules
    reported = [one for one in found if one.severity == "error" or rules[one.code].explains]
    errors = dialect.errors[artifact](document)
    assert [*map(_reported, errors)] == [*map(_reported, reported)], "errors are not those of lint"
    for violation in found:
        done.findings[violation.code] += 1
        fix = dialect.rules[violation.code].fix
        done.edits += len(fix.edits(document, violation.pointer)) if fix else 0
    for rule in dialect.file_rules.get(artifact, ()):
        rule.rule.at(rule.point, {"key": rule.measure(document, 1), "first": None, "total": 0})
    assert document == before, "a rule changed its document"


def _unpruned(dialect: Dialect, artifact: str, document: Any) -> Iterator[GeneratedViolation]:
    """What all checks find, whatever they need, with the severities of the dialect."""
    rules = import_module(f"parlance_dialects.{dialect.id.replace('-', '_')}.rules")
    checks: Checks | None = getattr(rules, f"_{artifact.replace('-', '_').upper()}", None)
    findings = Findings(dialect.severities)
    for check in checks.checks if checks else ():
        check.apply(document, findings)
    found = checks.without_consequences(findings) if checks else []
    yield from with_severities(found, dialect.severities)


def _reported(violation: Violation | GeneratedViolation) -> tuple[object, ...]:
    return violation.code, violation.severity, violation.pointer, violation.message, violation.help


def _subjects(spec: Spec) -> list[tuple[Subject, list[str]]]:
    """Artifacts of the newest dialect, and what of each is damaged: seeds, and examples of rules."""
    found, newest = examples(spec), _newest(spec)
    subjects = [subject for subject in EVERY_SUBJECT if subject.dialect == newest and subject.artifact in found]
    return [(subject, [*seeds(subject), *found[subject.artifact] * 2]) for subject in subjects]


def examples(spec: Spec) -> dict[str, list[str]]:
    """The examples of the newest dialect's rules, by their artifact, but for large ones."""
    found: dict[str, list[str]] = {}
    for rule in contract_of(_newest(spec)).rules:
        documents = [each.document for each in (*rule.bad, *rule.good)]
        lines = [line for each in documents if is_array(each) for line in each]
        texts = map(json.dumps, lines if rule.scope == "file" else documents)
        found.setdefault(rule.artifact, []).extend(text for text in texts if len(text) < _LARGEST)
    return found


def _newest(spec: Spec) -> str:
    return max(spec.dialects, key=lambda header: (header.as_of, header.default)).id


def _mutants(subject: Subject, starts: list[str], seed: int) -> Iterator[Any]:
    random = Random(f"{subject} {seed}")  # noqa: S311 - no secret
    mutator = Mutator(Shape(subject.bundle), random)
    while True:
        document = json.loads(random.choice(starts))
        for _ in range(random.randint(1, _DEPTH)):
            document = mutator.mutant(document)
        yield document


def main() -> int:
    """Print what was looked at, and every failure; 1 if there is one."""
    parser = argparse.ArgumentParser(prog="python -m tests.agreement.damage", description=__doc__)
    parser.add_argument("--documents", type=int, default=5_000, help="how many (5000)")
    parser.add_argument("--seed", type=int, default=0, help="another number makes other documents")
    options = parser.parse_args()
    done = damage(options.documents, options.seed)
    print(
        f"{done.documents:,} documents, looked at {done.looks:,} times: {done.findings.total():,} findings of "
        f"{len(done.findings)} codes, {done.edits:,} edits, {len(done.failures)} failures"
    )
    for failure in done.failures[:5]:
        print(f"\n{failure}", file=sys.stderr)
    return 1 if done.failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
