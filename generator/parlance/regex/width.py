"""How many characters a part can match."""

from __future__ import annotations

from .pattern_syntax import Characters, Choice, Group, Part, Reference, Repeat, Sequence

__all__ = ["width"]


def width(part: Part) -> tuple[int, int | None]:
    """The fewest and the most; None for any number."""
    match part:
        case Characters():
            return 1, 1
        case Sequence(parts):
            return _total([width(each) for each in parts])
        case Choice(options):
            widths = [width(each) for each in options]
            most = [each for _, each in widths]
            return min(each for each, _ in widths), None if None in most else max(each or 0 for each in most)
        case Repeat(body, least, most):
            low, high = width(body)
            return low * least, 0 if high == 0 else None if high is None or most is None else high * most
        case Group(body):
            return width(body)
        case Reference():
            return 0, None
        case _:
            return 0, 0


def _total(widths: list[tuple[int, int | None]]) -> tuple[int, int | None]:
    most = [each for _, each in widths]
    return sum(each for each, _ in widths), None if None in most else sum(each or 0 for each in most)
