"""Random patterns that are proven to be linear, on texts that make a search go over itself: the bound holds."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from random import Random

from parlance.regex import Regex, RegexError, attempts, parse

from .backtracking import CountedSearch, TooMany
from .pumping import pumps
from .sampling import Patterns

__all__ = ["Speed", "examine_speed", "most_passes"]


@dataclass
class Speed:
    """What came of it."""

    proven: int = 0
    reached: int = 0
    """Patterns of which some text had as many runs over a character as the bound allows."""

    unproven: int = 0
    slow: int = 0
    """Those of the unproven that some text was slow with."""

    texts: int = 0
    broken: list[str] = field(default_factory=list[str])
    """Patterns with more runs than were proven."""


def examine_speed(patterns: int, texts_each: int = 6, length: int = 40, seed: int = 0) -> Speed:
    """Count the runs over each character; the one that leads to a match comes on top of the bound."""
    random = Random(seed)  # noqa: S311, nothing is secret
    stream = Patterns(random, legacy=False)
    outcome = Speed()
    for number in range(patterns):
        pattern = stream.failing() if number % 2 else stream.one()
        try:
            regex = parse(pattern)
        except RegexError:
            continue
        bound = attempts(regex)
        most = 0
        for text in pumps(random, regex, texts_each, length):
            outcome.texts += 1
            passes = most_passes(regex, text)
            most = max(most, passes)
            if bound is not None and passes > bound + 1:
                outcome.broken.append(f"{json.dumps(pattern)} on {json.dumps(text)}: {passes} runs, proven {bound}")
        if bound is None:
            outcome.unproven += 1
            outcome.slow += most > length
        else:
            outcome.proven += 1
            outcome.reached += most >= bound
    return outcome


def most_passes(regex: Regex, text: str) -> int:
    """How many runs of a backtracking search pass over the same character; counting ends where there are very many."""
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        return max(CountedSearch(regex, text, 200 * len(text)).passes, default=0)
    except TooMany:
        return 200
    finally:
        sys.setrecursionlimit(usual)
