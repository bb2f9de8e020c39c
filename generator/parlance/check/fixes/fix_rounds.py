"""A document and a way to judge it to its fixed text, in rounds until nothing is left to fix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from ...finding import Finding, Severity
from ..document import Document, JsonPlaces
from ..document_reader import json_document, yaml_document
from ..engine import Verdict
from ..faultless import CleanTest
from .edited_value import edited_value, is_same
from .json_writing import TextWriter, UnwritableEdit, writer_of, written
from .value_fix import ValueEdit, ValueFix

__all__ = ["FixOutcome", "FixedDocument", "Judge", "RejectedFix", "fix_document", "fix_outcome"]

Judge: TypeAlias = "Callable[[Document, str | None], Verdict]"
"""What is found in a document, as the artifact named; as what it resembles, for None."""

_ROUNDS = 10
"""A fix may make room for another; no case of the tests needs more than two rounds."""

_ATTEMPTS = 200
"""How often a document is judged in a round: halving finds seven bad fixes among ten thousand with so many."""

_UNSAFE_IN_YAML = "what stands around it in YAML would be read as something else"

_FindingWithFix: TypeAlias = tuple[Finding, ValueFix]


class RejectedFix(NamedTuple):
    """A fix that was taken back."""

    finding: Finding
    reason: str


class FixedDocument(NamedTuple):
    """A document after its fixes, and before."""

    document: Document
    verdict: Verdict
    before: Verdict
    rejected: tuple[RejectedFix, ...] = ()
    """Of the last round; their findings are still there."""

    unwritable: int = 0
    """How many fixes there would be in a text without faults, or one that is written more plainly."""

    def fixed(self, *, unsafe: bool = False) -> Counter[str]:
        """How many findings that could be fixed are gone, by code; also those of *unsafe* fixes."""
        fixable = Counter(
            finding.code for finding in self.before.findings if finding.fix and (unsafe or finding.fix.safe)
        )
        gone = Counter(one.code for one in self.before.findings)
        gone.subtract(one.code for one in self.verdict.findings)
        return +Counter({code: min(count, gone[code]) for code, count in fixable.items()})


def fix_document(document: Document, judge: Judge, *, unsafe: bool = False) -> FixedDocument:
    """*document* with what can be fixed fixed; after that, what only may keep its meaning, where *unsafe*."""
    before = judge(document, None)
    safely = _in_rounds(FixedDocument(document, before, before), judge, unsafe=False)
    return _in_rounds(safely, judge, unsafe=True) if unsafe else safely


class FixOutcome(NamedTuple):
    """What fixing would come to."""

    safe: Counter[str]
    """How many findings would be gone, by code."""

    every: Counter[str]
    """How many with unsafe fixes, too."""

    left: frozenset[tuple[str, str]]
    """Code and pointer of what would still be there."""


def fix_outcome(document: Document, judge: Judge, is_clean: CleanTest | None = None) -> FixOutcome:
    """Try all fixes of *document*: that there is one for a finding does not say that it leads to nothing worse.

    *is_clean* shows quickly that no error and no warning is left in a value, as in most cases after all fixes.
    """
    before = judge(document, None)
    if is_clean and (outcome := _outcome_of_all(document, before, is_clean)):
        return outcome
    safely = _in_rounds(FixedDocument(document, before, before), judge, unsafe=False)
    after = safely
    if any(value_fix and not value_fix.safe for value_fix in safely.verdict.value_fixes):
        after = _in_rounds(safely, judge, unsafe=True)
    left = frozenset((one.code, one.pointer) for one in after.verdict.findings)
    return FixOutcome(safely.fixed(), after.fixed(unsafe=True), left)


def _outcome_of_all(document: Document, before: Verdict, is_clean: CleanTest) -> FixOutcome | None:
    """What all fixes at once come to where they leave nothing, and need no second round; None where that is not so.

    It is seen from the value alone, which takes much less time than to write the text, read it and judge it.
    """
    candidates = _candidates(before, unsafe=True)
    are_safe = {value_fix.safe for _, value_fix in candidates}
    writer = writer_of(document) if len(are_safe) == 1 and isinstance(document.places, JsonPlaces) else None
    if writer is None or document.faults or any(finding.severity is Severity.INFO for finding, _ in candidates):
        return None
    edit_set = writer.edit_set()
    edits = [
        edit
        for finding, value_fix in candidates
        if finding.fix and edit_set.take(value_fix.edits)
        for edit in value_fix.edits
    ]
    try:
        if not edits or not is_clean(edited_value(document.value, edits)):
            return None
    except (TypeError, RecursionError):
        return None
    every = Counter(finding.code for finding in before.findings if finding.fix)
    return FixOutcome(every if True in are_safe else Counter(), every, frozenset())


def _in_rounds(result: FixedDocument, judge: Judge, *, unsafe: bool) -> FixedDocument:
    for _ in range(_ROUNDS):
        candidates = _candidates(result.verdict, unsafe=unsafe)
        writer = writer_of(result.document) if candidates else None
        if writer is None:
            return result._replace(rejected=(), unwritable=len(candidates))
        attempt = _Round(result.document, result.verdict, judge, writer)
        attempt.make(attempt.compatible(candidates))
        is_json = isinstance(result.document.places, JsonPlaces)
        unwritable = 0 if is_json else sum(finding.fix is None for finding, _ in candidates)
        result = FixedDocument(attempt.document, attempt.verdict, result.before, tuple(attempt.rejected), unwritable)
        if not attempt.made:
            break
    return result


def _candidates(verdict: Verdict, *, unsafe: bool) -> list[_FindingWithFix]:
    return [
        (finding, value_fix)
        for finding, value_fix in zip(verdict.findings, verdict.value_fixes, strict=True)
        if value_fix is not None and (unsafe or value_fix.safe)
    ]


class _Round:
    """The fixes that are made at once."""

    def __init__(self, document: Document, verdict: Verdict, judge: Judge, writer: TextWriter) -> None:
        self.document = self._start = document
        self._source = writer.source
        self.verdict = self._first = verdict
        self.made: list[_FindingWithFix] = []
        self.rejected: list[RejectedFix] = []
        self._attempts = _ATTEMPTS
        self._judge = judge
        self._writer = writer

    def compatible(self, candidates: Sequence[_FindingWithFix]) -> list[_FindingWithFix]:
        """Those that can be made beside all before them, or that are the same as one of them."""
        edit_set = self._writer.edit_set()
        candidates = [candidate for candidate in candidates if self._writer.fix(candidate[1])]
        taken: dict[str, tuple[ValueEdit, ...]] = {}
        chosen: list[_FindingWithFix] = []
        for candidate in candidates:
            edits = candidate[1].edits
            if edit_set.take(edits):
                taken[edits[0].pointer] = edits
                chosen.append(candidate)
            elif taken.get(edits[0].pointer) == edits:
                chosen.append(candidate)
        return chosen

    def make(self, candidates: Sequence[_FindingWithFix]) -> None:
        """Make those of *candidates* that lead to nothing worse; half by half, where all together do."""
        if not candidates:
            return
        if not self._attempts:
            self.rejected += [RejectedFix(finding, "too many others lead to errors") for finding, _ in candidates]
            return
        self._attempts -= 1
        chosen = [*self.made, *candidates]
        document = self._with_fixes(chosen)
        verdict = self._judge(document, self._first.artifact) if document else self._first
        reason = _objection(self._first, verdict, chosen) if document else _UNSAFE_IN_YAML
        if document and reason is None:
            self.document, self.verdict, self.made = document, verdict, chosen
        elif len(candidates) == 1:
            self.rejected.append(RejectedFix(candidates[0][0], reason or ""))
        else:
            middle = len(candidates) // 2
            self.make(candidates[:middle])
            self.make(candidates[middle:])

    def _with_fixes(self, candidates: Sequence[_FindingWithFix]) -> Document | None:
        """The document with all of *candidates*; None where its text would say something else."""
        edit_set = self._writer.edit_set()
        edits = [edit for _, value_fix in candidates if edit_set.take(value_fix.edits) for edit in value_fix.edits]
        marked = any(fault.code == "PAR003" for fault in self._start.faults)
        try:
            text = written(self._source.text, self._writer.changes(edit_set))
        except UnwritableEdit:
            return None
        is_json = isinstance(self._start.places, JsonPlaces)
        read = json_document if is_json else yaml_document
        result = read(f"\ufeff{text}" if marked else text, self._source.file, self._source.first_line)
        if not is_json and not (result.complete and is_same(result.value, edited_value(self._start.value, edits))):
            return None
        growth = len(text.encode()) - len(self._source.text.encode())
        return result._replace(size=self._start.size + growth, is_line=self._start.is_line)


def _objection(before: Verdict, after: Verdict, candidates: Sequence[_FindingWithFix]) -> str | None:
    """Why fixes are to be taken back: they leave what they should fix, or lead to a new error."""
    codes = Counter(finding.code for finding, _ in candidates)
    allowed = Counter(one.code for one in before.findings)
    allowed.subtract(codes)
    present = Counter(one.code for one in after.findings)
    old = {(one.code, one.pointer, one.message) for one in before.findings}
    for finding in sorted(after.findings, key=lambda one: (one.code, one.pointer, one.message) in old):
        if present[finding.code] > allowed[finding.code] and (
            finding.severity is Severity.ERROR or finding.code in codes
        ):
            place = f" at {finding.pointer}" if finding.pointer else ""
            return f"it would lead to {finding.code}{place}: {finding.message}"
    return None
