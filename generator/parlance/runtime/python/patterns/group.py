"""A group of a pattern while it is read."""

from __future__ import annotations

__all__ = ["WIDEST", "Group"]

WIDEST = 1 << 64
"""The width that `re` takes for endless."""


class Group:
    """A group that is being read, or the whole pattern."""

    __slots__ = (
        "begin",
        "branches",
        "high",
        "is_behind",
        "is_conditional",
        "item",
        "low",
        "number",
        "verbose",
        "was",
    )

    def __init__(
        self,
        begin: str,
        *,
        verbose: bool,
        number: int | None = None,
        is_conditional: bool = False,
    ) -> None:
        self.begin = begin
        self.number = number
        self.verbose = verbose
        self.is_conditional = is_conditional
        self.is_behind = begin in {"(?<=", "(?<!"}
        self.was: int | None = None
        """The groups that a reference might mean before this look-behind began."""
        self.branches: list[tuple[int, int]] = []
        self.low = self.high = 0
        """The width of the branch that is being read, at least and at most."""
        self.item: tuple[str, int, int] | None = None
        """What a repetition would repeat: an `item`, a `place` or a `repeat`, and its width."""

    def add(self, kind: str, low: int, high: int) -> None:
        """Take in one more thing, of a width."""
        self.item = (kind, low, high)
        self.low += low
        self.high += high

    def end_branch(self) -> None:
        """Begin with the next alternative, or come to the end."""
        self.branches.append((min(self.low, WIDEST), min(self.high, WIDEST)))
        self.low = self.high = 0
        self.item = None

    def width(self) -> tuple[int, int]:
        """The width of it all, at least and at most."""
        lows, highs = zip(*self.branches, strict=True)
        is_skipped = self.is_conditional and len(self.branches) == 1
        return (0 if is_skipped else min(lows), max(highs))
