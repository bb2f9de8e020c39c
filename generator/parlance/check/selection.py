"""Which findings are wanted, and how severe they are to whoever asks: by code, by the beginning of one, or by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ..finding import Finding, Severity, did_you_mean
from ..finding.catalogue import CATALOGUE

__all__ = ["ALL", "OFF", "Selection", "UnknownCode", "check_codes", "known_codes"]

ALL = "ALL"
"""Stands for every code."""

OFF = "off"
"""The severity of what is not wanted."""

_EXACT = 100
_UNREAD = ("PAR0", "PAR601")
"""What keeps a document from being checked; that is told unless it is ignored by name."""


class UnknownCode(ValueError):
    """No code and no rule's name is meant by a word."""


@dataclass(slots=True)
class Selection:
    """The more exactly a word names a code, the more it counts; of two alike the one that ignores."""

    select: tuple[str, ...] | None = None
    """None for everything."""

    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    """Ignored however exactly something else selects it."""

    severities: Mapping[str, str] = field(default_factory=dict[str, str])
    _known: dict[str, str | None] = field(default_factory=dict[str, "str | None"], init=False, repr=False)

    def apply(self, finding: Finding) -> Finding | None:
        """The finding as it is to be reported; None where it is not wanted."""
        code = finding.code
        if code not in self._known:
            self._known[code] = self._severity(code, finding.name)
        severity = self._known[code]
        if severity == OFF:
            return None
        return finding if severity is None else replace(finding, severity=Severity(severity))

    def _severity(self, code: str, name: str) -> str | None:
        """What a finding's severity becomes; None where it stays."""
        wanted = (ALL, *_UNREAD) if self.select is None else (*self.select, *_UNREAD)
        chosen = _closeness((*wanted, *self.extend_select), code, name)
        if chosen <= _closeness(self.ignore, code, name) or _closeness(self.never, code, name) >= 0:
            return OFF
        closest = max(self.severities, key=lambda word: _closeness((word,), code, name), default=None)
        if closest is None or _closeness((closest,), code, name) < 0:
            return None
        return self.severities[closest]


def known_codes(names: Mapping[str, str]) -> dict[str, str]:
    """The name of every code that a finding can have; *names* are those of rules."""
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
