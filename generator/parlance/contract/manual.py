"""What all dialects together say of each code: the matter of a page in a manual."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .ir import Contract, Evidence
from .rules import CapabilityRow, FieldPolicy, Rule

__all__ = ["Page", "pages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One code. What is the same in every dialect is `rule`'s."""

    rule: Rule
    """As the first of the contracts that has the code says it."""

    dialects: tuple[tuple[str, str], ...]
    """Pairs of a dialect's id and the severity there."""

    messages: tuple[tuple[str, str | None], ...]
    """What is reported, and the help with it: for each field another, where the rule is about deprecations."""

    policies: tuple[tuple[CapabilityRow, FieldPolicy], ...]
    """What models do, where the rule is about them."""

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
    severities = {contract.dialect: rule.severity for contract, rule in found}
    return Page(
        rule=found[0][1],
        dialects=tuple(sorted(severities.items())),
        messages=tuple(dict.fromkeys((rule.message, rule.help) for _, rule in found)),
        policies=tuple(_policies(code, (contract for contract, _ in found))),
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
