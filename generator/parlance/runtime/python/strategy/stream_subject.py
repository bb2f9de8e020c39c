"""A kind of stream, and the strategies that there are for it."""

from __future__ import annotations

from copy import deepcopy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from .faulty_document import Fault
from .taking_apart import taken_apart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from ..rule import Rule
    from ..stream import StreamFormat
    from ..violation import Json
    from .artifact_subject import ArtifactSubject
    from .stream_check import StreamCheck
    from .value_shapes import NamedShape

__all__ = ["StreamSubject"]

_MOST = 3
"""So often a piece is repeated at most."""

_TRIED = 8
"""So many wholes are tried where there is no example to fall back on."""

_LETTERS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", max_size=6)


class StreamSubject:
    """One kind of stream, as lists of what its events carry: pieces, and the end marker."""

    def __init__(
        self,
        form: StreamFormat,
        piece: NamedShape,
        wholes: ArtifactSubject,
        check: StreamCheck,
        rules: Mapping[str, Rule],
        examples: Mapping[str, Any],
    ) -> None:
        """Keep what is given."""
        self._form = form
        self._piece = piece
        self._wholes = wholes
        self._check = check
        self._rules = rules
        self._examples = examples

    def valid(self) -> SearchStrategy[list[Any]]:
        """Streams in which nothing is found, of one or several choices."""
        return _valid(self)

    def faulty(self, code: str | None = None) -> SearchStrategy[Fault]:
        """Streams with one mistake that shows beside other pieces only: any, or of a *code*."""
        chosen = [each for each in self._bad if each[0].startswith(code or "")]
        if not chosen:
            message = f"no mistake in a stream has the code {code}"
            raise ValueError(message)
        return _faulty(self, chosen)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that `faulty` knows."""
        return tuple(dict.fromkeys(code for code, _, _ in self._bad))

    @cached_property
    def _good(self) -> list[list[Json]]:
        good: list[list[Json]] = self._examples.get("good", [])
        enveloped = [_enveloped(each, self._envelope) for each in good]
        found = [each for each in enveloped if not self._check.found(each)]
        return sorted(found, key=lambda each: (len(each), str(each)))

    @cached_property
    def _bad(self) -> list[tuple[str, str, list[Json]]]:
        """The bad examples that show one thing here, and nothing else."""
        found: list[tuple[str, str, list[Json]]] = []
        for code, at, written in self._examples.get("bad", ()):
            number, slash, rest = at[1:].partition("/")
            inside = f"{self._envelope}/" if self._envelope and rest else ""
            pointer = f"/{number}{slash}{inside}{rest}"
            events = _enveloped(written, self._envelope)
            if code in self._rules and self._check.found(events) == [(code, pointer)]:
                found.append((code, pointer, events))
        return found

    @cached_property
    def _envelope(self) -> str:
        """The field in which each piece is sent; empty where it is sent as it is."""
        fields = self._form.fold["fields"].items()
        return next((name for name, entry in fields if entry.get("into") == ""), "")

    def draw_valid(self, draw: DrawFn) -> list[Any]:
        """Draw what a whole is sent in; an example where that is no stream of the dialect."""
        start = draw(st.integers(0, max(len(self._good), _TRIED)))
        if start == 0 and self._good:
            return deepcopy(self._good[0])
        for _ in range(1 if self._good else _TRIED):
            whole: Any = self._wholes.draw_valid(draw)
            pieces = taken_apart(draw, whole, self._form.fold, self._piece)
            events = [*pieces, *([] if self._form.end is None else [self._form.end])]
            if not self._check.found(events):
                return events
        if not self._good:
            message = "no stream without a fault can be made"
            raise LookupError(message)
        return deepcopy(self._good[start % len(self._good)])

    def draw_faulty(self, draw: DrawFn, chosen: Sequence[tuple[str, str, list[Json]]]) -> Fault:
        """Draw an example, with other names and more pieces where that changes nothing else."""
        code, pointer, events = chosen[draw(st.integers(0, len(chosen) - 1))]
        more = draw(_LETTERS)
        made = pointer, [_renamed(event, self._names, more) for event in events]
        at, times = draw(st.integers(0, len(events) - 1)), draw(st.integers(0, _MOST))
        longer = _repeated(*made, at, times)
        for pointer_, changed in (longer, made, (pointer, events)):
            if self._check.found(changed) == [(code, pointer_)]:
                break
        rule = self._rules[code]
        return Fault(deepcopy(changed), code, pointer_, rule.severity, rule.name, rule.summary)

    @cached_property
    def _names(self) -> frozenset[str]:
        """The fields that are the same in every piece."""
        fields = self._form.fold["fields"].items()
        return frozenset(name for name, entry in fields if entry.get("way") == "first")


def _enveloped(events: Sequence[Json], field: str) -> list[Json]:
    return [{field: each} if field and isinstance(each, dict) else each for each in events]


def _renamed(event: Json, fields: frozenset[str], more: str) -> Json:
    """A piece in which the names are longer; those that were alike still are."""
    if not isinstance(event, dict):
        return event
    return {
        name: value + more if name in fields and isinstance(value, str) and value else value
        for name, value in event.items()
    }


def _repeated(
    pointer: str, events: Sequence[Json], at: int, times: int
) -> tuple[str, list[Json]]:
    """Events of which one is there more often, and the pointer to what was at *pointer*."""
    number, slash, rest = pointer[1:].partition("/")
    shift = times if int(number) > at else 0
    longer = [*events[:at], *([events[at]] * times), *events[at:]]
    return f"/{int(number) + shift}{slash}{rest}", longer


@st.composite
def _valid(draw: DrawFn, subject: StreamSubject) -> list[Any]:
    return subject.draw_valid(draw)


@st.composite
def _faulty(
    draw: DrawFn, subject: StreamSubject, chosen: Sequence[tuple[str, str, list[Json]]]
) -> Fault:
    return subject.draw_faulty(draw, chosen)
