"""A document, a dialect and the name of an artifact to findings: one for each mistake, in the order of the text.

What only a document with faults needs is loaded for the first of them: most documents are clean.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from .detection import Resemblance
from .dialect import Dialect, checked
from .document import Document

if TYPE_CHECKING:
    from ..finding import Finding
    from ..runtime.python.artifact import Artifact
    from ..runtime.python.violation import Violation
    from .diagnostic import Diagnostic
    from .fixes.value_fix import ValueFix
    from .inspection import Unjudged

__all__ = ["Verdict", "judge"]

_MARK = "PAR003"
"""The code of a byte order mark, which some servers read."""

_NOT_FILLED = "PAR013"
"""The code of a template that stands in place of a value."""

_Fixable: TypeAlias = "tuple[Finding, ValueFix | None]"


class Verdict(NamedTuple):
    """What was found in a document, and as what it was checked."""

    artifact: str | None
    findings: tuple[Finding, ...]
    value_fixes: tuple[ValueFix | None, ...]
    """For each finding, what would fix it in the value."""

    unjudged: tuple[Unjudged, ...] = ()
    """What was left alone, since it has a form that the dialect does not know."""


def judge(
    document: Document,
    dialect: Dialect,
    artifact: str = "auto",
    *,
    lint: bool = False,
    across: Sequence[Violation] = (),
) -> Verdict:
    """Check *document*; `auto` chooses the artifact by the document's fields.

    Of what no schema can say only errors are reported, unless *lint*; *across* is what the other lines of its file say.
    """
    resemblance = Resemblance(document.value, dialect, is_line=document.is_line)
    chosen = None if artifact == "auto" else resemblance.form(artifact)
    findings: list[_Fixable] = [(finding, None) for finding in document.text_findings()] if document.faults else []
    unjudged: tuple[Unjudged, ...] = ()
    if document.complete:
        likely = chosen or resemblance.artifact()
        if likely is None:
            from .whole_document import unlike

            findings.append((unlike(document, dialect), None))
        else:
            faults, violations = checked(document.value, likely, dialect, lint=lint)
            if faults or violations or across or likely.embeds:
                from .inspection import Inspection

                inspection = Inspection(document, dialect, lint, across)
                if diagnostics := inspection.diagnostics(likely, faults, violations):
                    findings += _decided(document, resemblance, likely, diagnostics, is_named=chosen is not None)
                unjudged = tuple(inspection.unjudged)
        chosen = likely
    if chosen and chosen.byte_order_mark:
        findings = [one for one in findings if one[0].code != _MARK]
    if any(fault.code == _NOT_FILLED for fault in document.faults):
        from .relaxed_text import is_placeholder

        findings = [one for one in findings if not is_placeholder(document.value, one[0].pointer)]
    name = chosen.name if chosen else None
    if not findings:  # most documents are clean, and of a large file every line is judged
        return Verdict(name, (), (), unjudged)
    findings.sort(key=_order)
    shown, value_fixes = zip(*findings, strict=True)
    return Verdict(name, shown, value_fixes, unjudged)


def _decided(
    document: Document,
    resemblance: Resemblance,
    artifact: Artifact,
    diagnostics: list[Diagnostic],
    *,
    is_named: bool,
) -> Iterator[_Fixable]:
    """The findings of a whole document: one where it is another artifact than the one that was named."""
    from .located_findings import located_findings
    from .misspelling import without_echoes
    from .precedence import DocumentFacts, lives
    from .whole_document import of_another_kind, resembled, with_alternative

    facts = DocumentFacts()
    other = resembled(resemblance, artifact, diagnostics) if is_named else None
    if other is not None:
        facts.other_artifact = frozenset({""})
        yield of_another_kind(document, other.name, artifact.name), None
    if not is_named:
        diagnostics = [with_alternative(one, artifact, resemblance) for one in diagnostics]
    diagnostics = without_echoes(diagnostics, facts)
    yield from located_findings(
        document, resemblance.dialect, [one for one in diagnostics if lives(one.candidate, facts)]
    )


def _order(fixable: _Fixable) -> tuple[float, float]:
    span = fixable[0].span
    return (span.line, span.column) if span else (math.inf, math.inf)
