"""A document and the documents inside it to diagnostics, and to what is known of it after that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

from ..finding.pointer import joined, parent, tokens, value_at, with_ancestors
from ..finding.shape import is_array, is_object
from .diagnostic import Diagnostic, diagnostic
from .dialect import Dialect, checked
from .document import Document
from .dumped_answers import as_received, is_dump
from .fixes.retyping import type_advice
from .fixes.value_fix import ValueFix, fix_by_rule
from .precedence import MISSING, Candidate, DocumentFacts, Origin, lives

if TYPE_CHECKING:
    from ..runtime.python.artifact import Artifact
    from ..runtime.python.violation import Violation

__all__ = ["Inspection", "Unjudged", "blanked"]

_STAND_IN = frozenset({"PAR001", "PAR005", "PAR006", "PAR007", "PAR010"})
"""Codes of faults of a text after which a stand-in is checked."""

_WITHOUT_EFFECT = "PAR125"
"""The code of a value that the server does not look at."""


class Unjudged(NamedTuple):
    """A part of a document that is not judged, and the code of the rule that says so."""

    pointer: str
    code: str


class _DocumentPart(NamedTuple):
    """A document, or one inside it."""

    value: object
    artifact: Artifact
    at: str = ""

    def origin(self, violation: Violation) -> Origin:
        """The origin of what a rule reports."""
        if violation.severity == "error":
            return Origin.RULE
        if not violation.pointer:
            return Origin.NOTICE
        container = value_at(self.value, parent(violation.pointer))
        is_absent = is_object(container) and tokens(violation.pointer)[-1] not in container
        return Origin.ABSENCE if is_absent else Origin.NOTICE


class Inspection:
    """A document against the structure and the rules of a dialect."""

    def __init__(self, document: Document, dialect: Dialect, lint: bool, across: Sequence[Violation]) -> None:
        """*across* is what the other lines of its file say against the document."""
        self._document = document
        self._dialect = dialect
        self._lint = lint
        self._across = across
        self.unjudged: list[Unjudged] = []
        self.facts = DocumentFacts()
        if not lint:
            self.facts.unreported = frozenset({Origin.NOTICE, Origin.ABSENCE})
        if document.faults:
            self.facts.stand_ins = {fault.pointer for fault in document.faults if fault.code in _STAND_IN}
            self.facts.refused.update(self.facts.stand_ins)
        self._value_fixes: dict[tuple[str, str], ValueFix | None] = {}
        """The fixes that are of a whole part, by code and by the pointer of the part."""

    def diagnostics(
        self, artifact: Artifact, faults: Sequence[Violation], broken: Sequence[Violation]
    ) -> list[Diagnostic]:
        """What is wrong with the document as this artifact: its validator found *faults*, and rules are *broken*."""
        if is_dump(self._document.value, artifact):
            self._document = as_received(self._document, artifact)
            faults, broken = checked(self._document.value, artifact, self._dialect, lint=self._lint)
            self.facts.unreported |= {Origin.ABSENCE}
        return [*self._of_part(_DocumentPart(self._document.value, artifact), faults, [*broken, *self._across])]

    def _of_part(
        self, part: _DocumentPart, faults: Sequence[Violation], violations: Sequence[Violation]
    ) -> Iterator[Diagnostic]:
        value, artifact, at = part
        if faults or violations:  # most documents are clean
            self._note_explained(part, faults, violations)
            yield from self._of_structure(part, faults)
            yield from self._of_rules(part, violations)
        for pointer, name in artifact.embeds:
            inner = value_at(value, pointer)
            if inner is None or name not in self._dialect.artifacts:
                continue
            if lives(Candidate(Origin.EMBEDDED, at + pointer), self.facts):
                inside = self._dialect.artifacts[name]
                found = checked(inner, inside, self._dialect, lint=self._lint)
                yield from self._of_part(_DocumentPart(inner, inside, at + pointer), *found)

    def _note_explained(
        self, part: _DocumentPart, faults: Sequence[Violation], violations: Sequence[Violation]
    ) -> None:
        rules = self._dialect.rules
        without_effect = {one.pointer for one in faults if one.code == _WITHOUT_EFFECT}
        explained = [
            one
            for one in violations
            if one.code in rules and rules[one.code].explains and without_effect.isdisjoint(with_ancestors(one.pointer))
        ]
        self.facts.explained |= {part.at + one.pointer for one in explained}
        self.unjudged += [Unjudged(part.at + one.pointer, one.code) for one in explained if one.severity != "error"]

    def _of_structure(self, part: _DocumentPart, faults: Sequence[Violation]) -> Iterator[Diagnostic]:
        """What the validator reports that lives; its errors, and what is ignored, become facts."""
        value, artifact, at = part
        advice = type_advice(value, faults, artifact.check, lambda pointer: self._document.written(at + pointer))
        for fault in faults:
            candidate = Candidate(Origin.STRUCTURE, at + fault.pointer, fault)
            if not lives(candidate, self.facts):
                continue
            if fault.severity == "error" or fault.code == _WITHOUT_EFFECT:
                self.facts.refused.add(candidate.pointer)
            if fault.severity == "error" and fault.code in MISSING:
                self.facts.incomplete.add(parent(candidate.pointer))
            result = diagnostic(candidate, fault, value)
            if known := advice.get(fault.pointer):
                value_fix = known.value_fix.within(at) if known.value_fix else None
                result = result._replace(help=result.help or known.help, value_fix=value_fix)
            yield result

    def _of_rules(self, part: _DocumentPart, violations: Sequence[Violation]) -> Iterator[Diagnostic]:
        """What the rules report that lives."""
        if not violations:
            return
        self.facts.contradicted = {part.at + one.pointer for one in violations if one.severity == "error"}
        self.facts.unsupported = self._unsupported(part, violations)
        for violation in violations:
            candidate = Candidate(part.origin(violation), part.at + violation.pointer, violation)
            if lives(candidate, self.facts):
                value_fix = self._value_fix(violation, part)
                yield diagnostic(candidate, violation, part.value)._replace(value_fix=value_fix)

    def _unsupported(self, part: _DocumentPart, violations: Sequence[Violation]) -> set[tuple[str, str]]:
        """Code and pointer of what the rules no longer report where null stands in place of all that is refused."""
        find = self._dialect.rules_of(part.artifact.name, lint=self._lint)
        if not self.facts.refused or find is None:
            return set()
        gone = {pointer.removeprefix(part.at) for pointer in self.facts.refused if pointer.startswith(part.at)}
        above = {place for pointer in gone for place in with_ancestors(pointer)}
        still = {(one.code, one.pointer) for one in find(blanked(part.value, gone, above))}
        return {
            (one.code, part.at + one.pointer)
            for one in violations
            if (one.code, one.pointer) not in still and one not in self._across
        }

    def _value_fix(self, violation: Violation, part: _DocumentPart) -> ValueFix | None:
        """The fix of a rule; one that is of the whole part is made once."""
        rule = self._dialect.rules.get(violation.code)
        fix = rule.fix if rule else None
        if fix is None or not fix.of_document:
            return fix_by_rule(fix, part.value, violation.pointer, part.at) if fix else None
        key = (violation.code, part.at)
        if key not in self._value_fixes:
            self._value_fixes[key] = fix_by_rule(fix, part.value, violation.pointer, part.at)
        return self._value_fixes[key]


def blanked(value: object, gone: AbstractSet[str], above: AbstractSet[str], at: str = "") -> object:
    """A copy of *value*, which stands *at* a pointer, with null where it is *gone*, which is below what is *above*."""
    if at in gone:
        return None
    if at in above and is_object(value):
        return {key: blanked(item, gone, above, at + joined([key])) for key, item in value.items()}
    if at in above and is_array(value):
        return [blanked(item, gone, above, f"{at}/{index}") for index, item in enumerate(value)]
    return value
