"""Which artifact of a dialect a document is, by the fields it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from ..finding.pointer import tokens
from ..finding.shape import is_object
from ..finding.suggestion import suggestions
from .dialect import Dialect, checked
from .first_documents import seen_among
from .likeness import Likeness

if TYPE_CHECKING:
    from ..runtime.python.artifact import Artifact
    from ..runtime.python.violation import Scalar, Violation
    from .document import Document

__all__ = ["Resemblance", "detect", "explanation", "form", "is_payload", "seen_payload"]

_WORD = re.compile(r"[A-Z]?[a-z]+")

_DOUBT = 6
"""How much two likenesses must differ to settle the matter: less than two known fields that are required (5 each)."""

_ERROR = 2
"""How much likeness an error costs where the matter is not settled."""

_FEW = 5
"""How many documents are looked at of a file that is read in any case, as for what lines are."""

_ALONE = 3
"""How much likeness it costs the line of a file to stand alone: more than one error, less than two."""


def _words(name: str) -> list[str]:
    """The words of a name, in lower case, as of `model_name`, `modelName` and `model-name`."""
    return [word.lower() for word in _WORD.findall(name)]


def detect(value: object, dialect: Dialect, *, is_line: bool = False) -> Artifact | None:
    """The artifact that *value* resembles most; None if it resembles none."""
    return Resemblance(value, dialect, is_line=is_line).artifact()


def form(value: object, dialect: Dialect, artifact: str, *, is_line: bool = False) -> Artifact:
    """The form of the named artifact that *value* has."""
    return Resemblance(value, dialect, is_line=is_line).form(artifact)


class Resemblance:
    """A value beside the artifacts of a dialect; each likeness is worked out once, when it is first needed.

    What is made for the lines of a file is less likely where the document is not one: *is_line* says whether it is.
    """

    def __init__(self, value: object, dialect: Dialect, *, is_line: bool = False) -> None:
        self.value = value
        self.dialect = dialect
        self._is_line = is_line

    @cached_property
    def likenesses(self) -> Sequence[Likeness]:
        """The likeness to each artifact; none for a value that is not an object."""
        value = self.value
        return [Likeness(value, one) for one in self.dialect.artifacts.values()] if is_object(value) else ()

    @cached_property
    def candidates(self) -> Sequence[Likeness]:
        """The artifacts between which the fields of the value leave a doubt."""
        best = max((one.score for one in self.likenesses), default=0)
        return [one for one in self.likenesses if one.score > max(0, best - _DOUBT)]

    def artifact(self) -> Artifact | None:
        """The artifact that the value resembles most; None if it resembles none. Rules decide between equals."""
        # A form of another artifact may be so open that broken documents of any kind pass for it.
        likely = [one for one in self.candidates if one.artifact.variant_of is None] or self.candidates
        if not likely:
            return None
        return self._open_form() or self._closest(likely)

    def form(self, name: str) -> Artifact:
        """The form of the named artifact: itself, unless the value is wrong as that and more like a variant."""
        forms = self.dialect.forms_of(name)
        if len(forms) == 1 or not is_object(self.value) or forms[0].is_valid(self.value):
            return forms[0]
        best = max((one.score for one in self.candidates), default=0)
        own = [one for one in self.candidates if one.artifact in forms]
        return self._closest(own) if any(one.score == best for one in own) else forms[0]

    def _open_form(self) -> Artifact | None:
        """The form of another artifact that a line has without a fault, with fields which nothing else knows."""
        if not self._is_line or not is_object(self.value):
            return None
        best = max(one.score for one in self.candidates)
        for one in self.candidates:
            artifact = one.artifact
            unknown = self.value.keys() - artifact.fields
            is_open = artifact.variant_of is not None and one.score == best and bool(unknown)
            if is_open and not self._are_misspelt(unknown, self.value) and self._is_clean(artifact):
                return artifact
        return None

    def _are_misspelt(self, names: Iterable[str], given: Iterable[str]) -> bool:
        """Whether one of these is perhaps a field of an artifact that the value resembles, or for one not *given*."""
        known = {field for one in self.candidates for field in one.artifact.fields}
        absent = {field for one in self.candidates for field in one.artifact.required.difference(given)}
        return any(suggestions(name, known) or not absent.isdisjoint(_words(name)) for name in names)

    def _is_clean(self, artifact: Artifact) -> bool:
        """Whether there is neither an error nor a warning where the value is taken for the artifact."""
        faults, violations = checked(self.value, artifact, self.dialect, lint=True)
        return all(one.severity == "info" for one in (*faults, *violations))

    def _closest(self, candidates: Sequence[Likeness]) -> Artifact:
        """Of those that are as good as equal, the one that errors speak least against."""
        first, *others = candidates
        if not others:
            return first.artifact
        best, rank = first, self._rank(first)
        for other in others:
            # Or else no error need be looked for: each would only count against it.
            if (self._most(other), self._is_for_lines(other)) > rank:
                its = self._rank(other)
                best, rank = (other, its) if its > rank else (best, rank)
        return best.artifact

    def _rank(self, likeness: Likeness) -> tuple[int, bool]:
        """How likely an artifact is; of equals, a line is what is made for lines if it is that without a fault."""
        rank = self._most(likeness) - _ERROR * _errors(self.value, likeness.artifact, self.dialect)
        return rank, self._is_for_lines(likeness) and self._is_clean(likeness.artifact)

    def _most(self, likeness: Likeness) -> int:
        """How likely an artifact is if nothing is wrong."""
        return likeness.score - _ALONE * (likeness.artifact.is_line and not self._is_line)

    def _is_for_lines(self, likeness: Likeness) -> bool:
        """Whether the value is a line, and the artifact what files hold line by line."""
        return self._is_line and likeness.artifact.is_line


def explanation(value: object, artifact: str, dialect: Dialect) -> Violation | None:
    """What a rule says of the whole document where it has the form of another interface."""
    find = dialect.rules_of(artifact, lint=False)
    return _explaining(find(value) if find else (), dialect)


def _explaining(violations: Iterable[Violation], dialect: Dialect) -> Violation | None:
    for violation in violations:
        rule = dialect.rules.get(violation.code)
        if not violation.pointer and rule is not None and rule.explains:
            return violation
    return None


def _errors(value: object, artifact: Artifact, dialect: Dialect) -> int:
    """How many fields of the root are absent or have errors; one where a rule explains them all.

    A long conversation with the same mistake in every message is no less a conversation.
    """
    faults, violations = checked(value, artifact, dialect, lint=False)
    if _explaining(violations, dialect):
        return 1
    errors = [one for one in (*faults, *violations) if one.severity == "error"]
    return len({tuple(tokens(one.pointer)[:1]) for one in errors})


def is_payload(value: object, dialect: Dialect) -> bool:
    """Whether a value resembles an artifact more than by chance."""
    resemblance = Resemblance(value, dialect)
    if not resemblance.candidates:
        return False
    if _is_called_otherwise(value, dialect):
        return any(one.has_most for one in resemblance.likenesses)
    return any(one.is_close for one in resemblance.likenesses)


def _is_called_otherwise(value: object, dialect: Dialect) -> bool:
    """Whether a field that says what a document is, as `object` does, has a text that no artifact has there."""
    texts = _constants(dialect)
    return is_object(value) and any(
        isinstance(value.get(name), str) and value[name] not in known for name, known in texts.items()
    )


@lru_cache(maxsize=4)
def _constants(dialect: Dialect) -> dict[str, set[Scalar]]:
    """What the fields at the root may say that can say one thing in an artifact, over all artifacts."""
    found: dict[str, set[Scalar]] = {}
    for artifact in dialect.artifacts.values():
        for name, values in artifact.constants.items():
            found.setdefault(name, set()).update(values)
    return found


def seen_payload(documents: Iterable[Document], dialect: Dialect) -> tuple[Iterator[Document], bool]:
    """The documents of a file, and whether one of the first resembles a payload, or is an event of a stream."""

    def is_seen(document: Document) -> bool:
        if document.event is not None:
            return True
        value = document.value
        if not document.complete:
            from .recognition import value_of  # most texts have no fault

            value = value_of(document)
        return is_payload(value, dialect) and not _is_doubtful(value, dialect)

    found, documents = seen_among(documents, _FEW, is_seen)
    return documents, found


def _is_doubtful(value: object, dialect: Dialect) -> bool:
    """Whether a value is not just what an artifact has: it may be a container with some of the fields at its root."""
    return is_object(value) and not any(
        one.required <= value.keys() <= one.fields for one in dialect.artifacts.values()
    )
