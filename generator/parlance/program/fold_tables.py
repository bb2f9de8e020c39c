"""How the pieces of a stream are put together: the records of a piece, held beside those of the whole, to a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..contract.ir import (
    Alias,
    Array,
    Artifact,
    Constant,
    Contract,
    Definition,
    Field,
    JsonValue,
    Named,
    Nothing,
    Null,
    Presence,
    Record,
    StreamFacts,
    Tagged,
    Type,
    Union,
)

__all__ = ["FoldTable", "fold_table"]

FoldTable = dict[str, JsonValue]


def fold_table(contract: Contract, artifact: Artifact, stream: StreamFacts) -> FoldTable:
    """How the pieces of a stream are put together."""
    tables = _Tables({definition.name: definition for definition in contract.definitions})
    root = next(each.root for each in contract.artifacts if each.name == stream.into)
    return tables.of(Named(artifact.root), Named(root))


@dataclass(frozen=True, slots=True)
class _Tables:
    """Makes tables of the definitions of a contract."""

    definitions: Mapping[str, Definition]

    def of(
        self, piece: Type, whole: Type | None, otherwise: str = "last", outer: frozenset[str] = frozenset()
    ) -> FoldTable:
        """How values of a type become one of another; *otherwise* is the way where no record says one.

        A record that stands in itself, one of *outer*, is put together as a plain value there.
        """
        outer |= {record.name for record in self._records(piece)}
        fields: dict[str, JsonValue] = {}
        ways = [record.fold for record in self._records(piece) if record.fold]
        way = ways[0] if ways else otherwise
        wholes = self._fields(whole)
        for field in self._fields(piece).values():
            entry = self._entry(field, whole, way, outer)
            if entry:
                fields[field.name] = entry
        table: FoldTable = {"way": way, "fields": fields}
        absent = dict(self._absent(wholes.values())) if len(self._records(whole)) == 1 else {}
        return {**table, "absent": absent} if absent else table

    def _entry(self, field: Field, holder: Type | None, way: str, outer: frozenset[str]) -> FoldTable:
        """What is special of a field of a piece, of which *holder* is what it becomes."""
        fold = field.fold
        into = fold.into if fold and fold.into is not None else field.name
        whole = self._fields(holder).get(into)
        if holder and into and whole is None:
            return {"way": "drop"}
        entry: FoldTable = {"into": into} if into != field.name else {}
        if field.settles:
            entry["settles"] = True
        if whole and Null() in self._flat(field.type) and Null() not in self._flat(whole.type):
            entry["nulls"] = False
        if fold and fold.way:
            return entry | {"way": fold.way}
        kind = whole.type if whole else None
        items = next((each.items for each in self._flat(field.type) if isinstance(each, Array)), None)
        if fold and fold.by and items and self._is_new(items, outer):
            whole_item = next((each.items for each in self._flat(kind) if isinstance(each, Array)), None)
            begins: list[JsonValue] = [[*steps] for steps in fold.begins]
            entry |= {"by": fold.by, **({"begins": begins} if begins else {})}
            entry |= {name: [*steps] for name, steps in (("id", fold.id), ("json", fold.json)) if steps}
            entry["of"] = self.of(items, whole_item, way, outer)
            return entry
        if any(record.fold for record in self._records(field.type)) and self._is_new(field.type, outer):
            inner = kind if into else holder
            entry["of"] = self.of(field.type, inner, way, outer)
        return entry

    def _is_new(self, kind: Type, outer: frozenset[str]) -> bool:
        return outer.isdisjoint(record.name for record in self._records(kind))

    def _absent(self, fields: Iterable[Field]) -> Iterator[tuple[str, JsonValue]]:
        """What required fields are where no piece has them, as far as that is plain."""
        for field in fields:
            kinds = self._flat(field.type)
            if field.presence is not Presence.REQUIRED:
                continue
            if isinstance(kinds[0], Constant):
                yield field.name, kinds[0].value
            elif Null() in kinds:
                yield field.name, None
            elif isinstance(kinds[0], Array):
                yield field.name, []

    def _fields(self, kind: Type | None) -> dict[str, Field]:
        """The fields of the records that a type may be."""
        records = self._records(kind)
        return {field.name: field for one in records for field in one.fields if field.type != Nothing()}

    def _records(self, kind: Type | None) -> list[Record]:
        found = [self.definitions[each.name] for each in self._flat(kind) if isinstance(each, Named)]
        return [each for each in found if isinstance(each, Record)]

    def _flat(self, kind: Type | None) -> list[Type]:
        """The types that one may be: no alias, no union."""
        match kind:
            case None:
                return []
            case Union(options):
                return [each for option in options for each in self._flat(option)]
            case Tagged():
                return [Named(name) for _, name in kind.options]
            case Named(name):
                definition = self.definitions[name]
                return self._flat(definition.type) if isinstance(definition, Alias) else [kind]
            case _:
                return [kind]

