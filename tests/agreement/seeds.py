"""The payloads that mutation starts from: examples, the accepted cases of the dialects, the history of the format."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from parlance.folders import spec_folder

from .covering import covering
from .dialect_tables import trials
from .generated import Subject
from .sampling import Sampler
from .shape import Shape

__all__ = ["cases", "seeds"]

CASES = Path(__file__).parent.parent / "cases"
_LARGEST = 20_000
"""Beyond so many characters a payload is read once, and not changed."""


@cache
def cases(subject: Subject) -> list[str]:
    """Every payload that is known for an artifact or follows from its schema, right or wrong, as text; none twice."""
    artifact = subject.artifact
    tables = _tables(subject.dialect, artifact)
    found = [*_examples(artifact), *tables, *_eras(artifact), *covering(subject.bundle)]
    return list(dict.fromkeys(json.dumps(each) for each in found))


@cache
def seeds(subject: Subject) -> list[str]:
    """Payloads that are valid and small enough to be changed; some of them made from the schema."""
    sampler = Sampler(Shape(subject.bundle), Random(str(subject)))  # noqa: S311 - no secret
    made = [sampler.value(subject.bundle) for _ in range(40)]
    is_valid = subject.module.ARTIFACTS[subject.artifact].is_valid
    texts = dict.fromkeys([*cases(subject), *map(json.dumps, made)])
    return [text for text in texts if len(text) < _LARGEST and is_valid(json.loads(text))]


@cache
def _examples(artifact: str) -> tuple[Any, ...]:
    paths = sorted((spec_folder() / "examples").glob("*.json"))
    # A request is one with `stream: true` too, and an event of a stream wraps its chunk.
    known = [artifact, "wrong", *([artifact.removeprefix("stream-")] if artifact.startswith("stream-") else [])]
    return tuple(json.loads(path.read_bytes()) for path in paths if path.name.startswith(tuple(known)))


@cache
def _tables(dialect: str, artifact: str) -> tuple[Any, ...]:
    path = CASES / "dialects" / dialect / f"{artifact}.yaml"
    if not path.exists():
        return ()
    return tuple(trial.document for trial in trials(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)))


@cache
def _eras(artifact: str) -> tuple[Any, ...]:
    rows = yaml.load((CASES / "eras.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return tuple(row["payload"] for row in rows if row["artifact"] == artifact)
