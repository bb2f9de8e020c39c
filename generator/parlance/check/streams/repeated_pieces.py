"""Pieces of a stream that are written like the one before, but for texts on which no verdict rests.

Most pieces of most streams are: a few words more of the same text. Once two in a row were clean, and the second one
changed nothing but such texts, a third one can neither break a rule nor change anything else. It is not even decoded:
its texts are read where they have to stand, and put together before somebody asks what all pieces came to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ...finding.pointer import tokens
from ...finding.shape import is_array, is_object

if TYPE_CHECKING:
    from .stream_fold import StreamFold

__all__ = ["RepeatedPieces"]

_TRIED = 16
"""So many pieces in a row that are not alike show that it is of no use to compare them."""

_MOST_KEPT = 1_000
"""So many pieces are put together at a time: in the whole they take no more memory than their texts."""

_ITEMS = "*"
_STRING = re.compile(rb'(?:[^"\\\x00-\x1f]|\\.)++')
"""What stands between quotes; none of an empty string."""


class _FreeText(NamedTuple):
    """A text on which no verdict rests, in the object of a piece that has it."""

    holder: dict[str, Any]
    name: str

    @property
    def text(self) -> str:
        """The text."""
        value: str = self.holder[self.name]
        return value


class _Writing:
    """How a piece is written, with gaps for its free texts."""

    def __init__(self, data: bytes, texts: Sequence[_FreeText]) -> None:
        """Raises `ValueError` where it cannot be seen where a text stands."""
        spans = {_span(data, each): each for each in texts}
        ends = [0, *(end for _, end in sorted(spans))]
        starts = [*(start for start, _ in sorted(spans)), len(data)]
        self._around = [data[end:start] for end, start in zip(ends, starts, strict=True)]
        self.texts = [spans[span] for span in sorted(spans)]

    def read(self, data: bytes) -> list[str] | None:
        """The texts of a piece that is written alike; None for another."""
        first, *others = self._around
        if not data.startswith(first):
            return None
        at, found = len(first), list[str]()
        for after in others:
            match = _STRING.match(data, at)
            if match is None or not data.startswith(after, match.end()):
                return None
            at = match.end() + len(after)
            try:
                found.append(_decoded(match[0]))
            except ValueError:
                return None
        return found if at == len(data) else None


class RepeatedPieces:
    """What came of such pieces since somebody asked."""

    def __init__(self, fold: StreamFold, free: Sequence[str]) -> None:
        """*free* has the places of free texts, as pointers with `*` for items."""
        self._fold = fold
        self._free = [tokens(pointer) for pointer in free]
        self._last: _Writing | None = None
        """How the last piece is written, if it was clean."""

        self._is_repeated = False
        """Whether it was written like the one before, so that another one changes nothing but free texts."""

        self._failures = 0
        self._piece: object = None
        self._number = 0
        self._news: list[list[str]] = []
        """The texts of each piece that came since, of which the last one has this number."""

    def takes(self, data: bytes, number: int) -> bool:
        """Take the piece with this *number*, if it is written like those before."""
        if not self._is_repeated or self._last is None:
            return False
        texts = self._last.read(data)
        if texts is None:
            return False
        self._news.append(texts)
        self._number = number
        if len(self._news) >= _MOST_KEPT:
            self.settle()
        return True

    def learn(self, data: bytes, piece: object) -> None:
        """See how a piece is written that was clean, and folded."""
        if not self._free or self._failures >= _TRIED:
            return
        is_like_last = self._last is not None and self._last.read(data) is not None
        texts = [each for steps in self._free for each in _texts_at(piece, steps) if each.text]
        try:
            self._last = _Writing(data, texts)
        except ValueError:
            self._last = None
        free = {(id(each.holder), each.name) for each in texts}
        self._is_repeated = is_like_last and self._last is not None and self._fold.repeats(piece, free)
        self._failures = 0 if self._is_repeated else self._failures + 1
        self._piece = piece

    def forget(self) -> None:
        """Something else came."""
        self.settle()
        self._last, self._is_repeated = None, False

    def settle(self) -> None:
        """Fold what came since the last time."""
        if not self._news or self._last is None:
            return
        for one, texts in zip(self._last.texts, zip(*self._news, strict=True), strict=True):
            one.holder[one.name] = "".join(texts)
        self._news.clear()
        self._fold.add(self._piece, self._number)


def _texts_at(value: object, steps: Sequence[str]) -> Iterator[_FreeText]:
    first, *rest = steps
    if first == _ITEMS:
        for item in value if is_array(value) else ():
            yield from _texts_at(item, rest)
    elif is_object(value) and rest:
        yield from _texts_at(value.get(first), rest)
    elif is_object(value) and isinstance(value.get(first), str):
        yield _FreeText(value, first)


def _span(data: bytes, one: _FreeText) -> tuple[int, int]:
    """Where a text is written between quotes."""
    name, text = (json.dumps(each, ensure_ascii=False).encode() for each in (one.name, one.text))
    found = [*re.finditer(re.escape(name) + rb"\s*+:\s*+" + re.escape(text), data)]
    if len(found) != 1:
        message = f"it is not seen where {one.name} stands"
        raise ValueError(message)
    return found[0].end() - len(text) + 1, found[0].end() - 1


def _decoded(written: bytes) -> str:
    """What stands for a text between quotes. Raises `ValueError` for none, or for one with half a character."""
    if b"\\" not in written:
        return written.decode()
    text: str = json.loads(b'"%b"' % written)
    text.encode()
    return text
