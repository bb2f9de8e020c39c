"""A dialect cut to what a document of others can say: its artifacts, without rules and models."""

from __future__ import annotations

from dataclasses import replace

from ..contract.ir import Contract

__all__ = ["reduced"]


def reduced(dialect: Contract, document: Contract) -> tuple[Contract, Contract]:
    """The dialect with the artifacts of the document alone, and the document."""
    names = {artifact.name for artifact in document.artifacts}
    artifacts = tuple(artifact for artifact in dialect.artifacts if artifact.name in names)
    return replace(dialect, artifacts=artifacts, rules=(), capabilities=()), document
