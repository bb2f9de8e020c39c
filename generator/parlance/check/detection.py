"""Which artifact of a dialect a document is, by the fields it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .dialect import Artifact
from .shape import is_object

__all__ = ["detect"]

_DOUBT = 6
"""How much two likenesses must differ to settle the matter."""


def detect(value: object, artifacts: Mapping[str, Artifact]) -> Artifact | None:
    """The artifact that *value* resembles most; None if it resembles none."""
    if not is_object(value):
        return None
    ranked = [(_likeness(value, artifact), artifact) for artifact in artifacts.values()]
    best = max((likeness for likeness, _ in ranked), default=0)
    if best <= 0:
        return None
    return _closest(value, [(likeness, artifact) for likeness, artifact in ranked if likeness > best - _DOUBT])


def _likeness(fields: Mapping[str, Any], artifact: Artifact) -> int:
    """More than 0 for a resemblance. A constant or a required field tells more than any other known field."""
    told = [fields[name] in values for name, values in artifact.constants.items() if name in fields]
    known = len(fields.keys() & artifact.fields)
    required = len(fields.keys() & artifact.required)
    return 4 * sum(told) - 4 * told.count(False) + 3 * required + 2 * known - len(fields)


def _closest(fields: Mapping[str, Any], ranked: Sequence[tuple[int, Artifact]]) -> Artifact:
    """Of those that are as good as equal, the one with the fewest errors."""
    if len(ranked) == 1:
        return ranked[0][1]
    return min(ranked, key=lambda one: (_errors(fields, one[1]), -one[0]))[1]


def _errors(fields: Mapping[str, Any], artifact: Artifact) -> int:
    return sum(violation.severity == "error" for violation in artifact.check(fields))
