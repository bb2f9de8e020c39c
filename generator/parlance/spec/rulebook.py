"""What is wrong with rules and rows of models that can be seen without the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..finding import Finding, LocatedMap, did_you_mean, fault
from ..finding.catalogue import CATALOGUE
from ..finding.shape import is_array
from .located import place_of
from .model import DialectFile, Spec
from .rule_inheritance import Inheritance

__all__ = ["foreign_codes", "rulebook_faults"]

_OURS = "PAR"
"""How the codes of this tool and of its dialects begin."""

_OF_RULES = "2345678"
"""The first digits of those that are rules."""


def rulebook_faults(spec: Spec) -> Iterator[Finding]:
    """Names that are taken or lead nowhere, days in the wrong order, rules that nobody dates, idle choices.

    Of a proven spec only what a user gave beside it is looked at.
    """
    yield from _taken(spec.records, "code", {code: f"the tool's own {entry.name}" for code, entry in CATALOGUE.items()})
    yield from _taken(spec.records, "name", {entry.name: f"the tool's own {code}" for code, entry in CATALOGUE.items()})
    dialects = [dialect for dialect in spec.dialects if dialect.is_given or not spec.is_proven]
    for rule in spec.records if not spec.is_proven else [rule for dialect in dialects for rule in dialect.own_rules]:
        yield from _reserved(rule)
        yield from _undated(rule)
        yield from _hearsay(rule)
        yield from _never(rule)
        yield from _never_bounds(rule)
        yield from _uncoded(rule, spec.records)
    for dialect in dialects:
        yield from _choices(spec, dialect)
        yield from _tables(spec, dialect)
        yield from _lonely(spec, dialect)
    if not spec.is_proven:
        yield from _table_faults(spec)


def _table_faults(spec: Spec) -> Iterator[Finding]:
    """Tables of models that nobody chooses, and rows that say nothing."""
    chosen = {spec.base.id, *(name for dialect in spec.dialects for name in dialect.models or ())}
    for table, rows in spec.models.items():
        if table not in chosen:
            message = f"no dialect chooses the models of {table!r}{did_you_mean(table, sorted(chosen))}"
            advice = f"name them in its header: models: [{table}]"
            yield fault("PAR904", rows.at, message, advice=advice)
        for row in rows:
            yield from _never(row)
            for policy in _policies(row):
                yield from _never(policy)
                if policy.keys() <= {"code", "unless", "since", "until", "sources"}:
                    advice = "say what: refused, values, minimum or maximum"
                    yield fault("PAR913", policy.at, "the policy forbids nothing", advice=advice)


def _reserved(rule: LocatedMap) -> Iterator[Finding]:
    """Codes of our own letters whose digits stand for what is no rule."""
    code = str(rule["code"])
    if code.startswith(_OURS) and code[len(_OURS)] not in _OF_RULES:
        message = f"{code} is not a code of a rule: behind {_OURS} comes a digit from 2 to 8"
        yield fault("PAR903", rule.places["code"], message)


def foreign_codes(rules: Iterable[LocatedMap]) -> Iterator[Finding]:
    """Codes with our own letters, of rules that are not ours."""
    for rule in rules:
        if str(rule["code"]).startswith(_OURS):
            message = f"{rule['code']} begins with {_OURS}, as the codes of Parlance do"
            yield fault("PAR903", rule.places["code"], message, advice="choose other letters, such as your team's")


def _hearsay(rule: LocatedMap) -> Iterator[Finding]:
    if rule["confidence"] == "C" and rule["severity"] == "error":
        message = f"{rule['code']} cannot be an error: what is of confidence C is a warning at most"
        yield fault("PAR913", rule.places["severity"], message, advice="write warning, or find a better source")


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


def _uncoded(rule: LocatedMap, rules: Iterable[LocatedMap]) -> Iterator[Finding]:
    codes = rule.get("nulls-of")
    known = [str(each["code"]) for each in rules if each["kind"] == "capability"] if codes else []
    for code, at in zip(codes, codes.places, strict=True) if codes else ():
        if code not in known:
            message = f"no rule of kind capability has the code {str(code)!r}{did_you_mean(code, known)}"
            yield fault("PAR915", at, message)


def _choices(spec: Spec, dialect: DialectFile) -> Iterator[Finding]:
    """What the header says of rules in vain."""
    inherited = Inheritance(spec)
    for member in reversed([*spec.lineage(dialect)]):
        inherited.add(member)
    yield from inherited.findings


def _tables(spec: Spec, dialect: DialectFile) -> Iterator[Finding]:
    """Tables of models that there are not."""
    for index, name in enumerate(dialect.models or ()):
        if name not in spec.models:
            known = sorted(spec.models)
            guess = did_you_mean(name, known) or (f"; there are {', '.join(known)}" if known else "")
            at = place_of(dialect.header, ("models", index))
            yield fault("PAR904", at, f"there is no table of models {str(name)!r}{guess}")


def _lonely(spec: Spec, dialect: DialectFile) -> Iterator[Finding]:
    """A family that nothing else knows of, and that has a name close to another."""
    named = {spec.base.id, dialect.id, *spec.models}
    for other in spec.dialects:
        named |= {other.id, other.family} if other is not dialect else set()
    guess = did_you_mean(dialect.family, sorted(named))
    if dialect.family not in named and guess:
        message = f"nothing else is of the family {dialect.family!r}{guess}"
        yield fault("PAR904", dialect.at("family"), message, advice="leave it out for a family of its own")


def _policies(row: LocatedMap) -> Iterator[LocatedMap]:
    for policies in row.get("fields", {}).values():
        yield from policies if is_array(policies) else (policies,)
