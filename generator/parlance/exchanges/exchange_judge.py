"""An exchange to findings: each side alone, then the answer beside the request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ..check.dialect import Dialect
from ..check.document import Document
from ..check.dumped_answers import without_absent
from ..check.engine import Verdict, judge
from ..check.faultless import CleanTest, clean_test, soundness
from ..check.rules_beside import RulesBeside, is_beside_error
from ..check.streams.stream_event import EventKind
from ..check.streams.stream_judge import StreamJudge
from ..check.streams.stream_reading import StreamReading
from ..finding import Finding, Severity
from ..finding.pointer import with_ancestors
from ..payloads.recording import Exchange, RecordedStream
from ..runtime.python.checks import Findings
from ..runtime.python.violation import Violation
from .chunks import Chunks, in_stream
from .user_schemas import UnusableSchema, misfit

if TYPE_CHECKING:
    from ..runtime.python.exchange import ExchangeFormat, ExchangeRule, FitClaim

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

    is_clean: bool = False


class _JudgedSide:
    """One side of an exchange: what it should be."""

    def __init__(self, dialect: Dialect, name: str, *, lint: bool) -> None:
        self._dialect = dialect
        self._name = name
        self._lint = lint

    @cached_property
    def _test(self) -> CleanTest | None:
        return clean_test(self._dialect, self._name, lint=self._lint)

    @cached_property
    def is_sound(self) -> CleanTest:
        """Whether the structure of a value has no fault."""
        return soundness(self._dialect.artifacts[self._name])

    def is_clean(self, document: Document) -> bool:
        """Whether it is seen that nothing is found in a document; most are such, and need no verdict."""
        return document.complete and not document.faults and self._test is not None and self._test(document.value)

    def verdict(self, document: Document) -> Verdict:
        """The verdict on a document."""
        return judge(document, self._dialect, self._name, lint=self._lint)


class ExchangeJudge:
    """Judges the exchanges of one kind."""

    def __init__(self, dialect: Dialect, name: str, *, lint: bool = False) -> None:
        """*name* is that of an exchange of the *dialect*."""
        self._dialect = dialect
        self._format: ExchangeFormat = dialect.exchanges[name]
        self._lint = lint
        self._rules = RulesBeside(dialect, self._format, self._format.rules, lint=lint)
        self._applied = {
            side: [one for one in self._rules.applied if one.artifact == side]
            for side in (self._format.response, self._format.errors)
        }
        sides = (self._format.request, self._format.response, self._format.errors)
        self._sides = {side: _JudgedSide(dialect, side, lint=lint) for side in sides if side is not None}

    def judge(self, exchange: Exchange) -> tuple[Finding, ...]:
        """What is found in an exchange."""
        found = list(exchange.faults)
        request, errors, is_sound = exchange.request, None, False
        value = request.value if request is not None and request.complete else None
        if request is not None:
            side = self._sides[self._format.request]
            is_clean = side.is_clean(request)
            alone = () if is_clean else side.verdict(request).findings
            errors = sum(one.severity is Severity.ERROR for one in alone)
            is_sound = is_clean or (request.complete and side.is_sound(value))
            found += _below(_REQUEST, alone)
        is_streamed = isinstance(exchange.answer, RecordedStream)
        known = _KnownRequest(value, is_sound, {"status": exchange.status, "streamed": is_streamed, "errors": errors})
        answer = self._answer(exchange, known)
        if answer is not None:
            found += answer.findings
            found += self._between(answer, known)
        return tuple(replace(one, fix=None) if one.fix else one for one in found)  # nobody edits a recording

    def _answer(self, exchange: Exchange, request: _KnownRequest) -> _JudgedAnswer | None:
        """The verdict on an answer; None where there is nothing to say of it."""
        answer, form = exchange.answer, self._format
        if answer is None:
            return None
        if isinstance(answer, RecordedStream):
            if self._is_clean_stream(answer, request):
                return None
            return self._stream(answer, request.value, is_dumped=exchange.is_dumped)
        name = form.response
        if exchange.status >= _FIRST_REFUSAL:
            if form.errors is None or (exchange.status >= _FIRST_FAULT_OF_SERVER and not answer.complete):
                return None
            name = form.errors
        if exchange.is_dumped and not self._sides[name].is_clean(answer):
            answer = without_absent(answer, self._dialect.artifacts[name])
        if self._sides[name].is_clean(answer):
            return _JudgedAnswer(name, answer.value, (), answer, is_clean=True)
        verdict = self._sides[name].verdict(answer)
        is_known = answer.complete and verdict.artifact == name and all(one.pointer for one in verdict.findings)
        found = _below(_RESPONSE, verdict.findings)
        return _JudgedAnswer(name, answer.value if is_known else None, found, answer)

    def _is_clean_stream(self, answer: RecordedStream, request: _KnownRequest) -> bool:
        """Whether nothing is found in a stream, nor in what it comes to beside its request; no chunk needs a place."""
        if self._format.stream is None or answer.data is None:
            return False
        reading = StreamReading(self._dialect, self._format.stream, lint=self._lint, request=request.value)
        if reading.feed(answer.data) or reading.close() or not reading.is_whole:
            return False
        value = reading.completion
        rules = self._asked(self._format.response, value, request, is_clean=False)
        return next(self._reported(rules, value, request), None) is None

    def _stream(self, answer: RecordedStream, request: Any, *, is_dumped: bool) -> _JudgedAnswer | None:
        """The verdict on a stream; what it comes to is known where all of it came."""
        if self._format.stream is None:
            return None
        stream = StreamJudge(self._dialect, self._format.stream, lint=self._lint, request=request)
        chunks = Chunks(stream)
        found: list[Finding] = []
        is_cut = False
        piece = self._dialect.artifacts[self._dialect.streams[self._format.stream].piece]
        for event in answer.events:
            document = without_absent(event, piece) if is_dumped else event
            verdict = stream.take(document)
            if verdict.artifact is not None:
                chunks.add(document)
            # What only the end shows is that something did not come.
            is_end = document.event is not None and document.event.kind is EventKind.CLOSE
            is_cut = is_cut or (is_end and bool(verdict.findings))
            found += verdict.findings
        value = stream.completion if stream.is_whole and not is_cut else None
        found = [replace(one, pointer=in_stream(one.chunk, one.pointer)) for one in found]
        return _JudgedAnswer(self._format.response, value, found, chunks)

    def _between(self, answer: _JudgedAnswer, request: _KnownRequest) -> Iterator[Finding]:
        """What the rules say of an answer beside its request; the first one speaks of each place."""
        value = answer.value
        if value is None:
            return
        rules = self._asked(answer.artifact, value, request, is_clean=answer.is_clean)
        if not rules:
            return
        faulty = {one.pointer for one in answer.findings if one.severity is Severity.ERROR}
        reported: set[str] = set()
        for violation in self._reported(rules, value, request):
            if reported.isdisjoint({*with_ancestors(violation.pointer)} - {""}):
                reported.add(violation.pointer)
                finding = self._located(violation, answer)
                if not is_beside_error(finding.pointer, faulty):
                    yield finding

    def _asked(self, artifact: str, value: Any, request: _KnownRequest, *, is_clean: bool) -> Sequence[ExchangeRule]:
        """The rules that may find something in an answer."""
        rules, may_find, may_claim = self._applied[artifact], self._rules.may_find, self._format.may_claim
        if may_find is None or may_claim is None or not request.is_sound or artifact != self._format.response:
            return rules
        if not is_clean and not self._sides[artifact].is_sound(value):
            return rules
        if may_find(value, request.value, value, request.facts):
            return rules
        if may_claim(value, request.value, value, request.facts):
            return [one for one in rules if one.claims]
        return ()

    def _reported(self, rules: Iterable[ExchangeRule], value: Any, request: _KnownRequest) -> Iterator[Violation]:
        """What rules find in an answer, where their claims are true."""
        for rule in rules:
            found = Findings()
            rule.check(value, request.value, value, request.facts, found)
            for one in self._rules.graded(found):
                violation = self._decided(cast("FitClaim", one), request.facts) if rule.claims else one
                if violation is not None:
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
            return self._rules.graded([Violation(_UNUSABLE, claim.pointer, message)])[0]
        return claim.violation(wrong) if wrong else None

    def _located(self, violation: Violation, answer: _JudgedAnswer) -> Finding:
        if isinstance(answer.place, Chunks):
            pointer, span, chunk = answer.place.place(violation)
            return self._rules.finding(violation, pointer, span, violation.help, chunk)
        (finding,) = self._rules.located([violation], answer.place)
        return replace(finding, pointer=f"{_RESPONSE}{finding.pointer}")


class _KnownRequest(NamedTuple):
    """What an answer is held beside."""

    value: Any
    """None where it is not known."""

    is_sound: bool
    """Whether its structure has no fault."""

    facts: dict[str, Any]
    """What is known of how the answer came."""


def _below(side: str, findings: Iterable[Finding]) -> list[Finding]:
    """Findings in one side of an exchange."""
    return [replace(one, pointer=f"{side}{one.pointer}") for one in findings]
