"""A rule or a row before it is known for which dialect: parsed, with everything that it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from ..expression import Expression
from ..ir import Anything
from ..rules import Check, Selector
from .artifact_types import ArtifactTypes, Kinds, Missing

__all__ = ["ROOT", "Frame", "ParsedRule", "Path", "Use"]

ROOT = Selector(steps=())


@dataclass(frozen=True, slots=True)
class Frame:
    """Places of a document: below the selected places of a rule, or below the root."""

    chain: tuple[Selector, ...] = ()
    """Selectors, each from what the one before it selects."""

    from_root: bool = False

    def below(self, selector: Selector) -> Frame:
        """The places of *selector* from here."""
        return replace(self, chain=(*self.chain, selector))


@dataclass(frozen=True, slots=True)
class Path:
    """A selector that is written in a rule: what it selects must exist."""

    text: str
    frame: Frame


@dataclass(frozen=True, slots=True)
class Use:
    """An expression of a rule, and what its `self` and the names of `let` are."""

    text: str
    expression: Expression
    frame: Frame
    lets: tuple[tuple[str, Expression], ...] = ()


@dataclass(slots=True, kw_only=True)
class ParsedRule:
    """What is checked, and the fields that it needs."""

    artifact: str
    make: Callable[[tuple[Selector, ...], date], Check | None]
    """The check over the selected places that exist in a dialect, at its date; None if there is none then."""

    at: tuple[Selector, ...] = (ROOT,)
    at_texts: tuple[str, ...] = ("",)
    paths: list[Path] = field(default_factory=list[Path])
    uses: list[Use] = field(default_factory=list[Use])
    reported: Frame | None = None
    """Where faults are reported, if the rule says it."""

    fixed: dict[str, str] = field(default_factory=dict[str, str])
    """Placeholders that are filled in here."""

    filled: frozenset[str] = frozenset()
    """Placeholders that are filled in where the rule is broken."""

    null: dict[str, str] = field(default_factory=dict[str, str])
    """Those of them that may be null in a message, each with where it is."""

    foreign: bool = False
    """Whether it is about fields that the format lacks: then its expressions may speak of any."""

    scope: str = "document"
    """What it holds documents beside, if that is anything."""

    def missing(self, structure: ArtifactTypes) -> dict[tuple[str, str], Missing]:
        """What does not exist in *structure*: the text that speaks of it and the field."""
        root = structure.root(self.artifact)
        found: dict[tuple[str, str], Missing] = {}
        for text, selector in zip(self.at_texts, self.at, strict=True):
            self._note(found, text, structure.at(root, selector))
        if self.foreign:
            return found
        for path in self.paths:
            for kinds in self._starts(structure, path.frame):
                self._note(found, path.text, structure.at(kinds, path.frame.chain[-1]))
        for use in self.uses:
            for absent in self._absent(structure, use):
                self._note(found, use.text, absent)
        return found

    def existing(self, structure: ArtifactTypes) -> tuple[Selector, ...]:
        """The selected places that exist in *structure*; none if anything else that is selected does not."""
        root = structure.root(self.artifact)
        if not root:
            return ()
        at = tuple(each for each in self.at if not isinstance(structure.at(root, each), Missing))
        there = replace(self, at=at)
        for path in self.paths:
            kinds = there.kinds(structure, path.frame)
            if not kinds:
                return ()
        return at

    def kinds(self, structure: ArtifactTypes, frame: Frame) -> Kinds:
        """What may stand at the places of *frame*; nothing if there are none."""
        root = structure.root(self.artifact)
        starts = [root] if frame.from_root else [structure.at(root, selector) for selector in self.at]
        for selector in frame.chain:
            starts = [structure.at(start, selector) for start in starts if not isinstance(start, Missing)]
        return tuple(kind for start in starts if not isinstance(start, Missing) for kind in start)

    def _starts(self, structure: ArtifactTypes, frame: Frame) -> Iterator[Kinds]:
        """What the last selector of *frame* starts from, if it is there."""
        kinds = self.kinds(structure, replace(frame, chain=frame.chain[:-1]))
        if kinds:
            yield kinds

    def _absent(self, structure: ArtifactTypes, use: Use) -> list[Missing]:
        own = self.kinds(structure, use.frame)
        if not own:
            return []
        bound: dict[str, Kinds] = {"self": own, "root": structure.root(self.artifact)}
        bound |= structure.beside(self.artifact, self.scope)
        for name, value in use.lets:
            bound[name] = structure.kinds_of(value, bound, []) or (Anything(),)
        return structure.missing(use.expression, bound)

    @staticmethod
    def _note(found: dict[tuple[str, str], Missing], text: str, kinds: Kinds | Missing) -> None:
        if isinstance(kinds, Missing):
            found.setdefault((text, kinds.field), kinds)
