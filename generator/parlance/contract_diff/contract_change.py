"""One change: where it is, what was there and what is there, and how bad that is."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Any, NamedTuple

from ..contract.ir import Direction
from ..finding.pointer import joined
from .change_kinds import CHANGE_KINDS, ChangeLevel
from .change_words import ABSENT, message

__all__ = ["ABSENT", "ChangePlace", "ContractChange", "LocalChange", "placed"]

Steps = tuple[str, ...]
"""Steps of a pointer into a document, `*` for every item or value."""

Where = tuple[tuple[Steps, Any], ...]
"""Places of tags and the values that they have, where a change is of some members of unions only."""


class ChangePlace(NamedTuple):
    """A place in a document, and of which members of the unions around it."""

    steps: Steps = ()
    where: Where = ()

    def below(self, *steps: str) -> ChangePlace:
        """The place at these steps."""
        return ChangePlace((*self.steps, *steps), self.where)

    def where_tag(self, tag: str, value: Any) -> ChangePlace:
        """The place, of objects that have this value in this field only."""
        return ChangePlace(self.steps, (*self.where, ((*self.steps, tag), value)))

    def where_schema(self, name: str) -> ChangePlace:
        """The place, of objects of one schema only, which nothing else distinguishes."""
        return ChangePlace(self.steps, (*self.where, (self.steps, {"schema": name})))

    def joined(self, inner: ChangePlace) -> ChangePlace:
        """A place that is known from here."""
        where = (((*self.steps, *steps), value) for steps, value in inner.where)
        return ChangePlace((*self.steps, *inner.steps), (*self.where, *where))


@dataclass(frozen=True, slots=True)
class LocalChange:
    """A change below a type, wherever that stands."""

    kind: str
    before: Any = ABSENT
    after: Any = ABSENT
    _: KW_ONLY
    steps: Steps = ()
    where: Where = ()
    levels: tuple[ChangeLevel, ChangeLevel] | None = None
    """Those of sent and of received artifacts, where they are not those of the kind."""

    def level(self, direction: Direction) -> ChangeLevel:
        """How bad it is in an artifact that goes this way."""
        kind = CHANGE_KINDS[self.kind]
        sent, received = self.levels or (kind.sent, kind.received)
        return sent if direction is Direction.SENT else received


@dataclass(frozen=True, slots=True)
class ContractChange:
    """A change in an artifact."""

    artifact: str
    level: ChangeLevel
    kind: str
    at: str
    """A JSON Pointer into the document."""

    before: Any
    after: Any
    where: tuple[dict[str, Any], ...] = ()
    """Of some members of unions only: pointers to tags, and their values."""

    @property
    def message(self) -> str:
        """What changed, in a few words."""
        return message(self.kind, self.before, self.after)

    def as_json(self) -> dict[str, Any]:
        """All of it, as JSON."""
        plain: dict[str, Any] = {"level": str(self.level), "artifact": self.artifact, "at": self.at, "kind": self.kind}
        if self.where:
            plain["where"] = list(self.where)
        if self.before is not ABSENT:
            plain["before"] = self.before
        if self.after is not ABSENT:
            plain["after"] = self.after
        return plain | {"message": self.message}


def placed(artifact: str, direction: Direction, change: LocalChange) -> ContractChange:
    """A change whose steps and tags are those of the whole document."""
    where = {joined(steps): value for steps, value in change.where}
    level = change.level(direction)
    found = (where,) if where else ()
    return ContractChange(artifact, level, change.kind, joined(change.steps), change.before, change.after, found)
