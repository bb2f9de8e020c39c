"""Types and validators of a dialect for TypeScript."""

from __future__ import annotations

from collections.abc import Iterator

from ...contract.accepted import accepted
from ...contract.ir import Contract
from ..definitions import Part
from ..file import File
from ..sharing import SpecLayout
from .entry import entry
from .fixes import fixes
from .gates import gates
from .modules import modules
from .package import package
from .rules import rules
from .types import types
from .validators import validators

__all__ = ["modules", "package", "parts", "typescript"]


def typescript(contract: Contract) -> Iterator[File]:
    """The modules of one dialect by itself."""
    yield from (each.file for each in modules([*parts(contract)], SpecLayout({})))


def parts(contract: Contract) -> Iterator[Part]:
    """What one dialect gives to a package of several."""
    yield types(accepted(contract))
    yield validators(contract)
    yield rules(accepted(contract))
    yield gates(contract)
    yield fixes(accepted(contract))
    yield entry(contract)
