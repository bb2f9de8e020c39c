"""A required field that is absent, and the same field with a misspelt name, to one diagnostic of the two."""

from __future__ import annotations

from collections.abc import Sequence

from ..finding.pointer import tokens
from .diagnostic import Diagnostic
from .precedence import MISSING, DocumentFacts

__all__ = ["without_echoes"]


def without_echoes(diagnostics: Sequence[Diagnostic], facts: DocumentFacts) -> list[Diagnostic]:
    """The *diagnostics*, those of absent fields at the misspelt names; what is superseded goes to the *facts*."""
    missing = {one.at: one for one in diagnostics if one.violation.code in MISSING}
    shown: dict[tuple[str, str], Diagnostic] = {}
    for unknown in diagnostics:
        absent = missing.pop(unknown.correct, None) if unknown.correct else None
        if absent is None:
            continue
        if absent.is_error and not unknown.is_error:
            advice = f"{tokens(unknown.at)[-1]!r} may be a misspelling of it"
            shown[absent.candidate.key] = absent._replace(
                at=unknown.at, help=advice, on_key=True, value_fix=unknown.value_fix
            )
            facts.superseded.add(unknown.candidate.key)
        else:
            facts.superseded.add(absent.candidate.key)
    return [shown.get(one.candidate.key, one) for one in diagnostics] if shown else [*diagnostics]
