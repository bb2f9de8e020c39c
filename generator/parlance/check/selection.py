"""Which findings are reported, and with which severity: by code, by the beginning of one, or by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from ..finding import Severity, did_you_mean

if TYPE_CHECKING:
    from ..finding import Finding
    from ..runtime.python.rule import Rule

__all__ = ["ALL", "OFF", "Selection", "UnknownCode", "Withheld", "check_codes", "known_codes"]

ALL = "ALL"
"""Stands for every code."""

OFF = "off"
"""The severity of what is never reported."""

_EXACT = 100
"""The closeness of a whole code or name: more than the length of any prefix."""

_UNREAD = ("PAR0", "PAR601")
"""What keeps a document from being checked: reported unless it is ignored by name."""


class Withheld(StrEnum):
    """Why a finding is not reported."""

    DESELECTED = "ignored"
    """The settings do not select its code."""

    KNOWN = "known"
    """A baseline accepts it."""

    NOTE = "note"
    """It is advice, which nobody asked for, or which is ignored."""


class UnknownCode(ValueError):
    """No code and no rule's name is meant by a word."""


class Selection:
    """The more exactly a word names a code, the more it counts; of two alike the one that ignores."""

    def __init__(  # noqa: PLR0913 what users choose by name
        self,
        *,
        select: tuple[str, ...] | None = None,
        extend_select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
        never: tuple[str, ...] = (),
        severities: Mapping[str, str] | None = None,
        advice: bool = False,
    ) -> None:
        self.select = select
        """None for every error and warning."""

        self.extend_select = extend_select
        self.ignore = ignore
        self.never = never
        """Dropped however exactly something else selects it."""

        self.severities: Mapping[str, str] = severities or {}
        self.advice = advice
        """Whether notes are reported that nothing selects."""

        self._known: dict[tuple[str, Severity], Severity | Withheld] = {}

    def apply(self, finding: Finding) -> Finding | None:
        """The finding as it is reported; None where it is not."""
        result = self.decide(finding)
        return None if isinstance(result, Withheld) else result

    def decide(self, finding: Finding) -> Finding | Withheld:
        """The finding as it is reported, or why it is not."""
        key = (finding.code, finding.severity)
        if key not in self._known:
            self._known[key] = self._decide(finding.code, finding.name, finding.severity)
        decision = self._known[key]
        if isinstance(decision, Withheld):
            return decision
        if decision is finding.severity:
            return finding
        from dataclasses import replace

        return replace(finding, severity=decision)

    def unreported_notes(self, rules: Mapping[str, Rule]) -> frozenset[str]:
        """The codes of those *rules* that report notes of which none is reported."""
        notes = {code: rule for code, rule in rules.items() if rule.severity == Severity.INFO and not rule.explains}
        decisions = {code: self._decide(code, rule.name, Severity.INFO) for code, rule in notes.items()}
        return frozenset(code for code, decision in decisions.items() if isinstance(decision, Withheld))

    def _decide(self, code: str, name: str, own: Severity) -> Severity | Withheld:
        severity = self._severity(code, name, own)
        selecting = (ALL, *_UNREAD) if self.select is None else (*self.select, *_UNREAD)
        chosen = _closeness((*selecting, *self.extend_select), code, name)
        is_deselected = chosen <= _closeness(self.ignore, code, name) or _closeness(self.never, code, name) >= 0
        if is_deselected or severity == OFF:
            return Withheld.NOTE if own is Severity.INFO else Withheld.DESELECTED
        if severity == Severity.INFO and not self._names(code, name):
            return Withheld.NOTE
        return Severity(severity)

    def _severity(self, code: str, name: str, own: Severity) -> str:
        """The severity that the user gives a finding, or else its own."""
        closest = max(self.severities, key=lambda word: _closeness((word,), code, name), default=None)
        if closest is None or _closeness((closest,), code, name) < 0:
            return own
        return self.severities[closest]

    def _names(self, code: str, name: str) -> bool:
        """Whether the user asks for a note, by any word that means it or by asking for all."""
        return self.advice or _closeness((*(self.select or ()), *self.extend_select, *self.severities), code, name) >= 0


def known_codes(names: Mapping[str, str]) -> dict[str, str]:
    """The name of every code that a finding can have; *names* are those of rules."""
    from ..finding.catalogue import CATALOGUE  # most runs select no codes

    built_in = {code: entry.name for code, entry in CATALOGUE.items() if not code.startswith("PAR9")}
    return {**built_in, **names}


def check_codes(words: Iterable[str], names: Mapping[str, str]) -> None:
    """Refuse words that mean no code."""
    for word in words:
        if word == ALL or word in names.values() or any(word and code.startswith(word) for code in names):
            continue
        advice = did_you_mean(word, dict.fromkeys((ALL, *names, *names.values())))
        message = f"there is no rule {word!r}{advice or '; name its code, the beginning of one, or its name'}"
        raise UnknownCode(message)


def _closeness(words: Iterable[str], code: str, name: str) -> int:
    """How exactly the most exact of *words* means a code; -1 where none does."""
    return max((_one(word, code, name) for word in words), default=-1)


def _one(word: str, code: str, name: str) -> int:
    if word in {code, name}:
        return _EXACT
    if word == ALL:
        return 0
    return len(word) if word and code.startswith(word) else -1
