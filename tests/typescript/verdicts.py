"""What Python finds in documents beside what TypeScript makes of the same structure and rules.

Python judges each document while all that it asks of validators and rules is written down; TypeScript judges it with
nothing but these answers. So a difference is one between the two ways to compose a verdict.
"""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import parlance
import shipped
from agreement.damage import examples
from agreement.generated import Subject
from agreement.seeds import seeds
from parlance.check.dialect import Dialect
from parlance.check.document import Document
from parlance.check.engine import judge
from parlance.check.payload import plain
from parlance.finding import Finding
from parlance.finding.shape import is_array, is_object
from parlance.runtime.python.artifact import Artifact
from parlance.runtime.python.violation import Violation
from parlance_dialects import DIALECTS

from .tools import FOLDER, run

__all__ = [
    "Difference",
    "Question",
    "differences",
    "of_other_artifacts",
    "respelled",
    "rule_examples",
    "with_what_json_lacks",
]

_LARGEST = 20_000
"""Characters of a document."""

_LARGEST_NUMBER = 1e300


@dataclass(frozen=True)
class Question:
    """A document, and as what it is judged."""

    artifact: str
    document: Any


@dataclass(frozen=True)
class Difference:
    """What the two languages find otherwise."""

    question: Question
    what: str
    """`check`, `lint` or `isValid`."""

    python: Any
    typescript: Any


@dataclass
class _Recorder:
    """A dialect that writes down what it is asked."""

    dialect: Dialect
    answers: dict[tuple[str, str, str], list[Any]] = field(default_factory=dict[tuple[str, str, str], list[Any]])
    """By artifact, by `structure`, `errors` or `rules`, and by the document as JSON."""

    def recording(self) -> Dialect:
        """The dialect; there is no gate that spares it a question."""
        names = [*self.dialect.artifacts]
        return self.dialect.changed(
            artifacts={name: self._artifact(name) for name in names},
            lints={name: self._find(name, lint=True) for name in names},
            errors={name: self._find(name, lint=False) for name in names},
            gates={},
            advice={},
        )

    def _artifact(self, name: str) -> Artifact:
        artifact = self.dialect.artifacts[name]

        def check(value: Any) -> Iterator[Violation]:
            return iter(self._noted(name, "structure", value, artifact.check))

        return Artifact(
            name,
            check,
            lambda value: all(one.severity != "error" for one in check(value)),
            artifact.required,
            artifact.fields,
            artifact.constants,
            artifact.embeds,
            is_line=artifact.is_line,
            variant_of=artifact.variant_of,
        )

    def _find(self, name: str, *, lint: bool) -> Callable[[Any], list[Violation]]:
        def find(value: Any) -> list[Violation]:
            # Python counts errors among all that rules find, TypeScript among what those for errors find.
            every = self.dialect.lints.get(name, _nothing)
            errors = self._noted(name, "errors", value, self.dialect.errors.get(name, every))
            found = self._noted(name, "rules", value, every)
            return found if lint else errors

        return find

    def _noted(self, name: str, what: str, value: Any, find: Callable[[Any], Iterable[Violation]]) -> list[Violation]:
        found = [*find(value)]
        self.answers[name, what, json.dumps(value)] = [*map(_violation, found)]
        return found


def _nothing(_: Any) -> list[Violation]:
    return []


def differences(dialect: Dialect, questions: Iterable[Question], build: Path) -> list[Difference]:
    """Where TypeScript, compiled at *build*, finds anything else than Python in the documents of the *questions*."""
    recorder = _Recorder(dialect)
    recording = recorder.recording()
    asked = [replace(one, document=as_javascript(one.document)) for one in questions]
    expected = [_verdicts(dialect, one) for one in asked]
    for one in asked:
        for lint in (False, True):
            judge(_decoded(one.document), recording, one.artifact, lint=lint)
        # Python skips forms that cannot be closer than another; TypeScript asks them all.
        for name, artifact in recording.artifacts.items():
            if one.artifact in {name, artifact.variant_of}:
                value = _decoded(one.document).value
                artifact.is_valid(value)
                recording.errors[name](value)
    text = json.dumps(
        {
            "dialect": _facts(dialect),
            "answers": [[*key[:2], json.loads(key[2]), found] for key, found in recorder.answers.items()],
            "questions": [[one.artifact, _transported(one.document)] for one in asked],
        }
    )
    given = json.loads(run(FOLDER / "verdicts.mjs", build.as_uri(), text=text))
    assert len(given) == len(asked)
    return [
        Difference(question, what, python[what], typescript[what])
        for question, python, typescript in zip(asked, expected, given, strict=True)
        for what in python
        if python[what] != typescript[what]
    ]


def _verdicts(dialect: Dialect, question: Question) -> dict[str, Any]:
    """What the library says; but for a string, which it takes for JSON text, and for dialects that it does not know."""
    if isinstance(question.document, str) or dialect.id not in DIALECTS:
        document = _decoded(question.document)
        findings = [judge(document, dialect, question.artifact, lint=lint).findings for lint in (False, True)]
    else:
        report = parlance.validate(question.document, question.artifact, dialect.id)
        linted = parlance.lint(question.document, question.artifact, dialect.id, select=("ALL",))
        findings = [report.findings, linted.findings]
    check, lint = ([*map(_in_typescript, each)] for each in findings)
    return {"check": check, "lint": lint, "isValid": all(severity != "error" for _, severity, *_ in check)}


def _decoded(value: Any) -> Document:
    plain_value, faults, is_complete = plain(value)
    return Document(plain_value, tuple(faults), is_complete)


def _in_typescript(one: Finding) -> list[Any]:
    """A finding as TypeScript has it; what is None in Python is null there."""
    advice = "pass a finite number, or null" if one.help == "pass a finite number, or None" else one.help
    return [one.code, one.severity.value, one.pointer, one.message, advice]


def _transported(value: Any) -> Any:
    """A value as JSON, with the numbers that JSON cannot say."""
    if is_object(value):
        return {key: _transported(item) for key, item in value.items()}
    if is_array(value):
        return [*map(_transported, value)]
    if isinstance(value, float) and not math.isfinite(value):
        return {"$number": str(value).replace("inf", "Infinity").replace("nan", "NaN")}
    return value


def _facts(dialect: Dialect) -> dict[str, Any]:
    return {
        "id": dialect.id,
        "explaining": [code for code, rule in dialect.rules.items() if rule.explains],
        "inside": [code for code, rule in dialect.rules.items() if rule.inside],
        "artifacts": [
            {
                "name": one.name,
                "required": sorted(one.required),
                "fields": sorted(one.fields),
                "constants": {name: [*values] for name, values in one.constants.items()},
                "embeds": [[*each] for each in one.embeds if each[1] in dialect.artifacts],
                "isLine": one.is_line,
                "variantOf": one.variant_of,
            }
            for one in dialect.artifacts.values()
        ],
    }


def _violation(one: Violation) -> dict[str, Any]:
    return {
        "code": one.code,
        "severity": one.severity,
        "pointer": one.pointer,
        "message": one.message,
        "help": one.help,
        "known": [*one.known],
        "onKey": one.on_key,
        "mediaType": one.media_type,
    }


def as_javascript(value: Any) -> Any:
    """A value with the numbers that are left of it in JavaScript: 1.0 is 1, and few digits are kept."""
    if is_object(value):
        return {key: as_javascript(item) for key, item in value.items()}
    if is_array(value):
        return [*map(as_javascript, value)]
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        return value
    number = float(value) if abs(value) < _LARGEST_NUMBER else _LARGEST_NUMBER
    # Beyond, JavaScript writes an exponent, as Python does for a float.
    return int(number) if number.is_integer() and abs(number) < 10**21 else number


def rule_examples(dialect: Dialect) -> Iterator[Question]:
    """Every example of a rule, as each artifact of the dialect that it is of."""
    for artifact, texts in examples(shipped.spec()).items():
        if artifact in dialect.artifacts:
            yield from (Question(artifact, json.loads(text)) for text in texts if len(text) < _LARGEST)


def with_what_json_lacks(questions: Iterable[Question], random: Random) -> Iterator[Question]:
    """The same documents with a number that is none, or half of a surrogate pair, somewhere."""
    for one in questions:
        holders = [*_holders(one.document)]
        if not holders:
            continue
        holder = random.choice(holders)
        key: Any = random.choice([*holder] if is_object(holder) else range(len(holder)))
        before, holder[key] = (
            holder[key],
            random.choice((math.nan, math.inf, -math.inf, "\ud800", "a\udc00b", [math.nan])),
        )
        yield replace(one, document=copy.deepcopy(one.document))
        holder[key] = before


def of_other_artifacts(dialect: Dialect, count: int, random: Random) -> Iterator[Question]:
    """Valid documents, each taken for an artifact that it is not."""
    for name in dialect.artifacts:
        others = [one for one in dialect.artifacts if one != name]
        texts = seeds(Subject(dialect.id, name))
        for text in random.sample(texts, min(len(texts), count)):
            yield from (Question(other, json.loads(text)) for other in others)


def respelled(dialect: Dialect, count: int, random: Random) -> Iterator[Question]:
    """Valid documents with a misspelt field at the root, or in an object below."""
    for name in dialect.artifacts:
        texts = seeds(Subject(dialect.id, name))
        for text in random.sample(texts, min(len(texts), count)):
            document = json.loads(text)
            holder = random.choice([one for one in _holders(document) if is_object(one)])
            for key in [*holder]:
                cut = random.randrange(len(key) + 1)
                spelling = random.choice(
                    (key[:cut] + key[cut + 1 :], f"{key[:cut]}x{key[cut:]}", key.upper(), f"{key}s")
                )
                changed = {spelling if one == key else one: item for one, item in holder.items()}
                before = dict(holder)
                holder.clear()
                holder.update(changed)
                yield Question(name, copy.deepcopy(document))
                holder.clear()
                holder.update(before)


def _holders(value: Any) -> Iterator[Any]:
    """Every object and array that holds something."""
    items = value.values() if is_object(value) else value if is_array(value) else ()
    if items:
        yield value
    for item in items:
        yield from _holders(item)
