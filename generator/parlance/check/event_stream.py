"""A recorded event stream, `text/event-stream`: how to recognise one, and the fault that reports it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding.text_fault import TextFault
from .document import Document
from .text_source import TextSource

__all__ = ["CODE", "event_stream", "may_begin", "unexpected"]

CODE = "PAR012"

_LINE = re.compile(r"[^\r\n]++")
_HEAD = re.compile(
    r"(?:HTTP/[0-9](?:\.[0-9])? [0-9]{3}[^\r\n]*+(?:\r\n|\n|\r)(?:[\w.-]++:[^\r\n]*+(?:\r\n|\n|\r))*+(?:\r\n|\n|\r))++",
    re.ASCII,
)
"""The headers that `curl -i` writes; several times where a proxy answered before."""

_BEGINNING = re.compile(r"[ \t\r\n]*+(?::|data|event|id|retry|HTTP/)")

_FIELD = re.compile(r"(?::|(?:data|event|id|retry)(?=:|\Z))")
"""How each line of an event begins, as the WHATWG's standard of server-sent events has it; a colon begins a comment."""

_DATA = re.compile(r"data: ?(?:\{|\[DONE\])")
"""What shows that events carry JSON."""

_MOST = 1_000
"""How many lines are looked at; a keep-alive a second is that many after a quarter of an hour."""

_MESSAGE = "this is an event stream: a response as it was streamed"
_ADVICE = "check it as what it is: --as stream, or StreamValidator in the library"


def event_stream(text: str, *, throughout: bool = False) -> TextFault | None:
    """The fault of a text that begins as an event stream; of one that is nothing else, where *throughout*."""
    if not _BEGINNING.match(text):  # as of nearly all documents
        return None
    head = _HEAD.match(text)
    first: re.Match[str] | None = None
    is_found = False
    for line in _lines(text, head.end() if head else 0):
        first = first or line
        if not _FIELD.match(line[0]):
            return None
        is_found = is_found or bool(_DATA.match(line[0]))
        if line[0].startswith("data") and not throughout:
            break
    if first is None or not is_found:
        return None
    end = first.start() + max(first[0].find(":"), 0) + 1
    return TextFault(CODE, _MESSAGE, first.start(), end, _ADVICE)


def unexpected(source: TextSource | None) -> Document:
    """The document of an event stream that should be something else, of which *source* is the beginning."""
    end = len(source.text) if source else 0
    fault = TextFault(CODE, _MESSAGE, 0, end, _ADVICE)
    return Document(None, (fault,), complete=False, source=source)


def may_begin(line: str) -> bool:
    """Whether a text that begins with *line* may be an event stream."""
    return bool(_FIELD.match(line) or _HEAD.match(f"{line}\n\n"))


def _lines(text: str, start: int) -> Iterator[re.Match[str]]:
    """The first lines that are not blank."""
    for number, line in enumerate(_LINE.finditer(text, start)):
        if number == _MOST:
            return
        if line[0].strip():
            yield line
