"""The rows of a table to documents, each with the number of its row in place of a line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..check.document import Document, JsonPlaces
from ..check.document_reader import json_document
from ..check.payload import plain
from ..check.skimming import BLOCK, Skimmer
from ..check.text_source import TextSource
from .row_payloads import Payload, payloads
from .table_blocks import table_blocks

__all__ = ["table_documents"]


class RowSource(TextSource):
    """The text of a row: all of it stands in the line that has the row's number."""

    def place(self, offset: int) -> tuple[int, int]:
        """The row, and the number of a character in it, both from 1."""
        return self.first_line, offset + 1

    def offset(self, line: int, column: int) -> int:  # noqa: ARG002
        """Where the character of this number stands."""
        return column - 1

    def start(self, offset: int) -> int:  # noqa: ARG002
        """Where the row begins."""
        return 0

    def line(self, number: int) -> str | None:
        """The text with a blank for each end of a line; None for another row."""
        return self.text.replace("\r", " ").replace("\n", " ") if number == self.first_line else None


def table_documents(path: str, name: str, column: str, skimmer: Skimmer) -> Iterator[Document]:
    """The document of each row of a file that is not null; many clean ones as one, without a value.

    Raises `Unreadable` where the file is no table, or has no such column.
    """
    row = size = skimmed = 0
    for block in table_blocks(path, column):
        size += block.size
        for payload in payloads(block.rows):
            row += 1
            if type(payload) is bytes and skimmer.passes(payload, row, size):
                skimmed += 1
                if skimmed == BLOCK:
                    yield _skimmed(name, row, size, skimmed)
                    size = skimmed = 0
            elif payload is not None:
                if skimmed:
                    yield _skimmed(name, row - 1, 0, skimmed)
                    skimmed = 0
                yield _document(payload, name, row, size)
                size = 0
    if skimmed:
        yield _skimmed(name, row, size, skimmed)


def _skimmed(name: str, row: int, size: int, count: int) -> Document:
    """So many clean rows, up to one of this number."""
    return Document(None, complete=False, source=RowSource(name, "", row), size=size, is_line=True, skimmed=count)


def _document(payload: Payload, name: str, row: int, size: int) -> Document:
    if isinstance(payload, bytes):
        # Messages count lines from the beginning of the text.
        document = json_document(payload, name, size=size, is_line=True)
        text = document.source.text if document.source else ""
    else:
        value, faults, complete = plain(payload)
        text = json.dumps(value, ensure_ascii=False) if complete else ""
        document = Document(value, tuple(faults), complete, size=size, is_line=True)
    source = RowSource(name, text, row)
    return document._replace(source=source, places=JsonPlaces(source))
