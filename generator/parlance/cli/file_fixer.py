"""What --fix and --diff do to one file."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING

from ..check.document import Document
from ..check.document_reader import Stream
from ..check.engine import Verdict
from ..check.file_verdicts import with_artifact
from ..check.fixes.fix_rounds import FixedDocument, fix_document
from .checking import Job
from .contained_fixes import ContainedFixes, contained_fixes
from .fix_options import FixOptions
from .fixability import judged_for_fixing
from .rewriting import Destination, Diff, Replacement, StandardOutput, Watched

if TYPE_CHECKING:
    from ..finding import Finding
    from .fix_files import FixRun

__all__ = ["FileFixer"]

_SHOWN = 10
"""How many fixes of a file that were taken back are listed: a screen holds them, and the summary counts the rest."""


class FileFixer:
    """What is done to one file, which is changed when all of it was read and written."""

    def __init__(
        self, fix_run: FixRun, fix_options: FixOptions, job: Job, destination: Destination | None = None
    ) -> None:
        """*destination* gets the file in place of what the options say."""
        self._given = destination
        self._fix_run = fix_run
        self._options = fix_options
        self._job = job
        self._decide = job.fix_filter() if job.fix_filter else None
        self._fixed = self._changes = 0
        self._rejected: list[str] = []
        self._unwritten = 0
        """How many fixes there would be of what cannot be written where it stands."""

        self._unwritable = 0
        """How many fixes there would be for documents that are without faults, or written more plainly."""

        self._spared: set[tuple[str, str]] = set()
        """Code and pointer of what is to stay in a document."""

    def fixed(self, stream: Stream, read: Callable[[Stream], Iterator[Document]]) -> Generator[Document]:
        """Every document of *stream* as it is when it is fixed; at the end the file is in its place."""
        watched = Watched(stream)
        destination = self._destination()
        whole = False
        try:
            documents, contained = contained_fixes(read(watched), self._job)
            if contained is not None:
                yield from self._fixed_inside(contained, documents, watched, destination)
            for document, artifact in with_artifact(documents, self._job.dialect, self._job.artifact):
                new = self._apply_fixes(document, artifact)
                old = watched.take(document.size)
                destination.put(old, _spliced(old, document, new))
                yield new
            rest = watched.take()
            destination.put(rest, rest)
            whole = True
        finally:
            destination.close(whole=whole)
        self._fix_run.fixed += self._fixed
        self._fix_run.files += self._changes > 0
        self._fix_run.remarks += [*self._remarks(), *destination.remarks]

    def _fixed_inside(
        self, contained: ContainedFixes, documents: Iterator[Document], watched: Watched, destination: Destination
    ) -> Generator[Document]:
        """Every document, the payloads in which are fixed."""
        unsafe = self._options.unsafe
        for text in contained.fixed(documents, self._fix_alone):
            for result in text.results:
                self._fixed += result.fixed(unsafe=unsafe).total()
                self._rejected += [f"{self._job.name}: {one.code} is not fixed: {why}" for one, why in result.rejected]
            self._changes += text.after is not text.before
            self._unwritten += text.unwritten
            old = watched.take(sum(document.size for document in text.documents))
            before = text.documents[0]._replace(source=text.before)
            same = before if text.after is text.before else before._replace(source=text.after)
            destination.put(old, _spliced(old, before, same))
            yield from text.documents

    def _fix_alone(self, document: Document, artifact: str) -> FixedDocument:
        """What a payload comes to that stands in another document."""
        return fix_document(
            document, lambda one, known: self._judged(one, artifact, known), unsafe=self._options.unsafe
        )

    def _destination(self) -> Destination:
        if self._given is not None:
            return self._given
        if self._options.diff:
            return Diff(self._job.name)
        return StandardOutput() if self._job.path == "-" else Replacement(self._job.path, self._job.name)

    def _apply_fixes(self, document: Document, artifact: str) -> Document:
        if document.event is not None:  # a recording stays as it was
            return document
        unsafe = self._options.unsafe
        result = fix_document(document, lambda text, known: self._judged(text, artifact, known), unsafe=unsafe)
        self._fixed += result.fixed(unsafe=unsafe).total()
        self._changes += result.document is not document
        self._unwritable += result.unwritable
        self._rejected += [f"{_place(finding)} is not fixed: {reason}" for finding, reason in result.rejected]
        return result.document

    def _judged(self, document: Document, artifact: str, known: str | None) -> Verdict:
        """The verdict, without fixes of what is not reported; *known* is None before anything is fixed."""
        spared: set[tuple[str, str]] = set() if known is None else self._spared
        verdict = judged_for_fixing(document, self._job.dialect, known or artifact, spared, self._decide)
        if known is None and self._decide is not None:
            results = zip(verdict.findings, verdict.value_fixes, strict=True)
            self._spared = {(one.code, one.pointer) for one, value_fix in results if value_fix is None}
        return verdict

    def _remarks(self) -> list[str]:
        lines, more = self._rejected[:_SHOWN], len(self._rejected) - _SHOWN
        if more > 0:
            lines.append(f"{self._job.name}: {more} more are not fixed for such reasons")
        if self._unwritable:
            what = f"{self._unwritable} finding{'s' * (self._unwritable != 1)}"
            lines.append(f"{self._job.name}: {what} could be fixed in a text without faults, and without aliases")
        if self._unwritten:
            what = f"{self._unwritten} finding{'s' * (self._unwritten != 1)}"
            lines.append(f"{self._job.name}: {what} could be fixed, and cannot be written where they stand")
        return lines


def _place(finding: Finding) -> str:
    return f"{finding.span}: {finding.code} {finding.name}"


def _spliced(piece: bytes, before: Document, after: Document) -> bytes:
    """*piece*, in which a document stands, with its new text."""
    if after is before or before.source is None or after.source is None:
        return piece
    body = piece.rstrip(b"\r\n") if before.is_line else piece
    old = before.source.text.encode()
    return body[: len(body) - len(old)] + after.source.text.encode() + piece[len(body) :]
