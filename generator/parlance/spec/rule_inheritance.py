"""Which rules hold in a dialect: those of what it extends, as its header has them, then its own.

A rule crosses the border of a family without proof: what one server refuses, another may take. So an error is a
warning there until the dialect says by whose word it is one, but for what explains a shape that no schema has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ..finding import Finding, LocatedList, LocatedMap, Place, did_you_mean, fault
from ..finding.catalogue import CATALOGUE
from .model import DialectFile, Spec

__all__ = ["Inheritance", "RuleChoice"]

_STRUCTURE = "PAR1"
"""How codes begin of which a dialect may change the severity: what its validators find."""

_OFF = "off"
_ERROR, _WARNING = "error", "warning"
_HEARSAY = "C"

Evidence = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChoice:
    """How a rule holds in a dialect."""

    severity: str
    is_native: bool = True
    """Whether the record is of the dialect's own family: what it says of a server is said of this one."""

    is_confirmed: bool = True
    """Whether somebody says that this server obeys it."""

    is_dated: bool = True
    """Whether the days of the record count: they are not this server's where the dialect enables the rule."""

    evidence: tuple[Evidence, ...] = ()
    """Who says so of the dialect."""


@dataclass(slots=True)
class Inheritance:
    """What holds after the dialects that were added so far, from the oldest on; first, the rules of the spec."""

    spec: Spec
    records: dict[str, LocatedMap] = field(default_factory=dict[str, LocatedMap])
    """Every record that a dialect may speak of, by code, in the order of reports."""

    choices: dict[str, RuleChoice] = field(default_factory=dict[str, RuleChoice])
    """How those hold that do, by code."""

    homes: dict[str, str] = field(default_factory=dict[str, str])
    """The dialect that a record belongs to, by code; those of the spec belong to none."""

    days: dict[str, date] = field(default_factory=dict[str, date])
    """The days on which the days of records are judged that are a dialect's own, by code."""

    severities: dict[str, str] = field(default_factory=dict[str, str])
    """Of what validators find."""

    models: tuple[str, ...] = ()
    """The tables of models."""

    errors: LocatedMap | None = None
    """What the server answers."""

    chosen: dict[str, Place] = field(default_factory=dict[str, Place])
    """The codes of which the last dialect says that they hold, and where: these must be able to fire."""

    disabled: dict[str, Place] = field(default_factory=dict[str, Place])
    """The codes of which the last dialect says that they do not hold, and where: these must have been able to."""

    findings: list[Finding] = field(default_factory=list[Finding])
    """What the last dialect says in vain."""

    _family: str = ""
    _native: set[str] = field(default_factory=set[str])
    """The codes of records of this family."""

    def __post_init__(self) -> None:
        self._family = self.spec.base.id
        self.models = (self._family,) if self._family in self.spec.models else ()
        self.records.update((str(record["code"]), record) for record in self.spec.rules)
        self.choices.update((code, RuleChoice(severity=_own(record))) for code, record in self.records.items())
        self._native.update(self.choices)

    def add(self, dialect: DialectFile) -> None:
        """Go on to a dialect that extends the last one."""
        self.chosen, self.disabled, self.findings = {}, {}, []
        rules = dialect.rules
        if dialect.family != self._family:
            self._cross()
        self._family = dialect.family
        if "inherit" in rules:
            self.choices.clear()
        for choice in rules.get("disable", ()):
            self._disable(choice)
        for choice in rules.get("enable", ()):
            self._enable(choice)
        for record in dialect.own_rules:
            self._own(record, dialect)
        for code, choice in rules.get("severities", {}).items():
            self._grade(code, choice, rules["severities"].places[code])
        self.models = self.models if dialect.models is None else tuple(dialect.models)
        if dialect.errors is not None:
            self.errors = dialect.errors
            for code in self.errors.get("codes", ()):
                self._know(code, self.errors["codes"].places[code])

    def _cross(self) -> None:
        """Leave a family: what its server does is no longer known."""
        self.models, self.errors = (), None
        self._native.clear()
        for code, choice in self.choices.items():
            is_loud = choice.severity == _ERROR and not self.records[code].get("explains", False)
            self.choices[code] = RuleChoice(
                severity=_WARNING if is_loud else choice.severity, is_native=False, is_confirmed=False
            )

    def _disable(self, choice: LocatedMap) -> None:
        for code, at in _codes(choice):
            if code in CATALOGUE and self._know(code, at):
                if self.severities.get(code) == _OFF:
                    self._complain(at, f"{code} is off already")
                self.severities[code] = _OFF
            elif code not in CATALOGUE and self._know(code, at):
                if self.choices.pop(code, None) is None:
                    self._complain(at, f"{code} does not hold here anyway")
                self.disabled[code] = at

    def _enable(self, choice: LocatedMap) -> None:
        evidence: Evidence = choice["evidence"]
        for code, at in _codes(choice):
            if code in CATALOGUE and self._know(code, at):
                if self.severities.pop(code, None) is None:
                    self._complain(at, f"{code} has its usual severity already")
            elif self._know(code, at):
                before = self.choices.get(code)
                severity = _most(_own(self.records[code]), evidence)
                if before is not None and before.is_confirmed and before.severity == severity:
                    self._complain(at, f"{code} holds already, as {_article(severity)}")
                known = () if before is None or not before.is_confirmed else before.evidence
                self.choices[code] = RuleChoice(
                    severity=severity,
                    is_native=code in self._native,
                    is_dated=False,
                    evidence=(*known, evidence),
                )
                self.chosen[code] = at

    def _grade(self, code: str, choice: LocatedMap, at: Place) -> None:
        if not self._know(code, at):
            return
        severity, evidence = str(choice["severity"]), choice["evidence"]
        if severity == _ERROR and evidence.get("confidence") == _HEARSAY:
            message = f"{code} cannot be an error: what is of confidence C is a warning at most"
            self.findings.append(fault("PAR903", choice.places["severity"], message))
        if code in CATALOGUE:
            if self.severities.get(code, CATALOGUE[code].severity) == severity:
                self._complain(at, f"{code} is {_article(severity)} already")
            self.severities[code] = severity
            return
        before = self.choices.get(code)
        if before is None:
            self._complain(at, f"{code} does not hold here", "enable the rule, or take this out")
            return
        if before.is_confirmed and before.severity == severity:
            self._complain(at, f"{code} is {_article(severity)} already")
        self.choices[code] = replace(
            before, severity=severity, is_confirmed=True, evidence=(*before.evidence, evidence)
        )
        self.chosen[code] = at

    def _own(self, record: LocatedMap, dialect: DialectFile) -> None:
        code = str(record["code"])
        self.records[code] = record
        self.homes[code] = dialect.id
        self.days[code] = dialect.released
        self.choices[code] = RuleChoice(severity=_own(record))
        self.chosen[code] = record.places["code"]
        self._native.add(code)

    def _know(self, code: str, at: Place) -> bool:
        """Whether there is such a code, of which a dialect may say something."""
        if code in self.records or (code in CATALOGUE and code.startswith(_STRUCTURE)):
            return True
        if code in CATALOGUE:
            message, advice = f"{code}, {CATALOGUE[code].name}, is the same in every dialect", "take it out"
            self.findings.append(fault("PAR915", at, message, advice=advice))
        else:
            known = [*self.records, *(code for code in CATALOGUE if code.startswith(_STRUCTURE))]
            self.findings.append(fault("PAR915", at, f"nothing has the code {str(code)!r}{did_you_mean(code, known)}"))
        return False

    def _complain(self, at: Place, message: str, advice: str = "take it out") -> None:
        self.findings.append(fault("PAR920", at, message, advice=advice))


def _codes(choice: LocatedMap) -> Iterator[tuple[str, Place]]:
    codes = choice["code"]
    if isinstance(codes, LocatedList):
        yield from ((str(code), at) for code, at in zip(codes, codes.places, strict=True))
    else:
        yield str(codes), choice.places["code"]


def _own(record: Mapping[str, Any]) -> str:
    """The severity that a record says."""
    return str(record["severity"])


def _most(severity: str, evidence: Evidence) -> str:
    """A severity, as far as the evidence goes."""
    return _WARNING if severity == _ERROR and evidence.get("confidence") == _HEARSAY else severity


def _article(severity: str) -> str:
    return f"an {severity}" if severity[0] in "aeiou" else f"a {severity}"
