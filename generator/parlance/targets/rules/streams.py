"""The records of streams: how their pieces are put together, and what holds from one to the next."""

from __future__ import annotations

from collections.abc import Iterable

from ...backends.python.syntax import Constant, DictDisplay, ListDisplay, Name, TupleDisplay, Value, call, tuple_of
from ...contract.ir import Artifact, Contract, JsonValue, StreamFacts
from ...contract.rules import Rule
from ...finding.pointer import joined
from ...program.fold_tables import fold_table
from ...program.free_texts import free_texts

__all__ = ["fold_display", "stream_format"]


def stream_format(
    contract: Contract,
    artifact: Artifact,
    stream: StreamFacts,
    rules: Iterable[tuple[Rule, str]],
    named: tuple[str, Iterable[str]],
) -> Value:
    """The record of the stream that an artifact is a piece of; *named* are the constant of its table, and its gates."""
    fold, gates = named
    facts = (artifact.name, stream.into, stream.request, stream.errors, stream.end)
    records = [call("StreamRule", Name(f"_{name}"), Name(f"_check_{name.lower()}")) for _, name in rules]
    free = tuple_of(map(joined, free_texts(contract, artifact, stream)))
    texts: dict[str, Value] = {"free": free} if free.items else {}
    return call(
        "StreamFormat", *map(Constant, facts), Name(fold), TupleDisplay(tuple(records)), *map(Name, gates), **texts
    )


def fold_display(contract: Contract, artifact: Artifact, stream: StreamFacts) -> Value:
    """How the pieces of a stream are put together."""
    return _display(fold_table(contract, artifact, stream))


def _display(value: JsonValue) -> Value:
    if isinstance(value, dict):
        return DictDisplay(tuple((key, _display(item)) for key, item in value.items()))
    if isinstance(value, list):
        return ListDisplay(tuple(map(_display, value)))
    return Constant(value)
