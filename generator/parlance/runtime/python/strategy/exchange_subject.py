"""A kind of exchange, and the strategies that there are for it."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from .correction import Corrected, Correction, ExpectedFinding
from .document_places import path_of, pointer_to
from .exchange_check import REQUEST, RESPONSE, ExchangeCheck
from .faulty_document import Fault
from .growth import Growth
from .value_shapes import NamedShape, Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from ..rule import Rule
    from .artifact_subject import ArtifactSubject

__all__ = ["ExchangeSubject"]

_MOST = 3
"""So many changes are made to an example at most."""


class ExchangeSubject:
    """One kind of exchange, as objects with a request and what answers it."""

    def __init__(
        self,
        sides: tuple[ArtifactSubject, ArtifactSubject],
        check: ExchangeCheck,
        rules: dict[str, Rule],
        examples: Mapping[str, Any],
    ) -> None:
        """Keep what is given; *sides* are the request and the answer."""
        self._sides = sides
        self._check = check
        self._rules = rules
        self._good_examples = [each for each in examples.get("good", ()) if _is_pair(each)]
        self._bad_examples = [each for each in examples.get("bad", ()) if _is_pair(each[2])]

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
        return tuple(dict.fromkeys(code for code, _ in self._bad))

    @cached_property
    def _shape(self) -> NamedShape:
        request, response = (side.shape for side in self._sides)
        return NamedShape(
            "exchange",
            lambda: Record(required={REQUEST: request, RESPONSE: response}, unknown="refuse"),
        )

    @cached_property
    def _correction(self) -> Correction:
        for each in self._good_examples:
            self._check.learn(each)
        for code, pointer, each in self._bad_examples:
            self._check.learn(each, code, pointer)
        places = [(REQUEST,), (RESPONSE,)]
        return Correction(self._shape, self._check.found, self._rules, places, [self._least])

    @cached_property
    def _least(self) -> dict[str, Any]:
        """The smallest request and the smallest answer, which need not go together."""
        request, response = (side.seeds[0] for side in self._sides)
        return {REQUEST: request, RESPONSE: response}

    @cached_property
    def _good(self) -> list[dict[str, Any]]:
        """Exchanges without a fault: good examples, as the dialect has them, the smallest first."""
        better = [
            self._correction.corrected(each, minimum="warning")
            for each in (self._least, *self._good_examples)
        ]
        found: dict[str, Any] = {
            json.dumps(each.document): each.document for each in better if each is not None
        }
        return [found[text] for text in sorted(found, key=len)]

    @cached_property
    def _bad(self) -> list[tuple[str, Corrected]]:
        """Codes, and bad examples in which nothing else is found in this dialect."""
        found: list[tuple[str, Corrected]] = []
        for code, pointer, written in self._bad_examples:
            expected = ExpectedFinding(code, path_of(pointer, written))
            better = (
                self._correction.corrected(written, expected, minimum="warning")
                if code in self._rules
                else None
            )
            if better is not None:
                found.append((code, better))
        return found

    @cached_property
    def _growth(self) -> Growth:
        return Growth(self._shape, self._correction, self._good)

    def draw_valid(self, draw: DrawFn) -> dict[str, Any]:
        """Draw an exchange that grew from an example."""
        if not self._good:
            message = "no exchange without a fault can be made"
            raise LookupError(message)
        start = Corrected(self._good[draw(st.integers(0, len(self._good) - 1))], None, 0)
        grown: Any = self._growth.grown(draw, start, most=_MOST, minimum="warning").document
        return deepcopy(grown)

    def draw_faulty(self, draw: DrawFn, chosen: Sequence[tuple[str, Corrected]]) -> Fault:
        """Draw one that grew from an example with a mistake."""
        code, start = chosen[draw(st.integers(0, len(chosen) - 1))]
        grown = self._growth.grown(draw, start, most=_MOST, minimum="warning")
        pointer = pointer_to(grown.expected.path) if grown.expected else ""
        rule = self._rules[code]
        return Fault(
            deepcopy(grown.document), code, pointer, rule.severity, rule.name, rule.summary
        )


def _is_pair(written: object) -> bool:
    """Whether an example has both sides, and nothing else that it would take to judge it."""
    return isinstance(written, dict) and [*written] == [REQUEST, RESPONSE]


@st.composite
def _valid(draw: DrawFn, subject: ExchangeSubject) -> dict[str, Any]:
    return subject.draw_valid(draw)


@st.composite
def _faulty(
    draw: DrawFn, subject: ExchangeSubject, chosen: Sequence[tuple[str, Corrected]]
) -> Fault:
    return subject.draw_faulty(draw, chosen)
