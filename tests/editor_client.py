"""An editor at the other end of `parlance lsp`: pygls' client in a thread, so that tests need no loop of their own."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

__all__ = ["EditorClient"]

_Result = TypeVar("_Result")
_PATIENCE = 60
"""Seconds, after which something has gone wrong on the slowest machine."""


class EditorClient:
    """One session: a server that runs, and what it has published."""

    def __init__(self, folder: Path, capabilities: types.ClientCapabilities, *options: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._published: dict[str, list[types.PublishDiagnosticsParams]] = {}
        self._news = threading.Condition()
        self.registered: list[types.Registration] = []
        self._client = LanguageClient("editor", "1")
        self._client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(partial(self._publish))
        self._client.feature(types.CLIENT_REGISTER_CAPABILITY)(partial(self._register))
        self.answer = self._run(self._start(folder, capabilities, options))

    async def _start(
        self, folder: Path, capabilities: types.ClientCapabilities, options: tuple[str, ...]
    ) -> types.InitializeResult:
        client: Any = self._client  # pygls has no types for what it passes on
        await client.start_io(sys.executable, "-m", "parlance", "lsp", *options, cwd=folder)
        params = types.InitializeParams(capabilities, root_uri=folder.as_uri())
        answer = await self._client.initialize_async(params)
        self._client.initialized(types.InitializedParams())
        return answer

    def _run(self, awaitable: Awaitable[_Result]) -> _Result:
        async def wait() -> _Result:
            return await awaitable

        return asyncio.run_coroutine_threadsafe(wait(), self._loop).result(_PATIENCE)

    def _publish(self, params: types.PublishDiagnosticsParams) -> None:
        with self._news:
            self._published.setdefault(params.uri, []).append(params)
            self._news.notify_all()

    def _register(self, params: types.RegistrationParams) -> None:
        self.registered += params.registrations

    def ask(self, method: Callable[[Any], Awaitable[_Result]], params: Any) -> _Result:
        """The answer to a request."""
        return self._run(method(params))

    def notify(self, method: Callable[[Any], None], params: Any) -> None:
        """Send what needs no answer."""

        async def send() -> None:
            method(params)

        self._run(send())

    @property
    def protocol(self) -> LanguageClient:
        """What has a method for each message."""
        return self._client

    def open(self, uri: str, text: str, language: str = "json") -> list[types.Diagnostic]:
        """Open a text, and wait for what is found in it."""
        item = types.TextDocumentItem(uri, language, 1, text)
        self.notify(self._client.text_document_did_open, types.DidOpenTextDocumentParams(item))
        return self.diagnostics(uri, 1)

    def change(self, uri: str, version: int, *changes: types.TextDocumentContentChangeEvent) -> None:
        """Edit a text that is open."""
        identifier = types.VersionedTextDocumentIdentifier(version, uri)
        self.notify(self._client.text_document_did_change, types.DidChangeTextDocumentParams(identifier, changes))

    def close(self, uri: str) -> None:
        """Close a text."""
        params = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
        self.notify(self._client.text_document_did_close, params)

    def diagnostics(self, uri: str, version: int | None) -> list[types.Diagnostic]:
        """What was last published for a version of a text, when it is there."""
        return [*self.published(uri, lambda params: params.version == version).diagnostics]

    def published(
        self, uri: str, fits: Callable[[types.PublishDiagnosticsParams], bool]
    ) -> types.PublishDiagnosticsParams:
        """The last publication that fits, when it is there."""

        def last() -> types.PublishDiagnosticsParams | None:
            return next((one for one in reversed(self._published.get(uri, [])) if fits(one)), None)

        with self._news:
            self._news.wait_for(lambda: last() is not None, _PATIENCE)
            found = last()
        assert found is not None, f"nothing was published for {uri}"
        return found

    def versions(self, uri: str) -> list[int | None]:
        """The versions of a text that something was published for, in order."""
        with self._news:
            return [one.version for one in self._published.get(uri, [])]

    def leave(self) -> int:
        """End the session in the way of the protocol; the exit code of the server."""
        self._run(self._client.shutdown_async(None))
        self.notify(self._client.exit, None)
        return self._stopped()

    def vanish(self) -> int:
        """Close the pipes without a word; the exit code of the server."""
        process: Any = vars(self._client)["_server"]
        process.stdin.close()
        return self._stopped()

    def _stopped(self) -> int:
        process: Any = vars(self._client)["_server"]
        code: int = self._run(asyncio.wait_for(process.wait(), _PATIENCE))
        stop: Any = self._client.stop
        self._run(stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        return code
