"""What --fix does to payloads that lie in containers: each is fixed as itself, and written where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from ..check.detection import seen_payload
from ..check.document import Document
from ..check.document_reader import PAGES, format_of
from ..check.text_source import TextSource
from ..payloads.payload_finder import FoundPayload, PayloadFinder
from ..payloads.pointed_payloads import pointed_places
from ..payloads.written_places import Change, applied, differences, payload_text, root_of

if TYPE_CHECKING:
    from ..check.fixes.fix_rounds import FixedDocument
    from .checking import Job

__all__ = ["ContainedFixes", "FixedText", "contained_fixes"]

Fix = Callable[[Document, str], "FixedDocument"]
"""Fixes a document that is the artifact named."""


class FixedText(NamedTuple):
    """The whole text of a file, or of one of its lines, as it was and as it is fixed."""

    documents: list[Document]
    before: TextSource | None
    after: TextSource | None
    results: list[FixedDocument]
    unwritten: int = 0
    """How many findings could be fixed if what they are in could be written back."""


def contained_fixes(documents: Iterable[Document], job: Job) -> tuple[Iterator[Document], ContainedFixes | None]:
    """The documents of a file, and what fixes the payloads in them, where they are containers."""
    if job.pointers:
        return iter(documents), ContainedFixes(job)
    if job.artifact != "auto":
        return iter(documents), None
    documents, is_plain = seen_payload(documents, job.dialect)
    if format_of(job.name) in PAGES:
        return documents, ContainedFixes(job)
    first = [*islice(documents, 1)]
    fixes = ContainedFixes(job)
    is_plain = is_plain or all(map(fixes.is_whole, first))
    return chain(first, documents), None if is_plain else fixes


class ContainedFixes:
    """Fixes what lies in the documents of one file."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._finder = PayloadFinder(job.dialect, job.rows())

    def is_whole(self, document: Document) -> bool:
        """Whether a document is a payload, and no container."""
        return self._finder.is_payload(document)

    def fixed(self, documents: Iterable[Document], fix: Fix) -> Iterator[FixedText]:
        """Each text of the file, with the payloads in it fixed."""
        group: list[Document] = []
        for document in documents:
            if group and _root(group[0]) is not _root(document):
                yield self._of_text(group, fix)
                group = []
            group.append(document)
        if group:
            yield self._of_text(group, fix)

    def _of_text(self, documents: list[Document], fix: Fix) -> FixedText:
        before = _root(documents[0])
        changes: list[Change] = []
        results: list[FixedDocument] = []
        unwritten = 0
        for found in (each for document in documents for each in self._found(document)):
            payload = found.payload
            if found.is_other or not isinstance(payload, Document) or not payload.complete:
                continue
            place = payload_text(payload)
            result = fix(place.alone() if place else payload, found.artifact)
            source = result.document.source
            if place is None or source is None:
                unwritten += sum(one is not None and one.safe for one in result.before.value_fixes)
                continue
            written = place.in_file(differences(place.text, source.text), before)
            if written is None:
                unwritten += result.fixed().total()
            else:
                changes += written
                results.append(result)
        after = TextSource(before.file, applied(before.text, changes), before.first_line) if before else None
        return FixedText(documents, before, after if changes else before, results, unwritten)

    def _found(self, document: Document) -> Iterator[FoundPayload]:
        """The payloads in a document; itself, if it is one."""
        if self._job.pointers:
            for _, places in pointed_places([document], self._job.pointers, strict=False):
                for place in places:
                    yield from self._finder.pointed(place, document, self._job.artifact)
        elif self.is_whole(document):
            yield FoundPayload("", document, "", document)
        else:
            yield from self._finder.found(document)


def _root(document: Document) -> TextSource | None:
    return root_of(document.source) if document.source else None
