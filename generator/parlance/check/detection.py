"""Which artifact of a dialect a document is, by the fields it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..finding.shape import is_object
from .dialect import Artifact, Violation

__all__ = ["Lints", "detect"]

Lints = Mapping[str, Callable[[Any], Iterable[Violation]]]
"""What the rules say of a document, by the name of its artifact."""

_DOUBT = 6
"""How much two likenesses must differ to settle the matter."""

_ERROR = 2
"""How much likeness an error costs where the matter is not settled."""


def detect(value: object, artifacts: Mapping[str, Artifact], lints: Lints | None = None) -> Artifact | None:
    """The artifact that *value* resembles most; None if it resembles none. *lints* help where several are as good."""
    if not is_object(value):
        return None
    ranked = [(_likeness(value, artifact), artifact) for artifact in artifacts.values()]
    best = max((likeness for likeness, _ in ranked), default=0)
    if best <= 0:
        return None
    likely = [(likeness, artifact) for likeness, artifact in ranked if likeness > max(0, best - _DOUBT)]
    return _closest(value, likely, lints or {})


def _likeness(fields: Mapping[str, Any], artifact: Artifact) -> int:
    """More than 0 for a resemblance. A constant or a required field tells more than any other known field."""
    told = [fields[name] in values for name, values in artifact.constants.items() if name in fields]
    known = len(fields.keys() & artifact.fields)
    required = len(fields.keys() & artifact.required)
    return 4 * sum(told) - 4 * told.count(False) + 3 * required + 2 * known - len(fields)


def _closest(fields: Mapping[str, Any], ranked: Sequence[tuple[int, Artifact]], lints: Lints) -> Artifact:
    """Of those that are as good as equal, the one that errors speak least against."""
    if len(ranked) == 1:
        return ranked[0][1]
    return max(ranked, key=lambda one: one[0] - _ERROR * _errors(fields, one[1], lints))[1]


def _errors(fields: Mapping[str, Any], artifact: Artifact, lints: Lints) -> int:
    lint = lints.get(artifact.name)
    violations = [*artifact.check(fields), *(lint(fields) if lint else ())]
    return sum(violation.severity == "error" for violation in violations)
