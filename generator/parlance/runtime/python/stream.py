"""Streams: what their pieces come to, and what holds from one piece to the next."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from .checks import Findings
    from .rule import Rule
    from .violation import Json

    StreamCheck: TypeAlias = "Callable[[Json, Json, Json, Json, Findings], None]"
    StreamGate: TypeAlias = "Callable[[Any, Any, Any, Any], bool]"

__all__ = ["StreamFormat", "StreamRule"]


class StreamRule:
    """A rule that holds over the pieces of a stream."""

    __slots__ = ("check", "rule")

    def __init__(self, rule: Rule, check: StreamCheck) -> None:
        """Keep what is given."""
        self.rule = rule
        """What is said of a case."""
        self.check = check
        """Takes a piece, what the pieces before it came to, what is known of the stream and the
        request, and adds to what was found."""


class StreamFormat:
    """A kind of stream."""

    __slots__ = (
        "end", "errors", "fold", "free", "into", "may_refuse", "may_warn", "piece", "request",
        "rules"
    )  # fmt: skip

    def __init__(
        self,
        piece: str,
        into: str,
        request: str | None,
        errors: str | None,
        end: str | None,
        fold: dict[str, Any],
        rules: tuple[StreamRule, ...],
        may_refuse: StreamGate | None = None,
        may_warn: StreamGate | None = None,
        *,
        free: tuple[str, ...] = (),
    ) -> None:
        """Keep what is given."""
        self.piece = piece
        """The artifact that each piece is."""
        self.into = into
        """The artifact that they come to."""
        self.request = request
        """The artifact that the stream answers."""
        self.errors = errors
        """The artifact that may come in place of a piece."""
        self.end = end
        """The data that comes after the last piece."""
        self.fold = fold
        """How pieces are put together: the way, the fields, and what stands for absent ones."""
        self.rules = rules
        """What holds from one piece to the next."""
        self.may_refuse = may_refuse
        """Takes what a rule takes, of which every piece is of sound structure: where it is False,
        no rule finds an error."""
        self.may_warn = may_warn
        """The same of warnings and notes."""
        self.free = free
        """Where texts stand in a piece on which no verdict rests, as pointers with `*` for items:
        of two pieces that differ in these alone, none of them empty, the second one has the
        verdict of the first."""
