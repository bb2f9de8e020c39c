"""What would fix the findings of a payload that stands in another document, as edits of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..check.fixes.json_writing import TextWriter, UnwritableEdit, writer_of
from ..finding import Fix, TextEdit
from ..payloads.written_places import Change, PayloadText, payload_text, root_of

if TYPE_CHECKING:
    from ..check.document import Document
    from ..check.fixes.value_fix import ValueFix

__all__ = ["FixablePayload"]


class FixablePayload:
    """A payload whose text can be changed where it stands."""

    def __init__(self, place: PayloadText, alone: Document, writer: TextWriter) -> None:
        self._place = place
        self.alone = alone
        """The document of its text without what it stands in."""

        self._writer = writer

    @classmethod
    def of(cls, payload: Document) -> FixablePayload | None:
        """None where its text cannot be written alone."""
        place = payload_text(payload)
        alone = place.alone() if place else None
        writer = writer_of(alone) if alone else None
        return cls(place, alone, writer) if place and alone and writer else None

    def fixes(self, value_fixes: Sequence[ValueFix | None]) -> Iterator[Fix | None]:
        """Each as edits of the file; None where there is none, or where it cannot be written."""
        root = root_of(self._place.source)
        for value_fix in value_fixes:
            changes = self._changes(value_fix) if value_fix else None
            written = self._place.in_file(changes, root) if changes else None
            if value_fix is None or not written:
                yield None
                continue
            edits = tuple(TextEdit(root.span(one.start, one.end), one.text) for one in sorted(written))
            yield Fix(value_fix.title, value_fix.safe, edits)

    def _changes(self, value_fix: ValueFix) -> list[Change] | None:
        edit_set = self._writer.edit_set()
        if not edit_set.take(value_fix.edits):
            return None
        try:
            return [Change(*one) for one in self._writer.changes(edit_set)]
        except UnwritableEdit:
            return None
