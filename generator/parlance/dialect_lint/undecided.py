"""Fields of requests that a dialect inherits from another provider, and of which it says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.ir import Contract, Direction, Record, Supported
from ..contract.references import mentions, reached
from ..finding import Finding, fault
from ..spec import DialectFile

__all__ = ["undecided_fields"]


def undecided_fields(dialect: DialectFile, contract: Contract) -> Iterator[Finding]:
    """A finding for each record that clients send and of which some fields are only inherited."""
    definitions = {each.name: each for each in contract.definitions}
    roots = [each.root for each in contract.artifacts if each.direction is Direction.SENT]
    sent = reached(roots, lambda name: (other for other, _ in mentions(definitions[name])))
    for record in contract.definitions:
        if not isinstance(record, Record) or record.name not in sent:
            continue
        names = [
            field.name for field in record.fields if not field.attested and isinstance(field.policy, Supported)
        ]
        if names:
            what = f"{len(names)} fields" if len(names) > 1 else "a field"
            message = f"nobody decided what becomes of {what} of {record.name}: {', '.join(names)}"
            advice = "say a `policy`, `supported` for what the server takes, or `only` for all that it has"
            yield fault("PAR922", dialect.at("extends"), message, advice=advice)
