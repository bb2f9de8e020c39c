"""Random patterns on long texts by the clock: what was chosen for each ends, and soon."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random
from time import perf_counter

from parlance.regex import Backtracking, RegexError, choose, parse, search

from .pumping import pumps
from .sampling import Patterns

__all__ = ["Slowest", "examine_clock"]

_LENGTH = 1_000_000


@dataclass
class Slowest:
    """The longest that a search took, in seconds."""

    backtracking: float = 0
    linear: float = 0


def examine_clock(patterns: int, seed: int = 0) -> Slowest:
    """Search texts of a million characters."""
    random = Random(seed)  # noqa: S311, nothing is secret
    stream = Patterns(random, legacy=False)
    slowest = Slowest()
    for _ in range(patterns):
        pattern = stream.failing()
        try:
            regex, means = parse(pattern), choose(pattern)
        except RegexError:
            continue
        for text in pumps(random, regex, 2, _LENGTH):
            if isinstance(means, Backtracking):
                slowest.backtracking = max(slowest.backtracking, _seconds(re.compile(means.pattern).search, text))
            else:
                slowest.linear = max(slowest.linear, _seconds(partial(search, means.program), text))
    return slowest


def _seconds(run: Callable[[str], object], text: str) -> float:
    before = perf_counter()
    run(text)
    return round(perf_counter() - before, 2)
