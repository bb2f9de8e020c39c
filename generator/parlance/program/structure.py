"""What a document of sound structure may have at each place, by the types of the contract."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..contract.ir import (
    Alias,
    Anything,
    Array,
    Constant,
    Contract,
    Definition,
    Dropped,
    Field,
    Map,
    Named,
    Null,
    Presence,
    Record,
    Refused,
    Supported,
    Tagged,
    Type,
    Union,
    UnknownFields,
)
from ..contract.kinds import Kind, options_by_kind
from ..contract.rules import ANY
from .places import EVERY_SCHEMA, Path

__all__ = ["ABSENT", "ANYTHING", "Kinds", "Structure"]

Kinds = frozenset[str]
"""Names of JSON types as the rules' language has them, and `ABSENT`."""

ABSENT = "absent"
_NAMES = {
    Kind.NULL: "null",
    Kind.BOOLEAN: "bool",
    Kind.NUMBER: "number",
    Kind.STRING: "string",
    Kind.ARRAY: "list",
    Kind.OBJECT: "map",
}
ANYTHING: Kinds = frozenset({*_NAMES.values(), ABSENT})


class Structure:
    """The types of an artifact by place."""

    def __init__(self, contract: Contract, root: str) -> None:
        self._definitions: dict[str, Definition] = {each.name: each for each in contract.definitions}
        self._root = Named(root)
        self._kinds = cache(self._kinds_at)
        self._texts = cache(self._texts_at)
        self._types = cache(self._types_at)

    def kinds(self, path: Path) -> Kinds:
        """The kinds of value that may stand at a place, `ABSENT` among them where what it is in may lack it."""
        return self._kinds(path)

    def texts(self, path: Path) -> frozenset[str] | None:
        """The strings that may stand at a place; None where these are not all known."""
        return self._texts(path)

    def types(self, path: Path) -> tuple[Type, ...]:
        """What may stand at a place, aliases and unions opened."""
        return self._types(path)[0]

    def fields(self, path: Path) -> tuple[str, ...]:
        """The names of the fields that every record at a place has alike: with no policy but to take them."""
        holders = [each for each in self.types(path) if isinstance(each, Named)]
        records = (self._definitions[each.name] for each in holders)
        known = [each.name for record in records if isinstance(record, Record) for each in record.fields]
        return tuple(name for name in dict.fromkeys(known) if all(self._supported(one, name) for one in holders))

    def _texts_at(self, path: Path) -> frozenset[str] | None:
        if not path or EVERY_SCHEMA in path:
            return None
        found: set[str] = set()
        for holder in self._types(path[:-1])[0]:
            field = self._supported(holder, path[-1])
            for each in self._opened(field.type) if field else (Anything(),):
                if not isinstance(each, Constant | Null):
                    return None
                if isinstance(each, Constant) and isinstance(each.value, str):
                    found.add(each.value)
        return frozenset(found)

    def _supported(self, holder: Type, name: str) -> Field | None:
        """The field of a record that is as the contract says; None where there may be something else."""
        record = self._definitions[holder.name] if isinstance(holder, Named) else None
        fields = record.fields if isinstance(record, Record) else ()
        return next((each for each in fields if each.name == name and isinstance(each.policy, Supported)), None)

    def _kinds_at(self, path: Path) -> Kinds:
        if path[-1:] == (EVERY_SCHEMA,):
            return frozenset({"map"})
        if EVERY_SCHEMA in path:
            return ANYTHING
        types, may_be_absent = self._types(path)
        kinds = {_NAMES[kind] for each in types for kind in options_by_kind(each, self._definitions)}
        return frozenset(kinds | {ABSENT} if may_be_absent or not kinds else kinds)

    def _types_at(self, path: Path) -> tuple[tuple[Type, ...], bool]:
        """What may stand at a place, aliases and unions opened, and whether what it is in may lack it."""
        if not path:
            return tuple(self._opened(self._root)), False
        above, _ = self._types(path[:-1])
        may_be_absent = False
        found: dict[Type, None] = {}
        for holder in above:
            types, is_optional = self._below(holder, path[-1])
            may_be_absent = may_be_absent or is_optional
            found |= dict.fromkeys(each for below in types for each in self._opened(below))
        return tuple(found), may_be_absent

    def _opened(self, shape: Type) -> Iterator[Type]:
        match shape:
            case Union(options):
                for option in options:
                    yield from self._opened(option)
            case Tagged():
                yield from (Named(name) for _, name in shape.options)
                if shape.open:
                    yield Map(values=Anything()) if shape.others is None else Named(shape.others)
            case Named(name) if isinstance(alias := self._definitions[name], Alias):
                yield from self._opened(alias.type)
            case _:
                yield shape

    def _below(self, holder: Type, step: str) -> tuple[list[Type], bool]:
        """The types of a part of a value, and whether it may lack the part."""
        match holder:
            case Named(name) if isinstance(record := self._definitions[name], Record):
                return self._of_record(record, step)
            case Map(values=values):
                return [values], True
            case Array(items=items) if step == ANY:
                return [items], True
            case Anything():
                return [holder], True
            case _:
                return [], True

    @staticmethod
    def _of_record(record: Record, step: str) -> tuple[list[Type], bool]:
        is_open = record.unknown in {UnknownFields.KEEP, UnknownFields.OPEN}
        extra: list[Type] = [record.extra or Anything()] if is_open else []
        if step == ANY:
            return [*(field.type for field in record.fields), *extra], True
        field = next((each for each in record.fields if each.name == step), None)
        if field is None:  # a null that is ignored is no fault
            return [Null()] if record.unknown is UnknownFields.IGNORE else extra, True
        if isinstance(field.policy, Dropped):
            return [field.type, Null()], True
        if isinstance(field.policy, Refused) and not field.policy.is_hearsay:
            return [], True
        return [field.type], field.presence is not Presence.REQUIRED
