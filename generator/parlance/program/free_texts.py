"""The texts of a piece of a stream on which no verdict rests: rules ask of them no more than whether they are empty.

Of two pieces that differ in such texts alone, none of them empty, the second one has the verdict of the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..contract.expression import (
    Binary,
    Call,
    Expression,
    Has,
    Index,
    Literal,
    Macro,
    Name,
    Select,
    direct_parts,
)
from ..contract.ir import Array, Artifact, Boolean, Contract, Integer, JsonValue, Map, Null, Number, StreamFacts, Text
from ..contract.rules import ANY
from .cases import CasePlace, places_of
from .fold_tables import fold_table
from .gate.stream_pieces import BEFORE, STREAM, piece_facts
from .places import OUTERMOST, Path, beside
from .reduction import Facts, reduced
from .structure import Structure

__all__ = ["free_texts"]

_NUMBERS = frozenset({"index", "depth", OUTERMOST})
"""Names of the rules' language that stand for nothing in a document."""

_NO_TEXTS = (Array, Boolean, Integer, Map, Null, Number)
"""Types of which no text is."""


class _ValueRead(NamedTuple):
    """What an expression reads."""

    path: Path
    is_whole: bool = True
    """Whether what lies below the place is read, too."""

    def touches(self, path: Path) -> bool:
        """Whether that is a part of what is read."""
        return path[: len(self.path)] == self.path if self.is_whole else path == self.path


_EVERYTHING = _ValueRead(())


def free_texts(contract: Contract, artifact: Artifact, stream: StreamFacts) -> tuple[Path, ...]:
    """The places of these texts in a piece: what is put together of them is a text, too, or they are left out."""
    rules = [rule for rule in contract.rules if rule.artifact == artifact.name]
    facts = piece_facts(contract, artifact, stream)
    reads = [
        each
        for scope in ("document", "stream")
        for each in _read_at(places_of(rule for rule in rules if rule.scope == scope), facts)
    ]

    def is_read(path: Path) -> bool:
        return any(each.touches(path) for each in reads)

    if artifact.model is not None or artifact.embeds or is_read((*beside(STREAM), "chunks")):
        return ()
    pieces = _PieceTexts(Structure(contract, artifact.root))
    return tuple(
        text.path
        for text in pieces.texts((), beside(BEFORE), fold_table(contract, artifact, stream))
        if not is_read(text.path) and (text.into is None or not is_read(text.into))
    )


@dataclass(frozen=True, slots=True)
class _FoldedText:
    path: Path
    into: Path | None
    """Where it stands in what the pieces before came to; None where it does not."""


@dataclass(frozen=True, slots=True)
class _PieceTexts:
    """The texts in pieces of a structure."""

    structure: Structure

    def texts(self, path: Path, into: Path | None, table: Mapping[str, JsonValue]) -> Iterator[_FoldedText]:
        """Those without a bound that are strung together, or left out."""
        entries = _mapping(table["fields"])
        for name in self.structure.fields(path):
            here, entry = (*path, name), _mapping(entries.get(name, {}))
            way, target = entry.get("way", table["way"]), entry.get("into", name)
            there = None if way == "drop" or into is None else (*into, str(target)) if target else into
            if "of" in entry:
                items = (ANY,) if "by" in entry else ()
                below = None if there is None else (*there, *items)
                yield from self.texts((*here, *items), below, _mapping(entry["of"]))
            elif way in {"append", "drop"} and self._is_plain_text(here):
                yield _FoldedText(here, there)

    def _is_plain_text(self, path: Path) -> bool:
        types = [each for each in self.structure.types(path) if not isinstance(each, _NO_TEXTS)]
        return bool(types) and all(
            isinstance(each, Text) and replace(each, media_type=None) == Text() for each in types
        )


def _mapping(value: JsonValue) -> Mapping[str, JsonValue]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value


def _read_at(here: CasePlace, facts: Facts) -> Iterator[_ValueRead]:
    """The places whose values decide what is asked at a place and below it."""
    if here.asked or here.keywords or here.sums or here.pairs:
        yield _EVERYTHING
    for case in here.cases:
        yield from _read(reduced(case, facts), facts)
    for below in here.below.values():
        yield from _read_at(below, facts)


def _read(expression: Expression, facts: Facts) -> Iterator[_ValueRead]:
    """The places whose values an expression needs, and not only whether there is something."""
    match expression:
        case Literal():
            return
        case Name(name) if name in _NUMBERS:
            return
        case Has(of) | Call("type", (of,)):
            yield from _passed(of, facts)
        case Binary("==" | "!=", of, Literal(None | "")) | Binary("==" | "!=", Literal(None | ""), of):
            yield from _passed(of, facts)
        case Call("size", (of,)) if (path := _origin(of, facts)) is not None:
            yield _ValueRead(path, is_whole=False)
            yield from _passed(of, facts)
        case Name() | Select() | Index(_, Literal(int() | str())):
            path = _origin(expression, facts)
            yield _EVERYTHING if path is None else _ValueRead(path)
            yield from _passed(expression, facts)
        case Macro(_, of):
            yield from _passed(of, facts)
            yield from _read_of_items(expression, facts)
        case _:
            for part in direct_parts(expression):
                yield from _read(part, facts)


def _passed(expression: Expression, facts: Facts) -> Iterator[_ValueRead]:
    """The places whose values an expression needs so that one can go on from it."""
    match expression:
        case Name():
            return
        case Select(of) | Index(of, Literal(int() | str())):
            yield from _passed(of, facts)
        case Macro("filter", of):
            yield from _passed(of, facts)
            yield from _read_of_items(expression, facts)
        case _:
            yield from _read(expression, facts)


def _read_of_items(macro: Macro, facts: Facts) -> Iterator[_ValueRead]:
    inner = facts.with_item(macro.variable, macro.of)
    inner = replace(inner, items={**inner.items, macro.variable: _origin(macro.of, facts)})
    for part in (macro.body, macro.guard):
        if part is not None:
            yield from _read(part, inner)


def _origin(expression: Expression, facts: Facts) -> Path | None:
    """The place that a value is of, where one stands for all items; None where that is not known."""
    match expression:
        case Select(of, step) | Index(of, Literal(str(step))) if (path := _origin(of, facts)) is not None:
            return (*path, step)
        case Index(of, Literal(int())) if (path := _origin(of, facts)) is not None:
            return (*path, ANY)
        case Macro("filter", of):
            return _origin(of, facts)
        case _:
            return facts.path(expression)
