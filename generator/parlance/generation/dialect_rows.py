"""A row for each dialect of a spec, as plain data: its names, its days, and how many fields it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..contract.ir import Alias, Contract, Direction, Named, Record, Refused
from ..spec import Spec

__all__ = ["dialect_rows", "record_of"]


def dialect_rows(spec: Spec, contracts: Iterable[Contract]) -> Iterator[dict[str, Any]]:
    """A row for each dialect; *contracts* are those of all of them, in the order of their ids."""
    for dialect, contract in zip(spec.dialects, contracts, strict=True):
        sent = next((each.root for each in contract.artifacts if each.direction is Direction.SENT), "")
        record = record_of(contract, sent)
        yield {
            "id": dialect.id,
            "title": dialect.title,
            "released": contract.day.isoformat(),
            "as_of": contract.as_of.isoformat(),
            "default": dialect.id == spec.default,
            "aliases": list(dialect.aliases),
            "artifacts": [artifact.name for artifact in contract.artifacts],
            "request_fields": sum(not isinstance(field.policy, Refused) for field in record.fields) if record else 0,
        }


def record_of(contract: Contract, name: str) -> Record | None:
    """The record that a definition is, or is another name of."""
    found = next((definition for definition in contract.definitions if definition.name == name), None)
    if isinstance(found, Alias) and isinstance(found.type, Named):
        return record_of(contract, found.type.name)
    return found if isinstance(found, Record) else None
