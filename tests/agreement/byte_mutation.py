"""Bytes of JSON text, damaged: our reader never fails, refuses what is no JSON, and else agrees with the others."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from importlib import import_module
from random import Random
from typing import Any

import parlance
from parlance.check.detection import form
from parlance.check.dialect import generated_dialect

from .generated import Subject
from .readers import REFUSED, VALID, Reader, Verdicts, verdicts
from .seeds import seeds

__all__ = ["byte_mutants", "disagreement", "is_json", "shrunk_bytes"]

_LONGEST = 4000
"""Characters of a text that is damaged."""

_INSERTS = (
    *(b"\x00", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xf4\x90\x80\x80", b"\xe2\x80\xa8"),
    *(b"\\ud800", b"\\u0000", b"\\", b'"', b"{", b"}", b"[", b"]", b",", b":", b"-", b"+", b"0", b"."),
    *(b"1e999", b"NaN", b"-Infinity", b"0x1", b"01", b"1.", b"//", b"/**/", b"\r\n", b"\t", b"\x0b", b"\xa0", b"'"),
    *(b"null", b"true", b'{"a":1,"a":2}', b"1" * 40, b"[" * 40, b'""', b"1E+2", b"-0"),
)
"""What readers of JSON are likely to differ about."""


def byte_mutants(subject: Subject, number: int) -> Iterator[bytes]:
    """Damaged bytes, without end; another *number* gives others."""
    random = Random(f"{subject} bytes {number}")  # noqa: S311 - no secret
    starts = [text for text in seeds(subject) if len(text) <= _LONGEST]
    while True:
        value = json.loads(random.choice(starts))
        data = json.dumps(value, ensure_ascii=random.random() < 0.5, indent=random.choice((None, 1))).encode()
        for _ in range(random.choice((1, 1, 1, 2, 3))):
            data = _damaged(data, random)
        yield data


def _damaged(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    end = min(len(data), start + random.choice((1, 1, 2, 4, 16)))
    match random.choice(("flip", "cut", "insert", "insert", "repeat", "truncate", "random", "swap")):
        case "flip" if start < len(data):
            return data[:start] + bytes([data[start] ^ (1 << random.randrange(8))]) + data[start + 1 :]
        case "cut":
            return data[:start] + data[end:]
        case "insert":
            return data[:start] + random.choice(_INSERTS) + data[start:]
        case "repeat":
            return data[:end] + data[start:end] + data[end:]
        case "truncate":
            return data[:start]
        case "random":
            return data[:start] + random.randbytes(end - start) + data[end:]
        case _:
            return data[:start] + data[start:end][::-1] + data[end:]


def is_json(data: bytes) -> bool:
    """Whether *data* is JSON by the book, with no key twice and no number that is not finite."""
    try:
        value = json.loads(
            data.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_without_twins, parse_float=_finite
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        return False
    return True


def _refuse(word: str) -> Any:
    raise ValueError(word)


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key twice")
    return made


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def disagreement(subject: Subject, by_name: dict[str, Reader], data: bytes) -> tuple[str, Verdicts]:
    """Our verdict on *data*, and those of the others where it is not theirs; `(verdict, {})` where it is."""
    ours = _read(subject, data)
    if not is_json(data):
        return (ours, {}) if ours == REFUSED else (ours, {"strict JSON": REFUSED})
    value = json.loads(data)
    if form(value, generated_dialect(subject.dialect), subject.artifact).name != subject.artifact:
        return ours, {}  # it is judged as another form of the artifact, which has a schema of its own
    printed = verdicts(by_name, json.dumps(value))  # on one line, as ajv takes it
    return (ours, {} if set(printed.values()) == {ours} else printed)


def _read(subject: Subject, data: bytes) -> str:
    """What the library says of the structure; that it fails is a verdict, too."""
    try:
        report = parlance.validate(data, artifact=subject.artifact, dialect=subject.dialect)
    except Exception as error:  # nothing may come out of it but a report
        return f"{type(error).__name__}: {str(error)[:100]}"
    embedded = [pointer for pointer, _ in subject.module.ARTIFACTS[subject.artifact].embeds]
    rules = import_module(f"{subject.module.__name__}.rules").RULES
    # These stand for faults of the structure; PAR602 says that a document is another artifact.
    explaining = {"PAR602", *(code for code, rule in rules.items() if rule.explains)}
    errors = [one for one in report.findings if one.severity.value == "error"]
    errors = [one for one in errors if one.code < "PAR2" or one.code in explaining]
    for each in errors:
        # What an embedded artifact is at fault in is no matter of this one's schema; that it is no JSON is.
        if each.code < "PAR1" or not any(each.pointer.startswith(f"{place}/") for place in embedded):
            return REFUSED
    return VALID


def shrunk_bytes(data: bytes, still: Callable[[bytes], bool], tries: int = 2000) -> bytes:
    """*data* with all taken away that *still* does not need."""
    size = len(data) // 2
    while size and tries > 0:
        start = 0
        while start < len(data) and tries > 0:
            smaller = data[:start] + data[start + size :]
            tries -= 1
            if still(smaller):
                data = smaller
            else:
                start += size
        size //= 2
    return data
