"""A dialect's name to its document: the base as of its day, the overlays of those it extends, then its own.

An inherited action was written for another day. Where it finds nothing or changes nothing on this one it is passed
over; the dialect's own actions must all match and all change something.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from ..finding import Finding, LocatedMap, Place, SpecError, fault
from ..finding.suggestion import question, suggestions
from .as_of import as_of
from .bundle import reference_faults
from .loading import refuse, schema_faults
from .model import DialectFile, Resolved, Spec
from .overlay import Overlay
from .rule_inheritance import Inheritance

__all__ = ["resolve"]


def resolve(spec: Spec, name: str) -> Resolved:
    """The dialect that *name* stands for: an id, an alias, the base's id, or `<base>@<date>`."""
    dialect = spec.names.get(name)
    if dialect is not None:
        return _dialect(spec, dialect)
    if name == spec.base.id:
        return _base(spec, spec.base.as_of)
    before, at, day = name.partition("@")
    if not at:
        raise SpecError([_unknown(spec, name)])
    if before != spec.base.id:
        known = before in spec.names
        message = f"{before!r} takes no date; only the base, {spec.base.id!r}, does"
        raise SpecError([fault("PAR904", None, message) if known else _unknown(spec, before)])
    return _base(spec, _day(day, spec))


def _unknown(spec: Spec, name: str) -> Finding:
    known = sorted({*spec.names, spec.base.id})
    advice = question(suggestions(name, known)) or f"there are {', '.join(known)}"
    return fault("PAR904", None, f"there is no dialect {name!r}", advice=advice)


def _day(text: str, spec: Spec) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is not a day"
        advice = f"write it as {spec.base.id}@{spec.base.as_of}"
        raise SpecError([fault("PAR903", None, message, advice=advice)]) from None
    if spec.base.since and day < spec.base.since:
        message = f"{day} is before {spec.base.since}, when {spec.base.title} begins"
        raise SpecError([fault("PAR903", None, message, advice="choose a later day")])
    return day


def _base(spec: Spec, day: date) -> Resolved:
    base = spec.base
    return Resolved(
        id=f"{base.id}@{day}",
        family=base.id,
        title=base.title,
        description=base.description,
        as_of=day,
        released=day,
        parent=None,
        unknown_fields=base.unknown_fields,
        unknown_fields_at=None,
        conversions="none",
        is_doubtful=lambda _: False,
        sources=(),
        document=as_of(spec.document, day),
        others=partial(_everything, spec),
        **_rules(spec, ()),
    )


def _dialect(spec: Spec, dialect: DialectFile) -> Resolved:
    if dialect.id not in spec.resolved:
        spec.resolved[dialect.id] = _resolved(spec, dialect)
    return spec.resolved[dialect.id]


def _resolved(spec: Spec, dialect: DialectFile) -> Resolved:
    line = list(spec.lineage(dialect))
    document = as_of(spec.document, dialect.as_of)
    hearsay: set[Place] = set()
    known = [member for member in line if not member.is_given]
    # These make of the same base, that of the same day, what they made of it when the spec was proven.
    is_proven = spec.is_proven and bool(known) and known[0].as_of == dialect.as_of
    for ancestor in reversed(line[1:]):
        hearsay |= _overlay(spec, document, ancestor, strict=False, is_proven=is_proven and not ancestor.is_given)
    hearsay |= _overlay(spec, document, dialect, strict=True, is_proven=is_proven and not dialect.is_given)
    if any(member.actions for member in line):
        released = {member.header.at.file: dialect.released for member in line}
        document = as_of(document, dialect.as_of, released)
    conversions = [member.conversions for member in line if member.conversions]
    deciding = next((member for member in line if member.unknown_fields), None)
    return Resolved(
        id=dialect.id,
        family=dialect.family,
        title=dialect.title,
        description=dialect.description,
        as_of=dialect.as_of,
        released=dialect.released,
        parent=dialect.extends,
        unknown_fields=(deciding and deciding.unknown_fields) or spec.base.unknown_fields,
        unknown_fields_at=deciding.at("unknown-fields") if deciding else spec.document["info"].at,
        conversions=conversions[0] if conversions else "none",
        is_doubtful=partial(_is_doubtful, _attesting_files(spec, line), frozenset(hearsay)),
        sources=dialect.sources,
        document=document,
        others=partial(_everything, spec),
        **_rules(spec, line),
    )


def _attesting_files(spec: Spec, line: Sequence[DialectFile]) -> frozenset[str] | None:
    """The files whose constraints the dialect's server is known to have; None for all of them.

    Those are the files of its family, and all that it or one of its family says to have taken over.
    """
    family = line[0].family
    files: set[str] = set()
    for member in line:
        if member.family != family:
            return frozenset(files)
        if member.inherited == "errors":
            return None
        files.add(member.header.at.file)
        if member.inherited == "warnings":
            return frozenset(files)
    return None if family == spec.base.id else frozenset(files)


def _is_doubtful(attesting: frozenset[str] | None, hearsay: frozenset[Place], at: Place | None) -> bool:
    """Whether a constraint written there is inherited from another provider, or hearsay."""
    return at is not None and (at in hearsay or (attesting is not None and at.file not in attesting))


def _rules(spec: Spec, line: Sequence[DialectFile]) -> dict[str, Any]:
    """What holds beside the schemas, in a dialect or, without one, in the base."""
    inherited = Inheritance(spec)
    for member in reversed(line):
        inherited.add(member)
    return {
        "rules": [*inherited.records.values()],
        "choices": inherited.choices,
        "homes": inherited.homes,
        "rule_days": inherited.days,
        "chosen": inherited.chosen,
        "disabled": inherited.disabled,
        "severities": inherited.severities,
        "models": [row for name in inherited.models for row in spec.models[name]],
        "errors": inherited.errors,
        "proven": spec.proven,
    }


def _everything(spec: Spec, first: str | None) -> Iterator[Resolved]:
    """The newest base, then every dialect; before them the *first* one, by its id."""
    yield from (_dialect(spec, dialect) for dialect in spec.dialects if dialect.id == first)
    yield _base(spec, spec.base.as_of)
    for dialect in spec.dialects:
        yield _dialect(spec, dialect)


def _overlay(
    spec: Spec, document: LocatedMap, dialect: DialectFile, *, strict: bool, is_proven: bool
) -> set[Place]:
    """Do the actions of a dialect; where its hearsay is written. What they make *is_proven* if it is known whole."""
    overlay = Overlay(document, strict=strict, attests=_attesting_files(spec, [*spec.lineage(dialect)]) is not None)
    for action in dialect.actions:
        overlay.act(action)
    if not dialect.actions:
        return set()
    if is_proven:
        return overlay.hearsay
    refuse([*overlay.findings, *_blamed(dialect, spec.grammar.check("document", document))])
    schemas: LocatedMap = document["components"]["schemas"]
    findings: list[Finding] = []
    for name in sorted(overlay.touched & schemas.keys()):
        broken = list(spec.grammar.check("named", schemas[name], ("components", "schemas", name)))
        findings.extend(broken or schema_faults(schemas[name]))
    refuse(findings)
    refuse(list(_blamed(dialect, reference_faults(document))))
    return overlay.hearsay


def _blamed(dialect: DialectFile, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings that were none before a dialect's actions."""
    for finding in findings:
        yield replace(finding, help=finding.help or f"the actions of {dialect.id} make it so")
