"""How a text begins that a regular expression matches as a whole."""

from __future__ import annotations

from .parser import parse
from .pattern_syntax import Characters, Choice, Edge, Group, Part, Repeat, Sequence

__all__ = ["beginnings"]

_MOST = 32
"""How many beginnings an expression may have: to look for more takes longer than to match it."""


def beginnings(pattern: str) -> tuple[str, ...]:
    """Texts with one of which every match begins that begins where the text does; none where that may be any."""
    texts, _ = _begun(parse(pattern).root)
    found: list[str] = []
    for text in sorted(texts):  # what begins with another follows it
        if not found or not text.startswith(found[-1]):
            found.append(text)
    return () if "" in found else tuple(found)


def _begun(part: Part) -> tuple[set[str], bool]:
    """How what a part matches begins, and whether that is all of it."""
    match part:
        case Characters(((first, last),)) if first == last:
            return {chr(first)}, True
        case Edge(end=False):
            return {""}, True
        case Group(body):
            return _begun(body)
        case Sequence(parts):
            return _joined(parts)
        case Choice(options):
            every = [_begun(option) for option in options]
            return _limited({text for texts, _ in every for text in texts}, is_whole=all(whole for _, whole in every))
        case Repeat(body, 0, 1):
            texts, is_whole = _begun(body)
            return texts | {""}, is_whole
        case Repeat(body, least) if least > 0:
            return _begun(body)[0], False
        case _:
            return {""}, False


def _joined(parts: tuple[Part, ...]) -> tuple[set[str], bool]:
    texts, is_whole = {""}, True
    for part in parts:
        more, is_whole = _begun(part)
        longer = {text + other for text in texts for other in more}
        if len(longer) > _MOST:
            return texts, False
        texts = longer
        if not is_whole:
            break
    return texts, is_whole


def _limited(texts: set[str], *, is_whole: bool) -> tuple[set[str], bool]:
    return (texts, is_whole) if len(texts) <= _MOST else ({""}, False)
