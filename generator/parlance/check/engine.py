"""A document, a dialect and the name of an artifact to findings: one for each mistake, in the order of the text."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import NamedTuple

from ..finding import Finding, Severity, Span
from .detection import detect
from .dialect import Artifact, Dialect, Violation
from .document import Document, Spot
from .pointer import joined, parent, tokens
from .shape import is_array, is_object
from .suggestion import did_you_mean, phrase, suggestions

__all__ = ["Verdict", "judge"]

_UNKNOWN = frozenset({"PAR102", "PAR121", "PAR122"})
"""Faults of a field's name: it is what is shown, not the value."""

_MISSING = frozenset({"PAR101", "PAR120"})
_STAND_IN = frozenset({"PAR001", "PAR005", "PAR006", "PAR007", "PAR010"})
"""Faults of a text after which a stand-in is checked: what is said of that is no second mistake."""


class Verdict(NamedTuple):
    """What was found in a document, and as what it was checked."""

    artifact: str | None
    findings: tuple[Finding, ...]


def judge(document: Document, dialect: Dialect, artifact: str = "auto") -> Verdict:
    """Check *document*; `auto` chooses the artifact by the document's fields."""
    chosen = None if artifact == "auto" else dialect.artifact(artifact)
    findings = list(document.text_findings())
    if document.complete:
        chosen = chosen or detect(document.value, dialect.artifacts)
        findings += _unlike(document, dialect) if chosen is None else _against(document, chosen)
    findings.sort(key=_order)
    return Verdict(chosen.name if chosen else None, tuple(findings))


def _order(finding: Finding) -> tuple[float, float]:
    return (finding.span.line, finding.span.column) if finding.span else (math.inf, math.inf)


def _unlike(document: Document, dialect: Dialect) -> list[Finding]:
    spot = document.spots([""]).get("")
    names = ", ".join(dialect.artifacts)
    what = "this resembles" if is_object(document.value) else "this is no object, and resembles"
    return [
        Finding(
            code="PAR601",
            severity=Severity.ERROR,
            pointer="",
            message=f"{what} no artifact of {dialect.id}",
            span=spot.value if spot else None,
            help=f"name what it should be: --as {names.replace(', ', '|')}",
        )
    ]


def _against(document: Document, artifact: Artifact) -> list[Finding]:
    stand_ins = {fault.pointer for fault in document.faults if fault.code in _STAND_IN}
    remarks = [_remark(one, document.value) for one in artifact.check(document.value) if one.pointer not in stand_ins]
    if not remarks:
        return []
    remarks = _without_echoes(remarks)
    spots = document.spots({pointer for one in remarks for pointer in (one.at, parent(one.at))})
    return [
        Finding(
            code=one.violation.code,
            severity=Severity(one.violation.severity),
            pointer=one.violation.pointer,
            message=one.violation.message,
            span=_span(one, spots),
            help="; ".join(filter(None, (one.help, document.remarks.get(one.at)))) or None,
        )
        for one in remarks
    ]


class _Remark(NamedTuple):
    """A violation, where it is shown, and what to do about it."""

    violation: Violation
    at: str
    help: str | None
    key: bool
    """Whether the key at `at` is shown, and not the value."""

    meant: str | None = None
    """The pointer that an unknown field has in its right spelling."""


def _remark(violation: Violation, document: object) -> _Remark:
    at, code, known = violation.pointer, violation.code, violation.known
    if code in _UNKNOWN:
        container = _found(document, parent(at))
        used: Collection[str] = container if is_object(container) else ()
        word = tokens(at)[-1]
        near = suggestions(word, known, used)
        meant = f"{parent(at)}{joined(near[:1])}" if near else None
        advice = phrase(near) or ("remove it" if violation.severity == "error" else None)
        return _Remark(violation, at, advice, key=True, meant=meant)
    value = _found(document, at)
    advice = did_you_mean(value, known) if known and isinstance(value, str) else None
    return _Remark(violation, at, advice, key=code == "PAR117")


def _without_echoes(remarks: list[_Remark]) -> list[_Remark]:
    """One finding for a required field whose name is misspelt, not one for each of its spellings."""
    missing = {one.at: one for one in remarks if one.violation.code in _MISSING}
    instead: dict[int, _Remark | None] = {}
    for one in remarks:
        absent = missing.pop(one.meant, None) if one.meant else None
        if absent is None:
            continue
        instead[id(absent)] = None
        if absent.violation.severity == "error" != one.violation.severity:
            advice = f"{tokens(one.at)[-1]!r} may be a misspelling of it"
            instead[id(absent)] = absent._replace(at=one.at, help=advice, key=True)
            instead[id(one)] = None
    return [kept for one in remarks if (kept := instead.get(id(one), one))]


def _span(remark: _Remark, spots: Mapping[str, Spot]) -> Span | None:
    spot = spots.get(remark.at)
    if spot is None:  # what is absent is shown where it should be
        container = spots.get(parent(remark.at)) or spots.get("")
        return container and container.value
    return spot.key if remark.key and spot.key else spot.value


def _found(document: object, pointer: str) -> object:
    value = document
    for token in tokens(pointer):
        if is_object(value):
            value = value.get(token)
        elif is_array(value) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            return None
    return value
