"""The names that a strategies module gives to its functions."""

from __future__ import annotations

import keyword

from ...contract.ir import Artifact, Contract
from ..validators.validator_names import snake_case

__all__ = ["StrategyNames", "exchanges", "streams"]

_WORDS = frozenset({"annotations", "definition", "exchange_subjects", "mistakes", "stream_subjects", "subjects"})
"""What the module defines or imports itself."""


def streams(contract: Contract) -> dict[str, Artifact]:
    """What the pieces of streams are, by the name of the stream."""
    return {artifact.stream.name: artifact for artifact in contract.artifacts if artifact.stream is not None}


def exchanges(contract: Contract) -> dict[str, Artifact]:
    """What answers in exchanges, by the name of the exchange."""
    return {artifact.exchange.name: artifact for artifact in contract.artifacts if artifact.exchange is not None}


class StrategyNames:
    """A function for each definition and two for each artifact, no two alike."""

    def __init__(self, contract: Contract) -> None:
        self.undecided = contract.undecided
        """The records whose unknown fields are for the dialect to decide about."""

        self._artifacts = {artifact.name: snake_case(artifact.name) for artifact in contract.artifacts}
        self._artifacts |= {name: snake_case(name) for name in (*streams(contract), *exchanges(contract))}
        taken = {*_WORDS, *(name for word in self._artifacts.values() for name in (f"valid_{word}", f"faulty_{word}"))}
        self._functions: dict[str, str] = {}
        for definition in contract.definitions:
            word = snake_case(definition.name)
            while word in taken or keyword.iskeyword(word):
                word += "_"
            taken.add(word)
            self._functions[definition.name] = word

    def function(self, name: str) -> str:
        """The function of a definition."""
        return self._functions[name]

    def strategies(self, name: str) -> tuple[str, str]:
        """`valid_…` and `faulty_…` of an artifact, a stream or an exchange."""
        word = self._artifacts[name]
        return f"valid_{word}", f"faulty_{word}"
