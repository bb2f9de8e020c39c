"""Types and validators of a dialect for TypeScript."""

from __future__ import annotations

from collections.abc import Iterator

from ...contract.accepted import accepted
from ...contract.ir import Contract
from ..file import File
from .entry import entry
from .gates import gates
from .package import package
from .rules import rules
from .types import types
from .validators import validators

__all__ = ["package", "typescript"]


def typescript(contract: Contract) -> Iterator[File]:
    """The modules of one dialect."""
    yield from types(accepted(contract))
    yield validators(contract)
    yield rules(accepted(contract))
    yield gates(accepted(contract))
    yield entry(contract)
