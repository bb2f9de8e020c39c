"""The records of all dialects together: which dialect speaks for each, and the rules about it and its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..contract.example_places import Concern, ExamplePlaces
from ..contract.ir import Contract, JsonValue, Named, Record
from ..contract.limits import accepts
from ..contract.manual import pages
from .edition import Edition
from .example_payloads import best_example, made_example
from .python_names import class_name

__all__ = ["RecordBook", "record_file", "records_of"]

_CAPITAL = re.compile("(?<=.)(?=[A-Z])")
"""Before a capital that does not come first."""


def record_file(name: str) -> str:
    """The name of the page of a record, which differs from others in more than case: disks may hold these for equal."""
    return f"{_CAPITAL.sub('-', class_name(name)).lower()}.md"


class RecordBook:
    """What the pages of records and of rules say of each other."""

    def __init__(self, edition: Edition) -> None:
        default = edition.default
        # What is the same everywhere is worded as the newest dialect says it, and of those of one day the default.
        self.contracts = sorted(edition.contracts, key=lambda one: (one.as_of, one.dialect == default), reverse=True)
        self.pages = {page.rule.code: page for page in pages(self.contracts)}
        """What all dialects together say of each rule, by its code."""
        self.dialects: dict[str, list[Contract]] = {}
        """The dialects that have a record: the default first, if it is one, then the newest."""
        speakers = sorted(self.contracts, key=lambda one: one.dialect != default)
        for contract in speakers:
            for record in records_of(contract):
                self.dialects.setdefault(record.name, []).append(contract)
        self.concerns: dict[str, list[Concern]] = {}
        """What each rule is about, by its code, in the order of names."""
        self._examples: dict[str, list[dict[str, JsonValue]]] = {name: [] for name in self.dialects}
        self._read(speakers)

    def _read(self, contracts: Iterable[Contract]) -> None:
        concerns: dict[str, set[Concern]] = {}
        for contract in contracts:
            places = ExamplePlaces(contract)
            for rule in contract.rules:
                concerns.setdefault(rule.code, set()).update(places.concerns(rule))
                for name, value in places.records(rule):
                    if self.dialects[name][0] is contract:
                        self._examples[name].append(value)
        self.concerns = {
            code: sorted(found, key=lambda one: (one.record, one.field or "")) for code, found in concerns.items()
        }

    def record(self, name: str) -> tuple[Contract, Record]:
        """The dialect that speaks for a record, and what it says."""
        contract = self.dialects[name][0]
        return contract, next(record for record in records_of(contract) if record.name == name)

    def rules(self, concern: Concern) -> list[str]:
        """The codes of the rules about it."""
        return sorted(code for code, found in self.concerns.items() if concern in found)

    def example(self, name: str) -> JsonValue:
        """An object that is such a record; None where none is found or made."""
        contract, record = self.record(name)
        definitions = {each.name: each for each in contract.definitions}
        found = [one for one in self._examples[name] if accepts(Named(name), one, definitions)]
        example = best_example(found) if found else made_example(contract, record)
        return example if accepts(Named(name), example, definitions) else None


def records_of(contract: Contract) -> Iterator[Record]:
    """The records among its definitions."""
    return (each for each in contract.definitions if isinstance(each, Record))
