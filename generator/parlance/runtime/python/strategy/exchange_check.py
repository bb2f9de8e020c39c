"""What is wrong with a request and its answer, as the rules of their dialect have it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..checks import Findings
from ..exchange import FitClaim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..exchange import ExchangeFormat
    from ..violation import Json, Violation
    from .artifact_check import ArtifactCheck

__all__ = ["REQUEST", "RESPONSE", "ExchangeCheck"]

REQUEST, RESPONSE = "request", "response"
"""The sides of an exchange."""

_FACTS: dict[str, Json] = {"status": 200, "streamed": False, "errors": 0}
"""What rules see of how an answer came."""


class ExchangeCheck:
    """Checks exchanges of one kind."""

    def __init__(self, form: ExchangeFormat, documents: ArtifactCheck) -> None:
        """Keep what is given."""
        self._form = form
        self._documents = documents
        self._fitting: set[str] = set()

    def learn(self, exchange: Json, code: str = "", pointer: str = "") -> None:
        """Believe that values fit their schemas in an exchange that shows one thing, or nothing.

        Schemas are not compiled here: a value of which nothing was learnt counts as one that
        does not fit.
        """
        for one in self._between(exchange):
            if isinstance(one, FitClaim) and (one.code, one.pointer) != (code, pointer):
                self._fitting.add(_text(one))

    def found(self, exchange: Json) -> list[Violation]:
        """What is wrong with each side, and with both together."""
        return [*self._alone(exchange), *filter(self._holds, self._between(exchange))]

    def _holds(self, violation: Violation) -> bool:
        return not isinstance(violation, FitClaim) or _text(violation) not in self._fitting

    def _alone(self, exchange: Json) -> Iterator[Violation]:
        for side, name in ((REQUEST, self._form.request), (RESPONSE, self._form.response)):
            for one in self._documents.found(name, _side(exchange, side)):
                one.pointer = f"/{side}{one.pointer}"
                yield one

    def _between(self, exchange: Json) -> Iterator[Violation]:
        request, response = _side(exchange, REQUEST), _side(exchange, RESPONSE)
        broken = Findings()
        for rule in self._form.rules:
            if rule.artifact == self._form.response:
                rule.check(response, request, response, _FACTS, broken)
        for one in broken:
            one.pointer = f"/{RESPONSE}{one.pointer}"
            yield one


def _side(exchange: Json, side: str) -> Any:
    return exchange.get(side) if isinstance(exchange, dict) else None


def _text(claim: FitClaim) -> str:
    return json.dumps([claim.value, claim.schema])
