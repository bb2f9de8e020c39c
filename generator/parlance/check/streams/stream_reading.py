"""A stream as it arrives: bytes in, findings out with the chunk that causes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ...server_events.server_event_reader import LARGEST_EVENT
from ..dialect import Dialect
from .event_documents import EventDocuments
from .stream_event import TakenAlone
from .stream_judge import StreamJudge

if TYPE_CHECKING:
    from ...finding import Finding
    from ..document import Document

__all__ = ["StreamReading"]


class StreamReading:
    """The reading of one stream, and what was found in it."""

    def __init__(  # noqa: PLR0913 each has a default that is right for most
        self,
        dialect: Dialect,
        name: str | None = None,
        *,
        lint: bool = False,
        request: object = None,
        file: str = "<stream>",
        largest: int = LARGEST_EVENT,
    ) -> None:
        """*name* is that of a stream of the *dialect*; the first one, unless it is given."""
        self._documents = EventDocuments(file, largest)
        self._judge = StreamJudge(dialect, name, lint=lint, request=request)
        self._is_closed = False

    @property
    def is_whole(self) -> bool:
        """Whether every chunk could be read so far, and none is an error."""
        return self._judge.is_whole

    @property
    def completion(self) -> dict[str, Any]:
        """What the chunks came to so far, as a whole answer."""
        return self._judge.completion

    def feed(self, data: bytes) -> list[Finding]:
        """What is found in the events that *data* completes."""
        if self._is_closed:
            message = "this stream is closed; another one needs a validator of its own"
            raise ValueError(message)
        found: list[Finding] = []
        documents, judge = self._documents, self._judge
        for event in documents.events(data if type(data) is bytes else bytes(data)):
            # Most events are pieces in which nothing is found: these need no document.
            taken = judge.take_text(event.payload) if documents.is_data_alone(event) else TakenAlone.NOT
            if taken is TakenAlone.NOT:
                found += self._found(documents.documents(event))
            elif taken is not TakenAlone.WHOLE:
                found += judge.settled(next(documents.documents(event)))
        return found

    def close(self) -> list[Finding]:
        """What is found in the rest, and what only the end can show; nothing the second time."""
        if self._is_closed:
            return []
        self._is_closed = True
        return self._found(self._documents.close())

    def _found(self, documents: Iterable[Document]) -> list[Finding]:
        return [finding for document in documents for finding in self._judge.take(document).findings]
