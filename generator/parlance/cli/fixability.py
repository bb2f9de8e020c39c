"""Findings that have a fix to those that --fix would fix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache

from ..check.dialect import Dialect
from ..check.document import Document
from ..check.engine import Verdict, judge
from ..check.faultless import CleanTest, clean_test
from ..check.file_verdicts import Judged
from ..check.fixes.fix_rounds import FixOutcome, fix_outcome
from ..check.selection import Withheld
from ..check.suppression_comments import is_suppressed
from ..finding import Finding, Severity
from .report_rows import Filter, ReportRow

__all__ = ["confirmed", "judged_for_fixing"]


def judged_for_fixing(
    document: Document,
    dialect: Dialect,
    artifact: str,
    spared: AbstractSet[tuple[str, str]],
    decide: Filter | None,
) -> Verdict:
    """What is found in *document*, with fixes only of what *decide* has reported and what is not *spared*."""
    verdict = judge(document, dialect, artifact, lint=True)
    spared = spared | {
        (one.code, one.pointer)
        for one in verdict.findings
        if is_suppressed(one, document)
        or (decide is not None and isinstance(decide(one, _line(one, document)), Withheld))
    }
    return _without(verdict, spared) if spared else verdict


def confirmed(
    rows: Sequence[ReportRow],
    judged: Judged,
    dialect: Dialect,
    spared: AbstractSet[tuple[str, str]],
    fix_filter: Callable[[], Filter] | None,
) -> list[ReportRow]:
    """*rows* of a document with a fix only where it would be made, and only where it is not *spared*."""
    if not any(row.finding.fix for row in rows):
        return [*rows]
    if judged.inside is not None:
        document, at = judged.inside
        alone = {(code, pointer.removeprefix(at)) for code, pointer in spared}

        def inside(text: Document, known: str | None) -> Verdict:
            decide = fix_filter() if fix_filter and known is not None else None
            return judged_for_fixing(text, dialect, known or judged.artifact or "auto", alone, decide)

        return _marked(rows, fix_outcome(document, inside), at)

    def again(document: Document, known: str | None) -> Verdict:
        if known is None and judged.value_fixes:
            return _without(Verdict(judged.artifact, judged.findings, judged.value_fixes), spared)
        # What is not reported of the document is spared by its place, and what comes to be by what is selected.
        decide = fix_filter() if fix_filter and known is not None else None
        return judged_for_fixing(document, dialect, known or judged.artifact or "auto", spared, decide)

    is_clean = _clean_test(dialect, judged.artifact) if judged.artifact else None
    return _marked(rows, fix_outcome(judged.document, again, is_clean))


@lru_cache(maxsize=16)
def _clean_test(dialect: Dialect, artifact: str) -> CleanTest | None:
    """What is true of a value without an error or a warning, whatever notes there are."""
    notes = {code for code, rule in dialect.rules.items() if rule.severity == Severity.INFO and not rule.explains}
    return clean_test(dialect.without(frozenset(notes)), artifact, lint=True)


def _without(verdict: Verdict, spared: AbstractSet[tuple[str, str]]) -> Verdict:
    """The verdict, with nothing to fix what is *spared*."""
    value_fixes = tuple(
        None if (one.code, one.pointer) in spared else value_fix
        for one, value_fix in zip(verdict.findings, verdict.value_fixes, strict=True)
    )
    findings = tuple(
        one if value_fix or one.fix is None else replace(one, fix=None)
        for one, value_fix in zip(verdict.findings, value_fixes, strict=True)
    )
    return verdict._replace(findings=findings, value_fixes=value_fixes)


def _marked(rows: Sequence[ReportRow], outcome: FixOutcome, above: str = "") -> list[ReportRow]:
    """*rows*, as many with a fix as would be gone of their code, and the others without.

    Pointers of the outcome are from a payload that stands at the one *above*.
    """
    every, safe = Counter(outcome.every), Counter(outcome.safe)
    marked = [*rows]
    # Those that would be gone by their place come first.
    for index in sorted(range(len(rows)), key=lambda one: _key(rows[one], above) in outcome.left):
        finding = rows[index].finding
        if finding.fix is None:
            continue
        fix = finding.fix
        if every[finding.code] <= 0:
            marked[index] = rows[index]._replace(finding=replace(finding, fix=None))
        elif fix.safe and safe[finding.code] <= 0:
            marked[index] = rows[index]._replace(finding=replace(finding, fix=replace(fix, safe=False)))
        every[finding.code] -= 1
        safe[finding.code] -= fix.safe
    return marked


def _key(row: ReportRow, above: str) -> tuple[str, str]:
    return row.finding.code, row.finding.pointer.removeprefix(above)


def _line(finding: Finding, document: Document) -> str | None:
    return document.source.line(finding.span.line) if document.source and finding.span else None
