"""A document, a dialect and the name of an artifact to findings: one for each mistake, in the order of the text."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ..finding import Finding, Severity, Span
from ..finding.article import with_article
from ..finding.pointer import joined, parent, tokens, value_at, with_ancestors
from ..finding.shape import is_array, is_object
from ..finding.suggestion import nearest, question, suggestions
from .detection import candidates, detect, explanation, form
from .dialect import Dialect
from .document import Document, Spot
from .fixing.repair import Repair, renaming, repair_by
from .fixing.retyping import Advice, type_advice
from .fixing.writing import writer_of
from .json_parser import parse

if TYPE_CHECKING:
    from ..runtime.python.rule import Rule
    from ..runtime.python.violation import Artifact, Violation

__all__ = ["Unjudged", "Verdict", "judge", "of_another_kind"]

_UNKNOWN = frozenset({"PAR102", "PAR121", "PAR122"})
"""Faults of a field's name: it is what is shown, not the value."""

_MISSING = frozenset({"PAR101", "PAR120"})
_MANY = 2
"""How many errors make a document another artifact; one may be a slip."""

_STAND_IN = frozenset({"PAR001", "PAR005", "PAR006", "PAR007", "PAR010"})
"""Faults of a text after which a stand-in is checked: what is said of that is no second mistake."""


class Unjudged(NamedTuple):
    """A part of a document that is not judged, and the code of the rule that says so."""

    pointer: str
    code: str


class Verdict(NamedTuple):
    """What was found in a document, and as what it was checked."""

    artifact: str | None
    findings: tuple[Finding, ...]
    repairs: tuple[Repair | None, ...]
    """For each finding, what would mend it, told by places."""

    unjudged: tuple[Unjudged, ...] = ()
    """What was left alone, since it has a form that the dialect does not know."""


def judge(
    document: Document,
    dialect: Dialect,
    artifact: str = "auto",
    *,
    lint: bool = False,
    across: Sequence[Violation] = (),
) -> Verdict:
    """Check *document*; `auto` chooses the artifact by the document's fields.

    Of what no schema can say only errors are reported, unless *lint*; *across* is what the other lines of its file say.
    """
    chosen = None if artifact == "auto" else form(document.value, dialect, artifact, is_line=document.is_line)
    found: list[_Found] = [(finding, None) for finding in document.text_findings()] if document.faults else []
    unjudged: tuple[Unjudged, ...] = ()
    if document.complete:
        chosen = chosen or detect(document.value, dialect, is_line=document.is_line)
        if chosen is None:
            found.append((_unlike(document, dialect), None))
        else:
            check = _Check(dialect, lint, across)
            found += _checked(document, dialect, chosen, check.remarks(document, chosen), is_named=artifact != "auto")
            unjudged = tuple(check.unjudged)
    name = chosen.name if chosen else None
    if not found:  # most documents are clean, and of a large file every line is judged
        return Verdict(name, (), (), unjudged)
    found.sort(key=_order)
    return Verdict(name, tuple(one for one, _ in found), tuple(one for _, one in found), unjudged)


def _checked(
    document: Document, dialect: Dialect, chosen: Artifact, remarks: list[_Remark], *, is_named: bool
) -> Iterable[_Found]:
    """What *remarks* come to: one finding where the document is another artifact than the one that was named."""
    if not remarks:
        return ()
    instead = _resembled(document.value, dialect, chosen, remarks) if is_named else None
    if instead is not None:
        return [(of_another_kind(document, instead.name, chosen.name), None)]
    others = [] if is_named else candidates(document.value, dialect)
    return _against(document, dialect, [_or_another(one, chosen, others) for one in remarks])


def of_another_kind(document: Document, name: str, wanted: str) -> Finding:
    """The one finding of a document that looks like the artifact *name*, and should be *wanted*."""
    message = f"looks like {with_article(name)}, not {with_article(wanted)}"
    advice = f"check it as what it is: --as {name}" + ("; a file of lines holds one kind" if document.is_line else "")
    return _of_whole(document, "PAR602", message, advice)


def _of_whole(
    document: Document, code: str, message: str, advice: str | None, rule: Rule | None = None
) -> Finding:
    """A finding about a document as a whole; an error, unless a *rule* says otherwise."""
    spot = document.spots([""]).get("")
    return Finding(
        code=code,
        severity=Severity(rule.severity) if rule else Severity.ERROR,
        pointer="",
        message=message,
        span=spot.value if spot else None,
        help=advice,
        name=rule.name if rule else "",
    )


def _resembled(value: object, dialect: Dialect, chosen: Artifact, remarks: Sequence[_Remark]) -> Artifact | None:
    """The artifact that *value* is instead of the *chosen* one, where the fields leave little doubt."""
    errors = [one for one in remarks if one.violation.severity == "error"]
    ranked = candidates(value, dialect) if errors else []
    if not ranked:
        return None
    _, best = max(ranked, key=lambda one: one[0])
    if best is chosen:
        return None
    if len(errors) >= _MANY:
        is_settled = all(artifact is not chosen for _, artifact in ranked)
        return best if is_settled or best.is_valid(value) else None
    is_absent = errors[0].violation.code in _MISSING and not parent(errors[0].pointer)
    return best if is_absent and chosen not in [one for _, one in ranked] and best.is_valid(value) else None


_Found: TypeAlias = "tuple[Finding, Repair | None]"


def _order(found: _Found) -> tuple[float, float]:
    span = found[0].span
    return (span.line, span.column) if span else (math.inf, math.inf)


def _unlike(document: Document, dialect: Dialect) -> Finding:
    """The one finding of a document that resembles no artifact: what it is, where a rule knows that."""
    for artifact in dialect.artifacts:
        if one := explanation(document.value, artifact, dialect):
            return _of_whole(document, one.code, one.message, one.help, dialect.rules[one.code])
    what = "this resembles" if is_object(document.value) else "this is no object, and resembles"
    advice = f"name what it should be: --as {'|'.join(dialect.artifacts)}"
    return _of_whole(document, "PAR601", f"{what} no artifact of {dialect.id}", advice)


def _or_another(remark: _Remark, chosen: Artifact, ranked: Iterable[tuple[int, Artifact]]) -> _Remark:
    """*remark* with the option that names another likely artifact, where that does not need an absent field."""
    field = remark.pointer.removeprefix("/")
    if remark.violation.code not in _MISSING or field not in chosen.required:
        return remark
    others = [one.name for _, one in ranked if field not in one.required and one.variant_of is None]
    advice = f"add it, or name what this is: --as {'|'.join(others)}"
    return remark._replace(help=remark.help or advice) if others else remark


def _against(document: Document, dialect: Dialect, remarks: list[_Remark]) -> Iterator[_Found]:
    remarks = _without_echoes(remarks)
    spots = document.spots({place for one in remarks for place in with_ancestors(one.at)})
    rules = dialect.rules
    writer = writer_of(document) if any(one.repair for one in remarks) else None
    for one in remarks:
        rule = rules.get(one.violation.code)
        finding = Finding(
            code=one.violation.code,
            severity=Severity(one.violation.severity),
            pointer=one.pointer,
            message=one.violation.message,
            span=_span(one, spots),
            help=_help(one, document.remarks.get(one.at)),
            fix=writer.fix(one.repair) if writer and one.repair else None,
            name=rule.name if rule else "",
        )
        yield (_inside(finding, document) if rule and rule.inside else finding), one.repair


def _help(remark: _Remark, reading: str | None) -> str | None:
    """What to do, and what the format made of the value; that alone where the fix says what to do."""
    is_repeated = remark.repair is not None and remark.repair.title == remark.help
    return "; ".join(filter(None, (None if reading and is_repeated else remark.help, reading))) or None


def _inside(finding: Finding, document: Document) -> Finding:
    """*finding* at the place where the JSON text breaks off that the string at its pointer holds."""
    text = value_at(document.value, finding.pointer)
    source = document.inside(finding.pointer, text) if isinstance(text, str) else None
    fault = next(iter(parse(source).faults), None) if source else None
    if source is None or fault is None:
        return finding
    return replace(
        finding,
        message=f"{finding.message}: {fault.message}",
        span=source.span(fault.start, fault.end) if source.file else finding.span,
        help=fault.help or finding.help,
    )


class _Remark(NamedTuple):
    """A violation, where it is shown, and what to do about it."""

    violation: Violation
    pointer: str
    at: str
    help: str | None
    key: bool
    """Whether the key at `at` is shown, and not the value."""

    meant: str | None = None
    """The pointer that an unknown field has in its right spelling."""

    repair: Repair | None = None


class _Check:
    """A document and all that is embedded in it, against the structure and the rules of a dialect."""

    def __init__(self, dialect: Dialect, lint: bool, across: Sequence[Violation]) -> None:
        self._dialect = dialect
        self._lint = lint
        self._across = across
        self._stand_ins: set[str] = set()
        self._refused: set[str] = set()
        """Where there is an error already: rules find nothing new there or below."""
        self._incomplete: set[str] = set()
        """Objects that lack a required field."""
        self.unjudged: list[Unjudged] = []
        """What was left alone."""
        self._written: Callable[[str], str | None] = lambda _: None
        """How a number or a boolean stands in the text."""
        self._repairs: dict[tuple[str, str], Repair | None] = {}
        """The fixes that are of a whole document, by code and by the pointer of that document."""

    def remarks(self, document: Document, artifact: Artifact) -> list[_Remark]:
        """What is wrong, without what only follows from a stand-in."""
        self._written = document.written
        if document.faults:
            self._stand_ins.update(fault.pointer for fault in document.faults if fault.code in _STAND_IN)
            self._refused.update(self._stand_ins)
        return [*self._within(document.value, artifact, "", self._across)]

    def _within(
        self, value: object, artifact: Artifact, at: str, across: Sequence[Violation] = ()
    ) -> Iterator[_Remark]:
        faults = [*artifact.check(value)]
        is_clean = not faults and self._is_clean(value, artifact)
        every = self._all_broken(value, artifact, across, is_clean=is_clean)
        if every or faults:  # most documents are clean
            causes = yield from self._broken(value, artifact, at, every, faults)
        else:
            causes = set[str]()
        for pointer, name in artifact.embeds:
            inner = value_at(value, pointer)
            if causes and _is_within(pointer, causes):
                continue
            if inner is not None and name in self._dialect.artifacts and not self._is_refused(at + pointer):
                yield from self._within(inner, self._dialect.artifacts[name], at + pointer)

    def _broken(
        self, value: object, artifact: Artifact, at: str, every: Sequence[Violation], faults: Sequence[Violation]
    ) -> Generator[_Remark, None, set[str]]:
        """What rules say in *every* and the structure in *faults*; gives the places that rules explain."""
        rules = self._dialect.rules
        explained = [one for one in every if one.code in rules and rules[one.code].explains] if every else ()
        self.unjudged += [Unjudged(at + one.pointer, one.code) for one in explained if one.severity != "error"]
        causes = {one.pointer for one in explained}
        found = self._wanted(every)
        advice = type_advice(value, faults, artifact.check, lambda one: self._written(at + one))
        for violation in faults:
            pointer = at + violation.pointer
            if pointer not in self._stand_ins and not (causes and _is_within(violation.pointer, causes)):
                if violation.severity == "error":
                    self._refused.add(pointer)
                    if violation.code in _MISSING:
                        self._incomplete.add(parent(pointer))
                yield _advised(_remark(violation, value, at), advice.get(violation.pointer), at)
        for violation in self._firm(found, artifact, value, at):
            if causes and violation.pointer and _is_within(parent(violation.pointer), causes):
                continue  # what has the shape of something else is judged when it has the right one
            if not (self._is_refused(at + violation.pointer) or self._is_lesser_absence(violation, value, at)):
                repair = self._repair(violation, value, at)
                yield _remark(violation, value, at)._replace(repair=repair)
        return causes

    def _repair(self, violation: Violation, value: object, at: str) -> Repair | None:
        """The fix of a rule; one that is of the whole document is made once."""
        rule = self._dialect.rules.get(violation.code)
        fix = rule.fix if rule else None
        if fix is None or not fix.of_document:
            return repair_by(fix, value, violation.pointer, at) if fix else None
        if (violation.code, at) not in self._repairs:
            self._repairs[violation.code, at] = repair_by(fix, value, violation.pointer, at)
        return self._repairs[violation.code, at]

    def _all_broken(
        self, value: object, artifact: Artifact, across: Sequence[Violation], *, is_clean: bool
    ) -> Sequence[Violation]:
        """What the rules say; if it *is_clean*, only those that find no errors have to be asked."""
        find = self._finder(artifact)
        if is_clean:
            find = self._dialect.advice.get(artifact.name, find) if self._lint else None
        return [*find(value), *across] if find else across

    def _is_clean(self, value: object, artifact: Artifact) -> bool:
        """Whether rules find no error in a value of sound structure, as far as that shows at once."""
        may_refuse = self._dialect.gates.get(artifact.name)
        return may_refuse is not None and not may_refuse(value)

    def _wanted(self, found: Sequence[Violation]) -> Sequence[Violation]:
        """Of what the rules say, that which is to be shown; of a value that is wrong, nothing else."""
        if not found:
            return found
        wrong = {violation.pointer for violation in found if violation.severity == "error"}
        return [one for one in found if one.severity == "error" or (self._lint and one.pointer not in wrong)]

    def _finder(self, artifact: Artifact) -> Callable[[object], Iterable[Violation]] | None:
        """What applies the rules; only those for errors, where nothing else is wanted."""
        find = self._dialect.lints.get(artifact.name)
        return find if self._lint or find is None else self._dialect.errors.get(artifact.name, find)

    def _firm(
        self, found: Sequence[Violation], artifact: Artifact, value: object, at: str
    ) -> Sequence[Violation]:
        """What the rules say, but for what rests on a value that is refused already."""
        find = self._finder(artifact)
        if not found or not self._refused or find is None:
            return found
        gone = {pointer.removeprefix(at) for pointer in self._refused if pointer.startswith(at)}
        above = {place for pointer in gone for place in with_ancestors(pointer)}
        still = {(one.code, one.pointer) for one in find(_blanked(value, gone, above))}
        return [one for one in found if (one.code, one.pointer) in still or one in self._across]

    def _is_lesser_absence(self, violation: Violation, value: object, at: str) -> bool:
        """Whether a rule only misses a field of an object that lacks a required one."""
        if violation.severity == "error" or parent(at + violation.pointer) not in self._incomplete:
            return False
        holder = value_at(value, parent(violation.pointer))
        return is_object(holder) and tokens(violation.pointer)[-1] not in holder

    def _is_refused(self, pointer: str) -> bool:
        return _is_within(pointer, self._refused)


def _is_within(pointer: str, places: AbstractSet[str]) -> bool:
    """Whether it is one of *places*, or stands in one."""
    return not places.isdisjoint(with_ancestors(pointer))


def _remark(violation: Violation, value: object, above: str) -> _Remark:
    """*value* is what was checked, which stands at *above* in its document."""
    inner, code, known = violation.pointer, violation.code, violation.known
    at = above + inner
    if code in _UNKNOWN:
        container = value_at(value, parent(inner))
        used: Collection[str] = container if is_object(container) else ()
        word = tokens(inner)[-1]
        near = suggestions(word, known, used)
        meant = f"{parent(at)}{joined(near[:1])}" if near else None
        advice = violation.help or question(near) or ("remove it" if violation.severity == "error" else None)
        name = None if code == "PAR122" else nearest(word, known, used)
        return _Remark(violation, at, at, advice, key=True, meant=meant, repair=renaming(at, name) if name else None)
    wrong = value_at(value, inner) if known else None
    near = suggestions(wrong, known) if isinstance(wrong, str) else []
    return _Remark(violation, at, at, question(near) or violation.help, key=violation.on_key)


def _advised(remark: _Remark, advice: Advice | None, above: str) -> _Remark:
    """*remark* with advice on a value of the wrong type, which stands in a document at *above*."""
    if advice is None:
        return remark
    repair = advice.repair.within(above) if advice.repair else None
    return remark._replace(help=remark.help or advice.help, repair=repair)


def _without_echoes(remarks: list[_Remark]) -> list[_Remark]:
    """One finding for a required field whose name is misspelt, not one for each of its spellings."""
    missing = {one.at: one for one in remarks if one.violation.code in _MISSING}
    instead: dict[int, _Remark | None] = {}
    for one in remarks:
        absent = missing.pop(one.meant, None) if one.meant else None
        if absent is None:
            continue
        instead[id(absent)] = None
        if absent.violation.severity == "error" != one.violation.severity:
            advice = f"{tokens(one.at)[-1]!r} may be a misspelling of it"
            instead[id(absent)] = absent._replace(at=one.at, help=advice, key=True, repair=one.repair)
            instead[id(one)] = None
    return [kept for one in remarks if (kept := instead.get(id(one), one))]


def _span(remark: _Remark, spots: Mapping[str, Spot]) -> Span | None:
    spot = spots.get(remark.at)
    if spot is None:  # what is absent is shown where it should be
        return next((spots[place].value for place in with_ancestors(remark.at) if place in spots), None)
    return spot.key if remark.key and spot.key else spot.value


def _blanked(value: object, gone: AbstractSet[str], above: AbstractSet[str], at: str = "") -> object:
    """A copy of *value*, which stands *at* a pointer, with null where it is *gone*, which is below what is *above*."""
    if at in gone:
        return None
    if at in above and is_object(value):
        return {key: _blanked(one, gone, above, at + joined([key])) for key, one in value.items()}
    if at in above and is_array(value):
        return [_blanked(one, gone, above, f"{at}/{index}") for index, one in enumerate(value)]
    return value
