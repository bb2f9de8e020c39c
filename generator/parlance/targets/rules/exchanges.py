"""What answers a request, and the rules on that, as a record."""

from __future__ import annotations

from collections.abc import Iterable

from ...backends.python.syntax import Call, Constant, Name, TupleDisplay, Value, call
from ...contract.ir import Artifact, Contract, ExchangeFacts
from ...contract.rules import Rule
from ...program.gate.exchange_sides import has_claims

__all__ = ["exchange_format"]


def exchange_format(
    contract: Contract,
    artifact: Artifact,
    exchange: ExchangeFacts,
    rules: Iterable[tuple[Rule, str]],
    gates: Iterable[str],
) -> Value:
    """The record of the exchange that an artifact is the answer of."""
    streams = [each.stream for each in contract.artifacts if each.stream is not None]
    stream = next((each.name for each in streams if each.into == artifact.name), None)
    facts = (exchange.request, artifact.name, stream, exchange.errors, artifact.method, artifact.path)
    parts = {artifact.name, exchange.errors}
    records = [
        Call(
            Name("ExchangeRule"),
            (Name(f"_{name}"), Constant(rule.artifact), Name(f"_check_{name.lower()}")),
            (("claims", Constant(value=True)),) if has_claims(rule) else (),
        )
        for rule, name in rules
        if rule.artifact in parts
    ]
    return call("ExchangeFormat", *map(Constant, facts), TupleDisplay(tuple(records)), *map(Name, gates))
