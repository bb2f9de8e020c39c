"""Fields of requests that a dialect inherits from another provider, and of which it says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.build import build_structure
from ..contract.ir import Contract, Direction, Record, Supported
from ..contract.references import mentions, reached
from ..finding import Finding, fault
from ..spec import DialectFile, Resolved

__all__ = ["undecided_fields"]


def undecided_fields(dialect: DialectFile, resolved: Resolved, contract: Contract) -> Iterator[Finding]:
    """A finding for each record that clients send and of which some fields are only inherited.

    What a user's overlay extends answers for itself: what is open there is not for the user to decide.
    """
    open_before = _undecided(_parent(resolved)) if dialect.is_given and resolved.parent else {}
    for record, fields in _undecided(contract).items():
        known = {*open_before.get(record, ())}
        names = [name for name in fields if name not in known]
        if names:
            what = f"{len(names)} fields" if len(names) > 1 else "a field"
            message = f"nobody decided what becomes of {what} of {record}: {', '.join(names)}"
            advice = "say a `policy`, `supported` for what the server takes, or `only` for all that it has"
            yield fault("PAR922", dialect.at("extends"), message, advice=advice)


def _parent(resolved: Resolved) -> Contract:
    return build_structure(next(resolved.others(resolved.parent)))


def _undecided(contract: Contract) -> dict[str, list[str]]:
    """The records that clients send, and of each the fields that are only inherited."""
    definitions = {each.name: each for each in contract.definitions}
    roots = [each.root for each in contract.artifacts if each.direction is Direction.SENT]
    sent = reached(roots, lambda name: (other for other, _ in mentions(definitions[name])))
    return {
        record.name: [each.name for each in record.fields if not each.attested and isinstance(each.policy, Supported)]
        for record in contract.definitions
        if isinstance(record, Record) and record.name in sent
    }
