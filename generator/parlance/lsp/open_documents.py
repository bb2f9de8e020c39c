"""The texts that an editor has open, as it edits them.

pygls would keep them, too; but it ends lines where LSP does not, as at U+2028, and walks over every character of a
long one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from lsprotocol.types import (
    PositionEncodingKind,
    TextDocumentContentChangeEvent,
    TextDocumentContentChangePartial,
    TextDocumentItem,
)
from pygls.uris import to_fs_path

from .editor_file import EditorFile
from .text_positions import TextPositions

__all__ = ["CELL_ENDINGS", "ENDINGS", "OpenDocument", "OpenDocuments"]

ENDINGS = {
    "json": ".json",
    "jsonc": ".jsonc",
    "json5": ".json5",
    "jsonl": ".jsonl",
    "jsonlines": ".jsonl",
    "ndjson": ".jsonl",
    "yaml": ".yaml",
    "markdown": ".md",
}
"""How the name of a file ends that has no name yet, by what its editor calls the language."""

CELL_ENDINGS = ENDINGS | {"raw": ".json"}
"""Likewise for the cells of a notebook; cells of other languages hold no payloads."""


@dataclass(frozen=True)
class OpenDocument:
    """One state of a text."""

    uri: str
    version: int
    language: str
    text: str
    encoding: PositionEncodingKind | str
    notebook: str | None = None
    """The address of the notebook that it is a cell of; None where it is none."""

    @cached_property
    def positions(self) -> TextPositions:
        """The places in it."""
        return TextPositions(self.text, self.encoding)

    @cached_property
    def file(self) -> EditorFile:
        """The file that it is, or would be: a text without a file is one in the working folder."""
        if self.notebook is not None:
            notebook = _path_of(self.notebook) or str(Path.cwd() / "untitled.ipynb")
            return EditorFile(notebook, CELL_ENDINGS[self.language], self.text, self.uri)
        ending = ENDINGS.get(self.language, "")
        path = _path_of(self.uri)
        if path is None:
            name = self.uri.rpartition("/")[2].rpartition(":")[2] or "untitled"
            path = str(Path.cwd() / (name if name.endswith(ending) else f"{name}{ending}"))
        return EditorFile(path, ending, self.text)

    def changed(self, changes: Sequence[TextDocumentContentChangeEvent], version: int) -> OpenDocument:
        """The text after *changes*, each of the text after those before it."""
        document = self
        for change in changes:
            text = change.text
            if isinstance(change, TextDocumentContentChangePartial):
                start = document.positions.offset(change.range.start)
                end = document.positions.offset(change.range.end)
                text = f"{document.text[:start]}{text}{document.text[max(start, end) :]}"
            document = replace(document, version=version, text=text)
        return document


def _path_of(uri: str) -> str | None:
    return to_fs_path(uri) if uri.startswith("file:") else None


class OpenDocuments:
    """All texts that are open, by their addresses."""

    def __init__(self) -> None:
        self.encoding: PositionEncodingKind | str = PositionEncodingKind.Utf16
        self._documents: dict[str, OpenDocument] = {}

    def __iter__(self) -> Iterator[OpenDocument]:
        return iter([*self._documents.values()])

    def get(self, uri: str) -> OpenDocument | None:
        """The text at an address; None where none is open."""
        return self._documents.get(uri)

    def is_current(self, document: OpenDocument) -> bool:
        """Whether a text is still as it was."""
        return self._documents.get(document.uri) is document

    def open(self, item: TextDocumentItem, notebook: str | None = None) -> OpenDocument:
        """Take a text that was opened, or a cell of the *notebook* at an address."""
        document = OpenDocument(item.uri, item.version, item.language_id, item.text, self.encoding, notebook)
        self._documents[item.uri] = document
        return document

    def change(self, uri: str, changes: Sequence[TextDocumentContentChangeEvent], version: int) -> OpenDocument | None:
        """Take the changes of a text; None where it is not open."""
        document = self._documents.get(uri)
        if document is None:
            return None
        self._documents[uri] = document.changed(changes, version)
        return self._documents[uri]

    def close(self, uri: str) -> None:
        """Forget a text."""
        self._documents.pop(uri, None)
