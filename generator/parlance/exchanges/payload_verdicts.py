"""The documents of one file to verdicts on the payloads in them, wherever they lie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from ..check.dialect import Dialect
from ..check.document import Document
from ..check.document_reader import PAGES, format_of
from ..check.dumped_answers import without_absent
from ..check.engine import Verdict, judge
from ..check.file_verdicts import Judged, PayloadInside, judge_all
from ..check.reports.tally import NO_PAYLOAD, OTHER_TRAFFIC, Contents
from ..check.rough_fields import rough_fields
from ..check.text_sequence import SPREAD
from ..check.whole_document import of_array
from ..finding import Finding
from ..finding.shape import is_array
from ..payloads.assembled_documents import AssembledPlaces
from ..payloads.container_rows import Container
from ..payloads.inner_documents import location_of
from ..payloads.payload_finder import FoundPayload, PayloadFinder
from ..payloads.pointed_payloads import pointed_places
from ..payloads.recording import RecordedStream, Recording
from .exchange_judge import ExchangeJudge
from .fixable_payloads import FixablePayload
from .part_verdicts import judge_part

__all__ = ["PayloadJudge", "container_in"]

_FIRST = 100
"""How many documents of a file are looked at until one shows that it holds payloads."""

_ELISION = re.compile(r"\.\.\.|…|<[a-zA-Z_ -]++>")
"""How people write that they leave something out."""


def container_in(
    documents: Iterable[Document], dialect: Dialect, rows: Sequence[Container]
) -> tuple[bool, str | None, Iterator[Document]]:
    """Whether payloads lie in the documents of a file; else what these are called, if that is known; all of them."""
    rest = iter(documents)
    first = list(islice(rest, _FIRST))
    finder = PayloadFinder(dialect, rows)
    kinds = [row for one in first if (row := finder.row(one)) is not None]
    is_container = any(row.may_hold_payloads for row in kinds) or any(finder.has_payloads(one) for one in first)
    return is_container, kinds[0].name if kinds else None, chain(first, rest)


class PayloadJudge:
    """Judges what lies in the documents of a file."""

    def __init__(self, dialect: Dialect, rows: Sequence[Container], *, lint: bool = False) -> None:
        self._dialect = dialect
        self._finder = PayloadFinder(dialect, rows)
        self._lint = lint
        self._exchanges: dict[str, ExchangeJudge] = {}

    def judge(self, documents: Iterable[Document]) -> Iterator[Judged]:
        """The verdict on each payload; what is none is counted as what it is."""
        for document in documents:
            yield from self._of_document(document)

    def judge_at(self, documents: Iterable[Document], pointers: Sequence[str], artifact: str) -> Iterator[Judged]:
        """The verdict on what stands at the *pointers*, as the *artifact* named. Raises `NothingThere` at the end."""
        for document, places in pointed_places(documents, pointers):
            counted = Document(
                None, complete=False, source=document.source, size=document.size, is_line=document.is_line
            )
            if not document.complete:
                yield Judged(counted, None, tuple(document.text_findings()), (None,) * len(document.faults))
                continue
            if not places:
                yield Judged(counted, NO_PAYLOAD, ())
            for place in places:
                for found in self._finder.pointed(place, document, artifact):
                    yield self._judged(found, counted)
                    counted = counted._replace(size=0)

    def _of_document(self, document: Document) -> Iterator[Judged]:
        if self._finder.is_payload(document):
            verdict = judge(document, self._dialect, lint=self._lint)
            yield Judged(document, verdict.artifact, verdict.findings, verdict.value_fixes, verdict.unjudged)
            return
        counted = _without_value(document)
        if not document.complete and not self._finder.is_sequence(document):
            yield self._broken(document, counted)
            return
        if spread := [one for one in document.faults if one.code == SPREAD]:
            findings = tuple(document._replace(faults=tuple(spread)).text_findings())
            yield Judged(counted, NO_PAYLOAD, findings, (None,) * len(findings), again=True)
        is_traffic = self._finder.is_elsewhere(document)
        is_unsaid = document.is_line and is_array(document.value) and not spread
        for found in self._finder.found(document):
            if found.is_other:
                kind = OTHER_TRAFFIC if is_traffic or found.recording else found.container or NO_PAYLOAD
                contents = Contents(found.container) if found.container else None
                yield Judged(counted, kind, (), contents=contents)
            else:
                judged = self._judged(found, counted)
                name = judged.artifact
                if is_unsaid and name is not None and name in self._dialect.artifacts:
                    yield Judged(counted, NO_PAYLOAD, (of_array(document, name),), (None,), again=True)
                    is_unsaid = False
                yield judged
            counted = counted._replace(size=0)

    @staticmethod
    def _broken(document: Document, counted: Document) -> Judged:
        """The verdict on a text that is not JSON; a block of code that leaves something out is an example."""
        text = document.source.text if document.source else ""
        if format_of(document.file) in PAGES and (_ELISION.search(text) or not rough_fields(text)):
            return Judged(counted, NO_PAYLOAD, ())
        findings = tuple(document.text_findings())
        return Judged(counted, None, findings, (None,) * len(findings))

    def _judged(self, found: FoundPayload, counted: Document) -> Judged:
        artifact, unordered, inside = self.verdict(found)
        findings = tuple(sorted(unordered, key=_order))
        contents = Contents(found.container, _names(found, artifact)) if found.container else None
        return Judged(counted, artifact, findings, (None,) * len(findings), contents=contents, inside=inside)

    def verdict(self, found: FoundPayload) -> tuple[str | None, Sequence[Finding], PayloadInside | None]:
        """As what a payload was judged, what was found in it, and itself where that can be fixed."""
        payload = found.payload
        if found.recording is not None:
            return found.artifact, [*self._of_recording(found.recording, found)], None
        if found.faults or payload is None:
            return None, found.faults, None
        if isinstance(payload, RecordedStream):
            return self._of_stream(payload, found)
        if found.is_part:
            part = judge_part(payload, self._dialect, found.artifact, lint=self._lint)
            return found.field or found.artifact, [_placed(one, found) for one in part], None
        verdict = self._of_document_in(found, payload)
        findings = [_placed(one, found) for one in verdict.findings]
        fixable = FixablePayload.of(payload) if any(verdict.value_fixes) else None
        if fixable is None:
            return verdict.artifact or found.artifact, findings, None
        fixes = zip(findings, fixable.fixes(verdict.value_fixes), strict=True)
        inside = PayloadInside(fixable.alone, found.pointer)
        return verdict.artifact or found.artifact, [replace(one, fix=fix) for one, fix in fixes], inside

    def _of_document_in(self, found: FoundPayload, payload: Document) -> Verdict:
        verdict = judge(payload, self._dialect, found.artifact, lint=self._lint)
        artifact = self._dialect.artifacts.get(verdict.artifact or "")
        if not found.is_dumped or artifact is None or not verdict.findings or not self._is_answer(artifact.name):
            return verdict
        return judge(without_absent(payload, artifact), self._dialect, artifact.name, lint=self._lint)

    def _is_answer(self, artifact: str) -> bool:
        return any(artifact == form.response for form in self._dialect.exchanges.values())

    def _of_recording(self, recording: Recording, found: FoundPayload) -> Iterator[Finding]:
        if recording.exchange is None:
            return
        if found.artifact not in self._exchanges:
            self._exchanges[found.artifact] = ExchangeJudge(self._dialect, found.artifact, lint=self._lint)
        outside = found.pointer.removesuffix(recording.at)
        for finding in self._exchanges[found.artifact].judge(recording.exchange):
            at = f"{outside if finding in recording.exchange.faults else found.pointer}{finding.pointer}"
            span = finding.span or location_of(recording.document, recording.at)
            yield replace(finding, span=span, pointer=at)

    def _of_stream(self, stream: RecordedStream, found: FoundPayload) -> tuple[str | None, Sequence[Finding], None]:
        findings: list[Finding] = []
        for judged in judge_all(stream.events, self._dialect, "auto", lint=self._lint):
            findings += (_placed(one, found) for one in judged.findings)
        return next(iter(self._dialect.streams), None), findings, None


def _without_value(document: Document) -> Document:
    """What is counted of a document: its place, and how much of the file it takes."""
    return Document(None, complete=False, source=document.source, size=document.size, is_line=document.is_line)


def _placed(finding: Finding, found: FoundPayload) -> Finding:
    """A finding of a payload as one of the file: its pointer is from the root."""
    pointer = finding.pointer
    places = found.payload.places if isinstance(found.payload, Document) else None
    if isinstance(places, AssembledPlaces):
        pointer = places.within(pointer) or ""
    span = finding.span or location_of(found.outer, found.pointer)
    return replace(finding, pointer=f"{found.pointer}{pointer}", span=span, fix=None)


def _names(found: FoundPayload, artifact: str | None) -> tuple[str, ...]:
    """What is counted of an entry: of an exchange each side."""
    if found.recording is None:
        return (f"array of {found.field}" if found.field else artifact or "undetermined",)
    exchange = found.recording.exchange
    sides = {"request": exchange and exchange.request, "answer": exchange and exchange.answer}
    return tuple(name for name, side in sides.items() if side is not None)


def _order(finding: Finding) -> tuple[int, int]:
    return (finding.span.line, finding.span.column) if finding.span else (0, 0)
