"""A violation to a diagnostic: with where it is shown, what to do about it, and what would fix it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from ..finding.pointer import joined, parent, tokens, value_at
from ..finding.shape import is_object
from ..finding.suggestion import nearest, question, suggestions
from .fixes.value_fix import ValueFix, renaming
from .precedence import Candidate

if TYPE_CHECKING:
    from ..runtime.python.violation import Violation

__all__ = ["Diagnostic", "diagnostic"]

_NAME = frozenset({"PAR102", "PAR121", "PAR122"})
"""Codes of a fault in a field's name: the name is shown, not the value."""

_WITHOUT_EFFECT = "PAR122"
"""The code of an unknown field that does nothing; under another name it would."""


_OTHER_NAME = "PAR128"
"""The code of a field that has another name, which it can be given."""


class Diagnostic(NamedTuple):
    """What becomes a finding, before it has a place in the text."""

    candidate: Candidate
    violation: Violation
    at: str
    """The pointer of the place where it is shown."""

    help: str | None
    on_key: bool
    """Whether the key at `at` is shown, and not the value."""

    correct: str | None = None
    """The pointer of an unknown field if it were spelt as the most similar known one."""

    value_fix: ValueFix | None = None

    @property
    def pointer(self) -> str:
        """What it is about."""
        return self.candidate.pointer

    @property
    def is_error(self) -> bool:
        """Whether it is one."""
        return self.violation.severity == "error"


def diagnostic(candidate: Candidate, violation: Violation, value: object) -> Diagnostic:
    """The diagnostic of a *violation* in *value*, which may stand inside another document."""
    at, inner, code, known = candidate.pointer, violation.pointer, violation.code, violation.known
    if code in _NAME:
        container = value_at(value, parent(inner))
        used: Collection[str] = container if is_object(container) else ()
        word = tokens(inner)[-1]
        near = suggestions(word, known, used)
        correct = f"{parent(at)}{joined(near[:1])}" if near else None
        advice = violation.help or question(near) or ("remove it" if violation.severity == "error" else None)
        name = None if code == _WITHOUT_EFFECT else nearest(word, known, used)
        value_fix = renaming(at, name) if name else None
        return Diagnostic(candidate, violation, at, advice, on_key=True, correct=correct, value_fix=value_fix)
    if code == _OTHER_NAME and known:
        container = value_at(value, parent(inner))
        is_free = is_object(container) and known[0] not in container
        value_fix = renaming(at, str(known[0]), safe=True) if is_free else None
        return Diagnostic(candidate, violation, at, violation.help, on_key=True, value_fix=value_fix)
    wrong = value_at(value, inner) if known else None
    near = suggestions(wrong, known) if isinstance(wrong, str) else []
    return Diagnostic(candidate, violation, at, question(near) or violation.help, on_key=violation.on_key)
