"""An artifact of a dialect, and the strategies that there are for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from .correction import Corrected, Correction, ExpectedFinding
from .document_places import Route, grafted, path_of, places, pointer_to, replaced, routes
from .drawn_values import drawn, least
from .faulty_document import Fault
from .growth import Growth
from .mistakes import Mistake, mistakes
from .value_shapes import NamedShape, Shape

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from ..artifact import Artifact
    from ..rule import Rule
    from ..violation import Json, Violation
    from .artifact_check import ArtifactCheck

__all__ = ["ArtifactSubject"]

_LARGEST = 20_000
"""Characters of a document that is changed; a larger one is taken as it is."""

_HOSTS = 6
"""How many documents are drawn from for a mistake."""

_CHOICES = 8
"""More than a small document takes."""

_TRIED = 60
"""How many are tried until it is the only one of its severity in one."""

_ENOUGH = 20
"""How many are tried in hope that nothing milder stands beside it."""


class ArtifactSubject:
    """One artifact, with all that its strategies are made from."""

    def __init__(
        self,
        artifact: Artifact,
        root: NamedShape,
        check: ArtifactCheck,
        rules: dict[str, Rule],
        severities: Mapping[str, str],
        examples: Mapping[str, Any],
        others: Mapping[str, ArtifactSubject],
    ) -> None:
        """Keep what is given."""
        self._artifact = artifact
        self._root = root
        self._check = check
        self._rules = rules
        self._severities = severities
        self._examples = examples
        self._others = others
        self._embeds = {
            path_of(pointer, None): name
            for pointer, name in artifact.embeds
            if name in check.artifacts
        }
        known = examples.get("good", ())
        self._correction = Correction(root, self._found, rules, [*self._embeds], known)
        self._shown: dict[tuple[Mistake, int], Corrected | None] = {}
        self._ruled: dict[Mistake, Corrected | None] = {}

    def valid(self) -> SearchStrategy[Any]:
        """Documents without a fault, and without advice but remarks (info)."""
        self._prepare()
        return _valid(self)

    def faulty(
        self, code: str | None = None, mistake: Mistake | None = None
    ) -> SearchStrategy[Fault]:
        """Documents with one mistake: any, one of a *code* or a family, or the one given."""
        chosen = self._chosen(code or "") if mistake is None else (mistake,)
        if not chosen:
            message = f"no mistake in a {self._artifact.name} has the code {code}"
            raise ValueError(message)
        self._prepare()
        return _faulty(self, chosen)

    def _prepare(self) -> None:
        """Make what is made once, so that the first document is drawn as fast as the others."""
        if not (self.seeds and self._by_label and self._samples and self._routes):
            message = f"no {self._artifact.name} without a fault can be made"
            raise LookupError(message)

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Every mistake that a document can have: of its structure, then those that rules find."""
        return self._chosen("")

    def _chosen(self, code: str) -> tuple[Mistake, ...]:
        shown = [each for each in self._examples_of_rules if each.code.startswith(code)]
        structural = [each for each in self._of_structure if each.code.startswith(code)]
        return (*structural, *(each for each in shown if self._example_of(each) is not None))

    @cached_property
    def _of_structure(self) -> tuple[Mistake, ...]:
        apart = {self._others[name].root for name in self._embeds.values() if name in self._others}
        return tuple(
            replace(one, severity=severity)
            for one in mistakes(self._root, self._label, apart)
            if (severity := self._severities.get(one.code, one.severity)) != "off"
        )

    @cached_property
    def _examples_of_rules(self) -> dict[Mistake, tuple[Json, ExpectedFinding]]:
        """What the bad examples of rules show, some of them in other dialects only."""
        found: dict[Mistake, tuple[Json, ExpectedFinding]] = {}
        for number, (code, pointer, document) in enumerate(self._examples.get("bad", ())):
            rule = self._rules[code]
            what = f"example {number}: {rule.summary}"
            one = Mistake(code, rule.severity, rule.name, what, ())
            found[one] = document, ExpectedFinding(code, path_of(pointer, document))
        return found

    def _example_of(self, mistake: Mistake) -> Corrected | None:
        """The example, with nothing else in it as grave; None where it shows nothing here."""
        if mistake not in self._ruled:
            document, expected = self._examples_of_rules[mistake]
            is_large = len(json.dumps(document)) > _LARGEST
            minimum, tolerated = (mistake.severity, "") if is_large else ("info", mistake.severity)
            self._ruled[mistake] = self._correction.corrected(
                document, expected, minimum=minimum, tolerated=tolerated, thorough=not is_large
            )
        return self._ruled[mistake]

    @cached_property
    def seeds(self) -> list[Json]:
        """Documents without a fault, the smallest first: good examples, and the least of all."""
        own = self._clean([least(self._root), *self._examples.get("good", ())])
        return self._clean([*own, *(self._embedding(own[0]) if own else ())])

    @cached_property
    def _advised(self) -> list[Json]:
        """Documents of which there is advice that cannot be taken without losing what is shown."""
        found = self._clean(self._examples.get("good", ()), "error")
        return [each for each in found if each not in self.seeds]

    def _clean(self, documents: Iterable[Json], minimum: str = "warning") -> list[Json]:
        """*documents* without their faults, the smallest first, none twice."""
        better = [
            self._correction.corrected(each, minimum=minimum)
            for each in documents
            if len(json.dumps(each)) < _LARGEST
        ]
        found = {json.dumps(each.document): each.document for each in better if each is not None}
        return [found[text] for text in sorted(found, key=len)]

    def _embedding(self, document: Json) -> Iterator[Json]:
        """*document* with each seed of an artifact that stands in it."""
        for path, name in self._embeds.items():
            for seed in self._others[name].seeds if name in self._others else ():
                yield replaced(document, path, seed)

    @cached_property
    def _growth(self) -> Growth:
        return Growth(self._root, self._correction, self.seeds)

    @cached_property
    def _routes(self) -> dict[str, tuple[Route, ...]]:
        return routes(self._root, self._label)

    @property
    def shape(self) -> NamedShape:
        """The definition that a document must satisfy."""
        return self._root

    @property
    def root(self) -> str:
        """The name of the definition that a document must satisfy."""
        return self._root.name

    @property
    def _label(self) -> str:
        return self._root.name + " document"

    @cached_property
    def _by_label(self) -> dict[str, list[Json]]:
        """The documents that have a place of a label, those without advice first."""
        found: dict[str, list[Json]] = {}
        for seed in (*self.seeds, *self._advised):
            for label in {place.label for place in places(seed, self._root, self._label)}:
                found.setdefault(label, []).append(seed)
        return found

    def draw_valid(self, draw: DrawFn) -> Json:
        """Draw a document without a fault."""
        if draw(_places_of(4)) == 3:
            made = self._correction.corrected(drawn(draw, self._root), minimum="warning")
            if made is not None:
                return deepcopy(made.document)
        start = Corrected(self.seeds[draw(_places_of(len(self.seeds)))], None, 0)
        return deepcopy(self._growth.grown(draw, start, most=3, minimum="warning").document)

    def draw_faulty(self, draw: DrawFn, chosen: tuple[Mistake, ...]) -> Fault:
        """Draw a document with one mistake; of those that cannot stand alone the next that can."""
        start = draw(_places_of(len(chosen)))
        for mistake in (*chosen[start:], *chosen[:start]):
            find = self._by_shape if mistake.changes else self._by_rule
            found = find(draw, mistake)
            if found is not None and found.expected is not None:
                return Fault(
                    deepcopy(found.document),
                    mistake.code,
                    pointer_to(found.expected.path),
                    mistake.severity,
                    mistake.where,
                    mistake.what,
                )
        message = f"in a {self._artifact.name}, {chosen[0]} never stands alone"
        raise LookupError(message)

    def _by_rule(self, draw: DrawFn, mistake: Mistake) -> Corrected | None:
        start = self._example_of(mistake)
        if start is None or len(json.dumps(start.document)) > _LARGEST:
            # Shrinking prefers few choices; without these it would end at the largest document.
            for _ in range(_CHOICES):
                draw(_places_of(2))
            return start
        return self._growth.grown(draw, start, most=2, tolerated=mistake.severity)

    def _by_shape(self, draw: DrawFn, mistake: Mistake) -> Corrected | None:
        number = draw(_places_of(len(mistake.changes)))
        hosts = self._by_label.get(mistake.place or mistake.where, ())[:_HOSTS]
        if hosts:
            seed = Corrected(hosts[draw(_places_of(len(hosts)))], None, 0)
            grown = self._growth.grown(draw, seed, most=1, minimum="warning").document
            found = self._broken(grown, mistake, number)
            if found is not None and found.left == 0:
                return found
        return self._sought(mistake, number) or self._sought(mistake, 0)

    def _sought(self, mistake: Mistake, number: int) -> Corrected | None:
        """One of the changes of a mistake in the document in which the least else is found."""
        if (mistake, number) not in self._shown:
            self._shown[mistake, number] = self._searched(mistake, number)
        return self._shown[mistake, number]

    def _searched(self, mistake: Mistake, number: int) -> Corrected | None:
        best: Corrected | None = None
        for count, host in enumerate(islice(self._hosts(mistake.place or mistake.where), _TRIED)):
            found = self._broken(host, mistake, number)
            if found is not None and (best is None or found.left < best.left):
                best = found
            if best is not None and (best.left == 0 or count > _ENOUGH):
                break
        return best

    def _broken(self, host: Json, mistake: Mistake, number: int) -> Corrected | None:
        """*host* with a mistake, at the first place where it is the only one."""
        label, change = mistake.place or mistake.where, mistake.changes[number]
        for place in places(host, self._root, self._label):
            if place.label != label or (broken := change(place.value)) is None:
                continue
            value, tail = broken
            expected = ExpectedFinding(mistake.code, (*place.path, *tail))
            made = replaced(host, place.path, value)
            found = self._correction.corrected(made, expected, tolerated=mistake.severity)
            if found is not None:
                return found
        return None

    def _hosts(self, label: str) -> Iterator[Json]:
        """Documents that have a place of *label*, by force if need be."""
        yield from self._by_label.get(label, ())
        steps = self._routes.get(label, ())
        labels = [self._label, *(step.label for step in steps)]
        for depth in range(len(steps) - 1, -1, -1):
            for seed in self._by_label.get(labels[depth], ()):
                yield from self._grafts(seed, labels[depth], steps[depth:])

    def _grafts(self, seed: Json, label: str, steps: Sequence[Route]) -> Iterator[Json]:
        for place in places(seed, self._root, self._label):
            if place.label == label:
                for after in (False, True):
                    made = grafted(place.value, steps, self._sample, after=after)
                    yield replaced(seed, place.path, made)

    def _sample(self, label: str, shape: Shape) -> Json:
        """A value that a seed has there, else the least."""
        return self._samples.get(label, least(shape))

    @cached_property
    def _samples(self) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for seed in self.seeds:
            for place in places(seed, self._root, self._label):
                found.setdefault(place.label, place.value)
        return found

    def _found(self, document: Json) -> list[Violation]:
        return self._check.found(self._artifact.name, document)


@cache
def _places_of(count: int) -> SearchStrategy[int]:
    return st.integers(0, count - 1)


@st.composite
def _valid(draw: DrawFn, subject: ArtifactSubject) -> Any:
    return subject.draw_valid(draw)


@st.composite
def _faulty(draw: DrawFn, subject: ArtifactSubject, chosen: tuple[Mistake, ...]) -> Fault:
    return subject.draw_faulty(draw, chosen)
