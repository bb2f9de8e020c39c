"""What a rule may speak of: the fields of the newest base, and of the dialects that it is for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from ...finding import Finding, did_you_mean, fault
from ..ir import Contract
from ..source import Source
from .parsed_rule import ParsedRule
from .reading import location
from .structure import Missing, Structure

__all__ = ["Views", "is_for"]


def is_for(applies: Any, family: str, dialect: str) -> bool:
    """Whether what applies to *applies* applies to a dialect."""
    return applies == "any" or family in applies or dialect in applies


class Views:
    """The contracts of a whole spec; each is made when it is first asked for."""

    def __init__(self, source: Source, build: Callable[[Source], Contract]) -> None:
        self._left = source.others()
        self._build = build
        self._made: list[tuple[str, str, Structure]] = []

    def faults(self, parsed: ParsedRule, applies: Any) -> Iterator[Finding]:
        """What *parsed* speaks of that neither the base nor any dialect that it applies to has."""
        missing: dict[tuple[str, str], Missing] | None = None
        for structure in self.structures(applies):
            if parsed.artifact in structure.roots:
                found = parsed.missing(structure)
                missing = found if missing is None else {key: missing[key] for key in missing if key in found}
                if not missing:
                    return
        for (text, _), absent in (missing or {}).items():
            sought = re.search(rf"(?<!\w){re.escape(absent.field)}(?!\w)", text)
            guess = did_you_mean(absent.field, absent.known)
            message = f"{parsed.artifact} has no {absent.field!r} there{guess}"
            yield fault("PAR912", location(text, sought.start() if sought else 0), message)

    def artifacts(self, applies: Any) -> list[str]:
        """The artifacts that there are."""
        return sorted({name for structure in self.structures(applies) for name in structure.roots})

    def structures(self, applies: Any) -> Iterator[Structure]:
        """The base, then every dialect that is meant."""
        for index, (family, dialect, structure) in enumerate(self._all()):
            if index == 0 or is_for(applies, family, dialect):
                yield structure

    def _all(self) -> Iterator[tuple[str, str, Structure]]:
        yield from self._made
        for other in self._left:
            contract = self._build(other)
            self._made.append((other.family, other.id, Structure(contract.artifacts, contract.definitions)))
            yield self._made[-1]
