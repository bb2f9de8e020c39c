"""Findings of a document as a whole: it resembles nothing, or something else than it should be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..finding import Finding, Severity
from ..finding.article import with_article
from ..finding.pointer import parent
from ..finding.shape import is_object
from .detection import Resemblance, explanation
from .diagnostic import Diagnostic
from .dialect import Dialect
from .document import Document
from .precedence import MISSING

if TYPE_CHECKING:
    from ..runtime.python.artifact import Artifact
    from ..runtime.python.rule import Rule

__all__ = ["of_another_kind", "of_array", "resembled", "unlike", "with_alternative"]

_MANY = 2
"""How many errors make a document another artifact; one may be a slip."""


def unlike(document: Document, dialect: Dialect) -> Finding:
    """The one finding of a document that resembles no artifact: what it is, where a rule knows that."""
    for artifact in dialect.artifacts:
        if violation := explanation(document.value, artifact, dialect):
            rule = dialect.rules[violation.code]
            return _of_whole(document, violation.code, violation.message, violation.help, rule)
    what = "this resembles" if is_object(document.value) else "this is no object, and resembles"
    advice = f"say with --as what it should be: {', '.join([*dialect.artifacts, *dialect.exchanges])}"
    return _of_whole(document, "PAR601", f"{what} no artifact of {dialect.id}", advice)


def of_another_kind(document: Document, name: str, expected: str) -> Finding:
    """The one finding of a document that looks like the artifact *name*, and should be the *expected* one."""
    message = f"looks like {with_article(name)}, not {with_article(expected)}"
    advice = f"check it as what it is: --as {name}" + ("; a file of lines holds one kind" if document.is_line else "")
    return _of_whole(document, "PAR602", message, advice)


def of_array(document: Document, name: str) -> Finding:
    """The finding of a line that is an array, the first of whose items is an artifact of this name."""
    message = f"an array that begins with {with_article(name)}; in JSON Lines each has a line of its own"
    return _of_whole(document, "PAR016", message, "write one document on each line, such as with jq -c '.[]'")


def _of_whole(document: Document, code: str, message: str, advice: str | None, rule: Rule | None = None) -> Finding:
    """A finding at the root; an error, unless a *rule* says otherwise."""
    location = document.locations([""]).get("")
    return Finding(
        code=code,
        severity=Severity(rule.severity) if rule else Severity.ERROR,
        pointer="",
        message=message,
        span=location.value if location else None,
        help=advice,
        name=rule.name if rule else "",
    )


def resembled(resemblance: Resemblance, expected: Artifact, diagnostics: Sequence[Diagnostic]) -> Artifact | None:
    """The artifact that a document is instead of the *expected* one, where the fields leave little doubt."""
    errors = [one for one in diagnostics if one.is_error]
    are_many = len(errors) >= _MANY
    if not are_many and not any(one.violation.code in MISSING and not parent(one.pointer) for one in errors):
        return None
    candidates = resemblance.candidates
    best = max(candidates, key=lambda candidate: candidate.score).artifact if candidates else expected
    if best is expected:
        return None
    is_settled = all(candidate.artifact is not expected for candidate in candidates)
    if are_many and is_settled:
        return best
    return best if (are_many or is_settled) and best.is_valid(resemblance.value) else None


def with_alternative(diagnostic: Diagnostic, chosen: Artifact, resemblance: Resemblance) -> Diagnostic:
    """*diagnostic* with the option that names another likely artifact, where that does not need an absent field."""
    field = diagnostic.pointer.removeprefix("/")
    if diagnostic.violation.code not in MISSING or field not in chosen.required:
        return diagnostic
    candidates = [one.artifact for one in resemblance.candidates]
    others = [one.name for one in candidates if field not in one.required and one.variant_of is None]
    advice = f"add it, or name what this is: --as {'|'.join(others)}"
    return diagnostic._replace(help=diagnostic.help or advice) if others else diagnostic
