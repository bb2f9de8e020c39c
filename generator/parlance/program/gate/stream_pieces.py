"""What the gate of a stream asks: whether a piece of sound structure breaks a rule beside those before it.

All pieces before it are of sound structure, too, and there is one at least; so it is known what they came to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...contract.expression import Literal
from ...contract.ir import Artifact, Contract, JsonValue, StreamFacts
from ...contract.rules import ANY, BESIDE
from ..cases import places_of
from ..fold_tables import FoldTable, fold_table
from ..places import Path, beside, place
from ..reduction import Facts
from ..structure import ABSENT, ANYTHING, Kinds, Structure
from .writer import Gate, gate

__all__ = ["BEFORE", "STREAM", "piece_facts", "stream_gate"]

_NAMES = BESIDE["stream"]
BEFORE, STREAM, _REQUEST = _NAMES
_PIECE = Literal("chunk")
_FACTS = {"kind": "string", "event": "string", "chunks": "number", "done": "bool", "failed": "bool"}
"""The kinds of what is known of a stream."""


def stream_gate(
    contract: Contract, artifact: Artifact, stream: StreamFacts, reserved: frozenset[str], severities: Iterable[str]
) -> Gate:
    """Whether rules of some severities may find something in a piece beside those before it."""
    rules = [rule for rule in contract.rules if rule.artifact == artifact.name and rule.scope == "stream"]
    asked = places_of(rule for rule in rules if rule.severity in severities)
    return gate(asked, piece_facts(contract, artifact, stream), None, reserved, others=_NAMES)


def piece_facts(contract: Contract, artifact: Artifact, stream: StreamFacts) -> Facts:
    """What is known of a piece, and of what stands beside it."""
    return Facts(_Composed(contract, artifact, stream)).with_value(place((*beside(STREAM), "kind")).name, _PIECE)


class _Spot(NamedTuple):
    """Where a part of the whole comes from."""

    path: Path
    """The place in a piece."""

    kinds: Kinds
    table: FoldTable | None = None
    """How objects there are put together; None where a value is taken as it is."""

    has_items: bool = False
    """Whether it is an array of such objects."""


class _Composed:
    """A piece, and beside it what those before it came to, what is known of the stream, and the request."""

    def __init__(self, contract: Contract, artifact: Artifact, stream: StreamFacts) -> None:
        self._pieces = Structure(contract, artifact.root)
        self._table = fold_table(contract, artifact, stream)

    def kinds(self, path: Path) -> Kinds:
        """The kinds of value that may stand at a place, `ABSENT` among them where what it is in may lack it."""
        first, steps = path[:1], path[1:]
        if first == beside(BEFORE):
            return self._before(steps)
        if first == beside(STREAM):
            name = steps[0] if len(steps) == 1 else ""
            return frozenset({_FACTS[name]} if name in _FACTS else {ABSENT} if steps else {"map"})
        return ANYTHING if first == beside(_REQUEST) else self._pieces.kinds(path)

    def texts(self, path: Path) -> frozenset[str] | None:  # noqa: ARG002 what pieces come to is not asked for
        """The strings that may stand at a place: nobody knows."""
        return None

    def _before(self, path: Path) -> Kinds:
        spots = [_Spot((), frozenset({"map"}), self._table)]
        for step in path:
            spots = [below for spot in spots for below in self._below(spot, step)]
        return frozenset({ABSENT}).union(*(spot.kinds for spot in spots)) if len(spots) != 1 else spots[0].kinds

    def _below(self, spot: _Spot, step: str) -> Iterator[_Spot]:
        if spot.has_items:
            if step == ANY:
                yield _Spot((*spot.path, ANY), frozenset({"map"}), spot.table)
        elif spot.table is not None:
            yield from self._of_object(spot, spot.table, step)
        else:  # arrays that are strung together may have texts for items
            kinds = ANYTHING if ANY in (*spot.path, step) else self._pieces.kinds((*spot.path, step))
            yield _Spot((*spot.path, step), kinds)

    def _of_object(self, spot: _Spot, table: FoldTable, step: str) -> Iterator[_Spot]:
        """The fields of pieces that become a field of what they come to."""
        fields = _table(table["fields"])
        for name, written in fields.items():
            entry, path = _table(written), (*spot.path, name)
            into = entry.get("into", name)
            if into == "" and "of" in entry:
                for below in self._of_object(spot._replace(path=path), _table(entry["of"]), step):
                    yield below._replace(kinds=below.kinds | {ABSENT})
            elif into == step and entry.get("way") != "drop":
                kinds = self._pieces.kinds(path)
                if entry.get("nulls") is False and "null" in kinds:
                    kinds = (kinds - {"null"}) | {ABSENT}
                below_it = _table(entry["of"]) if "of" in entry else None
                yield _Spot(path, kinds, below_it, "by" in entry)
        if step not in fields:
            path = (*spot.path, step)
            yield _Spot(path, self._pieces.kinds(path))


def _table(value: JsonValue) -> FoldTable:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value
