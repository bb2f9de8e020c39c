"""A function in Python with arguments for it; the one of the same name in `run.mjs` is to agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from effort import examples
from parlance.runtime.python.violation import Violation

from .json_values import Sampler, whole

__all__ = ["WORDS", "Arguments", "Pair", "misspelt", "shown"]

Arguments: TypeAlias = "Callable[[Sampler], list[Any]]"
"""One list of arguments at random."""


@dataclass(frozen=True)
class Pair:
    """A function of Python's, and what both languages are asked."""

    function: Callable[..., Any]
    arguments: Arguments
    times: int = 1000
    is_wide: bool = False
    """Whether there are integers among the arguments of which no number of JavaScript keeps all digits."""

    def cases(self, sampler: Sampler) -> Iterator[list[Any]]:
        """All arguments."""
        times = examples(self.times // 2, at_length=10 * self.times)
        return (self.arguments(sampler) for _ in range(times))


def shown(fault: Violation) -> list[Any]:
    """All of a violation."""
    return [
        fault.code, fault.severity, fault.pointer, fault.message, fault.help, [*fault.known], fault.on_key,
        fault.media_type,
    ]  # fmt: skip


def misspelt(sampler: Sampler, word: str) -> str:
    """A word with up to three mistakes."""
    letters = [*word]
    for _ in range(sampler.random.randrange(4)):
        at = sampler.random.randrange(len(letters) + 1)
        match sampler.random.randrange(4):
            case 0:
                letters.insert(at, sampler.choice("aez10.-_é😀"))
            case 1:
                letters[at : at + 1] = []
            case 2:
                letters[at : at + 2] = letters[at : at + 2][::-1]
            case _:
                letters[at : at + 1] = [each.swapcase() for each in letters[at : at + 1]]
    return whole("".join(letters))


WORDS = [
    "model", "messages", "max_tokens", "temperature", "top_p", "n", "id", "gpt-4.1", "gpt-4o-mini", "gpt-4o",
    "role", "roles",
    "tool_choice", "tools", "stop", "İd", "straße", "😀key", "ΣΑΣ", "it's", 'say "no"', "a\\b", "\u2028",
    "x\u00a0y", "",
]  # fmt: skip
"""Names that are alike, and some that have to be quoted."""
