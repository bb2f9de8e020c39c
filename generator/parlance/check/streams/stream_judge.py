"""The documents of a stream, one after the other, to findings: each alone, beside those before it, and all together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...finding import Finding, Severity
from ...finding.catalogue import CATALOGUE
from ...finding.pointer import tokens, with_ancestors
from ...finding.shape import is_object
from ...runtime.python.fold_table import FoldTable
from ...runtime.python.part_folds import Extent, Touch
from ..detection import detect, explanation
from ..diagnostic import Diagnostic
from ..dialect import Dialect, checked
from ..document import Document
from ..dumped_answers import as_received, is_dump
from ..engine import Verdict, judge
from ..faultless import FaultlessReader, clean_test
from ..inspection import Inspection, blanked
from ..precedence import Origin
from ..rules_beside import RulesBeside, is_beside_error
from .repeated_pieces import RepeatedPieces
from .stream_event import EventKind, StreamEvent, TakenAlone
from .stream_fold import StreamFold

if TYPE_CHECKING:
    from ...runtime.python.stream import StreamFormat
    from ...runtime.python.violation import Violation

__all__ = ["StreamJudge"]

_BY_RULES = frozenset({Origin.RULE, Origin.NOTICE})
"""Where findings of the whole come from: what is wrong in a piece is found there, and what no piece has is left out."""


class StreamJudge:
    """Judges one stream; it keeps what the pieces come to, and no piece."""

    def __init__(self, dialect: Dialect, name: str | None = None, *, lint: bool = False, request: Any = None) -> None:
        """*name* is that of a stream of the *dialect*; the first one, unless it is given."""
        self._dialect = dialect
        self._format: StreamFormat = dialect.stream(name)
        self._lint = lint
        self._request = request
        self._is_clean = clean_test(dialect, self._format.piece, lint=lint)
        self._is_clean_whole = clean_test(dialect, self._format.into, lint=lint)
        self._rules = RulesBeside(dialect, self._format, self._format.rules, lint=lint)
        self._reader = FaultlessReader()
        self._folded = StreamFold(FoldTable(self._format.fold))
        self._repeated = RepeatedPieces(self._folded, getattr(self._format, "free", ()))
        self._facts: dict[str, Any] = {"kind": "", "event": "", "chunks": 0, "done": False, "failed": False}
        """What rules see of the stream."""

        self._is_readable = True
        """Whether it is a stream, and does not end in the middle of an event."""

        self._is_sound = True
        """Whether the structure of all pieces is that of the dialect: else more is to be asked than a gate does."""

        self._has_data = False
        self._has_lost = False
        """Whether a piece could not be read: what others are beside it cannot be judged any more."""

        self._pieces = 0
        self._reported: set[tuple[str, str]] = set()
        """Code and pointer of what was found: that every piece has the same fault is one finding."""

        self._places: dict[str, str] = {}
        """Where something was found first in a piece, by a rule beside others or in its structure, and the code."""

        self._reported_of_whole: set[tuple[str, str]] = set()

    @property
    def _fold(self) -> StreamFold:
        """What the pieces came to, all of them."""
        self._repeated.settle()
        return self._folded

    @property
    def piece(self) -> str:
        """The artifact that each piece is."""
        return self._format.piece

    @property
    def is_whole(self) -> bool:
        """Whether every piece could be read so far, and none is an error."""
        return not self._has_lost and not self._facts["failed"]

    @property
    def completion(self) -> dict[str, Any]:
        """What the pieces came to so far."""
        return self._fold.whole()

    def touch(self, pointer: str) -> Touch | None:
        """The piece that brought the last of a place of the completion, or of what that stands in."""
        return next(reversed([*self._fold.touches(pointer)]), None)

    def take(self, document: Document) -> Verdict:
        """What is found in the next document of the stream, and because of it."""
        event = document.event or StreamEvent(EventKind.DATA)
        if event.kind is EventKind.TAKEN:
            return Verdict(self.piece, *_without_fixes(self.settled(document)))
        self._repeated.forget()
        if event.kind is EventKind.CLOSE:
            return Verdict(None, *_without_fixes(self._close(document)))
        if event.kind is EventKind.BREAK and self._facts["done"]:  # after the marker there is nothing to lose
            return Verdict(None, (), ())
        if event.kind is not EventKind.DATA:
            self._is_readable = self._is_readable and event.kind is EventKind.REMARK
            self._has_data = self._has_lost = True
            return Verdict(None, *_without_fixes(document.text_findings()))
        self._has_data = True
        if event.data == self._format.end:
            found = self._by_rules(document, None, "end", event)
            self._facts["done"] = True
            return Verdict(None, *_without_fixes(found))
        return self._take_data(document, event)

    def take_text(self, data: bytes) -> TakenAlone:
        """Take an event that carries *data*, if it is a piece in which nothing is found.

        Most are, and taking them so costs a tenth.
        """
        if self._has_lost or self._is_clean is None:
            return TakenAlone.NOT
        if self._repeated.takes(data, self._pieces):
            self._pieces += 1
            self._facts["chunks"] += 1
            return TakenAlone.WHOLE
        try:
            value = self._reader.read(data)
        except (ValueError, TypeError, RecursionError):
            return TakenAlone.NOT
        if not self._is_clean(value) or self._may_break(value, ""):
            return TakenAlone.NOT
        number = self._pieces
        self._pieces = number + 1
        self._facts["chunks"] += 1
        has_settled = self._fold.add(value, number)
        if not has_settled:
            self._repeated.learn(data, value)
            return TakenAlone.WHOLE
        self._repeated.forget()
        return TakenAlone.WHOLE if self._is_clean_so_far() else TakenAlone.BUT_SETTLED

    def settled(self, document: Document) -> list[Finding]:
        """What is found in what the piece settled that was taken last, of which *document* is the document."""
        number = self._pieces - 1
        return [*_without_fixes(replace(one, chunk=number) for one in self._of_whole(document, number))[0]]

    def _is_clean_so_far(self) -> bool:
        """Whether nothing is found in what has settled; False where that takes more to know."""
        return self._is_clean_whole is not None and self._is_clean_whole(self._fold.view(Extent.SETTLED))

    def _take_data(self, document: Document, event: StreamEvent) -> Verdict:
        number = self._pieces
        self._pieces += 1
        value, is_clean = document.value, False
        if document.complete and not document.faults and self._is_clean is not None:
            is_clean = self._is_clean(value)
        if is_clean:
            verdict = Verdict(self._format.piece, (), ())
        else:
            piece = self._dialect.artifacts[self._format.piece]
            document = as_received(document, piece) if is_dump(document.value, piece) else document
            value = document.value
            verdict = judge(document, self._dialect, self._artifact(document), lint=self._lint)
        artifact = verdict.artifact or self._format.piece
        found = [*self._new(verdict.findings)]
        is_piece = artifact == self._format.piece and (is_clean or explanation(value, artifact, self._dialect) is None)
        kind = "chunk" if is_piece else "error"
        value = value if document.complete and is_piece else None
        if not is_clean or self._may_break(value, event.name):
            errors = {one.pointer: one.code for one in verdict.findings if one.severity is Severity.ERROR}
            beside = self._by_rules(document, value, kind, event, errors.keys())
            found += (one for one in beside if not is_beside_error(one.pointer, errors))
            self._places = {**errors, **self._places}
        if is_piece:
            self._facts["chunks"] += 1
            self._has_lost = self._has_lost or not document.complete
            if document.complete:
                self._is_sound = self._is_sound and (is_clean or self._has_structure(value))
            if document.complete and self._fold.add(value, number) and not self._has_lost:
                found += self._of_whole(document, number)
        else:
            self._facts["failed"] = True
        return Verdict(artifact, *_without_fixes(replace(one, chunk=number) for one in found))

    def _may_break(self, value: Any, name: str) -> bool:
        """Whether a rule may find something in a clean piece, in an event of a *name*, beside those before it."""
        before = self._fold.live
        may_find = self._rules.may_find
        if before is None or not self._is_sound or may_find is None:
            return True
        self._facts["kind"], self._facts["event"] = "chunk", name
        return may_find(value, before, self._facts, self._request)

    def _has_structure(self, value: Any) -> bool:
        return next(iter(self._dialect.artifacts[self._format.piece].check(value)), None) is None

    def _artifact(self, document: Document) -> str:
        """What a document is: a piece, unless it resembles an error more."""
        name, errors, value = self._format.piece, self._format.errors, document.value
        if errors is None or not document.complete:
            return name
        piece = self._dialect.artifacts[name]
        known = is_object(value) and not piece.required.isdisjoint(value)  # where nothing is required, all is a piece
        if known and piece.is_valid(value):
            return name
        found = detect(value, self._dialect)
        return errors if found is not None and found.name == errors else name

    def _new(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Those of findings that no piece before had."""
        for finding in findings:
            key = (finding.code, finding.pointer)
            if key not in self._reported:
                self._reported.add(key)
                yield finding

    def _by_rules(
        self, document: Document, value: Any, kind: str, event: StreamEvent, errors: AbstractSet[str] = frozenset()
    ) -> list[Finding]:
        """What the rules say of an event beside those before it, where it does not rest on what is at fault itself."""
        violations = self._violations(value, kind, event.name)
        if not violations:
            return []
        found = self._rules.located(violations, document)
        new = [*self._new(one for one in found if self._is_first(one))]
        if not errors or value is None:
            return new
        above = {place for pointer in errors for place in with_ancestors(pointer)}
        others = self._violations(blanked(value, errors, above), kind, event.name)
        still = {(one.code, one.pointer) for one in others}
        return [one for one in new if (one.code, one.pointer) in still]

    def _is_first(self, finding: Finding) -> bool:
        """Whether nothing was found at this place before: what follows from one fault is no second one."""
        return not finding.pointer or self._places.setdefault(finding.pointer, finding.code) == finding.code

    def _violations(self, value: Any, kind: str, name: str) -> Sequence[Violation]:
        if self._has_lost:
            return []
        from ...runtime.python.checks import Findings

        self._facts |= {"kind": kind, "event": name}
        found, before = Findings(), self._fold.live
        for rule in self._rules.applied:
            rule.check(value, before, self._facts, self._request, found)
        return self._rules.graded(found)

    def _of_whole(self, document: Document, number: int | None = None) -> list[Finding]:
        """What the rules say of what the pieces come to: of its settled parts, or of all where nothing comes any more.

        *number* is that of the piece by which something was settled.
        """
        is_end, dialect = number is None, self._dialect
        if not is_end and self._is_clean_so_far():
            return []
        whole = self._fold.view(Extent.WHOLE if is_end else Extent.DRAFT)
        artifact = dialect.artifacts[self._format.into]
        faults, violations = checked(whole, artifact, dialect, lint=self._lint)
        if not violations:
            return []
        inspection = Inspection(Document(whole), dialect, self._lint, ())
        found: list[Finding] = []
        for one in inspection.diagnostics(artifact, faults, violations):
            key = (one.violation.code, one.pointer)
            if one.candidate.origin not in _BY_RULES or key in self._reported_of_whole:
                continue
            touch = self._touch_at_end(one.pointer) if number is None else self._settling_touch(one.pointer, number)
            if touch is not None:
                self._reported_of_whole.add(key)
                if not self._is_known(one.pointer):
                    found.append(self._in_piece(document, one, touch, is_end=is_end))
        return found

    def _settling_touch(self, pointer: str, number: int) -> Touch | None:
        """Where the piece with this number settled a place of the whole; None if it did not."""
        depth = self._fold.settled_depth(pointer)
        touches = [*self._fold.touches(pointer)][depth - 1 :] if depth else []
        return next((each for each in reversed(touches) if each.piece == number), None)

    def _touch_at_end(self, pointer: str) -> Touch | None:
        """What touched a place of the whole last; None where it may still change, since not all has come."""
        if not self._facts["done"] and not self._fold.settled_depth(pointer):
            return None
        return self.touch(pointer) or Touch(max(self._pieces - 1, 0), None)

    def _is_known(self, pointer: str) -> bool:
        """Whether something was found at the field of a piece that a place of the whole is of."""
        touches = [*self._fold.touches(pointer)]
        known = {place for _, place in self._reported}
        return bool(touches) and len(touches) == len(tokens(pointer)) and touches[-1].pointer in known

    def _in_piece(self, document: Document, one: Diagnostic, touch: Touch, *, is_end: bool) -> Finding:
        """What is wrong with the whole, at the place in a piece that shows it; at the end that piece is gone."""
        location, source = None if is_end else document.location(touch.pointer), document.source
        span = location.value if location else source.span(0, len(source.text)) if source else None
        return self._rules.finding(one.violation, touch.pointer, span, one.help, touch.piece)

    def _close(self, document: Document) -> list[Finding]:
        """What only the end can show."""
        if not self._has_data:
            return [self._empty(document)]
        if not self._is_readable or self._has_lost:
            return []
        found = self._by_rules(document, None, "close", StreamEvent(EventKind.CLOSE))
        last = max(self._pieces - 1, 0)
        return [*(replace(one, chunk=last) for one in found), *self._of_whole(document)]

    @staticmethod
    def _empty(document: Document) -> Finding:
        code = "PAR709"
        source = document.source
        span = source.span(0, 0) if source else None
        message = "the stream has no event that carries data"
        return Finding(code=code, severity=CATALOGUE[code].severity, pointer="", message=message, span=span)


def _without_fixes(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[None, ...]]:
    """Findings of a recording, which nobody edits, and what would fix each in the value."""
    found = tuple(replace(one, fix=None) if one.fix else one for one in findings)
    return found, (None,) * len(found)
