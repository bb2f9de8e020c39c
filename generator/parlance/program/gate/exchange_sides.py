"""What the gate of an exchange asks: whether an answer of sound structure breaks a rule beside its request.

The structure of the request is sound, too.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...contract.ir import Artifact, Contract, ExchangeFacts
from ...contract.rules import BESIDE, Rule
from ..cases import places_of
from ..places import Path, beside
from ..reduction import Facts
from ..structure import ABSENT, Kinds, Structure
from .writer import Gate, gate

__all__ = ["exchange_gate", "has_claims"]

_NAMES = BESIDE["exchange"]
_REQUEST, _RESPONSE, _EXCHANGE = _NAMES
_FACTS = {"status": frozenset({"number"}), "streamed": frozenset({"bool"}), "errors": frozenset({"number", "null"})}
"""The kinds of what is known of an exchange."""


def exchange_gate(
    contract: Contract, artifact: Artifact, exchange: ExchangeFacts, rules: Iterable[Rule], reserved: frozenset[str]
) -> Gate:
    """Whether some of the rules on an answer may find something in it beside its request."""
    request = next(each for each in contract.artifacts if each.name == exchange.request)
    facts = Facts(_Sides(contract, artifact, request))
    return gate(places_of(rules), facts, None, reserved, others=_NAMES)


def has_claims(rule: Rule) -> bool:
    """Whether what a rule finds is a fault only if a value does not fit a schema that the request has."""
    return rule.kind == "fits"


class _Sides:
    """An answer, and beside it the request, the answer again, and what is known of how it came."""

    def __init__(self, contract: Contract, answer: Artifact, request: Artifact) -> None:
        self._answer = Structure(contract, answer.root)
        self._request = Structure(contract, request.root)

    def kinds(self, path: Path) -> Kinds:
        """The kinds of value that may stand at a place, `ABSENT` among them where what it is in may lack it."""
        first, steps = path[:1], path[1:]
        if first == beside(_EXCHANGE):
            return _FACTS.get(steps[0], frozenset({ABSENT})) if len(steps) == 1 else frozenset({"map"})
        structure, steps = self._side(path)
        return structure.kinds(steps)

    def texts(self, path: Path) -> frozenset[str] | None:
        """The strings that may stand at a place; None where these are not all known."""
        if path[:1] == beside(_EXCHANGE):
            return None
        structure, steps = self._side(path)
        return structure.texts(steps)

    def _side(self, path: Path) -> tuple[Structure, Path]:
        if path[:1] == beside(_REQUEST):
            return self._request, path[1:]
        return self._answer, path[1:] if path[:1] == beside(_RESPONSE) else path
