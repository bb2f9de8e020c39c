"""Which artifact of a dialect a document is, by the fields it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..finding.shape import is_object
from .dialect import Artifact, Violation

__all__ = ["Lints", "candidates", "detect"]

Lints = Mapping[str, Callable[[Any], Iterable[Violation]]]
"""What the rules say of a document, by the name of its artifact."""

_DOUBT = 6
"""How much two likenesses must differ to settle the matter: less than two known fields that are required (5 each)."""

_ERROR = 2
"""How much likeness an error costs where the matter is not settled."""

_ALONE = 3
"""How much likeness it costs the line of a file to stand alone: more than one error, less than two."""


def detect(
    value: object, artifacts: Mapping[str, Artifact], lints: Lints | None = None, *, is_line: bool = False
) -> Artifact | None:
    """The artifact that *value* resembles most; None if it resembles none. *lints* help where several are as good.

    What is made for the lines of a file is less likely where the document is not one: *is_line* says whether it is.
    """
    likely = candidates(value, artifacts)
    return _closest(value, likely, lints or {}, is_line) if likely and is_object(value) else None


def candidates(value: object, artifacts: Mapping[str, Artifact]) -> list[tuple[int, Artifact]]:
    """The artifacts between which the fields of *value* leave a doubt, each with its likeness."""
    if not is_object(value):
        return []
    ranked = [(_likeness(value, artifact), artifact) for artifact in artifacts.values()]
    best = max((likeness for likeness, _ in ranked), default=0)
    return [(likeness, artifact) for likeness, artifact in ranked if likeness > max(0, best - _DOUBT)]


def _likeness(fields: Mapping[str, Any], artifact: Artifact) -> int:
    """More than 0 for a resemblance. A constant or a required field tells more than any other known field."""
    constants = [fields[name] in values for name, values in artifact.constants.items() if name in fields]
    known = len(fields.keys() & artifact.fields)
    required = len(fields.keys() & artifact.required)
    return 4 * sum(constants) - 4 * constants.count(False) + 3 * required + 2 * known - len(fields)


def _closest(
    fields: Mapping[str, Any], ranked: Sequence[tuple[int, Artifact]], lints: Lints, is_line: bool
) -> Artifact:
    """Of those that are as good as equal, the one that errors speak least against."""
    if len(ranked) == 1:
        return ranked[0][1]

    def rank(one: tuple[int, Artifact]) -> int:
        likeness, artifact = one
        return likeness - _ERROR * _errors(fields, artifact, lints) - _ALONE * (artifact.is_line and not is_line)

    return max(ranked, key=rank)[1]


def _errors(fields: Mapping[str, Any], artifact: Artifact, lints: Lints) -> int:
    lint = lints.get(artifact.name)
    violations = [*artifact.check(fields), *(lint(fields) if lint else ())]
    return sum(violation.severity == "error" for violation in violations)
