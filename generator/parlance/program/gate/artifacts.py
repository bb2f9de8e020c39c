"""What the gate of an artifact asks: its rules for errors, and what is known of models."""

from __future__ import annotations

from ...contract.ir import Artifact, Contract
from ...contract.rules import Assert, Capabilities, Rule
from ..cases import places_of
from ..reduction import Facts
from ..structure import Structure
from .writer import Gate, gate

__all__ = ["artifact_gate", "asks_of_model", "explains", "gated_severity"]


def artifact_gate(
    contract: Contract, artifact: Artifact, reserved: frozenset[str], severity: str = "error"
) -> Gate:
    """Whether rules of an artifact may find something of a severity in a document."""
    asked = [rule for rule in _rules(contract, artifact) if gated_severity(rule) == severity]
    model = artifact.model if asks_of_model(contract, artifact) else None
    return gate(places_of(asked), Facts(Structure(contract, artifact.root)), model, reserved, severity)


def asks_of_model(contract: Contract, artifact: Artifact) -> bool:
    """Whether an artifact is held against what is known of the model that it names."""
    is_about_models = any(isinstance(rule.check, Capabilities) for rule in _rules(contract, artifact))
    return bool(contract.capabilities) and artifact.model is not None and is_about_models


def _rules(contract: Contract, artifact: Artifact) -> list[Rule]:
    return [rule for rule in contract.rules if rule.artifact == artifact.name and rule.scope == "document"]


def gated_severity(rule: Rule) -> str:
    """The severity of the gate that asks a rule: what explains errors is asked with them."""
    return "error" if explains(rule) else rule.severity


def explains(rule: Rule) -> bool:
    """Whether what the schema says against a place only follows from what a rule says of it."""
    return isinstance(rule.check, Assert) and rule.check.explains
