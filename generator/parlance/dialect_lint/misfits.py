"""Examples that do not conform, and rules of which no example is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..check.dialect import Dialect as Checks
from ..compiled import compile_dialect
from ..contract.ir import Contract, Enumeration, Record, Type
from ..contract.ir import Named as NamedType
from ..contract.limits import accepts
from ..contract.rules import Rule
from ..finding import Finding, LocatedList, LocatedMap, fault
from ..generation.rule_examples import example_faults, verdict_on
from ..spec import DialectFile, Resolved

__all__ = ["misfit_examples", "silent_rules"]


def misfit_examples(dialect: DialectFile, resolved: Resolved, contract: Contract) -> Iterator[Finding]:
    """Examples in the dialect's own schemas that these refuse, and examples of its own rules that break a promise."""
    definitions = {each.name: each for each in contract.definitions}
    for name, schema in resolved.document["components"]["schemas"].items():
        definition = definitions.get(name)
        if isinstance(definition, Record):
            for field in definition.fields:
                inner = schema.get("properties", {}).get(field.name)
                yield from _misfits(dialect, inner, field.type, f"{name}.{field.name}", contract)
        elif definition is not None:
            kind: Type = NamedType(name) if isinstance(definition, Enumeration) else definition.type
            yield from _misfits(dialect, schema, kind, name, contract)
    yield from example_faults([contract], dialect.own_rules)


def _misfits(dialect: DialectFile, schema: object, kind: Type, name: str, contract: Contract) -> Iterator[Finding]:
    examples = schema.get("examples") if isinstance(schema, LocatedMap) else None
    if not isinstance(examples, LocatedList):
        return
    definitions = {each.name: each for each in contract.definitions}
    for value, at in zip(examples, examples.places, strict=True):
        if at.file == dialect.header.at.file and not accepts(kind, value, definitions):
            yield fault("PAR925", at, f"{name} refuses the example {value!r}")


def silent_rules(dialect: DialectFile, resolved: Resolved, contract: Contract) -> Iterator[Finding]:
    """Rules that the dialect switches on, and whose every example its schemas refuse before the rule speaks."""
    rules: dict[str, list[Rule]] = {}
    for rule in contract.rules:
        rules.setdefault(rule.code, []).append(rule)
    own = {str(record["code"]) for record in dialect.own_rules}
    # The examples of a rule about models are of other models; a row for a model of this server is one that speaks.
    own |= {policy.code for row in contract.capabilities for policy in row.policies}
    chosen = {code: at for code, at in resolved.chosen.items() if code not in own and code in rules}
    checks = compile_dialect(contract) if chosen else None
    for code, at in chosen.items():
        if checks is not None and not _speaks(rules[code], checks):
            message = f"{code} never speaks in {dialect.id}: every document that it is about is refused before"
            yield fault("PAR920", at, message, advice="take it out, or let the dialect take what the rule is about")


def _speaks(rules: Sequence[Rule], checks: Checks) -> bool:
    verdicts = (verdict_on(example, rule, checks) for rule in rules for example in rule.bad)
    return any(verdict.accepted and verdict.found for verdict in verdicts)
