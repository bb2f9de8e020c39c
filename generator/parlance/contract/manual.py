"""What all dialects together say of each code: the matter of a page in a manual."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .ir import Contract, Evidence
from .rules import CapabilityRow, FieldPolicy, Rule, Server

__all__ = ["Holding", "Page", "pages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """How a rule holds in one dialect."""

    dialect: str
    severity: str
    is_confirmed: bool
    """Whether somebody says that its server obeys the rule."""

    evidence: tuple[Evidence, ...]
    """Who says so."""

    server: tuple[Server, ...]
    """What its server answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One code. What is the same in every dialect is `rule`'s."""

    rule: Rule
    """As the first of the contracts says it whose server is known to obey it."""

    dialects: tuple[Holding, ...]
    """Where it holds, in the order of the ids."""

    messages: tuple[tuple[str, str | None], ...]
    """What is reported, and the help with it: for each field another, where the rule is about deprecations."""

    policies: tuple[tuple[CapabilityRow, FieldPolicy], ...]
    """What models do, where the rule is about them."""

    @property
    def evidence(self) -> dict[Evidence, list[str]]:
        """Who says so of single dialects, and of which."""
        found: dict[Evidence, list[str]] = {}
        for holding in self.dialects:
            for evidence in holding.evidence:
                found.setdefault(evidence, []).append(holding.dialect)
        return found

    @property
    def sources(self) -> tuple[Evidence, ...]:
        """Those of the rule, then those of its rows."""
        of_rows = [evidence for row, policy in self.policies for evidence in (*policy.evidence, *row.evidence)]
        return tuple(dict.fromkeys([*self.rule.sources, *of_rows]))


def pages(contracts: Sequence[Contract]) -> tuple[Page, ...]:
    """A page for each code that any of *contracts* has, in the order of the codes."""
    found: dict[str, list[tuple[Contract, Rule]]] = {}
    for contract in contracts:
        for rule in contract.rules:
            found.setdefault(rule.code, []).append((contract, rule))
    return tuple(_page(code, found[code]) for code in sorted(found))


def _page(code: str, found: Sequence[tuple[Contract, Rule]]) -> Page:
    # Of deprecations, each field has a rule: what holds is the same of all.
    holdings = {contract.dialect: _holding(contract.dialect, rule) for contract, rule in found}
    return Page(
        rule=next((rule for _, rule in found if rule.is_confirmed), found[0][1]),
        dialects=tuple(holdings[dialect] for dialect in sorted(holdings)),
        messages=tuple(dict.fromkeys((rule.message, rule.help) for _, rule in found)),
        policies=tuple(_policies(code, (contract for contract, _ in found))),
    )


def _holding(dialect: str, rule: Rule) -> Holding:
    return Holding(
        dialect=dialect,
        severity=rule.severity,
        is_confirmed=rule.is_confirmed,
        evidence=rule.evidence,
        server=rule.server,
    )


def _policies(code: str, contracts: Iterable[Contract]) -> Iterable[tuple[CapabilityRow, FieldPolicy]]:
    """Each once, though several dialects have it."""
    seen: set[str] = set()
    for contract in contracts:
        for row in contract.capabilities:
            for policy in row.policies:
                if policy.code != code:
                    continue
                key = repr((row.pattern, row.title, policy))
                if key not in seen:
                    seen.add(key)
                    yield row, policy
