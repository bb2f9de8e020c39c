"""What is wrong with a document, as the structure and the rules of its dialect have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .document_places import at, path_of, replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..artifact import Artifact
    from ..rule import Rule
    from ..violation import Json, Violation

__all__ = ["ArtifactCheck"]


class ArtifactCheck:
    """Checks documents of one dialect."""

    def __init__(
        self,
        artifacts: Mapping[str, Artifact],
        lints: Mapping[str, Callable[[Any], Iterator[Violation]]],
        rules: Mapping[str, Rule],
    ) -> None:
        """Keep what is given."""
        self.artifacts = artifacts
        """What there is, by name."""
        self._lints = lints
        self._rules = rules

    def found(self, name: str, document: Json) -> list[Violation]:
        """What is wrong with an artifact and all that is embedded in it, each mistake once."""
        return [*self._within(document, self.artifacts[name], "", set())]

    def _within(
        self, value: Json, artifact: Artifact, above: str, refused: set[str]
    ) -> Iterator[Violation]:
        found = [*self._lints[artifact.name](value)]
        causes = {each.pointer for each in found if self._rules[each.code].explains}
        for violation in artifact.check(value):
            if _is_refused(violation.pointer, causes):
                continue
            violation.pointer = above + violation.pointer
            if violation.severity == "error":
                refused.add(violation.pointer)
            yield violation
        found = [each for each in found if not _follows(each.pointer, causes)]
        if refused:
            blank = _without_refused(value, above, refused)
            still = {(each.code, each.pointer) for each in self._lints[artifact.name](blank)}
            found = [each for each in found if (each.code, each.pointer) in still]
        wrong = {violation.pointer for violation in found if violation.severity == "error"}
        for violation in found:
            pointer = above + violation.pointer
            advice = violation.severity != "error" and violation.pointer in wrong
            if not advice and not _is_refused(pointer, refused):
                violation.pointer = pointer
                yield violation
        for pointer, name in artifact.embeds:
            inner = at(value, path_of(pointer, value))
            if _is_refused(pointer, causes):
                continue
            if inner is not None and not _is_refused(above + pointer, refused):
                yield from self._within(inner, self.artifacts[name], above + pointer, refused)


def _is_refused(pointer: str, refused: set[str]) -> bool:
    """Whether there is an error at a place or above it."""
    if not refused:
        return False
    while pointer:
        if pointer in refused:
            return True
        pointer = pointer.rpartition("/")[0]
    return "" in refused


def _follows(pointer: str, causes: set[str]) -> bool:
    """Whether a place stands in one that has the shape of something else."""
    return bool(pointer) and _is_refused(pointer.rpartition("/")[0], causes)


def _without_refused(value: Json, above: str, refused: set[str]) -> Json:
    """A document whose values at fault are null: what rests on them is no second mistake."""
    for pointer in refused:
        inside = pointer.removeprefix(above)
        if pointer.startswith(above) and inside:
            path = path_of(inside, value)
            if at(value, path) is not None:
                value = replaced(value, path, None)
    return value
