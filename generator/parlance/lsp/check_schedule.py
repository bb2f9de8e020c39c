"""When a text is checked: at a pause of its edits, and only as it is then."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from lsprotocol.types import Diagnostic

from ..finding import Finding, Severity
from .diagnostics import diagnostic, settings_diagnostic
from .editor_file import EditorProject, UnusableSettings
from .open_documents import OpenDocument, OpenDocuments

__all__ = ["PAUSE", "CheckSchedule"]

PAUSE = 0.03
"""Seconds without an edit until a text is checked: between two keys of a fast typist lie 60 ms and more."""

_MOST_SHOWN = 500
"""Diagnostics of a file that are shown: more take an editor longer to show than us to find."""

_LOG = logging.getLogger(__name__)


class CheckSchedule:
    """Checks texts in a thread of its own, one at a time."""

    def __init__(
        self,
        project: EditorProject,
        documents: OpenDocuments,
        publish: Callable[[OpenDocument, Sequence[Diagnostic]], None],
    ) -> None:
        """*publish* is given what is shown of each text."""
        self._project = project
        self._documents = documents
        self._publish = publish
        self._pending: dict[str, asyncio.Task[None]] = {}
        self._findings: dict[str, tuple[OpenDocument, list[Finding]]] = {}
        self.worker = ThreadPoolExecutor(1, "check")

    def check_soon(self, document: OpenDocument, pause: float) -> None:
        """Check a text after a *pause* in seconds, unless it changes before; what is checked of it now is given up."""
        self._give_up(document.uri)
        self._pending[document.uri] = asyncio.get_running_loop().create_task(self._check(document, pause))

    def forget(self, uri: str) -> None:
        """Drop what is known of a text that is closed."""
        self._give_up(uri)
        self._findings.pop(uri, None)

    def found(self, document: OpenDocument) -> list[Finding]:
        """What was found in a text; nothing where it was not checked yet."""
        last = self._findings.get(document.uri)
        return last[1] if last is not None and last[0] is document else []

    def _give_up(self, uri: str) -> None:
        if (pending := self._pending.pop(uri, None)) is not None:
            pending.cancel()

    async def _check(self, document: OpenDocument, pause: float) -> None:
        await asyncio.sleep(pause)
        shown = await asyncio.get_running_loop().run_in_executor(self.worker, self._diagnostics, document)
        if shown is not None and self._documents.is_current(document):
            self._publish(document, shown)

    def _diagnostics(self, document: OpenDocument) -> list[Diagnostic] | None:
        """What is shown of a text; None where it is another by now, or cannot be checked through a fault of ours."""
        found: list[Finding] = []
        try:
            for finding in self._project.findings(document.file):
                if not self._documents.is_current(document):
                    return None
                if finding is not None:
                    found.append(finding)
        except UnusableSettings as error:
            return [settings_diagnostic(str(error))]
        except Exception:  # an editor is not to lose its server over one text
            _LOG.exception("%s cannot be checked", document.uri)
            return None
        self._findings[document.uri] = document, found
        by_severity = sorted(found, key=lambda one: [*Severity].index(one.severity))
        return [diagnostic(one, document.positions) for one in by_severity[:_MOST_SHOWN]]
