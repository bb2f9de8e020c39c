"""The documents of one file to verdicts: each document alone, and all lines together."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from ..finding import Severity
from .detection import detect, form
from .dialect import Dialect
from .document import Document
from .engine import Verdict, judge
from .faultless import clean_test
from .skimming import Skimmer

if TYPE_CHECKING:
    from ..finding import Finding
    from ..runtime.python.rule import FileRule
    from ..runtime.python.violation import Json, Violation
    from .fixes.value_fix import ValueFix
    from .inspection import Unjudged
    from .reports.tally import Contents

__all__ = ["FileRules", "Judged", "PayloadInside", "judge_all", "with_artifact"]

_FIRST = 5
"""How many lines are read before it is decided what a file holds."""


class PayloadInside(NamedTuple):
    """A payload that stands in another document, and can be fixed there."""

    document: Document
    """That of its text alone."""

    pointer: str
    """Where it stands."""


class Judged(NamedTuple):
    """A document, what was found in it, and as what it was checked."""

    document: Document
    artifact: str | None
    findings: tuple[Finding, ...]
    value_fixes: tuple[ValueFix | None, ...] = ()
    """For each finding, what would fix it; of a line where all findings are known to be its own, else nothing."""

    unjudged: tuple[Unjudged, ...] = ()
    again: bool = False
    """Whether the document was handed over before, and this is about the file that it is a line of."""

    contents: Contents | None = None
    """What was found in the container that it is a part of."""

    inside: PayloadInside | None = None
    """What the findings are of, where it is in the document and has fixes."""


def judge_all(
    documents: Iterable[Document],
    dialect: Dialect,
    artifact: str = "auto",
    *,
    lint: bool = False,
    skimmer: Skimmer | None = None,
) -> Iterator[Judged]:
    """Check each document of a file; lines of one kind, such as those of a batch, also together.

    The *skimmer* of the documents gets a test for clean lines; what it skims is passed on.
    """
    first, rest, kind = _begun(documents, dialect, artifact)
    if events := _events(first, rest, dialect, artifact):
        yield from _judge_stream(events, dialect, artifact, skimmer, lint=lint)
        return
    if not first or not first[0].is_line:
        for document in chain(first, rest):
            if document.event is not None:
                yield _stream_for(document)
                return
            verdict = judge(document, dialect, artifact, lint=lint)
            yield Judged(document, verdict.artifact, verdict.findings, verdict.value_fixes, verdict.unjudged)
        return
    judge_line = _judge_line if _is_final(dialect, artifact) else _judge_detected
    file = FileRules(dialect.file_rules.get(kind, ()) if kind else (), lint, kind)
    if skimmer and kind:
        skimmer.is_clean, skimmer.fits = clean_test(dialect, kind, lint=lint), file.take_clean
    for document in chain(first, rest):
        if document.skimmed:
            yield Judged(document, kind, ())
        else:
            yield file.line(document, judge_line(document, dialect, kind, file, lint))
    yield from file.end(dialect)


def _events(
    first: Sequence[Document], rest: Iterator[Document], dialect: Dialect, artifact: str
) -> Iterator[Document] | None:
    """The documents of an event stream; None where there is none, or where it should be something else."""
    if not first or not dialect.streams or not (artifact == "auto" or artifact in dialect.streams):
        return None
    if first[0].event is not None:
        return chain(first, rest)
    if not first[0].faults:
        return None
    from .streams.event_documents import recognised_events

    return recognised_events(first[0])


def _judge_stream(
    documents: Iterable[Document], dialect: Dialect, artifact: str, skimmer: Skimmer | None, *, lint: bool
) -> Iterator[Judged]:
    """The verdict on each event, and on what there is beside events, which counts as no document."""
    from .streams.stream_judge import StreamJudge  # most files are no streams

    stream = StreamJudge(dialect, None if artifact == "auto" else artifact, lint=lint)
    if skimmer:
        skimmer.take_event = stream.take_text
    for document in documents:
        if document.skimmed:
            yield Judged(document, stream.piece, ())
            continue
        verdict = stream.take(document)
        is_beside = verdict.artifact is None
        yield Judged(document, verdict.artifact, verdict.findings, verdict.value_fixes, again=is_beside)


def _stream_for(document: Document) -> Judged:
    """The verdict on an event stream that should be something else."""
    from .event_stream import unexpected

    found = unexpected(document.source)
    return Judged(document, None, tuple(found.text_findings()), (None,))


def with_artifact(
    documents: Iterable[Document], dialect: Dialect, artifact: str = "auto"
) -> Iterator[tuple[Document, str]]:
    """Each document of a file with the name of the artifact that it is checked as, which may be `auto`."""
    first, rest, kind = _begun(documents, dialect, artifact)
    for document in chain(first, rest):
        yield document, kind or "auto"


def _is_final(dialect: Dialect, artifact: str) -> bool:
    """Whether an artifact was named that has one form."""
    return artifact in dialect.streams or (artifact != "auto" and len(dialect.forms_of(artifact)) == 1)


def _begun(
    documents: Iterable[Document], dialect: Dialect, artifact: str
) -> tuple[list[Document], Iterator[Document], str | None]:
    """The first documents, all others, and what the file holds, if that shows."""
    rest = iter(documents)
    is_final = _is_final(dialect, artifact)
    first = list(islice(rest, 1 if is_final else _FIRST))
    is_open = not is_final and bool(first) and first[0].is_line
    return first, rest, _common(first, dialect, artifact) if is_open else artifact


def _common(lines: Sequence[Document], dialect: Dialect, artifact: str) -> str | None:
    """What most of the first lines are, or the first of them where that is open; None where they are like nothing.

    Of an *artifact* that was named, that is the form which they have.
    """
    values = [line.value for line in lines if line.complete]
    if artifact == "auto":
        found = [detect(value, dialect, is_line=True) for value in values]
    else:
        found = [form(value, dialect, artifact, is_line=True) for value in values]
    names = [one.name for one in found if one]
    return Counter(names).most_common(1)[0][0] if names else None if artifact == "auto" else artifact


def _judge_line(document: Document, dialect: Dialect, kind: str | None, file: FileRules, lint: bool) -> Verdict:
    """The verdict on a line of a file of one *kind*, whose rules over all lines are kept up with."""
    if kind is None:
        return judge(document, dialect, lint=lint)
    return judge(document, dialect, kind, lint=lint, across=file.take(document))


def _judge_detected(document: Document, dialect: Dialect, kind: str | None, file: FileRules, lint: bool) -> Verdict:
    """The same where *kind* was seen from the first lines: a line that is right as another kind is a finding."""
    verdict = _judge_line(document, dialect, kind, file, lint)
    if kind is None or not document.complete:
        return verdict
    if verdict.artifact is not None and verdict.artifact != kind:
        from .whole_document import of_another_kind

        return Verdict(verdict.artifact, (of_another_kind(document, verdict.artifact, kind),), (None,))
    if all(finding.severity is not Severity.ERROR for finding in verdict.findings):
        return verdict
    other = detect(document.value, dialect, is_line=True)
    if other is None or other.name == kind or judge(document, dialect.whole, other.name, lint=lint).findings:
        return verdict
    from .whole_document import of_another_kind

    return Verdict(other.name, (of_another_kind(document, other.name, kind),), (None,))


class FileRules:
    """The rules over all lines of a file, and what the lines come to that were read."""

    def __init__(self, rules: Sequence[FileRule], lint: bool, kind: str | None = None) -> None:
        """*kind* is what the lines are judged as."""
        applied = [rule for rule in rules if lint or rule.rule.severity == "error"]
        self._checks: list[Callable[[Any, int, int], Violation | None]] = []
        self._kind = kind
        self._limits = [_TotalLimit(rule) for rule in applied if rule.kind == "limit"]
        self._checks += [_UniqueKey(rule).check for rule in applied if rule.kind == "unique"]
        self._checks += [_SameKey(rule).check for rule in applied if rule.kind == "same"]
        self._first: Judged | None = None
        self._is_alone = True
        """Whether the lines before it say nothing against the line that was taken last."""

    def take(self, document: Document) -> Sequence[Violation]:
        """What is wrong with a line because of those before it."""
        for limit in self._limits:
            limit.take(document)
        if not self._checks or not document.complete:
            self._is_alone = True
            return ()
        value, size = document.value, document.size
        number = document.source.first_line if document.source else 0
        found = [violation for check in self._checks if (violation := check(value, number, size))]
        self._is_alone = not found
        return found

    def take_clean(self, value: Any, number: int, size: int) -> bool:
        """Take a line that is clean by itself; False, and only looked at, where it has to be judged as a document."""
        for check in self._checks:
            if check(value, number, size):
                return False  # what a line says of itself may be asked twice
        for limit in self._limits:
            if limit.is_beyond(value, size):
                return False
        for limit in self._limits:
            limit.add(value, size)
        return True

    def line(self, document: Document, verdict: Verdict) -> Judged:
        """The verdict on a line; that it is empty is no second mistake where the file may not be.

        What would fix it is known where it was judged as it would be alone.
        """
        findings = verdict.findings
        if self._first is None:
            is_empty = [finding.code for finding in findings] == ["PAR009"]
            if is_empty and any(limit.is_short(0) for limit in self._limits):
                findings = ()
            self._first = Judged(document, verdict.artifact, findings)
        is_alone = self._is_alone and verdict.artifact == self._kind and findings is verdict.findings
        value_fixes = verdict.value_fixes if is_alone else ()
        return Judged(document, verdict.artifact, findings, value_fixes, verdict.unjudged)

    def end(self, dialect: Dialect) -> Iterator[Judged]:
        """What is wrong with all lines together."""
        for limit in self._limits:
            broken = limit.broken()
            document = limit.beyond or (self._first and self._first.document)
            if broken is None or document is None or document.source is None:
                continue
            number = document.source.first_line
            from ..finding import Finding, Span

            finding = Finding(
                code=broken.code,
                severity=Severity(broken.severity),
                pointer="",
                message=broken.message,
                span=Span(document.source.file, number, 1, number, 1),
                help=broken.help,
                name=dialect.rules[broken.code].name,
            )
            yield Judged(document, None, (finding,), again=True)


class _UniqueKey:
    """Keys that may not come twice; the line of each is kept, and a digest of the key."""

    def __init__(self, rule: FileRule) -> None:
        self._rule = rule
        self._lines: dict[bytes, int] = {}

    def check(self, value: Any, number: int, size: int) -> Violation | None:
        key = self._rule.measure(value, size)
        if key is None:
            return None
        line = self._lines.setdefault(_digest(key), number)
        return None if line == number else self._rule.rule.at(self._rule.point, {"key": key})


class _SameKey:
    """A key that must be the same in every line that has it."""

    def __init__(self, rule: FileRule) -> None:
        self._rule = rule
        self._first: Any = None
        self._digest = b""

    def check(self, value: Any, number: int, size: int) -> Violation | None:  # noqa: ARG002 as of other rules
        key = self._rule.measure(value, size)
        if key is None or (isinstance(key, str) and key == self._first):  # as of nearly all lines
            return None
        digest = _digest(key)
        if self._first is None:
            self._first, self._digest = key, digest
        if digest == self._digest:
            return None
        return self._rule.rule.at(self._rule.point, {"key": key, "first": self._first})


class _TotalLimit:
    """A sum over all lines."""

    def __init__(self, rule: FileRule) -> None:
        self._rule = rule
        self._total: int | float = 0
        self.beyond: Document | None = None
        """The first line with which it is too much."""

    def take(self, document: Document) -> None:
        if not document.complete and any(fault.code == "PAR009" for fault in document.faults):
            return
        if self.is_beyond(document.value, document.size):
            self.beyond = document
        self.add(document.value, document.size)

    def add(self, value: Any, size: int) -> None:
        self._total += self._rule.measure(value, size) or 0

    def is_beyond(self, value: Any, size: int) -> bool:
        """Whether it is too much with another line, the first of all."""
        maximum = self._rule.maximum
        if maximum is None or self.beyond is not None:
            return False
        return self._total + (self._rule.measure(value, size) or 0) > maximum

    def is_short(self, total: float) -> bool:
        return self._rule.minimum is not None and total < self._rule.minimum

    def broken(self) -> Violation | None:
        if not self.beyond and not self.is_short(self._total):
            return None
        rule = self._rule
        values: dict[str, Json] = {"total": self._total, "minimum": rule.minimum, "maximum": rule.maximum}
        return rule.rule.at("", values)


def _digest(key: Any) -> bytes:
    """The same for keys that are equal as JSON."""
    from hashlib import blake2b  # loads OpenSSL; only some kinds of lines have keys

    if isinstance(key, str):  # as nearly all of them are
        return blake2b(b'"' + key.encode(errors="surrogatepass"), digest_size=12).digest()
    plain = int(key) if isinstance(key, float) and key.is_integer() else key
    return blake2b(b"=" + json.dumps(plain, sort_keys=True).encode(), digest_size=12).digest()
