"""A part of a payload to findings, where the rest of it is not there to be judged."""

from __future__ import annotations

from ..check.dialect import Dialect, checked
from ..check.document import Document
from ..check.inspection import Inspection
from ..check.located_findings import located_findings
from ..check.misspelling import without_echoes
from ..check.precedence import MISSING, DocumentFacts, lives
from ..finding import Finding
from ..finding.pointer import parent
from ..runtime.python.violation import Violation

__all__ = ["judge_part"]


def judge_part(document: Document, dialect: Dialect, name: str, *, lint: bool) -> list[Finding]:
    """What is found in some fields of an artifact; that others are absent is no fault."""
    artifact = dialect.artifact(name)
    faults, violations = checked(document.value, artifact, dialect, lint=lint)
    faults = [one for one in faults if not _is_outside(one)]
    facts = DocumentFacts()
    diagnostics = Inspection(document, dialect, lint, ()).diagnostics(artifact, faults, violations)
    shown = [one for one in without_echoes([*diagnostics], facts) if lives(one.candidate, facts)]
    located = (finding for finding, _ in located_findings(document, dialect, shown))
    return [*document.text_findings(), *located]


def _is_outside(violation: Violation) -> bool:
    return violation.code in MISSING and not parent(violation.pointer)
