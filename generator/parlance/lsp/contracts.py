"""The contract of a file's dialect, which has what only people read: descriptions, dates, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..check.dialect import UnknownDialect
from ..finding import SpecError

if TYPE_CHECKING:
    from ..contract.ir import Contract
    from .editor_file import FileRole

__all__ = ["Contracts"]

_MOST = 8
"""Contracts that are kept: one takes a second to build and some megabytes, and few projects name more dialects."""


class Contracts:
    """Contracts by dialect, each built when it is first asked for, and again when its spec is another."""

    def __init__(self) -> None:
        self._built: dict[tuple[str | None, str], Contract | None] = {}

    def of(self, role: FileRole) -> Contract | None:
        """The contract of a file; None where its spec cannot be read just now."""
        key = (role.spec.fingerprint(), role.dialect.id)
        if key not in self._built:
            while len(self._built) >= _MOST:
                self._built.pop(next(iter(self._built)))
            self._built[key] = _contract(role)
        return self._built[key]


def _contract(role: FileRole) -> Contract | None:
    from ..contract.build import build_contract  # with all that reads specs
    from ..on_demand import resolve_named

    try:
        return build_contract(resolve_named(role.spec.load(), role.dialect.id))
    except (SpecError, UnknownDialect):
        return None
