"""The chunks of a recorded stream, which know where what they come to stands."""

from __future__ import annotations

from ..check.document import Document
from ..check.streams.stream_judge import StreamJudge
from ..finding import Span
from ..finding.pointer import with_ancestors
from ..runtime.python.violation import Violation

__all__ = ["Chunks", "in_stream"]


def in_stream(chunk: int | None, pointer: str) -> str:
    """The pointer in an exchange of what stands in a chunk, or in none of them."""
    return "/stream" if chunk is None else f"/stream/{chunk}{pointer}"


class Chunks:
    """Those of one stream, as they were judged."""

    def __init__(self, stream: StreamJudge) -> None:
        self._stream = stream
        self._documents: list[Document] = []

    def add(self, document: Document) -> None:
        """Keep the next one."""
        self._documents.append(document)

    def place(self, violation: Violation) -> tuple[str, Span | None, int | None]:
        """The pointer, the stretch and the number of the chunk that brought what is wrong with the whole."""
        touch = self._stream.touch(violation.pointer) if violation.pointer else None
        pointer, number = (touch.pointer, touch.piece) if touch else ("", None)
        return in_stream(number, pointer), self._span(number or 0, pointer), number

    def _span(self, number: int, pointer: str) -> Span | None:
        if number >= len(self._documents):
            return None
        found = self._documents[number].locations(with_ancestors(pointer))
        return next((found[place].value for place in with_ancestors(pointer) if place in found), None)
