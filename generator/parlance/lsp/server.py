"""The server: requests of an editor to answers, and edits to diagnostics."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout, suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from ..finding.shape import is_object
from .check_schedule import PAUSE, CheckSchedule
from .code_actions import ACTION_KINDS, code_actions, resolved
from .completion import completions
from .contracts import Contracts
from .diagnostics import SOURCE
from .editor_file import EditorFile, EditorProject, UnusableSettings
from .hover import hover
from .notebook_cells import NOTEBOOKS, NotebookCells
from .open_documents import OpenDocument, OpenDocuments

__all__ = ["ParlanceServer", "serve"]

_Answer = TypeVar("_Answer")

_STACK = 64 << 20
"""Bytes for the stack of a thread: documents may nest as deeply as on the main thread."""

_WATCHED = ("**/{pyproject,parlance}.toml", "**/*.{yaml,yml}")
"""Where settings and overlays stand."""

_OWN = (
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    types.NOTEBOOK_DOCUMENT_DID_OPEN,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE,
)
"""What pygls would do, too, with texts of its own: `open_documents` says why they are ours."""

_LOG = logging.getLogger(__name__)


class ParlanceServer(LanguageServer):
    """A language server for the files of a project."""

    def __init__(self, project: EditorProject, version: str) -> None:
        super().__init__(  # pyright: ignore[reportUnknownMemberType] pygls has no types for the rest
            SOURCE, version, notebook_document_sync=NOTEBOOKS
        )
        self._documents = OpenDocuments()
        self.was_shut_down = False
        self._project = project
        self._contracts = Contracts()
        self._schedule = CheckSchedule(project, self._documents, self._publish)
        self._cells = NotebookCells(self._take, self._edit, self._forget)
        self._reader = ThreadPoolExecutor(1, "answer")
        manager: Any = self.protocol.fm
        for method in _OWN:
            del manager.builtin_features[method]
        for method, handler, options in self._features():
            self.feature(method, options)(partial(handler))  # a bound method takes no marks

    def _features(self) -> list[tuple[str, Callable[..., Any], Any]]:
        return [
            (types.INITIALIZE, self._initialize, None),
            (types.INITIALIZED, self._watch, None),
            (types.SHUTDOWN, self._shut_down, None),
            (types.TEXT_DOCUMENT_DID_OPEN, self._open, None),
            (types.TEXT_DOCUMENT_DID_CHANGE, self._change, None),
            (types.TEXT_DOCUMENT_DID_CLOSE, self._close, None),
            (types.NOTEBOOK_DOCUMENT_DID_OPEN, self._cells.open, None),
            (types.NOTEBOOK_DOCUMENT_DID_CHANGE, self._cells.change, None),
            (types.NOTEBOOK_DOCUMENT_DID_CLOSE, self._cells.close, None),
            (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self._check_all, None),
            (types.WORKSPACE_DID_CHANGE_CONFIGURATION, self._check_all, None),
            (types.TEXT_DOCUMENT_HOVER, self._hover, None),
            (types.TEXT_DOCUMENT_COMPLETION, self._complete, types.CompletionOptions(trigger_characters=['"', ":"])),
            (types.TEXT_DOCUMENT_CODE_ACTION, self._act, types.CodeActionOptions(ACTION_KINDS, resolve_provider=True)),
            (types.CODE_ACTION_RESOLVE, self._resolve, None),
        ]

    def _open(self, params: types.DidOpenTextDocumentParams) -> None:
        self._take(params.text_document)

    def _change(self, params: types.DidChangeTextDocumentParams) -> None:
        self._edit(params.text_document, params.content_changes)

    def _close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._forget(params.text_document.uri)

    def _take(self, item: types.TextDocumentItem, notebook: str | None = None) -> None:
        """Take a text that was opened, and check it at once."""
        self._schedule.check_soon(self._documents.open(item, notebook), 0)

    def _edit(
        self,
        identifier: types.VersionedTextDocumentIdentifier,
        changes: Sequence[types.TextDocumentContentChangeEvent],
    ) -> None:
        """Take the edits of a text, and check it when there is a pause."""
        document = self._documents.change(identifier.uri, changes, identifier.version)
        if document is not None:
            self._schedule.check_soon(document, PAUSE)

    def _forget(self, uri: str) -> None:
        """Forget a text, and what was shown of it."""
        if (document := self._documents.get(uri)) is not None:
            self._project.forget(document.file)
        self._documents.close(uri)
        self._schedule.forget(uri)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _publish(self, document: OpenDocument, shown: Sequence[types.Diagnostic]) -> None:
        params = types.PublishDiagnosticsParams(document.uri, shown, document.version)
        self.text_document_publish_diagnostics(params)

    def _warm_up(self) -> None:
        """Load what the first check and the first answer need, before they are asked for."""
        file = EditorFile(str(Path.cwd() / "untitled.json"), ".json", "{}")
        with suppress(UnusableSettings):  # which is shown where a file has them
            deque(self._project.findings(file), maxlen=0)
            if (role := self._project.role(file)) is not None:
                self._reader.submit(self._contracts.of, role)

    async def _answer(self, uri: str, answer: Callable[[OpenDocument], _Answer | None]) -> _Answer | None:
        """What *answer* makes of an open text, beside the thread that takes in edits."""
        document = self._documents.get(uri)
        if document is None:
            return None

        def safely() -> _Answer | None:
            try:
                return answer(document)
            except UnusableSettings:  # which is shown as a diagnostic
                return None
            except Exception:  # an editor would show every fault of ours to somebody who types
                _LOG.exception("a request for %s cannot be answered", uri)
                return None

        return await asyncio.get_running_loop().run_in_executor(self._reader, safely)

    async def _hover(self, params: types.HoverParams) -> types.Hover | None:
        def answer(document: OpenDocument) -> types.Hover | None:
            role = self._project.role(document.file)
            known = self._schedule.found(document)
            offset = document.positions.offset(params.position)
            return hover(document, offset, known, role, self._contracts) if role else None

        return await self._answer(params.text_document.uri, answer)

    async def _complete(self, params: types.CompletionParams) -> list[types.CompletionItem] | None:
        snippets = bool(_reach(self.client_capabilities, "text_document.completion.completion_item.snippet_support"))

        def answer(document: OpenDocument) -> list[types.CompletionItem]:
            role = self._project.role(document.file)
            offset = document.positions.offset(params.position)
            return completions(document, offset, role, self._contracts, snippets=snippets) if role else []

        return await self._answer(params.text_document.uri, answer)

    async def _act(self, params: types.CodeActionParams) -> list[types.CodeAction] | None:
        resolving = _reach(self.client_capabilities, "text_document.code_action.resolve_support.properties")
        resolves = "edit" in (resolving or ())

        def answer(document: OpenDocument) -> list[types.CodeAction]:
            return [*code_actions(document, params, self._project, resolves=resolves)]

        return await self._answer(params.text_document.uri, answer)

    async def _resolve(self, action: types.CodeAction) -> types.CodeAction:
        data = action.data if is_object(action.data) else {}

        def answer(document: OpenDocument) -> types.CodeAction | None:
            return resolved(action, document, self._project) if document.version == data.get("version") else None

        return await self._answer(str(data.get("uri", "")), answer) or action

    def _initialize(self, params: types.InitializeParams) -> None:
        self._documents.encoding = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
        del params

    async def _watch(self, params: types.InitializedParams) -> None:
        """Ask to be notified when settings change; an editor that cannot do that has them read at the next edit."""
        del params
        self._schedule.worker.submit(self._warm_up)
        path = "workspace.did_change_watched_files.dynamic_registration"
        if not _reach(self.client_capabilities, path):
            return
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        registration = types.Registration("settings", method, options)
        await self.client_register_capability_async(types.RegistrationParams([registration]))

    def _check_all(self, params: object) -> None:
        """Check every text again, as when settings have changed."""
        del params
        for document in self._documents:
            self._schedule.check_soon(document, PAUSE)

    def _shut_down(self, params: None) -> None:
        del params
        self.was_shut_down = True
        self._schedule.worker.shutdown(wait=False, cancel_futures=True)
        self._reader.shutdown(wait=False, cancel_futures=True)


def serve(project: EditorProject, version: str) -> int:
    """Serve the editor at standard input and output until it leaves; 0 where it said so before, else 1."""
    threading.stack_size(_STACK)
    server = ParlanceServer(project, version)
    with open(os.dup(sys.stdout.fileno()), "wb") as output, redirect_stdout(sys.stderr):  # noqa: PTH123 of a number
        server.start_io(sys.stdin.buffer, output)
    return 0 if server.was_shut_down else 1


def _reach(value: object, path: str) -> Any:
    """What attributes lead to; None where one of them is."""
    for name in path.split("."):
        value = getattr(value, name, None)
    return value
