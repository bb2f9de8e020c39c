"""Contracts that were kept as JSON, compared as others are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..contract.ir import Contract
from ..contract.json_form import contract_of
from .comparing import contract_changes
from .contract_change import ContractChange
from .rule_diff import RuleFacts

__all__ = ["KeptContract", "kept_changes", "kept_contract"]


class KeptContract(NamedTuple):
    """A contract without its rules, and what is compared of these."""

    contract: Contract
    rules: tuple[RuleFacts, ...]


def kept_contract(document: Any) -> KeptContract | None:
    """What a document of JSON holds; None where somebody spoilt it, or where another version of this tool wrote it."""
    try:
        return KeptContract(contract_of(document), tuple(map(_facts, document.get("rules", ()))))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _facts(rule: Mapping[str, str]) -> RuleFacts:
    return RuleFacts(rule["code"], rule["name"], rule["severity"], rule["artifact"], rule.get("check", ""))


def kept_changes(old: KeptContract, new: KeptContract) -> list[ContractChange]:
    """Every change from one to the other, as `contract_changes` has it. Raises `TooManyPlacesError`."""
    return contract_changes(old.contract, new.contract, (old.rules, new.rules))
