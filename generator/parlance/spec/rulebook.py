"""What is wrong with rules and rows of models that can be seen without the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..finding import Finding, LocatedMap, did_you_mean, fault
from ..finding.catalogue import CATALOGUE
from ..finding.shape import is_array
from .located import place_of
from .model import Dialect, Spec

__all__ = ["rulebook_faults"]

_STRUCTURE = "PAR1"
"""How codes begin of which a dialect may change the severity: what its validators find."""


def rulebook_faults(spec: Spec) -> Iterator[Finding]:
    """Names that are taken or lead nowhere, days in the wrong order, and rules that nobody dates."""
    yield from _taken(spec.rules, "code", {code: f"the tool's own {entry.name}" for code, entry in CATALOGUE.items()})
    yield from _taken(spec.rules, "name", {entry.name: f"the tool's own {code}" for code, entry in CATALOGUE.items()})
    known = spec.families | {dialect.id for dialect in spec.dialects}
    for rule in spec.rules:
        yield from _undated(rule)
        yield from _never(rule)
        yield from _never_bounds(rule)
        yield from _uncoded(rule, spec.rules)
        if rule["applies"] != "any":
            yield from _unknown(rule["applies"], known)
    for dialect in spec.dialects:
        yield from _severities(spec, dialect)
        yield from _lonely(spec, dialect)
    for family, rows in spec.models.items():
        if family not in spec.families:
            guess = did_you_mean(family, spec.families)
            message = f"the file has the name of a family, and there is no family {family!r}{guess}"
            yield fault("PAR904", rows.at, message)
        for row in rows:
            yield from _never(row)
            for policy in _policies(row):
                yield from _never(policy)
                if policy.keys() <= {"code", "unless", "since", "until", "sources"}:
                    advice = "say what: refused, values, minimum or maximum"
                    yield fault("PAR913", policy.at, "the policy forbids nothing", advice=advice)


def _taken(rules: Iterable[LocatedMap], key: str, taken: Mapping[str, str]) -> Iterator[Finding]:
    holders = dict(taken)
    for rule in rules:
        if rule[key] in holders:
            message = f"the {key} {rule[key]!r} is taken by {holders[rule[key]]}"
            yield fault("PAR908", rule.places[key], message, advice="choose another")
        holders.setdefault(rule[key], f"the rule at {rule.places[key]}")


def _undated(rule: LocatedMap) -> Iterator[Finding]:
    if not any("date" in source for source in rule["sources"]):
        message = f"no source of {rule['code']} has a date"
        yield fault("PAR913", rule.places["sources"], message, advice="say when it said so")


def _never(holder: LocatedMap) -> Iterator[Finding]:
    since, until = holder.get("since"), holder.get("until")
    if since is not None and until is not None and until <= since:
        yield fault("PAR909", holder.places["until"], f"it ends on {until}, and begins on {since}: it never holds")


def _never_bounds(rule: LocatedMap) -> Iterator[Finding]:
    for key in ("minimum", "maximum"):
        bounds = rule.get(key)
        for bound in bounds if is_array(bounds) else ():
            yield from _never(bound)


def _unknown(names: Any, known: frozenset[str]) -> Iterator[Finding]:
    for name, at in zip(names, names.places, strict=True):
        if name not in known:
            message = f"there is no family and no dialect {str(name)!r}{did_you_mean(name, known)}"
            yield fault("PAR904", at, message)


def _uncoded(rule: LocatedMap, rules: Iterable[LocatedMap]) -> Iterator[Finding]:
    codes = rule.get("nulls-of")
    known = [str(each["code"]) for each in rules if each["kind"] == "capability"] if codes else []
    for code, at in zip(codes, codes.places, strict=True) if codes else ():
        if code not in known:
            message = f"no rule of kind capability has the code {str(code)!r}{did_you_mean(code, known)}"
            yield fault("PAR915", at, message)
def _severities(spec: Spec, dialect: Dialect) -> Iterator[Finding]:
    """Severities of codes that no rule has, or none that holds for the dialect."""
    rules = {str(rule["code"]): rule for rule in spec.rules}
    known = [*rules, *(code for code in CATALOGUE if code.startswith(_STRUCTURE))]
    for code in dialect.severities:
        at = place_of(dialect.header, ("severities", code))
        if code in CATALOGUE and code not in known:
            message = f"the severity of {code}, {CATALOGUE[code].name}, is the same in every dialect"
            yield fault("PAR915", at, message, advice="take it out")
        elif code not in known:
            yield fault("PAR915", at, f"nothing has the code {str(code)!r}{did_you_mean(code, known)}")
        elif code in rules and not _holds(rules[code], dialect):
            message = f"{code} does not hold in {dialect.id}: it applies to {', '.join(rules[code]['applies'])}"
            yield fault("PAR915", at, message, advice="take it out, or let the rule apply here")


def _holds(rule: LocatedMap, dialect: Dialect) -> bool:
    return rule["applies"] == "any" or not {dialect.family, dialect.id}.isdisjoint(rule["applies"])


def _lonely(spec: Spec, dialect: Dialect) -> Iterator[Finding]:
    """A family that nothing else knows of, and that has a name close to another."""
    named = {spec.base.id, dialect.id, *spec.models}
    named |= {name for rule in spec.rules if rule["applies"] != "any" for name in rule["applies"]}
    for other in spec.dialects:
        named |= {other.id, other.family} if other is not dialect else set()
    guess = did_you_mean(dialect.family, sorted(named))
    if dialect.family not in named and guess:
        message = f"nothing else is of the family {dialect.family!r}{guess}"
        yield fault("PAR904", dialect.at("family"), message, advice="leave it out for a family of its own")


def _policies(row: LocatedMap) -> Iterator[LocatedMap]:
    for policies in row.get("fields", {}).values():
        yield from policies if is_array(policies) else (policies,)
