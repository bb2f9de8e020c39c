"""An exchange to findings: each side alone, then the answer beside the request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ..check.diagnostic import diagnostic
from ..check.dialect import Dialect
from ..check.document import Document
from ..check.engine import judge
from ..check.located_findings import located_findings
from ..check.precedence import Candidate, Origin
from ..check.streams.stream_event import EventKind
from ..check.streams.stream_judge import StreamJudge
from ..finding import Finding, Severity
from ..finding.catalogue import CATALOGUE
from ..finding.pointer import with_ancestors
from ..payloads.recording import Exchange, RecordedStream
from ..runtime.python.checks import Findings
from ..runtime.python.violation import Violation
from .chunks import Chunks, in_stream
from .user_schemas import UnusableSchema, misfit

if TYPE_CHECKING:
    from ..runtime.python.exchange import ExchangeFormat, FitClaim

__all__ = ["ExchangeJudge"]

_REQUEST, _RESPONSE = "/request", "/response"
"""What pointers of findings begin with."""

_UNUSABLE = "PAR752"
_FIRST_REFUSAL = 400
"""Statuses from here on say that there is no answer."""

_FIRST_FAULT_OF_SERVER = 500
"""From here on a gateway may have spoken, in any format."""


class _JudgedAnswer(NamedTuple):
    """What is known of an answer when it was judged alone."""

    artifact: str
    value: Any
    """None where it is not known well enough to be held beside its request."""

    findings: Sequence[Finding]
    place: Document | Chunks
    """What knows where its parts stand."""


class ExchangeJudge:
    """Judges the exchanges of one kind."""

    def __init__(self, dialect: Dialect, name: str, *, lint: bool = False) -> None:
        """*name* is that of an exchange of the *dialect*."""
        self._dialect = dialect
        self._format: ExchangeFormat = dialect.exchanges[name]
        self._lint = lint
        self._rules = [one for one in self._format.rules if lint or self._severity(one.rule.code) is Severity.ERROR]

    def judge(self, exchange: Exchange) -> tuple[Finding, ...]:
        """What is found in an exchange."""
        found = list(exchange.faults)
        request, errors = exchange.request, None
        if request is not None:
            alone = judge(request, self._dialect, self._format.request, lint=self._lint).findings
            errors = sum(one.severity is Severity.ERROR for one in alone)
            found += _below(_REQUEST, alone)
        value = request.value if request is not None and request.complete else None
        answer = self._answer(exchange, value)
        if answer is not None:
            found += answer.findings
            is_streamed = isinstance(answer.place, Chunks)
            facts = {"status": exchange.status, "streamed": is_streamed, "errors": errors}
            found += self._between(answer, value, facts)
        return tuple(replace(one, fix=None) if one.fix else one for one in found)  # nobody edits a recording

    def _answer(self, exchange: Exchange, request: Any) -> _JudgedAnswer | None:
        answer, form = exchange.answer, self._format
        if answer is None:
            return None
        if isinstance(answer, RecordedStream):
            return self._stream(answer, request)
        name = form.response
        if exchange.status >= _FIRST_REFUSAL:
            if form.errors is None or (exchange.status >= _FIRST_FAULT_OF_SERVER and not answer.complete):
                return None
            name = form.errors
        verdict = judge(answer, self._dialect, name, lint=self._lint)
        is_known = answer.complete and verdict.artifact == name and all(one.pointer for one in verdict.findings)
        found = _below(_RESPONSE, verdict.findings)
        return _JudgedAnswer(name, answer.value if is_known else None, found, answer)

    def _stream(self, answer: RecordedStream, request: Any) -> _JudgedAnswer | None:
        """The verdict on a stream; what it comes to is known where all of it came."""
        if self._format.stream is None:
            return None
        form = self._dialect.streams[self._format.stream]
        stream = StreamJudge(self._dialect, self._format.stream, lint=self._lint, request=request)
        chunks = Chunks(stream)
        found: list[Finding] = []
        is_whole = True
        for document in answer.events:
            verdict = stream.take(document)
            kind = document.event.kind if document.event else EventKind.DATA
            if verdict.artifact is not None:
                chunks.add(document)
            is_marker = document.event is not None and document.event.data == form.end
            is_lost = kind is not EventKind.CLOSE and not document.complete and not is_marker
            # What only the end shows is that something did not come.
            is_cut = kind is EventKind.CLOSE and bool(verdict.findings)
            is_whole = is_whole and not (is_lost or is_cut or verdict.artifact == form.errors)
            found += verdict.findings
        value = stream.completion if is_whole else None
        found = [replace(one, pointer=in_stream(one.chunk, one.pointer)) for one in found]
        return _JudgedAnswer(self._format.response, value, found, chunks)

    def _between(self, answer: _JudgedAnswer, request: Any, facts: dict[str, Any]) -> Iterator[Finding]:
        """What the rules say of an answer beside its request; the first one speaks of each place."""
        faulty = {one.pointer for one in answer.findings if one.severity is Severity.ERROR}
        reported: set[str] = set()
        for violation in self._violations(answer, request, facts):
            if reported.isdisjoint({*with_ancestors(violation.pointer)} - {""}):
                reported.add(violation.pointer)
                finding = self._located(violation, answer)
                if not _is_beside(finding.pointer, faulty):
                    yield finding

    def _violations(self, answer: _JudgedAnswer, request: Any, facts: dict[str, Any]) -> Iterator[Violation]:
        for rule in self._rules if answer.value is not None else ():
            found = Findings()
            if rule.artifact == answer.artifact:
                rule.check(answer.value, request, answer.value, facts, found)
            for one in found:
                violation = self._decided(cast("FitClaim", one), facts) if rule.claims else one
                if violation is not None:
                    violation.severity = self._severity(violation.code).value
                    yield violation

    def _decided(self, claim: FitClaim, facts: dict[str, Any]) -> Violation | None:
        """The violation of a claim that is true, or what keeps that from being known."""
        value = claim.value
        try:
            wrong = misfit(json.loads(value) if isinstance(value, str) else value, claim.schema)
        except (ValueError, RecursionError):  # what is not JSON is the business of another rule
            return None
        except UnusableSchema as error:
            if facts["errors"] or not self._lint:  # what is wrong with the schema is said at the request
                return None
            message = f"this was not held against its schema, which cannot be compiled: {error}"
            return Violation(_UNUSABLE, claim.pointer, message)
        return claim.violation(wrong) if wrong else None

    def _located(self, violation: Violation, answer: _JudgedAnswer) -> Finding:
        if isinstance(answer.place, Chunks):
            return answer.place.finding(violation, self._name(violation.code))
        one = diagnostic(Candidate(Origin.RULE, violation.pointer, violation), violation, answer.value)
        ((finding, _),) = located_findings(answer.place, self._dialect, [one])
        return replace(finding, pointer=f"{_RESPONSE}{finding.pointer}")

    def _severity(self, code: str) -> Severity:
        rule = self._dialect.rules.get(code)
        return Severity(rule.severity) if rule else CATALOGUE[code].severity

    def _name(self, code: str) -> str:
        rule = self._dialect.rules.get(code)
        return rule.name if rule else CATALOGUE[code].name


def _below(side: str, findings: Iterable[Finding]) -> list[Finding]:
    """Findings in one side of an exchange."""
    return [replace(one, pointer=f"{side}{one.pointer}") for one in findings]


def _is_beside(pointer: str, faulty: Iterable[str]) -> bool:
    """Whether a place has an error already, or stands in one that has, or holds one."""
    return any(one in {*with_ancestors(pointer)} or one.startswith(f"{pointer}/") for one in faulty)
