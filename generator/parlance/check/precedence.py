"""Which findings of a document give way to what else is known of it: a table, and the function that decides by it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, NamedTuple

from ..finding.pointer import parent, with_ancestors

if TYPE_CHECKING:
    from ..runtime.python.violation import Violation

__all__ = ["MISSING", "TABLE", "Candidate", "DocumentFacts", "Origin", "Precedence", "lives"]

MISSING = frozenset({"PAR101", "PAR120"})
"""Codes of an absent field."""


class Origin(Enum):
    """Where a candidate comes from."""

    STRUCTURE = auto()
    """A validator."""

    RULE = auto()
    """A rule that reports an error."""

    NOTICE = auto()
    """A rule that reports a warning or a note."""

    ABSENCE = auto()
    """A rule that reports a warning or a note about a field that is not there."""

    EMBEDDED = auto()
    """No violation, but a document inside the document, which is still to be checked."""


class Candidate(NamedTuple):
    """What becomes a finding, or is checked in its turn, unless a fact speaks against it."""

    origin: Origin
    pointer: str
    """From the root of the whole document."""

    violation: Violation | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The code and the pointer."""
        return (self.violation.code if self.violation else "", self.pointer)


def _strings() -> set[str]:
    return set()


def _keys() -> set[tuple[str, str]]:
    return set()


@dataclass(slots=True)
class DocumentFacts:
    """What is known of a document while it is checked. Places are pointers, keys a code and a pointer."""

    stand_ins: AbstractSet[str] = frozenset()
    """Values that were read in place of broken text."""

    explained: set[str] = field(default_factory=_strings)
    """Values of which a rule says what they are instead, such as the request of another interface."""

    refused: set[str] = field(default_factory=_strings)
    """Stand-ins, and values in which the structure has an error, or which the dialect ignores."""

    incomplete: set[str] = field(default_factory=_strings)
    """Objects that lack a required field."""

    contradicted: AbstractSet[str] = frozenset()
    """Values in which a rule has an error."""

    unsupported: AbstractSet[tuple[str, str]] = frozenset()
    """What rules report only because of a value that is refused already."""

    superseded: set[tuple[str, str]] = field(default_factory=_keys)
    """What another finding about the same misspelt field says, too."""

    other_artifact: AbstractSet[str] = frozenset()
    """The root, if the document is another artifact than the one that it is checked as."""

    unreported: AbstractSet[Origin] = frozenset()
    """What is not reported at all, since only errors are asked for."""


def _is_at(candidate: Candidate, places: Collection[str]) -> bool:
    return candidate.pointer in places


def _is_in(candidate: Candidate, places: Collection[str]) -> bool:
    """Whether it is about one of the places, or about something in it."""
    return bool(places) and any(place in places for place in with_ancestors(candidate.pointer))


def _is_below(candidate: Candidate, places: Collection[str]) -> bool:
    """Whether it is about something in one of the places, and not about all of it."""
    return bool(places and candidate.pointer) and _is_in(Candidate(candidate.origin, parent(candidate.pointer)), places)


def _is_field_of(candidate: Candidate, places: Collection[str]) -> bool:
    return parent(candidate.pointer) in places


def _is_listed(candidate: Candidate, keys: Collection[tuple[str, str]]) -> bool:
    return candidate.key in keys


def _is_of(candidate: Candidate, origins: Collection[Origin]) -> bool:
    return candidate.origin in origins


_NOTICES = frozenset({Origin.NOTICE, Origin.ABSENCE})
_RULES = frozenset({Origin.RULE}) | _NOTICES
_STRUCTURE = frozenset({Origin.STRUCTURE})
_EMBEDDED = frozenset({Origin.EMBEDDED})


class Precedence(NamedTuple):
    """What gives way where a relation holds between it and a fact."""

    origins: frozenset[Origin]
    relation: Callable[[Candidate, Any], bool]
    fact: str


TABLE = (
    # A document that is something else gets one finding that says so, and none of what it lacks as what it is not.
    Precedence(_STRUCTURE | _RULES, _is_in, "other_artifact"),
    Precedence(_STRUCTURE | _EMBEDDED, _is_in, "explained"),
    Precedence(_RULES, _is_below, "explained"),
    # The fault of the text is the mistake; the stand-in was chosen by the reader.
    Precedence(_STRUCTURE, _is_at, "stand_ins"),
    # A value that is wrong already gets no second finding, nor does what follows from it elsewhere.
    Precedence(_RULES | _EMBEDDED, _is_in, "refused"),
    Precedence(_RULES, _is_listed, "unsupported"),
    # A warning is of no use where the value has to change anyway.
    Precedence(_NOTICES, _is_at, "contradicted"),
    # Whoever adds the required fields reads the documentation of the object.
    Precedence(frozenset({Origin.ABSENCE}), _is_field_of, "incomplete"),
    Precedence(_STRUCTURE, _is_listed, "superseded"),
    Precedence(_NOTICES, _is_of, "unreported"),
)


def lives(candidate: Candidate, facts: DocumentFacts) -> bool:
    """Whether a candidate becomes a finding: whether it gives way to none of the *facts*."""
    return not any(
        candidate.origin in row.origins and row.relation(candidate, getattr(facts, row.fact)) for row in TABLE
    )
