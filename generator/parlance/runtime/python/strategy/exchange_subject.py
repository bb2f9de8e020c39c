"""A kind of exchange, and the strategies that there are for it."""

from __future__ import annotations

from copy import deepcopy
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from ..checks import Findings
from ..exchange import FitClaim
from .faulty_document import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from ..exchange import ExchangeFormat
    from ..rule import Rule
    from ..violation import Artifact, Violation
    from .artifact_subject import ArtifactSubject

__all__ = ["ExchangeSubject"]

_MOST = 6
"""So many fields of a side are replaced at most."""

_TRIED = 60
"""So many pairs are tried where there is no example to start from."""

_SIDES = ("request", "response")


class _Verdict(NamedTuple):
    """What is wrong with an exchange; schemas of the request are not applied."""

    found: list[tuple[str, str]]
    """Code and pointer of each error and warning."""

    claims: list[tuple[str, str, Any, Any]]
    """Code, pointer, value and schema of each value that may be one."""


class ExchangeSubject:
    """One kind of exchange, as objects with a request and what answers it."""

    def __init__(
        self,
        form: ExchangeFormat,
        sides: Sequence[ArtifactSubject],
        artifacts: Mapping[str, Artifact],
        lints: Mapping[str, Callable[[Any], Iterator[Violation]]],
        rules: Mapping[str, Rule],
        examples: Mapping[str, Any],
    ) -> None:
        """Keep what is given; *sides* are the request and the answer."""
        self._form = form
        self._sides = sides
        self._artifacts = artifacts
        self._lints = lints
        self._rules = rules
        self._examples = examples

    def valid(self) -> SearchStrategy[dict[str, Any]]:
        """Exchanges in which nothing is found."""
        return _valid(self)

    def faulty(self, code: str | None = None) -> SearchStrategy[Fault]:
        """Exchanges with one mistake that shows beside the request only: any, or of a *code*."""
        chosen = [each for each in self._bad if each[0].startswith(code or "")]
        if not chosen:
            message = f"no mistake in an exchange has the code {code}"
            raise ValueError(message)
        return _faulty(self, chosen)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that `faulty` knows."""
        return tuple(dict.fromkeys(code for code, _, _ in self._bad))

    @cached_property
    def _good(self) -> list[dict[str, Any]]:
        good: list[dict[str, Any]] = self._examples.get("good", [])
        found = [each for each in good if _is_pair(each) and not self._judged(each).found]
        return sorted(found, key=lambda each: (len(str(each)), str(each)))

    @cached_property
    def _bad(self) -> list[tuple[str, str, dict[str, Any]]]:
        """The bad examples that show one thing here, and nothing else."""
        found: list[tuple[str, str, dict[str, Any]]] = []
        for code, at, written in self._examples.get("bad", ()):
            if code not in self._rules or not _is_pair(written):
                continue
            verdict = self._judged(written)
            claimed = [(one, pointer) for one, pointer, _, _ in verdict.claims if one == code]
            if verdict.found == [(code, at)] or (not verdict.found and claimed == [(code, at)]):
                found.append((code, at, written))
        return found

    def draw_valid(self, draw: DrawFn) -> dict[str, Any]:
        """Draw an example in which fields have other values, where these change nothing.

        Where no example is right in the dialect, a request and an answer that happen to fit.
        """
        if self._good:
            return self._varied(draw, self._good[draw(st.integers(0, len(self._good) - 1))])
        for _ in range(_TRIED):
            request, response = (subject.draw_valid(draw) for subject in self._sides)
            common = {name: request[name] for name in response if name in request}
            exchange = {"request": request, "response": {**response, **common}}
            if self._judged(exchange) == _Verdict([], []):
                return exchange
        message = "no exchange without a fault can be made"
        raise LookupError(message)

    def draw_faulty(
        self, draw: DrawFn, chosen: Sequence[tuple[str, str, dict[str, Any]]]
    ) -> Fault:
        """Draw such an example with a mistake, likewise."""
        code, pointer, written = chosen[draw(st.integers(0, len(chosen) - 1))]
        rule = self._rules[code]
        document = self._varied(draw, written)
        return Fault(document, code, pointer, rule.severity, rule.name, rule.summary)

    def _varied(self, draw: DrawFn, written: dict[str, Any]) -> dict[str, Any]:
        exchange, verdict = written, self._judged(written)
        for side, subject in zip(_SIDES, self._sides, strict=True):
            if not draw(st.booleans()):
                continue
            other: dict[str, Any] = subject.draw_valid(draw)
            names = st.lists(st.sampled_from(sorted(other)), max_size=_MOST, unique=True)
            for name in draw(names):
                changed = {**exchange, side: {**exchange[side], name: other[name]}}
                if self._judged(changed) == verdict:
                    exchange = changed
        return deepcopy(exchange)

    def _judged(self, exchange: dict[str, Any]) -> _Verdict:
        request, response = (exchange[side] for side in _SIDES)
        found: list[tuple[str, str]] = []
        for name, side in zip((self._form.request, self._form.response), _SIDES, strict=True):
            value = exchange[side]
            alone = (*self._artifacts[name].check(value), *self._lints[name](value))
            found += [(one.code, f"/{side}{one.pointer}") for one in alone]
        broken = Findings()
        facts: dict[str, Any] = {"status": 200, "streamed": False, "errors": 0}
        for rule in self._form.rules:
            if rule.artifact == self._form.response:
                rule.check(response, request, response, facts, broken)
        claims: list[tuple[str, str, Any, Any]] = []
        for one in broken:
            if isinstance(one, FitClaim):
                claims.append((one.code, f"/response{one.pointer}", one.value, one.schema))
            else:
                found.append((one.code, f"/response{one.pointer}"))
        return _Verdict([each for each in dict.fromkeys(found) if self._counts(each[0])], claims)

    def _counts(self, code: str) -> bool:
        rule = self._rules.get(code)
        return rule is None or rule.severity != "info"


def _is_pair(written: object) -> bool:
    """Whether an example has both sides, and nothing else that it would take to judge it."""
    return isinstance(written, dict) and [*written] == [*_SIDES]


@st.composite
def _valid(draw: DrawFn, subject: ExchangeSubject) -> dict[str, Any]:
    return subject.draw_valid(draw)


@st.composite
def _faulty(
    draw: DrawFn, subject: ExchangeSubject, chosen: Sequence[tuple[str, str, dict[str, Any]]]
) -> Fault:
    return subject.draw_faulty(draw, chosen)
