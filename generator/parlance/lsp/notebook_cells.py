"""Notebooks as an editor sends them, cell by cell: what becomes of each cell, as of a text that is open by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lsprotocol import types

from .open_documents import CELL_ENDINGS

__all__ = ["NOTEBOOKS", "NotebookCells"]

NOTEBOOKS = types.NotebookDocumentSyncOptions(
    [types.NotebookDocumentFilterWithNotebook("*", [types.NotebookCellLanguage(language) for language in CELL_ENDINGS])]
)
"""The cells that an editor is asked for: those of languages that hold payloads, of any notebook."""


class NotebookCells:
    """Passes on what happens to cells."""

    def __init__(
        self,
        take: Callable[[types.TextDocumentItem, str], None],
        edit: Callable[[types.VersionedTextDocumentIdentifier, Sequence[types.TextDocumentContentChangeEvent]], None],
        forget: Callable[[str], None],
    ) -> None:
        """*take* is given a cell and the address of its notebook, *forget* the address of a cell."""
        self._take = take
        self._edit = edit
        self._forget = forget

    def open(self, params: types.DidOpenNotebookDocumentParams) -> None:
        """Take the cells of a notebook."""
        self._take_all(params.cell_text_documents, params.notebook_document.uri)

    def change(self, params: types.DidChangeNotebookDocumentParams) -> None:
        """Take cells that came, went or were edited."""
        if (cells := params.change.cells) is None:
            return
        if (structure := cells.structure) is not None:
            self._forget_all(structure.did_close or ())
            self._take_all(structure.did_open or (), params.notebook_document.uri)
        for edited in cells.text_content or ():
            self._edit(edited.document, edited.changes)

    def close(self, params: types.DidCloseNotebookDocumentParams) -> None:
        """Forget the cells of a notebook."""
        self._forget_all(params.cell_text_documents)

    def _take_all(self, items: Sequence[types.TextDocumentItem], notebook: str) -> None:
        for item in items:
            if item.language_id in CELL_ENDINGS:  # an editor may send more than it is asked for
                self._take(item, notebook)

    def _forget_all(self, identifiers: Sequence[types.TextDocumentIdentifier]) -> None:
        for identifier in identifiers:
            self._forget(identifier.uri)
