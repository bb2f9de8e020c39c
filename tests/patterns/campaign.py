"""Random patterns on texts, with every engine: a pattern means to ours what it means to node."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from parlance.regex import RegexError, parse

from .engines import OURS, PEERS, Answer, Node
from .sampling import Patterns, close, texts
from .signs import with_signs_escaped

__all__ = ["DELIBERATE", "Case", "Difference", "Outcome", "examine", "examine_random", "sample_texts"]

DELIBERATE = {
    "a reference to a group in any case": "Python cannot compare in any case as ECMA-262 does, so we refuse it.",
    "two groups are called": "node takes two groups of one name inside each other, which ECMA-262 forbids.",
    "legacy": "Node takes it without the flag `u`, or with backslashes before its signs: its meaning is plain.",
    "newer Unicode": "A text has a character that Python's Unicode data do not have yet.",
}
"""Why one of us may take a pattern that the other does not; where we refuse, by how our message begins."""

_REFERENCE = re.compile(r"\\[1-9k]")

Case = tuple[str, list[str]]


@dataclass(frozen=True)
class Difference:
    """A pattern that means something else to an engine than to node."""

    engine: str
    pattern: str
    text: str | None
    """None where only one of them takes the pattern."""

    node: bool

    def __str__(self) -> str:
        """Show what to try."""
        what = f"on {json.dumps(self.text)}" if self.text is not None else "as a pattern"
        return f"{self.engine}: {json.dumps(self.pattern)} {what}: node says {self.node}"


@dataclass
class Outcome:
    """What came of it."""

    patterns: int = 0
    refused: Counter[str] = field(default_factory=Counter[str])
    """Patterns that an engine does not take."""

    searches: Counter[str] = field(default_factory=Counter[str])
    found: Counter[str] = field(default_factory=Counter[str])
    deliberate: Counter[str] = field(default_factory=Counter[str])
    differences: list[Difference] = field(default_factory=list[Difference])

    def __add__(self, other: Outcome) -> Outcome:
        """Both."""
        return Outcome(
            self.patterns + other.patterns,
            self.refused + other.refused,
            self.searches + other.searches,
            self.found + other.found,
            self.deliberate + other.deliberate,
            self.differences + other.differences,
        )


def examine_random(patterns: int, texts_each: int = 12, seed: int = 0) -> Outcome:
    """Random patterns, half of them legacy ones, on random texts and on texts close to them."""
    outcome = Outcome()
    for legacy in (False, True):
        random = Random(seed)  # noqa: S311, nothing is secret
        stream = Patterns(random, legacy=legacy)
        expected = (stream.one() for _ in range(patterns // 2))
        drawn = ((pattern, sample_texts(random, pattern, texts_each, legacy=legacy)) for pattern in expected)
        outcome += examine(drawn, legacy=legacy)
    return outcome


def sample_texts(random: Random, pattern: str, number: int, *, legacy: bool) -> list[str]:
    """Random texts, half of them close to what a pattern matches."""
    # Node finds a match of `($)-|(?!\1)` between the two units of a character, where it takes no empty reference.
    short = legacy or _REFERENCE.search(pattern) is not None
    tried = texts(random, number // 2, legacy=short)
    try:
        return tried + close(random, parse(pattern), number // 2, legacy=short)
    except RegexError:
        return tried


def examine(cases: Iterable[Case], *, legacy: bool = False) -> Outcome:
    """Hold every engine against node."""
    outcome = Outcome()
    with Node() as node:
        for pattern, tried in cases:
            outcome.patterns += 1
            answer = node.ask(pattern, tried, legacy=legacy)
            if answer is None and not legacy and _is_read(pattern):
                if node.ask(pattern, [], legacy=True) is not None:
                    outcome.deliberate["legacy"] += 1
                    continue
                answer = node.ask(with_signs_escaped(pattern), tried)
                outcome.deliberate["legacy"] += answer is not None
            _compare_readings(pattern, answer, outcome, legacy=legacy)
            if answer is not None:
                _compare(pattern, tried, answer, outcome, node)
    return outcome


def _is_read(pattern: str) -> bool:
    try:
        parse(pattern)
    except RegexError:
        return False
    return True


def _compare_readings(pattern: str, answer: Answer | None, outcome: Outcome, *, legacy: bool) -> None:
    try:
        parse(pattern)
    except RegexError as error:
        reason = next((each for each in DELIBERATE if error.message.startswith(each)), None)
        if reason is not None:
            outcome.deliberate[reason] += 1
        elif answer is not None and not legacy:
            outcome.differences.append(Difference("parse", pattern, None, node=True))
    else:
        if answer is None:
            outcome.differences.append(Difference("parse", pattern, None, node=False))


def _compare(pattern: str, tried: list[str], answer: Answer, outcome: Outcome, node: Node) -> None:
    outcome.searches["node"] += len(tried)
    outcome.found["node"] += sum(answer)
    for name, engine in (OURS | PEERS).items():
        found = engine(pattern, tried)
        if found is None:
            outcome.refused[name] += 1
            continue
        outcome.searches[name] += len(tried)
        outcome.found[name] += sum(found)
        different = [each for each in zip(tried, found, answer, strict=True) if each[1] != each[2]]
        known = [each for each in different if _is_newer(each[0], node)]
        outcome.deliberate["newer Unicode"] += len(known)
        unknown = [each for each in different if each not in known]
        outcome.differences += [Difference(name, pattern, text, node=theirs) for text, _, theirs in unknown[:1]]


def _is_newer(text: str, node: Node) -> bool:
    """Whether a character of *text* is assigned to node, whose Unicode data are newer, and not to Python."""
    unassigned = [character for character in text if unicodedata.category(character) == "Cn"]
    return not all(node.ask(r"\p{Cn}", unassigned) or ())
