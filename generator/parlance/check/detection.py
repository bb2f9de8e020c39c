"""Which artifact of a dialect a document is, by the fields it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..finding.pointer import tokens
from ..finding.shape import is_object
from .dialect import Dialect, variants

if TYPE_CHECKING:
    from ..runtime.python.violation import Artifact, Violation

__all__ = ["candidates", "detect", "explanation", "form"]

_DOUBT = 6
"""How much two likenesses must differ to settle the matter: less than two known fields that are required (5 each)."""

_ERROR = 2
"""How much likeness an error costs where the matter is not settled."""

_ALONE = 3
"""How much likeness it costs the line of a file to stand alone: more than one error, less than two."""


def detect(value: object, dialect: Dialect, *, is_line: bool = False) -> Artifact | None:
    """The artifact that *value* resembles most; None if it resembles none. Rules decide where several are as good.

    What is made for the lines of a file is less likely where the document is not one: *is_line* says whether it is.
    """
    likely = candidates(value, dialect)
    # A form of another artifact may be so open that broken documents of any kind pass for it.
    likely = [one for one in likely if one[1].variant_of is None] or likely
    return _closest(value, likely, dialect, is_line) if likely and is_object(value) else None


def form(value: object, dialect: Dialect, artifact: str, *, is_line: bool = False) -> Artifact:
    """The form of the named artifact that *value* has: itself, unless it is wrong as that and more like a variant."""
    forms = variants(dialect, artifact)
    if len(forms) == 1 or not is_object(value) or forms[0].is_valid(value):
        return forms[0]
    ranked = candidates(value, dialect)
    best = max((likeness for likeness, _ in ranked), default=0)
    own = [one for one in ranked if one[1] in forms]
    return _closest(value, own, dialect, is_line) if any(likeness == best for likeness, _ in own) else forms[0]


def explanation(value: object, artifact: str, dialect: Dialect) -> Violation | None:
    """What a rule says of the whole document where it has the form of another interface."""
    find = dialect.lints.get(artifact)
    for violation in find(value) if find else ():
        rule = dialect.rules.get(violation.code)
        if not violation.pointer and rule is not None and rule.explains:
            return violation
    return None


def candidates(value: object, dialect: Dialect) -> list[tuple[int, Artifact]]:
    """The artifacts between which the fields of *value* leave a doubt, each with its likeness."""
    if not is_object(value):
        return []
    ranked = [(_likeness(value, artifact), artifact) for artifact in dialect.artifacts.values()]
    best = max((likeness for likeness, _ in ranked), default=0)
    return [(likeness, artifact) for likeness, artifact in ranked if likeness > max(0, best - _DOUBT)]


def _likeness(fields: Mapping[str, Any], artifact: Artifact) -> int:
    """More than 0 for a resemblance. A constant or a required field tells more than any other known field."""
    constants = [fields[name] in values for name, values in artifact.constants.items() if name in fields]
    known = len(fields.keys() & artifact.fields)
    required = len(fields.keys() & artifact.required)
    return 4 * sum(constants) - 4 * constants.count(False) + 3 * required + 2 * known - len(fields)


def _closest(
    fields: Mapping[str, Any], ranked: Sequence[tuple[int, Artifact]], dialect: Dialect, is_line: bool
) -> Artifact:
    """Of those that are as good as equal, the one that errors speak least against."""
    if len(ranked) == 1:
        return ranked[0][1]

    def rank(one: tuple[int, Artifact]) -> int:
        likeness, artifact = one
        return likeness - _ERROR * _errors(fields, artifact, dialect) - _ALONE * (artifact.is_line and not is_line)

    return max(ranked, key=rank)[1]


def _errors(fields: Mapping[str, Any], artifact: Artifact, dialect: Dialect) -> int:
    """How many fields of the root are absent or have errors; one where a rule explains them all.

    A long conversation with the same mistake in every message is no less a conversation.
    """
    if explanation(fields, artifact.name, dialect):
        return 1
    find = dialect.lints.get(artifact.name)
    violations = [*artifact.check(fields), *(find(fields) if find else ())]
    return len({tuple(tokens(one.pointer)[:1]) for one in violations if one.severity == "error"})
