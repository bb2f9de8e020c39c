"""What a rule may speak of: the fields of the newest base and of every dialect, or of the one that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ...finding import Finding, did_you_mean, fault
from ..ir import Contract
from ..source import Source
from .artifact_types import ArtifactTypes, Missing
from .parsed_rule import ParsedRule
from .text_reading import location

__all__ = ["Views"]


class Views:
    """The contracts of a whole spec; each is made when it is first asked for."""

    def __init__(self, source: Source, build: Callable[[Source], Contract]) -> None:
        self._source = source
        self._left = source.others(None)
        self._build = build
        self._proven = source.proven
        self._homes: dict[str, ArtifactTypes] = {}
        self._made: dict[str, ArtifactTypes] = {}
        self._asking: dict[str, ArtifactTypes] = {}

    def asked_by(self, dialect: str, structure: ArtifactTypes) -> None:
        """Take note of who asks next: most of what the base lacks is there, and nothing has to be made for it."""
        self._asking = {dialect: structure}

    def faults(self, parsed: ParsedRule, home: str | None, code: str) -> Iterator[Finding]:
        """What *parsed*, of the rule *code*, speaks of that the dialect *home* lacks; None for the base and all."""
        if code in self._proven:
            return
        missing: dict[tuple[str, str], Missing] | None = None
        for structure in self.structures(home):
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

    def artifacts(self, home: str | None) -> list[str]:
        """The artifacts that there are."""
        return sorted({name for structure in self.structures(home) for name in structure.roots})

    def structures(self, home: str | None) -> Iterator[ArtifactTypes]:
        """The base, then every dialect; only *home*, if it is one."""
        if home is not None:
            yield self._home(home)
            return
        for _, structure in self._all():
            yield structure

    def _home(self, dialect: str) -> ArtifactTypes:
        """One dialect, without those that come before it."""
        known = self._made.get(dialect) or self._asking.get(dialect) or self._homes.get(dialect)
        if known is None:
            contract = self._build(next(self._source.others(dialect)))
            known = self._homes[dialect] = ArtifactTypes(contract.artifacts, contract.definitions)
        return known

    def _all(self) -> Iterator[tuple[str, ArtifactTypes]]:
        yield from [*self._made.items()]
        while True:
            if self._made and self._asking:  # the base comes first, and says what is misspelt
                dialect, structure = self._asking.popitem()
                if dialect not in self._made:
                    self._made[dialect] = structure
                    yield dialect, structure
            other = next((each for each in self._left if each.id not in self._made), None)
            if other is None:
                return
            contract = self._build(other)
            self._made[other.id] = ArtifactTypes(contract.artifacts, contract.definitions)
            yield other.id, self._made[other.id]
