"""Claims of a dialect without a source or a day."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, LocatedList, LocatedMap, fault
from ..spec import DialectFile

__all__ = ["unsourced_claims"]

_CLAIMS = ("unknown-fields", "conversions", "inherited")
"""What a header claims of a server; its actions and rules have evidence of their own."""


def unsourced_claims(dialect: DialectFile) -> Iterator[Finding]:
    """What the header claims without any source, and evidence of no day."""
    claims = [key for key in _CLAIMS if key in dialect.header]
    if claims and not dialect.sources:
        message = f"{dialect.id} says {' and '.join(f'`{key}`' for key in claims)}, and names no source"
        yield fault("PAR921", dialect.at(claims[0]), message, advice="say in `sources` what it was written from")
    for evidence in _evidence(dialect.header):
        if "date" not in evidence:
            message = f"nothing says when {str(evidence['source'])!r} said so"
            yield fault("PAR921", evidence.at, message, advice="give the evidence a `date`")


def _evidence(node: object, key: str = "") -> Iterator[LocatedMap]:
    if isinstance(node, LocatedMap):
        if key in {"evidence", "sources"} and "source" in node:
            yield node
        for name, value in node.items():
            if name != "update":
                yield from _evidence(value, name)
    elif isinstance(node, LocatedList):
        for value in node:
            yield from _evidence(value, key)
