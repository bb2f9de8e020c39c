"""A document, what may mend it and a way to judge it to its mended text, in rounds until nothing is left to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from ...finding import Finding, Severity
from ..document import Document, JsonPlaces
from ..engine import Verdict
from ..reader import json_document, yaml_document
from .applying import applied, is_same
from .repair import Edit, Repair
from .writing import UnwritableEdit, Writer, writer_of, written

__all__ = ["Fixable", "Judge", "Mended", "Refusal", "fixable", "mend"]

Judge: TypeAlias = "Callable[[Document, str | None], Verdict]"
"""What is found in a document, as the artifact named; as what it resembles, for None."""

_ROUNDS = 10
_ATTEMPTS = 200
"""How often a document is judged in a round, so that a great many bad fixes take no hours."""

_UNSAFE_IN_YAML = "what stands around it in YAML would be read as something else"

_Offer: TypeAlias = tuple[Finding, Repair]


class Refusal(NamedTuple):
    """A fix that was taken back."""

    finding: Finding
    reason: str


class Mended(NamedTuple):
    """A document after its fixes, and before."""

    document: Document
    verdict: Verdict
    before: Verdict
    refusals: tuple[Refusal, ...] = ()
    """Of the last round; their findings are still there."""

    unwritable: int = 0
    """How many fixes there would be in a text without faults, or one that is written more plainly."""

    def fixed(self, *, unsafe: bool = False) -> Counter[str]:
        """How many findings that could be fixed are gone, by code; also those of *unsafe* fixes."""
        offered = Counter(
            finding.code for finding in self.before.findings if finding.fix and (unsafe or finding.fix.safe)
        )
        gone = Counter(one.code for one in self.before.findings)
        gone.subtract(one.code for one in self.verdict.findings)
        return +Counter({code: min(count, gone[code]) for code, count in offered.items()})


def mend(document: Document, judge: Judge, *, unsafe: bool = False) -> Mended:
    """*document* with what can be fixed fixed; after that, what only may keep its meaning, where *unsafe*."""
    before = judge(document, None)
    safely = _in_rounds(Mended(document, before, before), judge, unsafe=False)
    return _in_rounds(safely, judge, unsafe=True) if unsafe else safely


class Fixable(NamedTuple):
    """What fixing would come to."""

    safe: Counter[str]
    """How many findings would be gone, by code."""

    every: Counter[str]
    """How many with unsafe fixes, too."""

    left: frozenset[tuple[str, str]]
    """Code and pointer of what would still be there."""


def fixable(document: Document, judge: Judge) -> Fixable:
    """Try all fixes of *document*: that there is one for a finding does not say that it leads to nothing worse."""
    before = judge(document, None)
    safely = _in_rounds(Mended(document, before, before), judge, unsafe=False)
    after = safely
    if any(repair and not repair.safe for repair in safely.verdict.repairs):
        after = _in_rounds(safely, judge, unsafe=True)
    left = frozenset((one.code, one.pointer) for one in after.verdict.findings)
    return Fixable(safely.fixed(), after.fixed(unsafe=True), left)


def _in_rounds(mended: Mended, judge: Judge, *, unsafe: bool) -> Mended:
    for _ in range(_ROUNDS):
        offers = _offers(mended.verdict, unsafe=unsafe)
        writer = writer_of(mended.document) if offers else None
        if writer is None:
            return mended._replace(refusals=(), unwritable=len(offers))
        attempt = _Round(mended.document, mended.verdict, judge, writer)
        attempt.make(attempt.compatible(offers))
        is_json = isinstance(mended.document.places, JsonPlaces)
        unwritable = 0 if is_json else sum(finding.fix is None for finding, _ in offers)
        mended = Mended(attempt.document, attempt.verdict, mended.before, tuple(attempt.refusals), unwritable)
        if not attempt.made:
            break
    return mended


def _offers(verdict: Verdict, *, unsafe: bool) -> list[_Offer]:
    return [
        (finding, repair)
        for finding, repair in zip(verdict.findings, verdict.repairs, strict=True)
        if repair is not None and (unsafe or repair.safe)
    ]


class _Round:
    """The fixes that are made at once."""

    def __init__(self, document: Document, verdict: Verdict, judge: Judge, writer: Writer) -> None:
        self.document = self._start = document
        self._source = writer.source
        self.verdict = self._first = verdict
        self.made: list[_Offer] = []
        self.refusals: list[Refusal] = []
        self._attempts = _ATTEMPTS
        self._judge = judge
        self._writer = writer

    def compatible(self, offers: Sequence[_Offer]) -> list[_Offer]:
        """Those that can be made beside all before them, or that are the same as one of them."""
        plan = self._writer.plan()
        offers = [offer for offer in offers if self._writer.fix(offer[1])]
        taken: dict[str, tuple[Edit, ...]] = {}
        chosen: list[_Offer] = []
        for offer in offers:
            edits = offer[1].edits
            if plan.take(edits):
                taken[edits[0].pointer] = edits
                chosen.append(offer)
            elif taken.get(edits[0].pointer) == edits:
                chosen.append(offer)
        return chosen

    def make(self, offers: Sequence[_Offer]) -> None:
        """Make those of *offers* that lead to nothing worse; half by half, where all together do."""
        if not offers:
            return
        if not self._attempts:
            self.refusals += [Refusal(finding, "too many others lead to errors") for finding, _ in offers]
            return
        self._attempts -= 1
        wanted = [*self.made, *offers]
        document = self._mended(wanted)
        verdict = self._judge(document, self._first.artifact) if document else self._first
        reason = _objection(self._first, verdict, wanted) if document else _UNSAFE_IN_YAML
        if document and reason is None:
            self.document, self.verdict, self.made = document, verdict, wanted
        elif len(offers) == 1:
            self.refusals.append(Refusal(offers[0][0], reason or ""))
        else:
            middle = len(offers) // 2
            self.make(offers[:middle])
            self.make(offers[middle:])

    def _mended(self, offers: Sequence[_Offer]) -> Document | None:
        """The document with all of *offers*; None where its text would say something else."""
        plan = self._writer.plan()
        edits = [edit for _, repair in offers if plan.take(repair.edits) for edit in repair.edits]
        marked = any(fault.code == "PAR003" for fault in self._start.faults)
        try:
            text = written(self._source.text, self._writer.changes(plan))
        except UnwritableEdit:
            return None
        is_json = isinstance(self._start.places, JsonPlaces)
        read = json_document if is_json else yaml_document
        mended = read(f"\ufeff{text}" if marked else text, self._source.file, self._source.first_line)
        if not is_json and not (mended.complete and is_same(mended.value, applied(self._start.value, edits))):
            return None
        growth = len(text.encode()) - len(self._source.text.encode())
        return mended._replace(size=self._start.size + growth, is_line=self._start.is_line)


def _objection(before: Verdict, after: Verdict, offers: Sequence[_Offer]) -> str | None:
    """Why fixes are to be taken back: they leave what they should mend, or lead to a new error."""
    mended = Counter(finding.code for finding, _ in offers)
    allowed = Counter(one.code for one in before.findings)
    allowed.subtract(mended)
    present = Counter(one.code for one in after.findings)
    old = {(one.code, one.pointer, one.message) for one in before.findings}
    for finding in sorted(after.findings, key=lambda one: (one.code, one.pointer, one.message) in old):
        if present[finding.code] > allowed[finding.code] and (
            finding.severity is Severity.ERROR or finding.code in mended
        ):
            place = f" at {finding.pointer}" if finding.pointer else ""
            return f"it would lead to {finding.code}{place}: {finding.message}"
    return None
